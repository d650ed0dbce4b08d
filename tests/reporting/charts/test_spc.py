"""Months against their own past: the worked example and each of the four signals."""

from xml.etree import ElementTree

import pytest

from ilp.core.months import Month
from reporting.catalogue.comparing import CONTROL
from reporting.charts import spc_drawing
from reporting.charts.spc import Sign, Signal, mark, xmr

RULES = CONTROL[0]
BASE = (7.2, 7.9, 7.4, 8.1, 7.0, 7.6, 7.8, 7.3, 7.7, 8.0, 7.1, 7.5)
FIRST = Month(2024, 1)


def chart(values, **more):
    return xmr([FIRST.plus(n) for n in range(len(values))], values, RULES, **more)


def after(*values, **more):
    return chart((*BASE, *values), **more)


def found(made):
    return [tuple(point.signals) for point in made.points]


def test_the_worked_example():
    made = after(5.1)
    held = made.limits
    assert (round(held.mean, 3), round(held.moving, 3)) == (7.55, 0.573)
    assert (round(held.lower, 2), round(held.upper, 2)) == (6.03, 9.07)
    assert found(made) == [()] * 12 + [(Signal.OUTSIDE,)]
    assert made.sign is Sign.WORSE
    assert mark(made.sign) == "▼ memburuk nyata"


def test_a_month_within_its_limits_is_usual():
    made = after(7.9)
    assert made.sign is Sign.USUAL
    assert mark(made.sign) == "• perubahan wajar"
    assert not any(found(made))


@pytest.mark.parametrize(
    ("higher_is_better", "low", "high"),
    [
        (True, Sign.WORSE, Sign.BETTER),
        (False, Sign.BETTER, Sign.WORSE),
        (None, Sign.FALLING, Sign.RISING),
    ],
)
def test_the_sign_knows_which_direction_is_good(higher_is_better, low, high):
    assert after(5.1, higher_is_better=higher_is_better).sign is low
    assert after(9.9, higher_is_better=higher_is_better).sign is high


def test_seven_months_on_one_side_are_a_signal_and_six_are_not():
    side = (7.6, 7.9, 7.6, 7.9, 7.6, 7.9, 7.6)
    assert found(after(7.4, *side))[-7:] == [(Signal.RUN,)] * 7
    assert not any(found(after(7.4, *side[:6])))


def test_seven_months_each_higher_than_the_one_before_are_a_signal_and_six_are_not():
    rising = (7.1, 7.2, 7.3, 7.4, 7.6, 7.65, 7.7)
    assert found(after(*rising))[-7:] == [(Signal.TREND,)] * 7
    assert not any(found(after(7.3, *rising[1:])))
    assert after(*rising).sign is Sign.BETTER
    assert after(*rising, higher_is_better=False).sign is Sign.WORSE


def test_two_of_three_in_the_outer_third_are_a_signal_and_one_is_not():
    outer = 8.7  # the mean is 7.55, the outer third begins at 8.57
    made = after(outer, 7.5, outer)
    assert found(made)[-3:] == [(Signal.OUTER,), (), (Signal.OUTER,)]
    assert made.sign is Sign.BETTER
    assert not any(found(after(outer, 7.5, 7.4, outer)))
    opposite = 6.4
    assert not any(found(after(outer, 7.5, opposite)))


def test_a_month_without_a_report_ends_a_run_and_has_no_sign():
    side = (7.6, 7.9, 7.6, None, 7.9, 7.6, 7.9)
    made = after(7.4, *side)
    assert not any(found(made))
    assert after(None).sign is Sign.NONE
    assert made.points[-4].value is None


def test_fewer_than_twelve_months_have_a_line_and_no_verdict():
    made = chart((None, None, *BASE[:11]))
    assert made.limits is None
    assert made.sign is Sign.NONE
    assert made.why.startswith("Belum cukup data: batas wajar dihitung dari 12 bulan")
    assert "baru 11 bulan" in made.why
    assert len(made.points) == 11, "months before the first number are left out"
    assert "c-limit" not in spc_drawing.draw(made, "K6")


def test_the_baseline_takes_twelve_months_with_a_number():
    made = chart((*BASE[:5], None, *BASE[5:], 7.5))
    assert made.baseline == 13
    assert round(made.limits.mean, 3) == 7.55


def test_months_that_never_varied_have_no_limits():
    made = chart((0.0,) * 12 + (1.0,))
    assert made.limits is None
    assert "selalu sama" in made.why
    assert made.sign is Sign.NONE


def test_the_picture_says_what_the_points_say_and_is_well_formed():
    made = after(5.1)
    picture = spc_drawing.draw(made, "K6 per bulan", lambda month: f"/?p={month}")
    root = ElementTree.fromstring(f"<div>{picture}</div>")
    assert picture.count("Januari 2025: 5,1% – ▼ memburuk nyata: di luar batas") >= 2
    assert picture.count('href="/?p=2025-01"') == 2
    assert len(root.findall(".//{*}title")) >= 26
    assert "batas wajar 6,0% sampai 9,1%" in picture


def test_bars_of_a_year_stand_on_zero_and_a_missing_month_is_hatched():
    made = after(5.1, None, 8.0)
    picture = spc_drawing.bars(made, "K6 per bulan", 2025)
    ElementTree.fromstring(f"<div>{picture}</div>")
    assert picture.count("f-bl") == 2
    assert "Desember" not in picture
    assert ">0%<" in picture


def test_the_table_and_the_picture_are_of_the_same_months():
    made = after(5.1)
    assert [row[1] for row in made.told.rows] == [*BASE, 5.1]
    assert made.told.rows[-1][0] == "Januari 2025"
    assert made.told.rows[-1][-1] == "di luar batas"
    assert len(made.told.headings) == len(made.told.rows[0])


@pytest.mark.parametrize("values", [(), (None,), (3.0,), (0.0,) * 20, (120.0, 80.0) * 10])
def test_whatever_the_months_are_they_are_drawn(values):
    made = chart(values)
    for picture, shown in (
        (spc_drawing.draw(made, "x"), values),
        (spc_drawing.bars(made, "x", FIRST.year), values[:12]),
    ):
        root = ElementTree.fromstring(f"<div>{picture}</div>")
        marks = [one for one in root.iter() if "bar" in one.get("class", "").split()]
        # wide and narrow, a mark for each month that has a number
        assert len(marks) == 2 * sum(value is not None for value in shown)
