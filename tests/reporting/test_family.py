"""Family planning is reported; births, newborns, brides are counted by the domain formulas."""

from datetime import date

import pytest

from ilp.core.months import Month
from reporting import catalogue
from reporting.catalogue.language import Aggregation, Formula
from reporting.catalogue.thresholds import Standing
from reporting.selectors.scores import scores
from tests.factories import small_district
from tests.reporting.figures import sasaran, total

MARCH = Month(2025, 3)
KB = catalogue.FORMS["KB"]
USERS = {
    "pus_pil": 10, "pus_suntik": 40, "pus_kondom": 2, "pus_mal": 1, "pus_implan": 12, "pus_iud": 9,
    "pus_mow": 4, "pus_mop": 1, "pus_tradisional": 3,
}  # fmt: skip


def worked_out():
    return {i.element: Formula(i.computed).of(USERS) for i in KB.items if i.computed}


def test_the_report_adds_up_its_methods():
    assert worked_out() == {"pus_mkjp": 26, "pus_modern": 79, "pus_kb": 82}


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, set()),
        ({"pus_4t": 20}, {"pus_4t"}),
        ({"pus_4t_kb": 90, "pus_4t": 95}, {"pus_kb"}),
        ({"pus_4t_kb": None}, set()),
        ({"pus_mow": 80}, {"pus_suntik + pus_pil + pus_implan + pus_iud"}),
    ],
)
def test_checks_of_the_report(changed, broken):
    filled = USERS | worked_out() | {"pus_4t": 40, "pus_4t_kb": 30, "pus_unmet": 9}
    assert {c.right for c in KB.checks if not c.holds(filled | changed)} == broken


@pytest.fixture
def places(db):
    return small_district()


def asked(code, place, month=MARCH):
    one = catalogue.indicator(code, month.last_day)
    return scores(places=[place.pk], indicators=[one], month=month)[place.pk, code]


def test_couples_are_not_zero_where_only_visits_came_in(places):
    first = places["first"]
    sasaran(places["district"], {first: {"S_PUS": 100}})
    total(first, MARCH, kb_dilayani=7)
    assert asked("IB33", first).standing is Standing.NOT_REPORTED
    total(first, MARCH, **worked_out())
    assert asked("IB33", first).value == 82
    assert asked("IB34", first).value == pytest.approx(100 * 26 / 79)


def test_unmet_need_is_due_each_quarter(places):
    first = places["first"]
    sasaran(places["district"], {first: {"S_PUS": 100}})
    for month in (Month(2025, 2), MARCH):
        total(first, month, pus_unmet=9)
    assert asked("IB35", first, Month(2025, 2)).standing is Standing.NOT_DUE
    assert asked("IB35", first).value == 9


def test_stillbirths_are_told_per_thousand_births(places):
    first = places["first"]
    for month in MARCH.of_year:
        total(first, month, bersalin=50, bersalin_lahir_mati=1)
    one = asked("AN12", first)
    assert (one.numerator, one.denominator, one.value) == (3, 150, 20)
    assert not one.is_odd


@pytest.mark.parametrize(
    ("code", "top", "bottom", "aggregation"),
    [
        ("IB10", "bersalin_kompl_ditangani", "S_BRISTI", Aggregation.CUMULATIVE),
        ("IB11", "bersalin_faskes", "S_BULIN", Aggregation.CUMULATIVE),
        ("IB14", "kf_lengkap", "S_BULIN", Aggregation.CUMULATIVE),
        ("IB37", "catin_diskrining", "S_CATIN", Aggregation.CUMULATIVE),
        ("AN02", "kn_lengkap", "S_LH", Aggregation.CUMULATIVE),
        ("AN04", "bblr", "lahir_ditimbang", Aggregation.RATIO),
        ("AN07", "neo_kompl_ditangani", "S_NEOKOMP", Aggregation.CUMULATIVE),
        ("SPM02", "spm2_bulin", "S_BULIN", Aggregation.PERSONS),
        ("SPM03", "spm3_bbl", "S_LH", Aggregation.PERSONS),
    ],
)
def test_formulas_of_the_domain(code, top, bottom, aggregation):
    one = catalogue.INDICATORS[code]
    assert (one.numerator, one.denominator, one.aggregation) == (top, bottom, aggregation)


@pytest.mark.parametrize(("code", "element"), [("IB04", "k6"), ("IB07", "anc_12t")])
def test_from_2027_only_those_who_gave_birth_are_counted(code, element):
    before, after = (catalogue.indicator(code, date(y, 1, 31)) for y in (2026, 2027))
    assert (before.numerator, after.numerator) == (element, f"{element}_bersalin")
    assert before.denominator == after.denominator == "S_BULIN"
    assert [before.goal(date(2026, 6, 30)).value] == [after.goal(date(2027, 6, 30)).value]
