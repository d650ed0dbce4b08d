"""The columns of a sheet by name, read cell by different cell, and what is wrong in its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from clusters.excel.layout import NOTHING, Layout
from clusters.excel.readers import Bad, Column
from clusters.excel.told import Told
from ilp.core.cells import Cell, clean_text

Problems = dict[int, list[tuple[str, Bad]]]  # row index -> (name of the column, what is wrong)


class SheetCells:
    """The rows below a sheet's header, as columns."""

    def __init__(self, layout: Layout, told: Told = NOTHING) -> None:
        self.layout = layout
        self.told = told
        self.first = layout.header.data_index
        self.body = layout.sheet.rows[self.first :]
        self.cells: list[Sequence[Cell]] = list(zip(*self.body, strict=True))
        self.nothing: list[None] = [None] * len(self.body)
        self.readers: dict[str, Column] = {}
        self.instead: dict[str, Sequence[Cell]] = {}  # columns of which not all is as written
        self.refused: Problems = defaultdict(list)
        self.warned: Problems = defaultdict(list)

    def column(self, name: str) -> Sequence[Cell] | None:
        """The cells below a column's title, empty ones as told for all rows; None where the sheet
        lacks it and nothing was told."""
        if name in self.instead:
            return self.instead[name]
        at = self.layout.columns.get(name)
        cells = None if at is None or not self.cells else self.cells[at]
        if constant := self.told.constants.get(self.layout.sheet.name, {}).get(name):
            cells = [cell if clean_text(cell) else constant for cell in cells or self.nothing]
            self.instead[name] = cells
        return cells

    def written(self, name: str) -> Sequence[Cell]:
        """The cells of a column as they stand in the file; nothing where it lacks it."""
        at = self.layout.columns.get(name)
        return self.nothing if at is None or not self.cells else self.cells[at]

    def is_month_first(self, name: str) -> bool:
        """Whether somebody said that the dates of a column begin with the month."""
        return self.told.is_month_first(self.layout.sheet.name, name)

    def take(self, name: str, column: Column) -> list[Any]:
        """A column read; what is wrong with it noted for its rows."""
        cells = self.column(name)
        return column(self.nothing) if cells is None else self.values(name, column, cells)

    def days_of_spread(self) -> list[Any]:
        """The day of each row of a spread sheet; of all others nothing."""
        days = [spot.day for spot in self.layout.spots]
        self.note("seen_on", days)
        return days

    def values(self, name: str, column: Column, cells: Sequence[Cell], first: int = 0) -> list[Any]:
        """Cells of a column read, from the row `first`; what is wrong noted for their rows."""
        values = column(cells)
        if column.has_bad:
            self.note(name, values, first)
        if column.warnings:
            for index, cell in enumerate(cells, start=first):
                if cell in column.warnings:
                    self.warned[index].append((name, column.warnings[cell]))
        return values

    def note(self, name: str, values: Sequence[Any], first: int = 0) -> None:
        for index, value in enumerate(values, start=first):
            if type(value) is Bad:
                self.refused[index].append((name, value))


class Part:
    """Some rows of a sheet whose fields are read together; columns keep their readers."""

    def __init__(self, sheet: SheetCells, first: int, end: int) -> None:
        self.sheet, self.first, self.end = sheet, first, end
        self.nothing: list[None] = [None] * (end - first)

    def has(self, name: str) -> bool:
        return self.sheet.column(name) is not None

    def take(self, name: str, reader: Callable[[Sequence[Cell]], Column]) -> list[Any]:
        """A column's part read; `reader` is asked once, with all of the column's cells."""
        cells = self.sheet.column(name) or ()
        column = self.sheet.readers.get(name)
        if column is None:
            column = self.sheet.readers[name] = reader(cells)
        return self.sheet.values(name, column, cells[self.first : self.end], self.first)
