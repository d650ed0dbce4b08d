"""Writes the workbooks we hand out: templates, rejected rows, exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from xlsxwriter.utility import xl_rowcol_to_cell

from ilp.core.languages import in_indonesian

INSTRUCTIONS = _("Petunjuk")
META = "_meta"
CHOICES = "_pilihan"
FORM_ROWS = 5_000  # rows of an empty template that carry drop-downs
SPARE_ROWS = 200  # below those of a filled table that carry drop-downs too
INLINE_CHOICES = 250  # a drop-down's list may be 255 characters; longer ones live on a sheet
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


class Kind(StrEnum):
    TEXT = "text"  # also NIK, telephone numbers, codes: everything with leading zeros
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"


FORMATS = {Kind.TEXT: "@", Kind.WHOLE: "0", Kind.DECIMAL: "0.0##", Kind.DATE: "dd/mm/yyyy"}


@dataclass(frozen=True)
class Column:
    """One column: its title, width in characters, kind, drop-down list, and note on the title."""

    label: StrOrPromise
    width: float = 14
    kind: Kind = Kind.TEXT
    choices: Sequence[StrOrPromise] = ()
    note: StrOrPromise = ""


@in_indonesian
def write_table(
    path_or_buffer: str | Path | IO[bytes],
    *,
    title_sheet: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]] = (),
    instructions: Sequence[StrOrPromise] = (),
    meta: Mapping[str, str] | None = None,
) -> int:
    """Write one table as xlsx in constant memory; the number of rows written.

    Instructions come on a first sheet, `meta` on a hidden one. Text is never taken for a formula
    or a link, whatever it begins with. Cells may be text, numbers, dates, True/False or None.
    """
    target = path_or_buffer if hasattr(path_or_buffer, "write") else str(path_or_buffer)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        if instructions:
            _write_instructions(book, instructions)
        sheet = book.add_worksheet(title_sheet)
        sheet.activate()
        _prepare(book, sheet, columns)
        count = _write_rows(book, sheet, columns, rows)
        _add_lists(book, sheet, columns, max(count, FORM_ROWS))
        if meta:
            _write_pairs(book, meta)
    return count


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook of several: its title, columns and rows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@in_indonesian
def write_tables(
    buffer: IO[bytes], tables: Sequence[Table], *, instructions: Sequence[StrOrPromise] = ()
) -> None:
    """Write a workbook of several tables, each on its sheet, as `write_table` does one."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        if instructions:
            _write_instructions(book, instructions)
        for table in tables:
            sheet = book.add_worksheet(table.title)
            _prepare(book, sheet, table.columns)
            count = _write_rows(book, sheet, table.columns, table.rows)
            _add_lists(book, sheet, table.columns, count + SPARE_ROWS)
        book.worksheets()[-len(tables)].activate()


def safe_csv_cell(value: Any) -> str:
    """A value as CSV text that no spreadsheet takes for a formula.

    Text that begins like a formula gets an apostrophe in front; numbers stay numbers. None is
    empty, True and False are ya and tidak.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return "'" + text if text.lstrip(" \u00a0").startswith(RISKY) or text[:1] in RISKY else text


def _write_instructions(book: Any, lines: Sequence[StrOrPromise]) -> None:
    sheet = book.add_worksheet(str(INSTRUCTIONS))
    sheet.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "font_size": 14})
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, str(line), wrapped if number else heading)


def _prepare(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E6EEF5"}
    )
    for number, column in enumerate(columns):
        style = book.add_format({"num_format": FORMATS[column.kind]})
        sheet.set_column(number, number, column.width, style)
        sheet.write_string(0, number, str(column.label), heading)
        if column.note:
            sheet.write_comment(0, number, str(column.note))
    sheet.freeze_panes(1, 0)


def _write_rows(
    book: Any, sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> int:
    styles = [book.add_format({"num_format": FORMATS[column.kind]}) for column in columns]
    day = book.add_format({"num_format": FORMATS[Kind.DATE]})
    count = 0
    for count, row in enumerate(rows, start=1):
        for number, (value, style) in enumerate(zip(row, styles, strict=False)):
            _write_cell(sheet, (count, number), value, day if isinstance(value, date) else style)
    return count


def _write_cell(sheet: Any, at: tuple[int, int], value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(*at, "ya" if value else "tidak", style)
    elif isinstance(value, (int, float, Decimal)) and -(10**15) < value < 10**15:
        sheet.write_number(*at, value, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value.replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, style)
    else:
        sheet.write_string(*at, str(value), style)


def _add_lists(book: Any, sheet: Any, columns: Sequence[Column], last_row: int) -> None:
    lists = None
    for number, column in enumerate(columns):
        words = [str(choice) for choice in column.choices]
        if not words:
            continue
        source: Any = words
        if len(",".join(words)) > INLINE_CHOICES or any("," in word for word in words):
            lists = lists or _hidden(book, CHOICES)
            source = _listed(lists, number, words)
        sheet.data_validation(
            1,
            number,
            last_row,
            number,
            {"validate": "list", "source": source, "error_type": "warning"},
        )


def _listed(lists: Any, number: int, words: list[str]) -> str:
    # One row for each list: in constant memory a row already passed cannot be written to.
    for place, word in enumerate(words):
        lists.write_string(number, place, word)
    last = xl_rowcol_to_cell(number, len(words) - 1, row_abs=True, col_abs=True)
    return f"={CHOICES}!$A${number + 1}:{last}"


def _write_pairs(book: Any, meta: Mapping[str, str]) -> None:
    sheet = _hidden(book, META)
    for number, (key, value) in enumerate(meta.items()):
        sheet.write_string(number, 0, key)
        sheet.write_string(number, 1, value)


def _hidden(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    return sheet
