"""At a row of a report while it is typed: its history, a warning, what the visits say since."""

import pytest

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.entry import save_cells
from reporting.actions.reports import open_report
from reporting.models import ReportValue
from reporting.selectors.typed import Edit, Entry
from tests.reporting.earlier import history, visits_say
from tests.reporting.figures import sasaran, total

MONTH = Month(2025, 3)
ROW, NEXT = "tr#baris-n_naik", "tr#baris-skdn_s"
BOX = "input[name='n_naik|L:0-5']"


@pytest.fixture
def admin(visit, district):
    place = district["first"]
    history(place, MONTH, ("n_naik", "L:0-5"), [48, 52] * 6)
    visits_say(district["melati"], MONTH, n_naik=58)
    report = open_report(facility=place, month=MONTH, form="F1", by=None)
    edits = {("n_naik", "L:0-5"): Edit(Entry(58), 0)}
    save_cells(report=report.pk, edits=edits, by=None, reasons={"n_naik": "Anak dari luar"})
    visits_say(district["melati"], MONTH, n_naik=50)
    visitor = visit(Role.ADMIN_PUSKESMAS)
    assert visitor.go("/laporan/F1/P9901010101/2025-03/") == 200
    return visitor


def test_the_line_is_open_where_one_types_and_the_new_number_is_taken(admin):
    page = admin.page
    line = page.locator(f"{ROW} .row-past svg")
    assert not line.is_visible()
    page.focus(BOX)
    assert line.is_visible()
    page.focus(f"{NEXT} .cell-input")
    assert not line.is_visible()

    note = page.locator("[data-note=n_naik]")
    assert "biasanya 45–55" in note.inner_text()
    assert "58 → 50" in note.inner_text()
    note.get_by_role("button", name="pakai").click()

    page.wait_for_function("() => !document.querySelector('[data-note=n_naik] .row-moved')")
    assert page.locator(BOX).input_value() == "50"
    assert page.evaluate("document.activeElement.name") == "n_naik|L:0-5"
    assert ReportValue.objects.get(report__month=MONTH, element="n_naik").value == 50


def test_a_number_far_from_the_usual_is_told_at_once_and_its_reason_kept(admin):
    page = admin.page
    page.fill(BOX, "500")
    page.focus(f"{NEXT} .cell-input")
    page.wait_for_function(
        "() => document.querySelector('[data-note=n_naik]').innerText.includes('bulan 500')"
    )
    assert "jauh" not in page.locator("[data-state]").inner_text()
    assert ReportValue.objects.get(report__month=MONTH, element="n_naik").value == 500


@pytest.fixture
def newborns(visit, district):
    place = district["first"]
    sasaran(district["district"], {place: {"S_LH": 120}}, year=2026)
    total(place, Month(2026, 1), ckg_bbl=5)
    open_report(facility=place, month=Month(2026, 2), form="SDL", by=None)
    visitor = visit(Role.ADMIN_PUSKESMAS)
    assert visitor.go("/laporan/SDL/P9901010101/2026-02/") == 200
    return visitor


def test_the_year_goes_on_while_one_types(newborns):
    page = newborns.page
    row = page.locator("tr#baris-ckg_bbl")
    assert row.locator("[data-before]").inner_text() == "5"
    row.locator(".cell-input").fill("7")
    assert row.locator("[data-before]").inner_text() == "12"
    assert row.locator("[data-people]").inner_text() == "10,0"
    row.locator(".cell-input").fill("")
    assert row.locator("[data-before]").inner_text() == "5"
