"""What stands on the paper and in the workbook is what was saved, neither more nor less."""

import io
from collections import defaultdict
from datetime import UTC, date, datetime

import openpyxl
import pytest

from facilities.actions import letterheads as heads
from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import open_report, take_step
from reporting.catalogue import ELEMENTS, FORMS
from reporting.models import Report
from reporting.selectors import reports
from reporting.selectors.prints import period_of, report_document
from reporting.selectors.typed import Entry
from reporting.workflow import Step
from tests.reporting.papers import again, book, filler, period, rows_read, written
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)


def cells(document):
    """(number of the row, headings of the column) -> cell, over all tables."""
    return {
        (line.number, column.path): cell
        for grid in document.grids
        for line in grid.lines
        for column, cell in zip(grid.columns, line.cells, strict=True)
    }


def sheet_read(data):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("code", FORMS)
def test_every_number_of_every_form_is_on_paper_once(tree, code):
    month = period(code)
    report = written(filler(tree, code), month, code)
    sheet = reports.sheet(report=report, proposing=False)

    found = cells(report_document(report=report))

    for row in sheet.rows:
        mine = {path: cell.number for (number, path), cell in found.items() if number == row.number}
        assert mine.pop(("Jumlah",), None) == row.total, row.label
        single = [number for path, number in mine.items() if path[-1] != "Jml"]
        expected = [box.value for box in row.boxes] if len(row.boxes) > 1 else []
        assert single == expected, row.label
        sums = [number for path, number in mine.items() if path[-1] == "Jml"]
        assert not sums or sum(sums) == row.total


def test_what_the_visits_propose_is_not_yet_reported(tree):
    report = open_report(facility=tree["first"], month=MONTH, form="F1", by=None)
    document = report_document(report=report)
    assert {cell.number for cell in cells(document).values()} == {None}
    assert {cell.text for cell in cells(document).values()} == {""}
    assert any("Kotak kosong" in note for note in document.notes)


def test_ta_zero_blank_and_unread_stay_four_things(tree):
    report = written(
        tree["first"], MONTH, "F1", s36=Entry(absent="timbangan rusak"), bgm=Entry(0),
        f1_nifas=Entry(text="dua"),
    )  # fmt: skip
    report.values.filter(element="f1_bumil").delete()
    document = report_document(report=again(report))
    found = cells(document)
    assert (found["13", ("Laki-laki",)].text, found["13", ("Jumlah",)].text) == ("TA", "TA")
    assert found["9", ("Laki-laki", "0–5 bln")].number == 0
    assert found["9", ("Jumlah",)].number == 0
    assert found["18a", ("Jumlah",)].text == "dua"
    assert found["19", ("Jumlah",)] == type(found["19", ("Jumlah",)])()
    notes = " ".join(document.notes)
    assert "13 timbangan rusak" in notes
    assert "1 isian belum terbaca" in notes
    assert "Kotak kosong: belum diisi (1)" in notes


def test_a_draft_says_so_until_it_is_approved(tree):
    report = filled(tree["first"], MONTH)
    assert "belum disahkan" in report_document(report=again(report)).draft
    for step in (Step.SEND, Step.VERIFY):
        report = take_step(report=report, step=step, by=None)
        assert "belum disahkan" in report_document(report=again(report)).draft
    take_step(report=report, step=Step.APPROVE, by=None)
    assert report_document(report=again(report)).draft == ""


def sign(place, name, since):
    person = (name, "", "Kepala Puskesmas Kenanga")
    heads.record_signatory(
        facility=place, duty="kepala", programme="", person=person, since=since, by=None
    )


def test_who_was_in_office_when_it_was_sent_signs_and_nobody_after_him(tree):
    sign(tree["first"], "Siti", date(2025, 1, 1))
    sign(tree["first"], "Ayu", date(2025, 4, 3))
    draft = filled(tree["first"], MONTH)
    document = report_document(report=again(draft))
    assert document.signers[0].name == "Siti", "at the end of the month"
    assert document.dated == "Kenanga, …………………… 2025"

    report = take_step(report=draft, step=Step.SEND, by=None)
    late = datetime(2025, 4, 2, 18, 30, tzinfo=UTC)  # half past one on the 3rd in Jakarta
    Report.objects.filter(pk=report.pk).update(sent_at=late)
    sent = report_document(report=again(report))
    assert (sent.signers[0].name, sent.dated) == ("Ayu", "Kenanga, 3 April 2025")

    take_step(report=report, step=Step.RETURN, by=None, note="Periksa")
    back = report_document(report=again(report))
    assert (back.signers[0].name, back.signed_on) == ("Siti", None)


def test_a_quarter_is_named_with_its_months():
    assert period_of(FORMS["SPM"], Month(2025, 6)) == "Triwulan II 2025 (April–Juni)"
    assert period_of(FORMS["F1"], MONTH) == "Maret 2025"


@pytest.mark.parametrize("code", FORMS)
def test_the_workbook_holds_every_number_of_the_sheet_as_a_number(tree, code):
    month = period(code)
    report = written(filler(tree, code), month, code)
    sheet = reports.sheet(report=report, proposing=False)

    read = defaultdict(list)  # a wide table goes on below, under the same numbers
    for number, _label, *cells_read in rows_read(book(report_document(report=report))):
        read[number] += [cell for cell in cells_read if cell != ""]

    for row in sheet.rows:
        numbers = read[row.number]
        assert all(isinstance(n, float) for n in numbers)
        values = [box.value for box in row.boxes]
        if ":" in row.boxes[0].part:  # behind the ages of each sex stands its sum
            half = len(values) // 2
            values = [*values[:half], sum(values[:half]), *values[half:], sum(values[half:])]
        assert numbers == (values if len(values) == 1 or not row.adds_up else [*values, row.total])


def test_the_workbook_is_laid_out_as_staff_know_it(tree):
    heads.record_letterhead(
        facility=tree["district"], lines="PEMERINTAH KAB. CONTOH\nDINAS KESEHATAN",
        address="Jl. Dinas", town="Contoh", since=date(2025, 1, 1), by=None,
    )  # fmt: skip
    sign(tree["first"], "Siti Rahayu", date(2025, 1, 1))
    report = written(tree["first"], MONTH, "F1")
    data = book(report_document(report=report))
    sheet, rows = sheet_read(data), rows_read(data)
    flat = [str(cell) for row in rows for cell in row if cell != ""]

    assert flat[:3] == ["PEMERINTAH KAB. CONTOH", "DINAS KESEHATAN", "PUSKESMAS KENANGA"]
    assert "LAPORAN BULANAN F1 GIZI (SKDN)" in flat
    assert any("belum disahkan" in text for text in flat)
    assert "Masa laporan: Maret 2025" in flat
    heading = next(n for n, row in enumerate(rows) if row[:2] == ["No.", "Uraian"])
    assert rows[heading][2] == "Laki-laki"
    assert rows[heading + 2][:3] == ["(1)", "(2)", "(3)"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert f"C{heading + 1}:H{heading + 1}" in merged, "a sex over its ages and their sum"
    assert f"A{heading + 1}:A{heading + 2}" in merged
    assert "Siti Rahayu" in flat
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("bad", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "http://x.id"])
def test_nothing_that_people_typed_becomes_a_formula_or_a_link(tree, bad):
    sign(tree["first"], bad, date(2025, 1, 1))
    heads.record_letterhead(
        facility=tree["first"], lines=bad, address=bad, town=bad, since=date(2025, 1, 1), by=None
    )
    Facility.objects.filter(pk=tree["first"].pk).update(name=bad)
    report = written(
        Facility.objects.get(pk=tree["first"].pk), MONTH, "F1",
        s36=Entry(absent=bad), f1_nifas=Entry(text=bad),
    )  # fmt: skip
    sheet = sheet_read(book(report_document(report=report)))
    found = [cell for row in sheet.iter_rows() for cell in row if bad in str(cell.value)]
    assert len(found) >= 5
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)


def test_parts_that_are_printed_are_those_of_the_catalogue():
    assert len(ELEMENTS["skdn_s"].parts) == 10, "the reading back above counts on it"
