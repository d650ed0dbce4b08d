"""Registers with a column for each dose, in which stands the day it was given.

Of such a sheet a row is about a person and each of its days is a visit, so it is spread into rows
of visits before these are read as all others are. The rows of the file stay what is told of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clusters.excel.titles import Row
from clusters.services.language import Field, Kind, Service
from ilp.core.cells import Cell, clean_text

DAY = ("tanggal", "tgl")
# What else such a register says of each dose; it is known, and not imported.
BESIDE = ("pos", "pos imunisasi", "posyandu", "tempat", "status", "no batch", "batch")


@dataclass(frozen=True, slots=True)
class Spot:
    """Whence a spread row comes: the column that holds its day, and which visit of its row it is.

    `day` is what the cells say: a day, why they say none (`Bad`), or None of a row not spread.
    """

    name: str
    visit: int
    day: Any


def code_key(field: Field, code: str) -> str:
    """The name of the column of one choice of a field that takes several."""
    return f"{field.name}:{code}"


def day_titles(names: Iterable[str]) -> tuple[str, ...]:
    """The titles that the column of a dose may have where it holds days."""
    found = []
    for name in names:
        for word in DAY:
            found += [f"{name} {word}", f"{word} {name}", f"{word} imunisasi {name}"]
    return tuple(found)


def beside_titles(names: Iterable[str]) -> tuple[str, ...]:
    """The titles of columns that say something else of a dose."""
    return tuple(f"{name} {word}" for name in names for word in BESIDE)


def dated_columns(
    service: Service, found: Mapping[str, int], body: Sequence[Row]
) -> tuple[str, ...]:
    """The columns of doses, if days stand in them and not ticks; else none.

    Where there is a column of the day, too, most of what is written below the doses has to be days.
    """
    names = tuple(
        key
        for field in service.fields
        if field.dated and field.kind is Kind.CODES
        for choice in field.choices
        if (key := code_key(field, choice.code)) in found
    )
    cells = (row[found[name]] for name in names for row in body)
    if "seen_on" not in found:
        return names if any(map(looks_like_a_day, cells)) else ()
    first = [row[found[name]] for name in names for row in body[:50]]
    written = [cell for cell in first if clean_text(cell)]
    days = sum(map(looks_like_a_day, written))
    return names if days * 2 > len(written) else ()


def looks_like_a_day(cell: Cell) -> bool:
    """Whether a cell is a date or a text of three parts, as dates are; numbers may be counts."""
    if isinstance(cell, (date, datetime)):
        return True
    if not isinstance(cell, str) or not any(map(str.isdigit, cell)):
        return False
    for mark in "/-. ":
        parts = [part for part in cell.strip().split(mark) if part]
        if len(parts) == 3 and parts[0].isalnum() and parts[2][:2].isdigit():
            return True
    return False


def of_the_file(spots: Sequence[Spot], at: int, name: str, days: Collection[str]) -> str:
    """The column of the file that is meant by a column of a spread row."""
    return spots[at].name or name if name in days else name
