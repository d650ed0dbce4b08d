"""A new workbook of what was read, with marks: for csv, xls, xlsb, ods and what we do not change.

Every value stands where it stood, as text, number or date; what was layout is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import IO, Any

import xlsxwriter

from clusters.excel import ours
from clusters.excel.marking.marks import Mark, SheetMarks
from clusters.excel.marking.styles import AMBER, RED
from clusters.excel.marking.summary import WIDTHS, Line
from clusters.excel.reading import Sheet
from clusters.excel.writing import FORMATS, Kind
from ilp.core.cells import Cell

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
MOST_COMMENTS = 5_000
WIDE = 70
FIRST_YEAR = 1900


def rebuild(
    target: IO[bytes], sheets: Sequence[Sheet], marks: Sequence[SheetMarks], lines: Sequence[Line]
) -> None:
    """Write the summary and all sheets, hidden ones hidden, those with marks marked."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    of_sheet = {id(one.sheet): one for one in marks}
    with xlsxwriter.Workbook(target, options) as book:
        styles = _Styles(book)
        names = sheet_names([ours.SUMMARY, *(sheet.name for sheet in sheets)])
        _write_summary(book.add_worksheet(names[0]), lines, styles)
        for name, sheet in zip(names[1:], sheets, strict=True):
            page = book.add_worksheet(name)
            if sheet.hidden:
                page.hide()
            _Page(page, sheet, of_sheet.get(id(sheet)), styles).write()


class _Styles:
    """One format for each kind of value and ground."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "bg_color": f"#{RED[2:]}"})

    def of(self, number_format: str, colour: str = "") -> Any:
        key = (number_format, colour)
        if key not in self._made:
            ground = {"bg_color": f"#{colour[2:]}"} if colour else {}
            self._made[key] = self._book.add_format({"num_format": number_format, **ground})
        return self._made[key]


class _Page:
    """One sheet as it was read; rows and columns are counted from 0 here."""

    def __init__(self, page: Any, sheet: Sheet, marks: SheetMarks | None, styles: _Styles) -> None:
        self.page, self.sheet, self.marks, self.styles = page, sheet, marks, styles
        self.comments = 0

    def write(self) -> None:
        if self.marks:
            at = self.marks.reason_column - 1
            self.page.set_column(at, at, WIDE)
        for index, row in enumerate(self.sheet.rows):
            number = self.sheet.row_number(index)
            self._hide(number)
            cells = self.marks.cells.get(number, {}) if self.marks else {}
            for column, cell in enumerate(row, start=self.sheet.first_column):
                mark = cells.get(column + 1)
                if mark or not (cell == "" or cell is None):
                    self._write(number - 1, column, cell, mark)
            self._write_reason(number)
        if self.marks:
            self._filter(self.marks)

    def _hide(self, number: int) -> None:
        marks = self.marks
        if marks is not None and marks.is_filtered_out(number):
            self.page.set_row(number - 1, None, None, {"hidden": True})

    def _write(self, row: int, column: int, cell: Cell, mark: Mark | None) -> None:
        colour = "" if mark is None else AMBER if mark.is_warning else RED
        _write_cell(self.page, row, column, cell, lambda kind: self.styles.of(kind, colour))
        if mark and self.comments < MOST_COMMENTS:
            self.comments += 1
            self.page.write_comment(row, column, mark.reason, {"author": ours.AUTHOR})

    def _write_reason(self, number: int) -> None:
        if self.marks is None:
            return
        at = self.marks.reason_column - 1
        if number == self.marks.title_row:
            self.page.write_string(number - 1, at, ours.FAULTS, self.styles.title)
        elif text := self.marks.reasons.get(number):
            self.page.write_string(number - 1, at, text, self.styles.of(FORMATS[Kind.TEXT]))

    def _filter(self, marks: SheetMarks) -> None:
        first, last = marks.first_column - 1, marks.reason_column - 1
        self.page.autofilter(marks.title_row - 1, first, marks.last_row - 1, last)
        if marks.faulty:
            self.page.filter_column(last, f"x == {ours.REPAIR}*")


def _write_cell(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """One value as what it is. A number stays a number however long: as text, a NIK that lost
    its last digits would look whole."""
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, style("General"))
    elif _unwritable(cell):
        page.write_string(row, column, str(cell), style(FORMATS[Kind.TEXT]))
    elif isinstance(cell, (int, float)):
        page.write_number(row, column, cell, style("General"))
    elif isinstance(cell, datetime):
        kind = "dd/mm/yyyy hh:mm" if cell.time() != time() else FORMATS[Kind.DATE]
        page.write_datetime(row, column, cell.replace(tzinfo=None), style(kind))
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, style(FORMATS[Kind.DATE]))
    elif isinstance(cell, (time, timedelta)):
        page.write_datetime(row, column, cell, style("hh:mm"))
    elif cell:
        page.write_string(row, column, cell[:LONGEST_TEXT], style(FORMATS[Kind.TEXT]))
    else:
        page.write_blank(row, column, None, style("General"))


def _unwritable(cell: Cell) -> bool:
    """Whether Excel knows no such number or day."""
    if isinstance(cell, date):
        return cell.year < FIRST_YEAR
    return isinstance(cell, float) and not isfinite(cell)


def _write_summary(page: Any, lines: Sequence[Line], styles: _Styles) -> None:
    page.hide_gridlines(2)
    for number, width in enumerate(WIDTHS):
        page.set_column(number, number, width)
    for row, line in enumerate(lines):
        style = styles.bold if line.bold else styles.of("General")
        for column, cell in enumerate(line.cells):
            if isinstance(cell, int):
                page.write_number(row, column, cell, style)
            else:
                page.write_string(row, column, cell, style)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that a sheet may have in Excel, all different whatever their case."""
    found: list[str] = []
    taken: set[str] = set()
    for name in wanted:
        plain = FORBIDDEN.sub(" ", name).strip("' ") or "Lembar"
        tries = (f"{plain[: LONGEST_NAME - 4]} {n}" for n in range(2, len(wanted) + 3))
        free = next(n for n in (plain[:LONGEST_NAME], *tries) if n.casefold() not in taken)
        taken.add(free.casefold())
        found.append(free)
    return found
