"""SKDN ratios and drop-out against worked examples."""

import pytest

from reporting.charts.skdn import Skdn, draw, drop_out

EXAMPLE = Skdn("Mei", s=120, k=114, d=92, n=61, o=9, b=6, bgm=2, t2=4)


def test_the_worked_example():
    assert {name: round(value, 1) for name, value in EXAMPLE.ratios.items()} == {
        "K/S": 95.0,
        "D/K": 80.7,
        "D/S": 76.7,
        "N/D": 66.3,
        "N/(D−O−B)": 79.2,
        "N/S": 50.8,
        "BGM/D": 2.2,
        "2T/D": 4.3,
    }
    assert EXAMPLE.violations == ()


def test_what_is_unknown_or_over_nothing_stays_unknown():
    ratios = Skdn("Mei", s=0, k=5, d=None, n=3).ratios
    assert set(ratios.values()) == {None}


@pytest.mark.parametrize(
    ("month", "found"),
    [
        (Skdn("Mei", 100, 101, 90, 60), ("K > S",)),
        (Skdn("Mei", 100, 95, 126, 60), ("D > S",)),
        (Skdn("Mei", 100, 95, 50, 60), ("N > D",)),
        (Skdn("Mei", 100, 95, 70, 60, o=8, b=6), ("N > D−O−B",)),
    ],
)
def test_what_cannot_be_is_flagged_and_still_drawn(month, found):
    assert month.violations == found
    picture = draw([month], "SKDN")
    assert "⚑" in picture
    assert picture.count('class="bar f-') == 4


@pytest.mark.parametrize(
    ("first", "last", "percent", "good"),
    [(950, 912, 4.0, True), (950, 893, 6.0, False), (1010, 960, 5.0, True), (100, 95, 5.0, False)],
)
def test_drop_out_and_left_out(first, last, percent, good):
    found = drop_out(first, last, good_below=5)
    assert round(found.percent, 1) == percent
    assert (found.good, found.negative) == (good, False)


def test_negative_drop_out_is_shown_and_never_good():
    found = drop_out(880, 905, good_below=5)
    assert round(found.percent, 1) == -2.8
    assert found.negative
    assert found.good is False


def test_drop_out_of_nobody_is_unknown():
    assert drop_out(0, 5, good_below=5).percent is None
    assert drop_out(None, 5, good_below=5).good is None


def test_a_month_without_a_report_has_no_bars():
    picture = draw([EXAMPLE, Skdn("Jun", None, None, None, None)], "SKDN")
    assert picture.count('class="bar f-') == 4


def test_a_month_without_a_report_is_not_a_month_without_children():
    nobody, missing = Skdn("Jun", 0, 0, 0, 0), Skdn("Jul", None, None, None, None)
    assert (nobody.is_missing, missing.is_missing) == (False, True)
    assert ">BL</text>" not in draw([nobody], "SKDN")
    assert draw([nobody, missing], "SKDN").count(">BL</text>") == 1
