"""A Puskesmas admin fills in a report from the recap that she keeps, at both widths."""

import os
from pathlib import Path

import pytest

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.reports import open_report
from reporting.excel.filled import rows_of
from reporting.models import ReportValue
from reporting.selectors import reports
from tests.clusters.workbooks import workbook

SHOTS = os.environ.get("ILP_SHOTS")
MAY = Month(2026, 5)


@pytest.fixture
def report(district):
    return open_report(facility=district["first"], month=MAY, form="UKM", by=None)


def recap(report):
    """A year in one sheet, a month a column, with a row that no form has."""
    rows = [row for row in rows_of(reports.sheet(report=report)) if row.parts == ("",)][:12]
    body = [[at, row.label, *range(at, at + 12)] for at, row in enumerate(rows, start=1)]
    months = [f"{name} 2026" for name in ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt")]
    titles = [["REKAP UKM TAHUN 2026"], ["PUSKESMAS KENANGA"], [], ["No", "Kegiatan", *months]]
    return workbook(REKAP=[*titles, *body, [13, "Senam bersama", *range(8)]])


def shot(visitor, name):
    if SHOTS:
        width = visitor.page.viewport_size["width"]
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_a_recap_of_the_year_fills_in_its_month(visit, report, width, height):
    admin = visit(Role.ADMIN_PUSKESMAS, width=width, height=height)
    admin.go(f"/laporan/UKM/{report.facility.code}/{MAY}/")
    admin.follow("a:has-text('Isi dari Excel')")
    shot(admin, "from-excel")
    assert admin.wide <= width
    admin.page.set_input_files(
        "input[type=file]",
        {"name": "ukm.xlsx", "mimeType": "application/octet-stream", "buffer": recap(report)},
    )
    admin.follow("main form[enctype] button[type=submit]")
    assert "Senam bersama" in admin.text
    shot(admin, "from-excel-check")
    assert admin.wide <= width
    admin.follow("button:has-text('Pakai 12 isian ini')")
    assert "Tersimpan" in admin.text or "tersimpan" in admin.text
    values = ReportValue.objects.filter(report=report).values_list("value", flat=True)
    assert sorted(values) == list(range(5, 17))
    assert admin.errors == []
