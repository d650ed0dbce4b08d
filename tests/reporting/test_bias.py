"""Doses at school: told by visits or by the Puskesmas' report, never both."""

from datetime import date

import pytest

from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values, take_step
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import FORMS, INDICATORS
from reporting.selectors.scores import scores
from reporting.workflow import Step
from tests.reporting.figures import sasaran
from tests.reporting.rows import incoming, write

AUGUST = Month(2025, 8)


def pupils(tree, home, count, start):
    rows = [
        incoming(
            "school", nik=f"99010115181{start + n:05d}", born_on=date(2018, 9, 1), sex="L",
            seen_on=date(2025, 8, 11), facility=tree["first"], home=tree[home], row=n + 2,
            grade=1, bias=["MR"],
        )
        for n in range(count)
    ]  # fmt: skip
    write("school", rows, None)


def approved(place, **numbers):
    report = open_report(facility=place, month=AUGUST, form="BIAS", by=None)
    values = {(code, ""): numbers.get(code, 0) for code in FORMS["BIAS"].typed}
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=None)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None, note="")


def numerator(tree, place):
    roll_up_changed()
    one = INDICATORS["IM29"]
    return scores(places=[tree[place].pk], indicators=[one], month=AUGUST)[
        tree[place].pk, "IM29"
    ].numerator


def test_visits_are_counted_where_there_is_no_report(tree):
    pupils(tree, "melati", 3, 0)
    assert numerator(tree, "first") == 3


def test_a_report_speaks_for_its_place_and_the_visits_of_others_are_added(tree):
    pupils(tree, "melati", 3, 0)
    pupils(tree, "mawar", 2, 10)
    approved(tree["first"], bias_mr=20)
    assert numerator(tree, "first") == 20
    assert numerator(tree, "district") == 22


def test_the_report_is_due_in_two_months_of_the_year():
    assert [n for n in range(1, 13) if FORMS["BIAS"].is_due(Month(2025, n))] == [8, 11]


@pytest.mark.parametrize("month", [Month(2025, 9), Month(2026, 6)])
def test_the_school_year_adds_up(tree, month):
    sasaran(tree["district"], {tree["first"]: {"S_KELAS1": 12}}, year=month.year)
    pupils(tree, "melati", 3, 0)
    roll_up_changed()
    found = scores(places=[tree["first"].pk], indicators=[INDICATORS["IM29"]], month=month)
    assert found[tree["first"].pk, "IM29"].value == 25.0
