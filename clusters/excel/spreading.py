"""A sheet with a day for each dose, spread into rows of visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.excel import columns
from clusters.excel.between import Between
from clusters.excel.dated import Spot
from clusters.excel.filling import fill_down
from clusters.excel.headers import is_blank_row, is_total_row
from clusters.excel.layout import Layout
from clusters.excel.readers import Bad, date_column
from clusters.excel.sheetcells import SheetCells
from clusters.excel.told import Told
from ilp.core.cells import Cell, CellError, clean_text, read_yes_no

TICK = "v"
NO_DAY = Bad(
    "dose-without-day",
    _(
        "Dosis ini ditandai diberikan, tetapi tanggalnya tidak tertulis. Ganti tanda itu dengan "
        "tanggal pemberiannya, mis. 25/05/2025, atau kosongkan, lalu kirim lagi."
    ),
)


@dataclass(frozen=True)
class Spread:
    """A layout with a row for each visit, and what was done for it.

    `rows` are the persons of the sheet, `without` those of whom no dose is written.
    """

    layout: Layout
    rows: int
    without: int
    filled: Counter[str]


def spread(layout: Layout, told: Told) -> Spread:
    """The days of each row as visits; doses of one day are one visit."""
    return _Spreading(layout, told).spread()


class _Spreading:
    def __init__(self, layout: Layout, told: Told) -> None:
        self.layout = layout
        self.sheet = SheetCells(layout, told)
        self.days = {name: self._days(name) for name in layout.dated}
        born = self.sheet.take("born_on", date_column(self.sheet.column("born_on") or ()))
        self.persons = [
            index
            for index, row in enumerate(self.sheet.body)
            if not (is_blank_row(row) or is_total_row(row))
            and (type(born[index]) is date or self._has_day(index))
        ]

    def _days(self, name: str) -> list[Any]:
        """The days below a dose, `Bad` where something else stands; None for not given."""
        cells = self.sheet.column(name) or ()
        column = date_column(cells, month_first=self.sheet.is_month_first(name))
        return [_unless_ticked(cell, day) for cell, day in zip(cells, column(cells), strict=True)]

    def _has_day(self, index: int) -> bool:
        return any(type(days[index]) is date for days in self.days.values())

    def spread(self) -> Spread:
        sheet, first = self.layout.sheet, self.sheet.first
        totals = [index for index, row in enumerate(self.sheet.body) if is_total_row(row)]
        filled = fill_down(self.sheet, self.persons, Between(totals=totals))
        head = [[*row, ""] for row in sheet.rows[:first]]
        made = list(self._rows())
        numbers = [*range(first), *(first + index for index, _row, _spot in made)]
        at = len(sheet.rows[0])
        spread_sheet = replace(
            sheet,
            rows=[*head, *(row for _index, row, _spot in made)],
            numbers=[sheet.row_number(index) for index in numbers],
            lengths=[sheet.lengths[index] for index in numbers] if sheet.lengths else (),
        )
        layout = replace(
            self.layout,
            sheet=spread_sheet,
            columns=self.layout.columns | {"seen_on": at},
            spots=[spot for _index, _row, spot in made],
        )
        coming = {index for index, _row, spot in made if spot.name}
        return Spread(layout, len(self.persons), len(set(self.persons) - coming), filled)

    def _rows(self) -> Iterator[tuple[int, list[Cell], Spot]]:
        """Each row with its index below the header: those of persons by day, others as they are."""
        persons = set(self.persons)
        for index, row in enumerate(self.sheet.body):
            if index not in persons:
                yield index, [*row, ""], Spot("", 0, None)
                continue
            for visit, (names, day) in enumerate(self._visits(index)):
                yield index, self._row(index, names, day), Spot(names[0], visit, day)

    def _visits(self, index: int) -> Iterator[tuple[list[str], Any]]:
        """The doses of each day, in the order of days; then each cell that says no day."""
        by_day: dict[date, list[str]] = {}
        bad = []
        for name, days in self.days.items():
            day = days[index]
            if type(day) is Bad:
                bad.append(([name], day))
            elif day is not None:
                by_day.setdefault(day, []).append(name)
        for day in sorted(by_day):
            yield by_day[day], day
        yield from bad

    def _row(self, index: int, names: Sequence[str], day: Any) -> list[Cell]:
        """The row with ticks at the doses of a visit alone, its places filled, its day behind."""
        row, at = list(self.sheet.body[index]), self.layout.columns
        for name, cells in self.sheet.instead.items():
            if name in at:
                row[at[name]] = cells[index]
        shown = row[at[names[0]]] if type(day) is Bad else day
        for name in self.layout.dated:
            said = clean_text(row[at[name]])
            for other in self.layout.header.duplicates.get(name, ()):
                row[other] = "" if clean_text(row[other]) == said else row[other]
            row[at[name]] = TICK if name in names else ""
        return [*row, shown]


def _unless_ticked(cell: Cell, day: Any) -> Any:
    """What a cell says of a dose: a word for no is none, a tick lacks the day."""
    if type(day) is not Bad:
        return day
    try:
        return NO_DAY if read_yes_no(cell) else None
    except CellError:
        return day


def dated_names(layout: Layout) -> tuple[str, ...]:
    """The columns of a spread row that mean one of the file that holds a day."""
    return ("seen_on", *{columns.field_of(name) for name in layout.dated})
