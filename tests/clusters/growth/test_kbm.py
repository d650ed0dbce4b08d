from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.growth import (
    above_orange_line,
    age_days,
    below_red_line,
    completed_months,
    gained,
    minimum_gain,
    weighing,
)
from clusters.growth.kbm import CARD_LINES, MINIMUM_GAINS

TODAY = date(2026, 3, 1)
BOYS = [800, 900, 800, 600, 500, 400, 400, 300, 300, 300, 300, 200, *[200] * 48]
GIRLS = [800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200, *[200] * 48]
DATES = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("sex", "grams"), [("L", BOYS), ("P", GIRLS)])
def test_least_gain_of_each_month(sex, grams):
    assert [minimum_gain(sex, month, TODAY) for month in range(1, 61)] == grams


@pytest.mark.parametrize("month", [-1, 0, 61])
def test_no_least_gain_outside_the_card(month):
    assert minimum_gain("L", month, TODAY) is None


def test_no_least_gain_before_the_rule():
    assert minimum_gain("P", 5, date(2009, 12, 31)) is None


def test_rules_are_dated_and_have_a_source():
    assert all(rule.since and rule.source for rule in (*MINIMUM_GAINS, *CARD_LINES))


def test_golden_vector():
    """A boy of 5.0 kg at 3 months and 5.6 kg at 4 months gained exactly enough."""
    assert gained(5.0, 5.6) == 600 == minimum_gain("L", 4, TODAY)
    assert weighing("L", 4, 5.6, 5.0, first_time=False, on=TODAY) == "N"


@pytest.mark.parametrize(
    ("months", "now", "last", "first", "letter"),
    [
        (4, 5.59, 5.0, False, "T"),
        (4, 4.8, 5.0, False, "T"),
        (4, 5.6, None, False, "O"),
        (4, 5.6, None, True, "B"),
        (0, 3.4, 3.1, False, "B"),
        (61, 18.0, 17.0, False, "O"),
        (60, 18.0, 17.8, False, "N"),
    ],
)
def test_one_letter_for_each_weighing(months, now, last, first, letter):
    assert weighing("L", months, now, last, first_time=first, on=TODAY) == letter


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_gain_is_exact_in_ten_grams(before, now):
    assert gained(before / 100, now / 100) == (now - before) * 10


@pytest.mark.parametrize(("waz", "below"), [(-3.01, True), (-3.0, False), (0.0, False)])
def test_red_line(waz, below):
    assert below_red_line(waz, TODAY) is below


@pytest.mark.parametrize(("waz", "above"), [(1.0, False), (1.01, True)])
def test_orange_line(waz, above):
    assert above_orange_line(waz, TODAY) is above


def test_lines_say_nothing_without_a_score_or_before_they_were_drawn():
    assert below_red_line(None, TODAY) is None
    assert above_orange_line(None, TODAY) is None
    assert below_red_line(-4.0, date(2009, 12, 31)) is None
    assert above_orange_line(2.0, date(2021, 3, 31)) is None


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2026, 1, 20), date(2026, 6, 13), 4),
        (date(2026, 1, 20), date(2026, 6, 19), 4),
        (date(2026, 1, 20), date(2026, 6, 20), 5),
        (date(2025, 8, 31), date(2026, 2, 28), 5),
        (date(2025, 8, 31), date(2026, 3, 1), 6),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2026, 1, 20), date(2026, 1, 20), 0),
        (date(2026, 1, 20), date(2026, 1, 19), -1),
    ],
)
def test_completed_months(born, on, months):
    assert completed_months(born, on) == months


@given(DATES, st.integers(0, 2_000))
def test_months_never_go_back_and_keep_step_with_the_days(born, days):
    on = born + timedelta(days=days)
    assert age_days(born, on) == days
    assert 0 <= completed_months(born, on + timedelta(days=1)) - completed_months(born, on) <= 1
    assert completed_months(born, on) == pytest.approx(days / 30.44, abs=1.1)
