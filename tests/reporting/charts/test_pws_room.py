"""The PWS graph on a slide: everything within its sheet, nothing over its neighbour."""

import re
from xml.etree import ElementTree

import pytest

from reporting.charts.pws import Unit, pws
from reporting.charts.pws_room import HEIGHT, LETTER, MOST, STRONG, WIDTH, draw
from tests.reporting.charts.invented import name, wave

SPACE = "{http://www.w3.org/2000/svg}"
UPRIGHT = re.compile(r"translate\(([\d.]+) ([\d.]+)\) rotate\(-90\)")


def chart(size):
    units = [
        Unit(str(n), name(n), 150 + 40 * wave(n, 9), tuple(6 + wave(n + m) for m in range(6)))
        for n in range(size)
    ]
    units[0] = Unit("0", name(0), 200, (9, 9, 9, 9, 9, None))
    return pws(units, 90, 6)


def sheet(size):
    """The drawing for the projector."""
    wide = str(draw(chart(size))).partition('<div class="chart-narrow">')[0]
    return ElementTree.fromstring(wide.removeprefix('<div class="chart-wide">')[: -len("</div>")])


def spans(root):
    """(text, left, right, baseline) of what lies level; upright texts by their ends."""
    level, upright = [], []
    for one in root.iter(f"{SPACE}text"):
        strong = one.get("class") in ("t-strong", "t-target")
        long = len(one.text) * (STRONG if strong else LETTER)
        if turned := UPRIGHT.match(one.get("transform", "")):
            upright.append((one.text, float(turned[1]), float(turned[2]) + long))
            continue
        x, anchor = float(one.get("x")), one.get("text-anchor")
        left = x - {"middle": long / 2, "end": long}.get(anchor, 0)
        level.append((one.text, left, left + long, float(one.get("y"))))
    return level, upright


@pytest.mark.parametrize("size", [1, 3, 8, 9, 18, 19, 20, 21, 26, MOST])
def test_every_place_stands_on_the_sheet(size):
    root = sheet(size)
    assert (root.get("viewBox")) == f"0 0 {WIDTH} {HEIGHT}"
    level, upright = spans(root)
    assert all(left >= 0 and right <= WIDTH + 1 for _text, left, right, _y in level)
    assert all(y <= HEIGHT for *_rest, y in level)
    assert all(x <= WIDTH and end <= HEIGHT + 1 for _text, x, end in upright)
    titles = [one.text for one in root.iter(f"{SPACE}title")]
    assert len(titles) == size + 2  # and of the total and the whole
    for n in range(size):
        assert any(name(n) in title for title in titles)


@pytest.mark.parametrize("size", [1, 8, 9, 18, 19, 21, 26, 29, MOST])
def test_what_stands_on_a_line_does_not_meet(size):
    level, _upright = spans(sheet(size))
    for text, left, right, y in level:
        over = [t for t, a, b, other in level if other == y and a < right - 1 and b > left + 1]
        assert over == [text]


def test_columns_while_they_are_wide_enough_and_rows_beyond():
    drawn = str(draw(chart(18)))
    assert "Bulan lalu" in drawn
    assert "rotate(-90)" in drawn
    assert "rotate(-90)" not in str(draw(chart(8)))
    for size in (19, 21):
        assert "Target s.d. bulan ini: 45,0% · % kumulatif" in str(draw(chart(size)))


def test_figures_verdict_and_hatch_stand_below_each_bar():
    root = sheet(5)
    words = {one.text for one in root.iter(f"{SPACE}text")}
    assert {"% kumulatif", "Bulan ini", "Bulan lalu", "Tren", "Status", "BL"} <= words
    assert {"Target", "45,0%"} <= words
    assert words & {"Baik", "Kurang", "Cukup", "Jelek"}
    assert any("url(#pws)" in one.get("fill", "") for one in root.iter(f"{SPACE}rect"))
