"""What a person said about a file: how it is to be read, and what its cells should have held.

The file itself is never changed. What was said lies beside it, sealed as the file is, since what
is typed instead of a cell may be somebody's name; whoever reads the file anew, reads it so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clusters.excel.reading import Sheet
from clusters.models import Upload
from ilp.core.cells import Cell
from ilp.core.crypto import seal, unseal

EVERY = ""  # a sheet's name, of those kept before each had its own order
Spot = tuple[str, int, int]  # sheet, Excel's number of the row, column as Excel counts, from 0


@dataclass(frozen=True)
class Told:
    """Nothing of it need be said; columns count as Excel shows them, from 0.

    `columns` are names of clusters.excel.columns by sheet and position, "" for what is not
    imported. `constants` are taken for every row of a sheet whose cell is empty or whose column
    is lacking. `month_first` are (sheet, name) of the columns whose dates begin with the month.
    """

    columns: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    header_rows: Mapping[str, int] = field(default_factory=dict)
    skipped: Collection[str] = ()
    month_first: Collection[tuple[str, str]] = ()
    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edits: Mapping[Spot, str] = field(default_factory=dict)

    def edited(self, sheets: Iterable[Sheet]) -> list[Sheet]:
        """The sheets to be read, with what was typed in the place of their cells."""
        kept = [sheet for sheet in sheets if sheet.name not in self.skipped]
        if not self.edits:
            return kept
        typed: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for (sheet, row, column), text in self.edits.items():
            typed[sheet].append((row, column, text))
        return [_edited(sheet, typed[sheet.name]) for sheet in kept]

    def is_month_first(self, sheet: str, name: str) -> bool:
        return not {(sheet, name), (EVERY, name)}.isdisjoint(self.month_first)

    def with_edits(self, edits: Mapping[Spot, str]) -> Told:
        return replace(self, edits={**self.edits, **edits})


def _edited(sheet: Sheet, typed: Iterable[tuple[int, int, str]]) -> Sheet:
    rows: list[list[Cell]] = list(sheet.rows)
    for number, position, text in typed:
        row, column = number - sheet.first_row, position - sheet.first_column
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            rows[row] = [*rows[row][:column], text, *rows[row][column + 1 :]]
    return replace(sheet, rows=rows)


def sealed(told: Told) -> bytes:
    """What was said, as it is kept with the upload."""
    plain = {
        "columns": told.columns,
        "header_rows": told.header_rows,
        "skipped": sorted(told.skipped),
        "month_first": sorted(told.month_first),
        "constants": told.constants,
        "edits": [[*spot, text] for spot, text in told.edits.items()],
    }
    return seal(json.dumps(plain).encode())


def told_of(upload: Upload | None) -> Told:
    """What was said about the file of an upload; nothing where there is none."""
    if upload is None or upload.told is None:
        return Told()
    plain = json.loads(unseal(bytes(upload.told)))
    return Told(
        columns={
            sheet: {int(at): name for at, name in names.items()}
            for sheet, names in plain["columns"].items()
        },
        header_rows=plain["header_rows"],
        skipped=frozenset(plain["skipped"]),
        month_first=frozenset(_month_first(plain["month_first"])),
        constants=plain["constants"],
        edits={(sheet, row, column): text for sheet, row, column, text in plain["edits"]},
    )


def _month_first(kept: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The columns with their sheets; a name alone, as it was kept once, meant that of each."""
    for one in kept:
        sheet, name = (EVERY, one) if isinstance(one, str) else one
        yield sheet, name
