"""UCI of villages, and an indicator that applies in some provinces only."""

from datetime import date

import pytest

from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Axis, Facility
from ilp.core.months import Month
from reporting.catalogue import indicator
from reporting.catalogue.thresholds import Standing
from reporting.selectors.scores import scores
from tests.reporting.figures import sasaran, total

pytestmark = pytest.mark.django_db
JUNE, DECEMBER = Month(2025, 6), Month(2025, 12)
OPENED = date(2017, 1, 1)


def score_of(code, place, month):
    return scores(places=[place.pk], indicators=[indicator(code, month.last_day)], month=month)[
        place.pk, code
    ]


def infants(tree, *villages):
    sasaran(tree["district"], {tree[one]: {"S_SI": 100} for one in villages})


def uci(tree, month, place="district"):
    found = score_of("IM26", tree[place], month)
    return found.numerator, found.denominator


@pytest.mark.parametrize(
    ("month", "complete", "expected"),
    [(JUNE, 40, 1), (JUNE, 39, 0), (DECEMBER, 80, 1), (DECEMBER, 79, 0)],
)
def test_a_village_keeps_up_with_its_share_of_the_year(tree, month, complete, expected):
    infants(tree, "desa_satu", "desa_dua")
    total(tree["desa_satu"], Month(2025, 1), idl=complete - 10)
    total(tree["desa_satu"], Month(2025, 5), idl=10)
    assert uci(tree, month) == (expected, 2)
    assert uci(tree, month, "first") == (expected, 1)
    assert uci(tree, month, "second") == (0, 1)


def test_what_comes_after_the_month_or_before_the_year_does_not_count(tree):
    infants(tree, "desa_satu")
    total(tree["desa_satu"], Month(2025, 7), idl=90)
    total(tree["desa_satu"], Month(2024, 12), idl=90)
    assert uci(tree, JUNE) == (0, 2)


def test_a_village_without_infants_is_none(tree):
    total(tree["desa_satu"], JUNE, idl=90)
    assert uci(tree, JUNE) == (0, 2)


def dinas(code):
    new = NewPlace(code, f"Kabupaten {code}", Facility.Kind.DISTRICT, OPENED, {})
    clinic = NewPlace(
        f"P{code[:2]}01010101", "Anyelir", Facility.Kind.PUSKESMAS, OPENED, {Axis.NETWORK: code}
    )
    return bulk_open(places=[new, clinic], by=None)


@pytest.mark.parametrize(
    ("code", "month", "applies"),
    [
        ("51.02", JUNE, True),
        ("51.02", Month(2018, 5), True),
        ("51.02", Month(2018, 4), False),
        ("34.02", Month(2024, 10), False),
        ("34.02", Month(2024, 11), True),
        ("36.01", JUNE, False),
    ],
)
def test_je_applies_where_it_is_given(code, month, applies):
    district, clinic = dinas(code)
    for place in (district, clinic):
        total(place, month, je=7)
        found = score_of("IM28", place, month)
        assert found.numerator == (7 if applies else None)
        assert found.standing is Standing.NOT_APPLICABLE  # with no sasaran, or not at all
        assert (found.absent == "TA") is not applies


def test_je_is_measured_by_the_infants_where_it_applies():
    district, _clinic = dinas("51.02")
    sasaran(district, {district: {"S_SI": 14}})
    total(district, JUNE, je=7)
    found = score_of("IM28", district, JUNE)
    assert (found.value, found.standing) == (50.0, Standing.MET)


def test_other_indicators_apply_everywhere():
    district, _clinic = dinas("36.01")
    total(district, JUNE, mr1=7)
    assert score_of("IM19", district, JUNE).numerator == 7
