"""The own file of a person comes back with what is wrong marked in it, and all else as it was."""

from __future__ import annotations

from datetime import date

import pytest

from clusters.actions.uploads import receive_upload
from clusters.excel import ours
from clusters.excel.imports import content, run_import
from clusters.excel.marking.files import OriginalGone, annotated, only_faulty
from clusters.excel.marking.styles import AMBER, RED
from clusters.models import Upload
from tests.clusters.annotating import (
    LILA,
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

GOOD, WRONG, ODD = pregnant(1), pregnant(2, **{LILA: 999.0}), pregnant(3, **{LILA: 41.0})
FAULTY = 6  # the row of WRONG: four rows stand above the first


@pytest.fixture
def upload(take):
    return take(content=laid_out(GOOD, WRONG, ODD)).upload


@pytest.fixture
def page(upload):
    return opened(given_back(upload))["Mei 2025"]


def test_the_layout_stays(upload, page):
    before = opened(laid_out(GOOD, WRONG, ODD))["Mei 2025"]
    assert page.merged_cells.ranges == before.merged_cells.ranges
    assert page.freeze_panes == before.freeze_panes
    assert page.print_area == before.print_area
    assert page.print_title_rows == before.print_title_rows
    assert page.data_validations.dataValidation == before.data_validations.dataValidation
    assert [r.sqref for r in page.conditional_formatting] == [
        r.sqref for r in before.conditional_formatting
    ]
    for letter, dimension in before.column_dimensions.items():
        assert page.column_dimensions[letter].width == dimension.width, letter
    assert page.row_dimensions[4].height == before.row_dimensions[4].height
    wrong = titled(before, LILA).column
    for row in before.iter_rows():
        for cell in row:
            now = page.cell(cell.row, cell.column)
            assert now.value == cell.value
            for name in ("font", "number_format", "border", "alignment", "fill"):
                if name != "fill" or cell.column != wrong:
                    look, was = repr(getattr(now, name)), repr(getattr(cell, name))
                    assert look == was, (cell.coordinate, name)


def test_other_parts_are_the_very_same(upload):
    before, after = parts(content(upload)), parts(given_back(upload))
    assert b"<drawing r:id=" in after["xl/worksheets/sheet2.xml"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"),
        *("xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"),
        *("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"),
    }
    assert after.keys() - before.keys() == {"xl/worksheets/ringkasan1.xml"}


def test_the_faulty_cell_is_red_with_its_reason_and_its_own_format(upload, page):
    (issue,) = upload.issues.filter(is_warning=False)
    cell = marked(page, issue)
    assert (issue.row, cell.column_letter) == (FAULTY, titled(page, LILA).column_letter)
    assert (colour(cell), cell.number_format, cell.font.italic) == (RED, "0.00", True)
    assert cell.comment.text == issue.reason
    assert colour(page.cell(FAULTY + 1, cell.column)) == AMBER
    assert colour(page.cell(FAULTY - 1, cell.column)) == "FFFFFF00"  # as it was
    commented = {c.coordinate for row in page.iter_rows() for c in row if c.comment}
    assert commented == {"B4", cell.coordinate, page.cell(FAULTY + 1, cell.column).coordinate}
    assert page["B4"].comment.text.endswith("Nama sesuai KTP")


def test_reasons_stand_beside_the_table_and_the_filter_shows_refused_rows(upload, page):
    head = titled(page, ours.FAULTS)
    assert (head.row, head.column) == (4, len(GOOD) + 1)
    (issue,) = upload.issues.filter(is_warning=False)
    found = reasons(page)
    assert found[5] == "SUDAH DITERIMA"
    assert found[6] == f"PERBAIKI – {LILA}: {issue.reason}"
    assert found[7].startswith("SUDAH DITERIMA. PERIKSA – ")
    assert shown(page) == {FAULTY}
    assert page.auto_filter.ref == f"A4:{head.column_letter}7"
    (column,) = page.auto_filter.filterColumn
    assert (column.colId, column.customFilters.customFilter[0].val) == (len(GOOD), "PERBAIKI*")


def test_the_summary_comes_first_and_says_what_to_do(upload):
    book = opened(given_back(upload))
    assert book.sheetnames == ["Ringkasan", "Sampul", "Mei 2025", "Catatan"]
    assert book.active.title == "Mei 2025"
    lines = [[c for c in row if c is not None] for row in book["Ringkasan"].values]
    assert lines[0] == [ours.HEADING]
    for line in (["Baris dibaca", 3], ["Sudah diterima", 2], ["Perlu diperbaiki", 1]):
        assert line in lines
    (issue,) = upload.issues.filter(is_warning=False)
    assert ["Perlu diperbaiki", "Mei 2025", LILA, issue.reason, 1, "6"] in lines
    assert book["Sampul"]["A2"].value == "=COUNTA('Mei 2025'!B6:B99)"


def test_a_preview_calls_no_row_accepted(tree):
    content = laid_out(GOOD, WRONG)
    upload = receive_upload(
        service="antenatal", facility=tree["first"], file_name="a.xlsx", content=content, by=None
    )
    run_import(
        path=content,
        file_name="a.xlsx",
        service="antenatal",
        facility=tree["first"],
        by=None,
        upload=upload,
        keep=False,
    )
    assert upload.status == Upload.Status.PREVIEWED
    book = opened(given_back(upload))
    assert list(reasons(book["Mei 2025"])) == [FAULTY]
    assert shown(book["Mei 2025"]) == {FAULTY}
    assert "Benar, belum diterima" in [row[0] for row in book["Ringkasan"].values]


def test_nobody_is_called_accepted_when_not_every_refusal_was_kept(upload):
    upload.issues.filter(is_warning=False).delete()
    page = opened(given_back(upload))["Mei 2025"]
    assert [text.split()[0] for text in reasons(page).values()] == ["PERIKSA"]
    assert shown(page) == {5, 6, 7}


def test_what_we_wrote_is_not_read_when_the_file_comes_back(take, upload):
    again = take(content=given_back(upload), service="antenatal")
    assert (again.read, again.new, again.changed, again.same, again.rejected) == (3, 0, 0, 2, 1)
    assert again.headers["unknown"] == []
    assert set(again.headers["skipped_sheets"]) == {"Sampul"}


def test_a_second_round_replaces_what_the_first_wrote(take, upload):
    content = given_back(upload)
    book = opened(content)
    column = titled(book["Mei 2025"], LILA).column
    xml = parts(content)["xl/worksheets/sheet2.xml"]
    xml = xml.replace(b"<v>999</v>", b"<v>24</v>").replace(b"<v>24.1</v>", b"<v>998</v>")
    repaired = repacked(content, {"xl/worksheets/sheet2.xml": xml})
    again = take(content=repaired, service="antenatal")
    assert (again.read, again.new, again.same, again.rejected) == (3, 1, 1, 1), again.issues
    book = opened(given_back(again.upload))
    page = book["Mei 2025"]
    assert book.sheetnames == ["Ringkasan", "Sampul", "Mei 2025", "Catatan"]
    assert [c.value for c in page[4]].count(ours.FAULTS) == 1
    assert shown(page) == {5}
    assert [colour(page.cell(row, column)) for row in (5, 6, 7)] == [RED, None, AMBER]
    commented = {c.row for row in page.iter_rows() for c in row if c.comment}
    assert commented == {4, 5, 7}
    assert page.cell(6, column).number_format == "0.00"


def test_a_clean_file_has_its_filter_open(take):
    page = opened(given_back(take(content=laid_out(GOOD, ODD)).upload))["Mei 2025"]
    assert shown(page) == {5, 6}
    assert page.auto_filter.filterColumn == []


def test_a_row_that_was_emptied_is_no_row_any_more(take, upload):
    book = opened(given_back(upload))
    for cell in book["Mei 2025"][FAULTY][: len(GOOD)]:
        cell.value = None
    again = take(content=saved(book), service="antenatal")
    assert (again.read, again.same, again.rejected) == (2, 2, 0)


def test_the_name_is_safe_and_does_not_grow(upload):
    for name, expected in (
        ("Mei/../2025.xlsx", "2025 - perlu diperbaiki.xlsx"),
        ('a";\r\nX: y.xlsx', "a X y - perlu diperbaiki.xlsx"),
        ("mei - perlu diperbaiki.xlsx", "mei - perlu diperbaiki.xlsx"),
        ("...xlsx", "unggahan - perlu diperbaiki.xlsx"),
    ):
        upload.file_name = name
        assert annotated(upload).name == expected


def test_a_file_that_is_gone_is_said_to_be_gone(upload, settings):
    (settings.MEDIA_ROOT / upload.file).unlink()
    for give_back in (annotated, only_faulty):
        with pytest.raises(OriginalGone) as error:
            give_back(upload)
        assert "tidak ada lagi" in error.value.sentence


def test_two_sheets_are_both_marked(take):
    june = [pregnant(n, **{"Tanggal kunjungan": date(2025, 6, 3), LILA: 999.0}) for n in (4, 5)]

    def second(book, page):
        other = book.add_worksheet("Juni")
        for at, row in enumerate([list(june[0]), *(list(r.values()) for r in june)]):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    value = f"{value:%d/%m/%Y}"
                other.write(at, column, value)

    upload = take(content=laid_out(GOOD, WRONG, then=second)).upload
    assert upload.rejected == 3, list(upload.issues.values())
    book = opened(given_back(upload))
    assert (shown(book["Mei 2025"]), shown(book["Juni"])) == ({6}, {2, 3})
    assert {row[1] for row in book["Ringkasan"].values} >= {"Mei 2025", "Juni"}
