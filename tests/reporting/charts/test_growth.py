"""The growth charts against the printed tables of WHO, and the places of the child's points."""

import re
from datetime import date

import pytest

from reporting.charts.growth import Measured, curves
from reporting.charts.growth_drawing import HEIGHT, draw

NONE = {"waz": None, "haz": None, "whz": None}


def measured(age_days, weight=None, height=None, lying=None, **z):
    return Measured(date(2025, 5, 6), age_days, weight, height, lying, NONE | z)


def value(line, x):
    return min(line, key=lambda point: abs(point[0] - x))[1]


@pytest.mark.parametrize(
    ("sex", "index", "month", "printed"),
    [
        ("L", "waz", 12, {-3: 6.9, -2: 7.7, 0: 9.6, 2: 12.0, 3: 13.3}),
        ("P", "waz", 12, {-3: 6.3, -2: 7.0, 0: 8.9, 2: 11.5, 3: 13.1}),
        ("L", "haz", 12, {-3: 68.6, -2: 71.0, 0: 75.7, 2: 80.5, 3: 82.9}),
        ("P", "haz", 18, {-3: 72.0, -2: 74.9, 0: 80.7, 2: 86.5, 3: 89.4}),
    ],
)
def test_lines_are_those_of_the_printed_tables(sex, index, month, printed):
    found = {c.index: c for c in curves(sex, [measured(600, 9.4, 76.5, lying=True)])}
    lines = found[index].lines
    assert {sd: round(value(line, month), 1) for sd, line in lines.items()} == printed


def test_weight_for_length_of_a_boy_of_seventy_centimetres():
    (curve,) = [c for c in curves("L", [measured(300, 8.6, 70.0, lying=True)]) if c.index == "whz"]
    assert {sd: round(value(line, 70), 1) for sd, line in curve.lines.items()} == {
        -3: 6.6, -2: 7.2, 0: 8.4, 2: 10.0, 3: 10.9,
    }  # fmt: skip
    assert curve.title.startswith("BB/PB")


def test_a_child_is_compared_as_it_should_have_been_measured():
    small = {c.index: c for c in curves("P", [measured(400, 9, 75.0, lying=False)])}
    assert small["haz"].dots[0].y == pytest.approx(75.7)
    assert small["whz"].dots[0].x == pytest.approx(75.7)
    tall = {c.index: c for c in curves("P", [measured(900, 12, 90.0, lying=True)])}
    assert tall["haz"].dots[0].y == pytest.approx(89.3)
    assert tall["whz"].title.startswith("BB/TB")


def test_only_what_was_measured_is_drawn():
    assert [c.index for c in curves("L", [measured(100, 6.0)])] == ["waz"]
    assert [c.index for c in curves("L", [measured(100, None, 60.0)])] == ["haz"]
    assert curves("L", [measured(3000, 25.0, 125.0)]) == []
    assert [c.index for c in curves("L", [measured(10, 2.0, 36.0)])] == ["waz", "haz"]


def test_numbers_below_a_child_that_grew_much_stand_apart():
    seen = [measured(30 * m, 3.5 + m / 3, 50 + 1.6 * m, lying=m < 24) for m in (1, 12, 24, 33)]
    (curve,) = [one for one in curves("P", seen) if one.index == "whz"]
    found = re.findall(rf'<text x="([\d.]+)" y="{HEIGHT - 26}"', draw(curve))
    places = [float(x) for x in found]
    assert len(places) >= 3
    assert min(b - a for a, b in zip(places, places[1:], strict=False)) >= 31


def test_the_drawing_says_what_it_shows():
    (curve,) = curves("L", [measured(100, 6.0, waz=-0.4), measured(130, 6.4, waz=-0.55)])
    drawing = draw(curve)
    assert drawing.count("<circle") == 2
    assert "2 pengukuran; yang terakhir 6 Mei 2025, z-score −0,55." in drawing
    assert drawing.count(" SD</text>") == 5
    assert 'style="' not in drawing


def test_a_standing_child_has_no_points_where_the_standard_of_standing_does_not_reach():
    seen = [measured(30 * m, 4 + m / 3, 50 + 1.6 * m, lying=m < 24) for m in (1, 6, 12, 24, 33)]
    (curve,) = [one for one in curves("P", seen) if one.index == "whz"]
    assert curve.title.startswith("BB/TB")
    ends = curve.lines[0][0][0], curve.lines[0][-1][0]
    assert [round(dot.x, 1) for dot in curve.dots] == [68.5, 88.4, 102.8]
    assert all(ends[0] <= dot.x <= ends[1] for dot in curve.dots)
    assert draw(curve).count("<circle") == 3
