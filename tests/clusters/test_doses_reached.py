"""Doses late and never given, T5 of women, contacts and feeding of infants: edge by edge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clusters.milestones import MILESTONES, Scope, services_beside
from clusters.models import Milestone
from clusters.services import SERVICES
from tests.clusters.lives import reached

BORN = date(2024, 3, 10)
WINDOWS = (29, 100, 190, 280)  # a day of age in each


def on(days):
    return BORN + timedelta(days=days)


def codes(service, tree, *visits, **more):
    return {code for code, _scope in reached(service, tree, *visits, **more)}


def child(service, tree, *visits):
    return codes(service, tree, *((on(days), values) for days, values in visits), born=BORN)


def given(*antigens):
    return {"antigens": list(antigens)}


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, {"hb0_7hari", "hb0_24jam"}), (1, {"hb0_7hari", "hb0_24jam"}), (2, {"hb0_7hari"}),
     (7, {"hb0_7hari"}), (8, set())],
)  # fmt: skip
def test_the_birth_dose_is_in_time_late_or_too_late(tree, days, expected):
    assert child("immunisation", tree, (days, given("HB0"))) == expected | {"hb0"}


def test_a_dose_before_its_limit_is_not_caught_up_on(tree):
    assert "kejar_dpt1" not in child("immunisation", tree, (364, given("DPT1")))


def test_a_dose_after_its_limit_is_caught_up_on(tree):
    assert "kejar_dpt1" in child("immunisation", tree, (365, given("DPT1")))


def test_a_dose_given_in_time_is_not_caught_up_on_when_it_is_given_again(tree):
    assert "kejar_mr1" not in child(
        "immunisation", tree, (300, given("MR1")), (800, given("MR1", "DPT4"))
    )


def test_a_dose_too_early_does_not_count_so_the_late_one_is_caught_up_on(tree):
    assert "kejar_dpt1" in child("immunisation", tree, (40, given("DPT1")), (400, given("DPT1")))


def test_what_is_not_given_later_is_not_caught_up_on(tree):
    found = child("immunisation", tree, (400, given("HB0", "RV1")))
    assert not {code for code in found if code.startswith("kejar")}


def test_a_child_weighed_at_twelve_months_without_a_dose_has_none(tree):
    assert "dpt_nol" in child("growth", tree, (366, {"weight": 9.1}))


@pytest.mark.parametrize("days", [364, 731])
def test_only_children_of_one_year_are_asked(tree, days):
    assert "dpt_nol" not in child("growth", tree, (days, {"weight": 9.1}))


@pytest.mark.parametrize(("dose_on", "without"), [(60, False), (400, False), (401, True)])
def test_a_dose_up_to_the_day_is_a_dose(tree, dose_on, without):
    """Whichever of the two is written first: one touches the other."""
    found = child("growth", tree, (400, {"weight": 9.1}))
    assert "dpt_nol" in found
    child("immunisation", tree, (dose_on, given("DPT1")))
    assert Milestone.objects.filter(code="dpt_nol").exists() is without


def test_all_four_ages_make_the_visits_complete(tree):
    visits = [(days, {"weight": 6.5}) for days in WINDOWS]
    assert "bayi_lengkap" in child("growth", tree, *visits)


@pytest.mark.parametrize("missing", range(4))
def test_one_age_without_a_visit_is_incomplete(tree, missing):
    visits = [(days, {"weight": 6.5}) for days in WINDOWS if days != WINDOWS[missing]]
    assert "bayi_lengkap" not in child("growth", tree, *visits, (28, {"weight": 4.0}))


AT_SIX = 186


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([(AT_SIX, True)], {"bayi_6bulan", "asi_6bulan"}),
        ([(60, True), (AT_SIX, True)], {"bayi_6bulan", "asi_6bulan"}),
        ([(60, False), (AT_SIX, True)], {"bayi_6bulan"}),
        ([(60, True), (AT_SIX, False)], {"bayi_6bulan"}),
        ([(AT_SIX, None)], set()),
        ([(60, True)], set()),
        ([(AT_SIX, True), (230, False)], {"bayi_6bulan", "asi_6bulan"}),
    ],
)
def test_only_breast_milk_until_six_months(tree, visits, expected):
    made = [(days, {"weight": 6.5, "exclusive_milk": answer}) for days, answer in visits]
    assert child("growth", tree, *made) == expected


BRIDE, MOTHER = date(2025, 2, 3), date(2025, 9, 3)
T5 = {"td_status": "T5"}


def pregnant(day, tree, **values):
    return codes("antenatal", tree, (day, {"weeks": 12} | values))


@pytest.mark.parametrize("order", ["bride", "mother"])
def test_a_woman_is_protected_once_in_her_life(tree, order):
    """Whatever is written first, and on whatever day."""
    if order == "bride":
        codes("premarital", tree, (BRIDE, T5))
        assert "td5_bumil" not in pregnant(MOTHER, tree, **T5)
    else:
        assert "td5_bumil" in pregnant(BRIDE, tree, **T5)
        codes("premarital", tree, (MOTHER, T5))
    found = Milestone.objects.filter(code__in=["td5_catin", "td5_bumil"])
    assert [one.code for one in found] == ["td5_catin"]


def test_t4_and_men_are_not_protected(tree):
    assert "td5_bumil" not in pregnant(MOTHER, tree, td_status="T4")
    assert "td5_catin" not in codes("premarital", tree, (BRIDE, T5), sex="L")


@pytest.mark.parametrize(("years", "counts"), [(14, False), (15, True), (49, True), (50, False)])
def test_women_of_child_bearing_age(tree, years, counts):
    born = date(MOTHER.year - years, 8, 3)
    assert SERVICES["antenatal"].accepts_age(years * 12)
    found = codes("antenatal", tree, (MOTHER, {"weeks": 12} | T5), born=born)
    assert ("td5_bumil" in found) is counts


AUGUST = date(2025, 8, 6)
AT_SCHOOL = [
    ("bias_mr", {"grade": 1, "bias": ["MR"]}),
    ("bias_dt", {"grade": 1, "bias": ["DT"]}),
    ("bias_td2", {"grade": 2, "bias": ["TD"]}),
    ("bias_td5", {"grade": 5, "bias": ["TD"]}),
    ("bias_hpv5", {"grade": 5, "bias": ["HPV1"]}),
    ("bias_hpv6", {"grade": 6, "bias": ["HPV2"]}),
]


def pupil(tree, *visits, **more):
    return {code for code in codes("school", tree, *visits, **more) if code.startswith("bias")}


@pytest.mark.parametrize(("code", "values"), AT_SCHOOL)
def test_a_dose_at_school_counts_in_its_class(tree, code, values):
    assert pupil(tree, (AUGUST, values)) == {code}


@pytest.mark.parametrize(
    "values",
    [
        {"grade": None, "bias": ["MR"]},
        {"grade": 2, "bias": ["MR", "DT"]},
        {"grade": 6, "bias": ["TD"]},
        {"grade": 4, "bias": ["HPV1"]},
        {"grade": 5, "bias": ["HPV2"]},
    ],
)
def test_a_dose_in_another_class_does_not(tree, values):
    assert pupil(tree, (AUGUST, values)) == set()


def test_hpv_of_boys_is_not_counted(tree):
    values = {"grade": 5, "bias": ["HPV1", "TD"]}
    assert pupil(tree, (AUGUST, values), sex="L") == {"bias_td5"}


def test_a_dose_is_counted_once_in_a_school_year(tree):
    visits = [(date(2025, month, 6), {"grade": 5, "bias": ["TD"]}) for month in (8, 11)]
    reached("school", tree, *visits)
    assert Milestone.objects.filter(code="bias_td5").count() == 1


def test_what_falls_due_is_reached_once_in_a_life_by_visits_of_its_service():
    """The year looks it up by the birth date, and the number of its visit among that service's."""
    found = [one.due for one in MILESTONES if one.due]
    assert found
    for due in found:
        rules = [one for one in MILESTONES if one.code == due.reached]
        assert {(one.service, one.scope) for one in rules} == {(due.service, Scope.LIFE)}
        assert not services_beside(due.service, due.reached)


def test_only_a_year_can_ask_for_what_falls_due():
    asked = next(one for one in MILESTONES if one.due)
    with pytest.raises(ValueError, match="only in a year"):
        replace(asked, scope=Scope.LIFE)
