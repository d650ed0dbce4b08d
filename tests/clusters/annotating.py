"""Workbooks with a layout of their own, and what comes back of them."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from openpyxl import load_workbook

from clusters.excel import ours
from clusters.excel.marking.files import annotated, only_faulty
from clusters.models import Upload
from tests.clusters.workbooks import ANTENATAL

LILA = "LILA (cm)"


def picture() -> bytes:
    """A PNG of one red point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    point = zlib.compress(b"\0\xff\0\0")
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", point) + chunk(b"IEND", b"")


def pregnant(number: int, **change: Any) -> dict[str, Any]:
    """A good row about somebody of her own."""
    born = date(1990, 3, number)
    nik = f"990101{number + 40:02d}0390{number:04d}"
    return ANTENATAL | {"NIK": nik, "Nama": f"Contoh {number}", "Tanggal lahir": born} | change


def laid_out(*rows: dict[str, Any], name: str = "Mei 2025", **more: Any) -> bytes:
    """A workbook as a Puskesmas keeps it: titles, colours, widths, a list, notes, a picture, and
    other sheets before and behind that of the visits."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        cover = book.add_worksheet("Sampul")
        cover.write("A1", "Laporan Puskesmas Kenanga")
        cover.write_formula("A2", f"=COUNTA('{name}'!B6:B99)", None, len(rows))
        page = book.add_worksheet(name)
        _fill(book, page, rows)
        notes = book.add_worksheet("Catatan")
        notes.write_comment("B2", "Catatan di lembar lain", {"author": "Bidan"})
        page.activate()
        more.get("then", lambda book, page: None)(book, page)
    return target.getvalue()


def _fill(book, page, rows) -> None:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd-mmm-yyyy", "font_color": "#1F4E78", "border": 1})
    number = book.add_format({"num_format": "0.00", "italic": True, "bg_color": "#FFFF00"})
    text = book.add_format({"num_format": "@"})
    page.merge_range(0, 0, 0, len(titles) - 1, "BUKU KIA – “Mei” & kawan", head)
    page.write(1, 0, "Puskesmas Kenanga")
    page.insert_image(1, 4, "logo.png", {"image_data": BytesIO(picture())})
    page.set_row(3, 42)
    page.set_column(0, 0, 21.5, text)
    page.set_column(1, len(titles) + 3, 13)
    page.freeze_panes(4, 2)
    page.write_row(3, 0, titles, head)
    page.write_comment(3, 1, "Nama sesuai KTP", {"author": "Bidan"})
    for at, row in enumerate(rows, start=4):
        for column, title in enumerate(titles):
            value = row.get(title)
            if isinstance(value, date):
                page.write_datetime(at, column, value, day)
            elif isinstance(value, float):
                page.write_number(at, column, value, number)
            elif value is not None:
                page.write(at, column, value, text)
    page.data_validation(4, 3, 99, 3, {"validate": "list", "source": ["L", "P"]})
    page.conditional_format(4, 8, 99, 8, {"type": "cell", "criteria": ">", "value": 40})
    page.print_area(3, 0, len(rows) + 4, len(titles) - 1)
    page.repeat_rows(3)


def given_back(upload: Upload) -> bytes:
    return annotated(upload).content.getvalue()


def alone(upload: Upload) -> bytes:
    return only_faulty(upload).content.getvalue()


def opened(data: bytes) -> Any:
    """The workbook as another program opens it."""
    return load_workbook(BytesIO(data))


def titled(page: Any, title: str) -> Any:
    """The cell that bears a title."""
    return next(cell for row in page.iter_rows() for cell in row if cell.value == title)


def marked(page: Any, issue: Any) -> Any:
    """The cell that an issue is about: in its row, below the title of its column."""
    return page.cell(issue.row, titled(page, issue.column).column)


def reasons(page: Any) -> dict[int, str]:
    """What the column of reasons says, by row."""
    head = titled(page, ours.FAULTS)
    column = page.iter_rows(min_row=head.row + 1, min_col=head.column, max_col=head.column)
    return {cell.row: cell.value for (cell,) in column if cell.value}


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def shown(page: Any) -> set[int]:
    """The rows below the titles that the filter leaves."""
    head = titled(page, ours.FAULTS)
    return {
        row for row in range(head.row + 1, page.max_row + 1) if not page.row_dimensions[row].hidden
    }


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The same package with parts replaced or added."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, text in (parts(data) | changed).items():
            archive.writestr(name, text)
    return target.getvalue()


def saved(book: Any) -> bytes:
    """A workbook as another program saves it."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()
