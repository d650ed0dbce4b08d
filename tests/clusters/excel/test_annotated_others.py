"""Files of other kinds, files built oddly, and files that mean harm, given back with marks."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
import xlwt

from clusters.excel import ours
from clusters.excel.marking.files import annotated
from clusters.excel.marking.styles import RED
from clusters.excel.reading import read_sheets
from tests.clusters.annotating import (
    LILA,
    alone,
    colour,
    given_back,
    laid_out,
    marked,
    opened,
    parts,
    pregnant,
    reasons,
    repacked,
    saved,
    shown,
    titled,
)
from tests.clusters.excel import files
from tests.clusters.workbooks import sheet

GOOD, WRONG = pregnant(1), pregnant(2, **{LILA: 999.0})
ROWS = sheet([GOOD, WRONG], above=[["Register KIA"], []])
SHEET = "xl/worksheets/sheet2.xml"  # of the visits, in `laid_out`
FORMULA = '=HYPERLINK("http://x.example","klik")'


def as_csv(rows) -> bytes:
    words = (
        ";".join(f"{v:%d/%m/%Y}" if isinstance(v, date) else f"{'' if v is None else v}" for v in r)
        for r in rows
    )
    return "\r\n".join(words).encode()


def as_xls(rows) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                page.write(at, column, value, *([day] if isinstance(value, date) else []))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def as_ods(rows) -> bytes:
    def cell(value) -> str:
        text = f"{value:%d/%m/%Y}" if isinstance(value, date) else value
        if text is None:
            return "<table:table-cell/>"
        kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    lines = ("".join(map(cell, row)) or "<table:table-cell/>" for row in rows)
    return files.ods("".join(f"<table:table-row>{line}</table:table-row>" for line in lines))


@pytest.mark.parametrize(("make", "name"), [(as_csv, "CSV"), (as_xls, "Data"), (as_ods, "Data")])
def test_other_kinds_come_back_as_xlsx_with_everything_in_its_place(take, make, name):
    upload = take(content=make(ROWS)).upload
    assert (upload.new, upload.rejected) == (1, 1), list(upload.issues.values())
    content = given_back(upload)
    book = opened(content)
    assert book.sheetnames == ["Ringkasan", name]
    page = book[name]
    (issue,) = upload.issues.all()
    cell = marked(page, issue)
    assert (issue.row, colour(cell), cell.comment.text) == (5, RED, issue.reason)
    assert reasons(page)[4] == "SUDAH DITERIMA"
    assert shown(page) == {5}
    (before,), (_summary, after) = read_sheets(make(ROWS)), read_sheets(content)
    width = len(before.rows[0])
    start = before.first_row - after.first_row
    assert [row[:width] for row in after.rows[start:]] == before.rows
    again = take(content=content, service="antenatal")
    assert (again.read, again.same, again.rejected) == (2, 1, 1)


def test_a_long_number_stays_a_number(take):
    """As text, a NIK that lost its last digits would look like somebody's."""
    upload = take(content=as_xls(sheet([WRONG | {"NIK": 9901015203900001}]))).upload
    for content in (given_back(upload), alone(upload)):
        again = take(content=content, service="antenatal", keep=False)
        assert again.rejected == 1
        page = opened(content).worksheets[-1]
        titled(page, LILA).offset(1).value = 24
        again = take(content=saved(page.parent), service="antenatal", keep=False)
        assert [i.code for i in again.issues] == ["nik-damaged"]


def harmful(value: str) -> bytes:
    """Every text that a file brings begins like a formula."""
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet("=1+1")
        wrong = WRONG | {"LILA": None, value: value, "Posyandu": value}
        for at, row in enumerate([list(wrong), list(wrong.values())]):
            for column, cell in enumerate(row):
                text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
                page.write(at, column, text)
    return target.getvalue()


@pytest.mark.parametrize("value", [FORMULA, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1"])
def test_nothing_that_we_write_is_a_formula(take, tree, value):
    upload = take(content=harmful(value), service="antenatal").upload
    csv = take(content=as_csv([[*r, value] for r in sheet([WRONG])]), service="antenatal").upload
    for one in (upload, csv):
        type(one).objects.filter(pk=one.pk).update(file_name=f"{value}.xlsx")
        one.refresh_from_db()
        for content in (given_back(one), alone(one)):
            for name, text in parts(content).items():
                if name.startswith("xl/worksheets/sheet") or "ringkasan" in name:
                    assert not re.search(rb"<f[ >/]", text), name
            for page in opened(content):
                for row in page.iter_rows():
                    assert all(cell.data_type != "f" for cell in row)
                    assert all(cell.hyperlink is None for cell in row)


def test_formulas_of_the_file_stay_its_own(take):
    def summed(book, page):
        page.write_formula("R2", "=SUM(J5:J6)", None, 100)

    upload = take(content=laid_out(GOOD, WRONG, then=summed)).upload
    page = opened(given_back(upload))["Mei 2025"]
    assert page["R2"].value == "=SUM(J5:J6)"
    assert titled(page, ours.FAULTS).column_letter == "S"


def marked_as_it_was(upload) -> bool:
    """Whether the file itself was changed, and not written anew."""
    return "xl/media/image1.png" in parts(given_back(upload))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
        (b"<sheetData>", b"<!-- <row r='1'> --><sheetData>"),
        (b"<row r=", b"<row q="),
        (b'encoding="UTF-8"', b'encoding="ISO-8859-1"'),
    ],
)
def test_what_is_built_oddly_is_written_anew(take, old, new):
    content = laid_out(GOOD, WRONG)
    xml = parts(content)[SHEET]
    assert old in xml
    upload = take(content=content).upload
    assert marked_as_it_was(upload)
    odd = repacked(content, {SHEET: xml.replace(old, new, 1)})
    upload = take(content=odd, service="antenatal").upload
    assert not marked_as_it_was(upload)
    page = opened(given_back(upload))["Mei 2025"]
    (issue,) = upload.issues.all()
    assert colour(marked(page, issue)) == RED
    assert shown(page) == {issue.row}


def test_prefixed_tags_are_understood(take):
    """As some programs write them."""
    content = laid_out(GOOD, WRONG)
    xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", parts(content)[SHEET])
    xml = xml.replace(b"xmlns=", b"xmlns:x=")
    upload = take(content=repacked(content, {SHEET: xml})).upload
    assert marked_as_it_was(upload)
    page = opened(given_back(upload))["Mei 2025"]
    assert shown(page) == {6}
    assert colour(page.cell(6, titled(page, LILA).column)) == RED


def test_a_table_of_excels_own_keeps_its_filter(take):
    def as_table(book, page):
        titles = [{"header": title} for title in GOOD]
        page.add_table(3, 0, 5, len(GOOD) - 1, {"columns": titles})

    upload = take(content=laid_out(GOOD, WRONG, then=as_table)).upload
    page = opened(given_back(upload))["Mei 2025"]
    head = titled(page, ours.FAULTS).column_letter
    assert page.auto_filter.ref == f"{head}4:{head}6"
    assert [table.ref for table in page.tables.values()] == [f"A4:{chr(64 + len(GOOD))}6"]
    assert shown(page) == {6}


def test_macros_come_back_as_they_were(take):
    content = laid_out(GOOD, WRONG)
    kinds = parts(content)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    changed = {"[Content_Types].xml": kinds, "xl/vbaProject.bin": b"\xd0\xcf macro"}
    upload = take(content=repacked(content, changed)).upload
    found = annotated(upload)
    assert found.name.endswith(".xlsm")
    assert parts(found.content.getvalue())["xl/vbaProject.bin"] == b"\xd0\xcf macro"


def test_a_persons_comment_at_the_faulty_cell_stays(take):
    def noted(book, page):
        page.write_comment(5, list(GOOD).index(LILA), "Sudah ditanya ke bidan")

    upload = take(content=laid_out(GOOD, WRONG, then=noted)).upload
    page = opened(given_back(upload))["Mei 2025"]
    cell = page.cell(6, titled(page, LILA).column)
    assert "Sudah ditanya ke bidan" in cell.comment.text
    assert colour(cell) == RED


def test_a_cell_that_is_not_there_is_marked_in_the_format_of_its_column(take):
    upload = take(content=laid_out(GOOD, pregnant(2, NIK=None, **{"Tanggal lahir": None}))).upload
    page = opened(given_back(upload))["Mei 2025"]
    cell = page.cell(6, titled(page, "Tanggal lahir").column)
    assert (colour(cell), cell.value) == (RED, None)


def test_the_refused_rows_alone_can_be_sent_by_themselves(take):
    upload = take(content=laid_out(GOOD, WRONG)).upload
    content = alone(upload)
    (page,) = opened(content).worksheets
    assert [cell.value for cell in page[1]] == [*GOOD, ours.FAULTS]
    assert page.max_row == 2
    assert (page["A2"].value, page["A2"].number_format) == (WRONG["NIK"], "@")
    again = take(content=content, service="antenatal")
    assert (again.read, again.rejected) == (1, 1)
    titled(page, LILA).offset(1).value = 24
    repaired = take(content=saved(page.parent), service="antenatal")
    assert (repaired.read, repaired.new) == (1, 1)
