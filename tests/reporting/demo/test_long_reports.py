"""LB1, LPLPO, LB3, LB4 and UKM of the demo: they go all the way, and follow from each other."""

from random import Random

import pytest

from ilp.core.months import Month
from reporting.demo.counted_reports import CODES, file_counted_reports
from reporting.demo.other_reports import file_other_reports
from reporting.demo.places import Puskesmas
from reporting.demo.sickness_reports import file_sickness_report
from reporting.demo.stock_reports import file_stock_report
from reporting.models import Report
from reporting.selectors.reports import sheet
from reporting.workflow import Step
from tests.reporting.rows import write
from tests.reporting.test_lb1 import visit

APRIL = Month(2026, 4)
ALL_THE_WAY = (Step.SEND, Step.VERIFY, Step.APPROVE)


@pytest.fixture
def centre(tree):
    place = tree["first"]
    return Puskesmas(0, place.code, place.name, "kec_one", ())


def test_counted_reports_hold_together_with_the_visits_and_without(tree, centre):
    for seed in range(3):
        file_counted_reports(centre, tree["second"], Month(2026, 1 + seed), seed, ALL_THE_WAY)
    codes = ["J06", "A09", "E11"] * 5
    write("outpatient", [visit(n, code, tree, payer="jkn") for n, code in enumerate(codes)], None)
    file_counted_reports(centre, tree["first"], APRIL, 7, (Step.SEND, Step.RETURN))
    assert Report.objects.filter(status="approved").count() == 3 * len(CODES)
    lb4 = Report.objects.get(facility=tree["first"], form_code="LB4")
    assert (lb4.status, sheet(report=lb4).errors) == ("returned", 0)


def test_stock_goes_on_from_month_to_month(tree):
    for month in Month(2026, 2).until(APRIL):
        file_stock_report(tree["first"], month, 3, ALL_THE_WAY)
    assert Report.objects.filter(form_code="LPLPO", status="approved").count() == 3
    last = Report.objects.get(month=APRIL)
    rows = sheet(report=last, proposing=False).rows
    begun = [(row.boxes[0].value, row.boxes[0].counted) for row in rows]
    assert all(counted is not None for _value, counted in begun)
    assert sum(value == counted for value, counted in begun) > len(rows) * 3 // 4


def test_the_report_of_management_follows_the_stock(tree, centre):
    file_stock_report(tree["first"], APRIL, 3, ALL_THE_WAY)
    file_other_reports(centre, tree["first"], APRIL, 3)
    rows = {r.element: r for r in sheet(report=Report.objects.get(form_code="MANAJEMEN")).rows}
    assert rows["obat_indikator"].total == 40
    assert rows["obat_tersedia"].total == rows["obat_tersedia"].counted


def test_a_sickness_report_says_what_the_visits_say_and_explains_what_it_adds(tree):
    file_sickness_report(tree["second"], APRIL, 1, ALL_THE_WAY)
    assert Report.objects.get(facility=tree["second"]).status == "draft"  # nobody came
    rng = Random(5)
    codes = rng.choices(["J06", "A09", "E11", "I10", "K30", "M79", "L23", "Q66"], k=40)
    write("outpatient", [visit(n, code, tree) for n, code in enumerate(codes)], None)
    file_sickness_report(tree["first"], APRIL, 1, ALL_THE_WAY)
    report = Report.objects.get(facility=tree["first"])
    assert report.status == "approved"
    rows = sheet(report=report, proposing=False).rows
    assert sum(row.total for row in rows) >= len(codes)
