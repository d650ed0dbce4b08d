"""A report or recap that staff filled in as a workbook: which of its numbers belongs to which cell.

The rows are known by what they are called, the columns by the headings above them; a recap with a
column for every month gives the month of the report. Nothing is guessed silently: what no row is
called by, what was taken by likeness, and sums that do not add up are told to the person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from clusters.excel.headers import (
    is_blank_row,
    is_numbering_row,
    is_signature_row,
    is_total_row,
)
from clusters.excel.reading import Sheet, read_sheets
from ilp.core.cells import Cell as ExcelCell
from ilp.core.cells import clean_text
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian
from reporting.catalogue.breakdowns import computed_columns
from reporting.excel.headings import Headings, month_of_text
from reporting.excel.names import Row, RowNames, also_called
from reporting.excel.numbers import FAILED, is_failed, number_of, of_rows
from reporting.excel.placed import Placed
from reporting.selectors.grids import Column
from reporting.selectors.prints import columns_for
from reporting.selectors.reports import Sheet as Report

Cell = tuple[str, str]  # element, part
FEWEST = 2  # rows that have to be recognised; one may be chance
HEADING_ROWS = 6
SUMMED = _("Kolom umur 60–64 dan 65–69 tahun dijumlahkan menjadi 60–69 tahun.")
SO_FAR = _(
    "Judul kolom angkanya menyebut kumulatif. Pakai hanya bila laporan ini memang mencatat "
    "kumulatif."
)
NO_COLUMN = _("Kolom “%(title)s” tidak dikenal, jadi tidak dibaca.")
MAX_BYTES, MAX_ROWS = 10 * 2**20, 20_000


class NoRowsOfTheForm(DomainError):
    code = "no-rows-of-the-form"
    text = _(
        "Berkas ini tidak memuat baris %(form)s. Unduh formulir ini sebagai Excel, isi angkanya, "
        "lalu unggah; atau periksa apakah berkasnya benar."
    )


class NoColumnOfTheForm(DomainError):
    code = "no-column-of-the-form"
    text = _(
        "Baris %(form)s ditemukan di lembar “%(sheet)s”, tetapi kolom angkanya tidak dikenal. "
        "Samakan judul kolomnya dengan formulir (mis. %(columns)s), lalu unggah lagi."
    )


@dataclass(frozen=True)
class Sum:
    """A sum that the file states and its cells do not add up to."""

    row: int
    label: str
    stated: int
    found: int


@dataclass
class Filled:
    """What a workbook says of a report; `cells` are texts as they would be typed."""

    sheet: str
    cells: dict[Cell, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)  # element -> Excel's number of its row
    guessed: dict[str, str] = field(default_factory=dict)  # element -> what the file calls it
    unknown: list[tuple[int, str]] = field(default_factory=list)  # rows with numbers
    sums: list[Sum] = field(default_factory=list)
    other_months: list[str] = field(default_factory=list)  # named above the table
    notes: list[str] = field(default_factory=list)  # what else was done, in sentences


@in_indonesian
def read_filled(
    data: bytes, *, rows: Sequence[Row], form: str, month: tuple[int, int], place: str = ""
) -> Filled:
    """The cells of the best sheet of a workbook for a report of a place and a month (year, number).

    A table of places has the rows of the form as columns; it is read so where more fit that way.
    Raises the errors of clusters.excel.errors, NoRowsOfTheForm and NoColumnOfTheForm.
    """
    names = RowNames(rows)
    sheets = [s for s in read_sheets(data, max_bytes=MAX_BYTES, max_rows=MAX_ROWS) if not s.hidden]
    found = max(
        (_Reading(sheet, names, month) for sheet in sheets),
        key=lambda one: (len(one.matched), month_of_text(one.sheet.name) == month[1]),
        default=None,
    )
    table = max(
        (Placed(sheet, rows, month, place) for sheet in sheets),
        key=lambda one: (len(one.columns), month_of_text(one.sheet.name) == month[1]),
        default=None,
    )
    if table is not None and len(table.columns) > (len(found.matched) if found else 0):
        return _filled_by_places(table)
    if found is None or len(found.matched) < min(FEWEST, len(rows)):
        raise NoRowsOfTheForm(form=form)
    filled = found.read()
    if not filled.cells:
        shown = [" ".join(c.path) for c in columns_for(rows[0].parts) if not c.is_sum][:3]
        raise NoColumnOfTheForm(form=form, sheet=found.sheet.name, columns=", ".join(shown))
    return filled


def _filled_by_places(table: Placed) -> Filled:
    cells = table.read()
    return Filled(
        table.sheet.name,
        cells={cell: str(number) for cell, number in cells.items()},
        rows={element: table.rows[element] for element, _part in cells},
        sums=[Sum(one.row, one.label, one.stated, one.found) for one in table.wrong],
        other_months=list(_other_months(table.sheet.rows[: table.head], table.month)),
        notes=table.notes,
    )


class _Reading:
    """One sheet laid beside the form."""

    def __init__(self, sheet: Sheet, names: RowNames, month: tuple[int, int]) -> None:
        self.sheet, self.names, self.month = sheet, names, month
        self.failed: list[int] = []  # Excel's numbers of rows with a formula that failed
        self.label_at, self.matched = self._match()  # index of a row -> (row of the form, guessed)

    def _match(self) -> tuple[int, dict[int, tuple[Row, bool]]]:
        """The column of labels is the one in which most rows of the form are found."""
        width = len(self.sheet.rows[0])
        best: tuple[int, dict[int, tuple[Row, bool]]] = (0, {})
        for at in range(min(width, HEADING_ROWS)):
            found = self.names.find([clean_text(row[at]) for row in self.sheet.rows])
            if len(found) > len(best[1]):
                best = (at, found)
        return best

    def read(self) -> Filled:
        filled = Filled(self.sheet.name)
        above = self.sheet.rows[: min(self.matched, default=0)]
        filled.other_months = list(_other_months(above, self.month))
        headings: Headings | None = None
        last = 0
        for first, last, parts in self._runs():
            headings = self._headings(first, parts, headings)
            if any(one.more for one in headings.columns) and str(SUMMED) not in filled.notes:
                filled.notes.append(str(SUMMED))
            if headings.is_so_far and str(SO_FAR) not in filled.notes:
                filled.notes.append(str(SO_FAR))
            missed = self._missed(headings, range(first, last + 1))
            filled.notes += [text for text in missed if text not in filled.notes]
            for index in range(first, last + 1):
                self._row(index, headings, filled)
        if headings is not None:
            for index in range(last + 1, len(self.sheet.rows)):
                self._row(index, headings, filled)
        filled.notes += of_rows(FAILED, self.failed)
        return filled

    def _missed(self, headings: Headings, among: range) -> Iterator[str]:
        """Columns of ages with numbers that are none of the form's."""
        rows = [self.sheet.rows[index] for index in among if index in self.matched]
        for at, title in headings.missed().items():
            if any(number_of(row[at]) is not None for row in rows):
                yield str(NO_COLUMN) % {"title": title}

    def _runs(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Rows one below another that are broken down alike: they stand below one heading."""
        indexes = sorted(self.matched)
        first = last = indexes[0]
        for index in indexes[1:]:
            if self.matched[index][0].parts != self.matched[first][0].parts:
                yield first, last, self.matched[first][0].parts
                first = index
            last = index
        yield first, last, self.matched[first][0].parts

    def _headings(self, first: int, parts: tuple[str, ...], before: Headings | None) -> Headings:
        """What stands above the run; where nothing fits, what stood above the one before."""
        above = [i for i in range(max(0, first - HEADING_ROWS * 2), first) if i not in self.matched]
        rows = [r for i in above if not is_blank_row(r := self.sheet.rows[i])]
        rows = [r for r in rows if not is_numbering_row(r)][-HEADING_ROWS:]
        found = Headings(rows, columns_for(parts), self.month, right_of=self.label_at)
        if not found.columns and before is not None and before.of == columns_for(parts):
            return before
        return found

    def _row(self, index: int, headings: Headings, filled: Filled) -> None:
        known = self.matched.get(index)
        cells = self.sheet.rows[index]
        number = self.sheet.row_number(index)
        label = clean_text(cells[self.label_at])
        if known is None:
            told = [one for one in headings.columns if number_of(cells[one.at]) is not None]
            if label and told and not (is_total_row(cells) or is_signature_row(cells)):
                filled.unknown.append((number, label))
            return
        row, guessed = known
        filled.rows[row.element] = number
        if guessed:
            filled.guessed[row.element] = label
        texts = {one.column: one.text(cells) for one in headings.columns}
        follows = computed_columns(row.parts)
        for column, text in texts.items():
            if text and not (row.computed or column.is_sum or column.parts[0] in follows):
                filled.cells[row.element, column.parts[0]] = text
        filled.sums += _wrong_sums(number, row, texts)
        if any(is_failed(self.sheet, index, one.at) for one in headings.columns):
            self.failed.append(number)


def _other_months(above: Sequence[Sequence[ExcelCell]], month: tuple[int, int]) -> Iterator[str]:
    """Months of this or another year that the title names, where none is the report's."""
    said: Counter[int] = Counter()
    for row in above:
        texts = [clean_text(cell) for cell in row if clean_text(cell)]
        if len(texts) <= FEWEST:  # a title; headings have more
            said.update(filter(None, map(month_of_text, texts)))
    if said and month[1] not in said:
        yield from (str(number) for number in said)


def _wrong_sums(number: int, row: Row, texts: dict[Column, str]) -> Iterable[Sum]:
    for column, text in texts.items():
        stated = number_of(text) if column.is_sum else None
        within = [one for one in texts if not one.is_sum and one.parts[0] in column.parts]
        numbers = [n for one in within if (n := number_of(texts[one])) is not None]
        if stated is not None and len(numbers) == len(column.parts) and sum(numbers) != stated:
            yield Sum(number, row.label, stated, sum(numbers))


@in_indonesian
def rows_of(sheet: Report) -> list[Row]:
    """The rows of a form as its sheet has them, by the names that its workbook has."""
    return [
        Row(
            row.element,
            str(row.number),
            str(item.label),
            str(section.label),
            tuple(box.part for box in row.boxes),
            row.is_computed,
            also_called(row.element),
        )
        for section, part in zip(sheet.form.sections, sheet.sections, strict=True)
        for item, row in zip(section.items, part.rows, strict=True)
    ]
