"""What was done for sick and faltering children, by hand-computed cases: children, not visits."""

from datetime import date

import pytest

from clusters.models import GrowthMonth, Milestone
from ilp.core.months import Month
from tests.reporting.test_disease_indicators import score, see

MARCH = Month(2026, 3)
BORN = date(2025, 1, 15)
FEBRUARY_2, MARCH_2, MARCH_20 = date(2026, 2, 2), date(2026, 3, 2), date(2026, 3, 20)
SEVERE = {"weight": 6.5, "height": 76.0, "measured": "l"}
MODERATE = {"weight": 7.8, "height": 76.0, "measured": "l"}
WELL = {"weight": 9.6, "height": 76.0, "measured": "l"}
SHORT = {"weight": 8.2, "height": 69.0, "measured": "l"}


def weigh(tree, number, on, **values):
    see(tree, "growth", number, on, born=BORN, **values)


def found(tree, code, month=MARCH):
    told = score(tree, code, month)
    return told.numerator, told.denominator


def test_a_child_found_and_treated_at_several_visits_is_one(tree):
    for day in (FEBRUARY_2, MARCH_2, MARCH_20):
        weigh(tree, 1, day, **SEVERE, severe_care=True)
    weigh(tree, 2, FEBRUARY_2, **SEVERE)
    weigh(tree, 2, MARCH_2, weight=6.9, severe_care=True)  # treated later, not measured again
    weigh(tree, 3, MARCH_2, **SEVERE, severe_care=False)
    weigh(tree, 4, MARCH_2, **MODERATE, severe_care=True)  # never severe
    assert found(tree, "AN31") == (2, 3)
    assert found(tree, "AN31", Month(2026, 2)) == (1, 2)


def test_oedema_is_severe_without_a_height(tree):
    weigh(tree, 1, MARCH_2, weight=9.0, oedema=True, severe_care=True)
    assert found(tree, "AN31") == (1, 1)


def test_a_severe_child_of_last_year_is_found_anew(tree):
    weigh(tree, 1, date(2025, 12, 20), **SEVERE, severe_care=True)
    weigh(tree, 1, MARCH_2, **SEVERE)
    assert found(tree, "AN31") == (0, 1)
    assert found(tree, "AN31", Month(2025, 12)) == (1, 1)


def test_food_counts_when_it_is_given_for_what_was_found(tree):
    weigh(tree, 1, MARCH_2, **MODERATE, extra_food=True)
    weigh(tree, 1, MARCH_20, **MODERATE, extra_food=True)
    weigh(tree, 2, FEBRUARY_2, **MODERATE)
    weigh(tree, 2, MARCH_2, weight=7.9, extra_food=True)  # not measured that day
    weigh(tree, 3, FEBRUARY_2, **WELL, extra_food=True)  # well nourished then
    weigh(tree, 3, MARCH_2, **MODERATE)
    weigh(tree, 4, MARCH_2, **WELL, extra_food=True)
    assert found(tree, "AN32") == (2, 3)


@pytest.mark.parametrize(
    ("visits", "acted"),
    [
        ([{"confirmed": True, "extra_food": True}], True),
        ([{"confirmed": True, "education": True}], True),
        ([{"confirmed": True}], False),
        ([{"extra_food": True, "education": True}], False),
        ([{"confirmed": False, "extra_food": True}], False),
        ([{"confirmed": True}, {"education": True}], True),  # at two visits of the month
        ([{}, {}], False),
    ],
    ids=str,
)
def test_no_gain_acted_on_within_the_month(tree, visits, acted):
    weigh(tree, 1, FEBRUARY_2, weight=9.0, confirmed=True, education=True)
    for day, values in zip((MARCH_2, MARCH_20), visits, strict=False):
        weigh(tree, 1, day, weight=9.0, **values)
    assert found(tree, "AN33") == (int(acted), 1)
    assert GrowthMonth.objects.get(month=MARCH).acted_on is acted


def test_a_child_that_gained_is_not_asked_about(tree):
    weigh(tree, 1, FEBRUARY_2, weight=8.0)
    weigh(tree, 1, MARCH_2, weight=9.0, confirmed=True, education=True)
    assert found(tree, "AN33")[0] != 1
    assert score(tree, "AN21").numerator == 0


def test_the_short_are_counted_once_they_are_confirmed(tree):
    weigh(tree, 1, MARCH_2, **SHORT, confirmed=True, referred=True)
    weigh(tree, 1, MARCH_20, **SHORT, confirmed=True, referred=True)
    weigh(tree, 2, FEBRUARY_2, **SHORT, referred=True)
    weigh(tree, 2, MARCH_2, **SHORT, confirmed=True)  # sent before anybody was sure: counts now
    weigh(tree, 3, MARCH_2, **SHORT, confirmed=True)
    weigh(tree, 4, MARCH_2, **SHORT, referred=True)  # never confirmed
    weigh(tree, 5, MARCH_2, **WELL, confirmed=True, referred=True)
    assert found(tree, "AN34") == (2, 3)


def test_the_standard_of_spm_4_asks_for_no_more_than_before(tree):
    weigh(tree, 1, MARCH_2, **SEVERE, confirmed=True, severe_care=True)
    found(tree, "AN31")
    assert not Milestone.objects.filter(code="spm4_balita").exists()


def test_sick_children_by_the_chart_of_their_age(tree):
    whole = {
        **{"danger": False, "diarrhoea": False, "temperature": 36.8, "weight": 9.4},
        **{"cough": False, "fever": False, "ear": False},
        **{"immunisation_checked": True, "treated": True},
    }
    see(tree, "sick_child", 1, MARCH_2, born=BORN, **whole)
    see(tree, "sick_child", 1, MARCH_20, born=BORN, **whole)  # another illness: another visit
    see(tree, "sick_child", 2, MARCH_2, born=BORN, cough=True)
    see(tree, "sick_child", 3, FEBRUARY_2, born=BORN, form_used=True, fever=True)
    see(tree, "sick_child", 4, MARCH_2, born=BORN, form_used=False, **whole)
    assert found(tree, "AN40") == (3, 5)
    assert found(tree, "AN40", Month(2026, 2)) == (1, 1)
    assert score(tree, "AN40").value == pytest.approx(60)
