"""Reads what people send - xlsx, xlsm, xls, xlsb, ods, csv - without letting it do harm.

The reader of workbooks is native code that lays out each sheet as a dense table and copies shared
texts into every cell that uses them: a file of a few kilobytes can ask for gigabytes, by one cell
in the last corner of a sheet, or crash it, which no `except` stops. So workbooks are parsed apart
from us, by a child with a limit of memory and time, that is killed when it oversteps. csv is
parsed here, by the standard library.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.utils.translation import gettext_lazy as _

from clusters.excel import apart, child
from clusters.excel.errors import (
    FileCorrupt,
    FileEmpty,
    FileLocked,
    FileTooLarge,
    NotAWorkbook,
    ReadingTookTooLong,
    TooManyRows,
)
from clusters.excel.inspection import Format, inspect, utf_16_of
from ilp.core.cells import Cell, clean_text

MAX_BYTES = 10 * 2**20  # ux.md S14
MAX_ROWS = 20_000
TIMEOUT_S = 60.0
CHILD_MEMORY = 1_500 * 2**20
WIDEST_ROW = 16_384
MARKS = (";", "\t", ",", "|")

Source = str | Path | bytes


@dataclass(frozen=True)
class Sheet:
    """One sheet that holds something.

    `rows` are of equal length; empty cells are "". `first_row` is the number Excel shows beside
    rows[0], so row i is Excel row first_row + i. `first_column` counts the empty columns that
    were left out on the left. Formulas come as their last value, failed ones as ""; those of an
    xlsx are `broken`: (Excel row, column counted from 0 as Excel shows it). `hidden_rows` are Excel
    numbers, of an xlsx too. `lengths` tells of a csv how many cells each row was written with.
    `numbers` are Excel's of all rows, where some of the file stand more than once.
    """

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    hidden: bool = False
    first_column: int = 0
    hidden_rows: Sequence[int] = ()
    broken: Sequence[tuple[int, int]] = ()
    lengths: Sequence[int] = ()
    numbers: Sequence[int] = ()

    def row_number(self, index: int) -> int:
        """The number Excel shows beside rows[index]."""
        return self.numbers[index] if self.numbers else self.first_row + index


def read_sheets(
    source: Source,
    *,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
    timeout_s: float = TIMEOUT_S,
) -> list[Sheet]:
    """All sheets of a file, given as a path or as its bytes; hidden ones are marked.

    The name of the file does not count, only what is inside. `max_rows` is for all sheets
    together. Raises the errors of clusters.excel.errors, all of them DomainErrors.
    """
    data = _bytes(source, max_bytes)
    if inspect(data, max_rows) is Format.CSV:
        sheets = [_read_csv(data, max_rows)]
    else:
        sheets = _read_workbook(data, max_rows, timeout_s)
    sheets = [sheet for sheet in sheets if _holds_something(sheet.rows)]
    if not sheets:
        raise FileEmpty
    return sheets


def _read_workbook(data: bytes, max_rows: int, timeout_s: float) -> list[Sheet]:
    began = monotonic()
    try:
        reason, raw = apart.parse(data, max_rows=max_rows, memory=CHILD_MEMORY, seconds=timeout_s)
    except TimeoutError:
        raise ReadingTookTooLong from None
    except apart.Unanswered as died:
        if monotonic() - began >= timeout_s:
            raise ReadingTookTooLong from None
        raise _error("large" if b"memory" in died.last_words else "corrupt", max_rows) from None
    if reason != child.OK:
        raise _error(reason, max_rows)
    return [_sheet(sheet) for sheet in raw]


def is_lock_file(name: str) -> bool:
    """Whether a name is that of the stub Excel leaves beside an open workbook."""
    return Path(name).name.startswith("~$")


def _bytes(source: Source, max_bytes: int) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        with Path(source).open("rb") as file:
            data = file.read(max_bytes + 1)
    if not data:
        raise FileEmpty
    if len(data) > max_bytes:
        raise FileTooLarge
    return data


def _sheet(raw: apart.Raw) -> Sheet:
    (name, hidden, first_row, first_column), rows, (hidden_rows, broken) = raw
    return Sheet(name, rows, first_row, hidden, first_column, hidden_rows, broken)


def _error(reason: str, max_rows: int) -> Exception:
    if reason == "rows":
        return TooManyRows(limit=max_rows)
    return {"locked": FileLocked, "large": FileTooLarge}.get(reason, FileCorrupt)()


def _holds_something(rows: list[list[Cell]]) -> bool:
    return any(clean_text(cell) for row in rows for cell in row)


def _read_csv(data: bytes, max_rows: int) -> Sheet:
    text = _decoded(data)
    lines = _rows(text, _delimiter(text))
    rows: list[list[Cell]] = []
    is_kept = '="' in text
    try:
        for number, line in enumerate(lines, start=1):
            if number > max_rows:
                raise TooManyRows(limit=max_rows)
            if len(line) > WIDEST_ROW:
                raise FileTooLarge
            rows.append([_kept_as_text(cell) for cell in line] if is_kept else list(line))
    except csv.Error:
        raise FileCorrupt from None
    lengths = list(map(len, rows))
    width = max(lengths, default=0)
    if width * len(rows) > child.CELLS:
        raise FileTooLarge
    for row in rows:
        row.extend([""] * (width - len(row)))
    # Excel does not show the line that names the mark, and counts from the one below.
    return Sheet("CSV", rows, 0 if _named_mark(text) else 1, lengths=lengths)


def _kept_as_text(cell: str) -> str:
    """What a program wrote as ="0012", so that Excel does not take it for a number."""
    is_kept = cell.startswith('="') and cell.endswith('"') and cell.count('"') == 2
    return cell[2:-1] if is_kept else cell


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    # One unclosed quotation mark would swallow the file; the module's limit on a field ends that.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with or without its mark, else the Windows encoding old Excel writes."""
    try:
        return data.decode(utf_16_of(data) or "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    odd = sum(c < " " and c not in "\t\r\n" for c in text[:4096])
    if odd > 4:
        raise NotAWorkbook(kind=_("berkas biner"))
    return text


def _delimiter(text: str) -> str:
    """The mark that splits the first lines most evenly; a "sep=;" line decides by itself."""
    if named := _named_mark(text):
        return named
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]
    return max(MARKS, key=lambda mark: (_evenness(lines, mark), mark == ";"))


def _named_mark(text: str) -> str:
    is_named = text[:4].casefold() == "sep=" and text[4:5] in MARKS
    return text[4:5] if is_named else ""


def _evenness(lines: list[str], mark: str) -> int:
    """How evenly a mark splits the lines that it splits at all: titles above a table have none."""
    counts = [count for line in lines if (count := line.count(mark))]
    usual = max(set(counts), key=counts.count, default=0)
    return usual * counts.count(usual)
