"""What people send is read, and what could do harm is refused with a way out."""

import resource
from datetime import date

import pytest

from clusters.excel.errors import (
    FileCorrupt,
    FileEmpty,
    FileLocked,
    FileTooLarge,
    HtmlInDisguise,
    NotAWorkbook,
    TooManyRows,
    ZipBomb,
)
from clusters.excel.reading import is_lock_file, read_sheets
from ilp.core.errors import DomainError
from tests.clusters.excel import files
from tests.clusters.excel.files import ROWS


def test_an_ordinary_workbook_is_read():
    (sheet,) = read_sheets(files.workbook(ROWS))
    assert (sheet.name, sheet.rows, sheet.hidden) == ("Lembar 1", ROWS, False)


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "data.txt"  # the name does not count
    path.write_bytes(files.workbook(ROWS))
    assert read_sheets(path)[0].rows == ROWS


def test_row_numbers_are_those_of_excel():
    (sheet,) = read_sheets(files.workbook([[], [], ["", "Nama"], ["", "Siti"]]))
    assert (sheet.first_row, sheet.first_column, sheet.row_number(1)) == (3, 1, 4)


def test_several_sheets_and_hidden_ones():
    sheets = read_sheets(files.workbook(ROWS, [], [["x"]], hidden=(2,)))
    assert [(s.name, s.hidden) for s in sheets] == [("Lembar 1", False), ("Lembar 3", True)]


def test_an_ods_is_read():
    cell = '<table:table-cell office:value-type="string"><text:p>Siti</text:p></table:table-cell>'
    data = files.ods(f"<table:table-row>{cell}</table:table-row>")
    assert read_sheets(data)[0].rows == [["Siti"]]
    with pytest.raises(FileEmpty):
        read_sheets(files.ods(""))


def test_formulas_come_as_their_last_value():
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
    (sheet,) = read_sheets(
        files.handmade(files.sheet(rows + '<row r="2"><c r="B2"><v>1</v></c></row>'))
    )
    assert sheet.rows == [[2.0, ""], ["", 1.0]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_in_the_usual_shapes(encoding, mark):
    text = f"Nama{mark}BB{mark}Ket\nSiti é{mark}9{mark}hadir\nUdin{mark}8\n"
    (sheet,) = read_sheets(text.encode(encoding))
    assert sheet.rows == [["Nama", "BB", "Ket"], ["Siti é", "9", "hadir"], ["Udin", "8", ""]]


def test_csv_with_semicolons_may_hold_decimal_commas():
    (sheet,) = read_sheets(b"Nama;BB;TB\nSiti;9,2;71,5\nUdin;8,1;70,0\n")
    assert sheet.rows[1] == ["Siti", "9,2", "71,5"]


def test_a_csv_may_name_its_mark():
    assert read_sheets(b"sep=|\na,b|c;d\n")[0].rows[1] == ["a,b", "c;d"]
    assert read_sheets(b"sep=")[0].rows == [["sep="]]


@pytest.mark.parametrize("data", [b"", b" \n\n", b";;\n;;\n", files.workbook([])])
def test_an_empty_file(data):
    with pytest.raises(FileEmpty):
        read_sheets(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "gambar"),
        (files.zipped({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "Word"),
        (files.zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (files.zipped({"foto.jpg": "x"}), "ZIP"),
        (files.ole("WordDocument"), "Word"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (bytes(range(256)) * 4, "biner"),
        (b"x\0" * 40 + b"\0\0", "biner"),
    ],
)
def test_another_kind_of_file_is_named(data, kind):
    with pytest.raises(NotAWorkbook) as error:
        read_sheets(data)
    assert kind in error.value.sentence


@pytest.mark.parametrize(
    "data",
    [b"<html><table><tr><td>1", b"\xef\xbb\xbf\n <TABLE border=1>", b"<!DOCTYPE html><html>",
     "<html>".encode("utf-16"), "<html>".encode("utf-16-le")],
)  # fmt: skip
def test_html_in_disguise(data):
    with pytest.raises(HtmlInDisguise):
        read_sheets(data)


def test_a_locked_workbook():
    with pytest.raises(FileLocked) as error:
        read_sheets(files.ole("EncryptedPackage"))
    assert "hapus sandi" in error.value.sentence


def test_a_locked_zip_entry():
    data = bytearray(files.workbook(ROWS))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(FileLocked):
        read_sheets(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        files.workbook(ROWS)[:-300],
        files.workbook(ROWS)[:40],
        files.ole("Workbook"),
        files.ole("Something"),
        files.handmade("<worksheet><sheetData><row"),
        files.handmade(""),
        files.zipped({"xl/other.xml": "<x/>"}),
    ],
)
def test_a_corrupt_workbook(data):
    with pytest.raises((FileCorrupt, FileEmpty)):
        read_sheets(data)


def test_damage_anywhere_is_told_as_a_sentence():
    whole = files.workbook([[f"kata {i}", i, date(2025, 1, 1)] for i in range(50)])
    outcomes = set()
    for at in range(0, len(whole), 97):
        outcomes.add(outcome(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]))
    assert "file-corrupt" in outcomes


def outcome(data: bytes) -> str:
    """How reading ended; any other error than ours gets through."""
    try:
        return str(len(read_sheets(data)))
    except DomainError as error:
        return error.code


def test_a_file_over_the_limit_is_not_even_read():
    with pytest.raises(FileTooLarge):
        read_sheets(files.workbook(ROWS), max_bytes=1000)


def test_rows_over_the_limit():
    data = files.workbook([[i] for i in range(12)])
    assert len(read_sheets(data, max_rows=12)[0].rows) == 12
    with pytest.raises(TooManyRows) as error:
        read_sheets(data, max_rows=11)
    assert "11 baris" in error.value.sentence
    with pytest.raises(TooManyRows):
        read_sheets(b"a;b\n" * 12, max_rows=11)


def test_two_million_rows_are_refused_without_being_held():
    data = files.many_rows(2_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooManyRows):
        read_sheets(data, max_bytes=100 * 2**20)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 * 1024  # kilobytes


def test_two_million_lines_of_csv():
    with pytest.raises(TooManyRows):
        read_sheets(b"1;2\n" * 2_000_000)


def test_formatted_but_empty_rows_do_not_count():
    empty = "".join(f'<row r="{n}" ht="15"/>' for n in range(2, 30_000))
    data = files.handmade(files.sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + empty))
    assert read_sheets(data, max_rows=20)[0].rows == [[1.0]]


def test_a_zip_bomb():
    with pytest.raises(ZipBomb) as error:
        read_sheets(files.handmade(" " * 50_000_000))
    assert "membengkak" in error.value.sentence
    with pytest.raises(ZipBomb):
        read_sheets(files.zipped({f"xl/{n}.xml": "" for n in range(3_000)}))


def test_a_declared_size_that_lies():
    data = bytearray(files.handmade(files.sheet("<row/>" * 100_000)))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(FileCorrupt):
        read_sheets(bytes(data))


@pytest.mark.parametrize("far", ["XFD1048576", "xfd1048576", "XFD20000"])
def test_a_cell_in_the_last_corner_takes_no_memory_of_ours(far):
    row = far.lstrip("XFDxfd")
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{far}"><v>1</v></c></row>'
    with pytest.raises((FileTooLarge, TooManyRows)):
        read_sheets(files.handmade(files.sheet(rows)))


def test_one_long_text_used_many_times():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_001))
    text = f"<sst><si><t>{'panjang ' * 40_000}</t></si></sst>"
    data = files.handmade(files.sheet(cells), sharedStrings=text)
    with pytest.raises(FileTooLarge):
        read_sheets(data)  # 1.6 GB of copies, more than the child may have


def test_lock_files_are_known_by_name():
    assert is_lock_file("folder/~$Data Mei.xlsx")
    assert not is_lock_file("Data.xlsx")
