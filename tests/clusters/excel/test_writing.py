"""Our own workbooks: read back with another library than wrote them."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from clusters.excel.reading import read_sheets
from clusters.excel.writing import Column, Kind, safe_csv_cell, write_table

COLUMNS = [
    Column("NIK", 20, note="16 angka"),
    Column("Nama", 30),
    Column("JK", 6, choices=("L", "P")),
    Column("Tanggal", 12, Kind.DATE),
    Column("BB (kg)", 8, Kind.DECIMAL),
    Column("Umur", 8, Kind.WHOLE),
    Column("Posyandu", 20, choices=[f"Posyandu Contoh nomor {n}" for n in range(100)]),
]
ROW = ["9901015205250003", "Siti", "P", date(2025, 5, 12), Decimal("9.2"), 3, True]


def written(**more):
    out = io.BytesIO()
    assert write_table(out, title_sheet="Data", columns=COLUMNS, rows=[ROW, [None]], **more) == 2
    return out.getvalue()


@pytest.fixture(scope="module")
def book():
    data = written(instructions=["Petunjuk pengisian", "Satu baris satu kunjungan"],
                   meta={"service": "growth", "version": "1"})  # fmt: skip
    return openpyxl.load_workbook(io.BytesIO(data))


def test_values_keep_their_kind(book):
    cells = next(book["Data"].iter_rows(min_row=2, max_row=2))
    assert [cell.value for cell in cells][:3] == ROW[:3]
    assert cells[3].value.date() == ROW[3]
    assert [cells[4].value, cells[5].value, cells[6].value] == [9.2, 3, "ya"]
    assert (cells[0].number_format, cells[0].data_type) == ("@", "s")
    assert cells[3].number_format == "dd/mm/yyyy"


def test_empty_cells_of_a_nik_column_are_text_too(book):
    assert book["Data"].column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert "A" in book["Data"].column_dimensions
    assert book["Data"].freeze_panes == "A2"
    assert book["Data"]["A1"].comment.text == "16 angka"


def test_instructions_first_and_meta_hidden(book):
    assert book.sheetnames == ["Petunjuk", "Data", "_pilihan", "_meta"]
    assert book["_meta"].sheet_state == "veryHidden"
    assert [[c.value for c in row] for row in book["_meta"]] == [
        ["service", "growth"], ["version", "1"],
    ]  # fmt: skip


def test_drop_downs_short_and_long(book):
    short, long = book["Data"].data_validations.dataValidation
    assert short.formula1 == '"L,P"'
    assert long.formula1.startswith("_pilihan!$A$7:")
    assert book["_pilihan"].cell(7, 100).value == "Posyandu Contoh nomor 99"


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-5", "@x", "\t=1", "http://x.id", "{=1}"])
def test_text_never_becomes_a_formula_or_a_link(text):
    out = io.BytesIO()
    write_table(out, title_sheet="Data", columns=[Column("A")], rows=[[text]])
    cell = openpyxl.load_workbook(out)["Data"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_we_write_we_can_read():
    data, hidden = read_sheets(written(meta={"a": "b"}))[0:3:2]
    assert data.rows[1][:6] == [*ROW[:4], 9.2, 3.0]
    assert hidden.hidden


def test_a_long_number_is_written_as_text():
    out = io.BytesIO()
    write_table(out, title_sheet="Data", columns=[Column("NIK")], rows=[[9901015205250003]])
    assert openpyxl.load_workbook(out)["Data"]["A2"].value == "9901015205250003"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"), ("+62", "'+62"), ("-", "'-"), ("@a", "'@a"), ("\tx", "'\tx"),
        ("\rx", "'\rx"), (" =1", "' =1"), ("Siti", "Siti"), (-5, "-5"), (Decimal("-1.5"), "-1.5"),
        (None, ""), (True, "ya"), (False, "tidak"), (date(2025, 5, 12), "2025-05-12"),
    ],
)  # fmt: skip
def test_csv_cells_are_safe(value, text):
    assert safe_csv_cell(value) == text
