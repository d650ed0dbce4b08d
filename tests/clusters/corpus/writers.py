"""Pages of cells as files: xlsx, xls, ods and csv, with what each format can say of a page."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from tests.clusters.excel import files


@dataclass(frozen=True)
class Formula:
    """A formula and what it last came to."""

    value: Any


@dataclass
class Page:
    """A sheet: rows of cells, what is merged (first row, first column, last row, last column)."""

    name: str
    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # counted from 0, as columns
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False


def plain(cell: Any) -> Any:
    return cell.value if isinstance(cell, Formula) else cell


def xlsx(pages: Sequence[Page]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "dd/mm/yyyy"}) as book:
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for merge in page.merges:
                sheet.merge_range(*merge, "")
            for number, row in enumerate(page.rows):
                for column, cell in enumerate(row):
                    _write_xlsx(sheet, number, column, cell)
            for number in page.hidden_rows:
                sheet.set_row(number, None, None, {"hidden": True})
            for number in page.hidden_columns:
                sheet.set_column(number, number, None, None, {"hidden": True})
            if page.hidden:
                sheet.hide()
    return target.getvalue()


def _write_xlsx(sheet: Any, number: int, column: int, cell: Any) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(number, column, "=A1", None, cell.value)
    elif isinstance(cell, date):
        sheet.write_datetime(number, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(number, column, cell) if cell else None
    elif cell is not None:
        sheet.write_number(number, column, cell)


def xls(pages: Sequence[Page]) -> bytes:
    book = xlwt.Workbook()
    as_date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for page in pages:
        sheet = book.add_sheet(page.name)
        for number, row in enumerate(page.rows):
            for column, cell in enumerate(map(plain, row)):
                if cell not in (None, ""):
                    sheet.write(number, column, cell, *[as_date] * isinstance(cell, date))
        for one in page.merges:
            sheet.merged_ranges.append((one[0], one[2], one[1], one[3]))
        for number in page.hidden_rows:
            sheet.row(number).hidden = True
        sheet.visibility = int(page.hidden)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def ods(pages: Sequence[Page]) -> bytes:
    """The first page; hidden sheets have no place in so small a file."""
    page = pages[0]
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for number, row in enumerate(page.rows):
        cells = [
            "<table:covered-table-cell/>" if (number, column) in covered else _ods_cell(plain(cell))
            for column, cell in enumerate(row)
        ]
        look = ' table:visibility="collapse"' if number in page.hidden_rows else ""
        rows.append(f"<table:table-row{look}>{''.join(cells) or _ods_cell('')}</table:table-row>")
    return files.ods("".join(rows))


def _ods_cell(cell: Any) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    if isinstance(cell, date):
        said = f'office:value-type="date" office:date-value="{cell:%Y-%m-%d}"'
    elif isinstance(cell, str):
        said = 'office:value-type="string"'
    else:
        said = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {said}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def as_csv(pages: Sequence[Page], mark: str, encoding: str, *, named: bool = False) -> bytes:
    """The first page, each row only as long as what is written in it."""
    target = StringIO()
    if named:
        target.write(f"sep={mark}\r\n")
    out = csv.writer(target, delimiter=mark)
    for row in pages[0].rows:
        cells = [_csv_cell(plain(cell), mark) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        out.writerow(cells)
    return target.getvalue().encode(encoding, "replace")


def cut_csv(pages: Sequence[Page]) -> bytes:
    """Commas between cells and in numbers alike, as some programs write it."""
    lines = [",".join(_csv_cell(plain(cell), ",") for cell in row) for row in pages[0].rows]
    return "\r\n".join(lines).encode()


def _csv_cell(cell: Any, mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and mark != ",":
        return str(cell).replace(".", ",")
    return str(cell)


FORMATS = {
    "xlsx": xlsx,
    "xls": xls,
    "ods": ods,
    "csv ; utf-8": lambda pages: as_csv(pages, ";", "utf-8"),
    "csv ; cp1252": lambda pages: as_csv(pages, ";", "cp1252"),
    "csv , utf-8-sig": lambda pages: as_csv(pages, ",", "utf-8-sig"),
    "csv tab utf-16": lambda pages: as_csv(pages, "\t", "utf-16"),
    "csv sep=;": lambda pages: as_csv(pages, ";", "utf-8", named=True),
}
