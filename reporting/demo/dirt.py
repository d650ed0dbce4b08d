"""What goes wrong in real workbooks: mostly harmless, some of it refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

Row = list[Any]
Where = dict[str, int]  # name of a column -> its place in the row
SOILED_FILES, SOILED_ROWS = 0.3, 0.04
TYPED_DIFFERENTLY = 0.03
MONTHS = (
    "Januari", "Pebruari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "Nopember", "Desember",
)  # fmt: skip
MEASURES = ("weight", "height", "systole")


def soil(service: str, rows: list[Row], names: Sequence[str], rng: Random) -> list[Row]:
    """The rows, some of them typed in other ways; in some files a few are wrong or doubled."""
    where = {name: place for place, name in enumerate(names)}
    for row in rows:
        if rng.random() < TYPED_DIFFERENTLY:
            _type_differently(row, where, rng)
    if rng.random() > SOILED_FILES or len(rows) < 10:
        return rows
    for place in rng.sample(range(len(rows)), max(1, round(len(rows) * SOILED_ROWS))):
        rows[place] = rng.choice(FAULTS)(list(rows[place]), where)
    for _ in range(rng.randrange(3)):
        rows.append(list(rng.choice(rows)))  # copied once too often: read, and the same
    return rows


def _type_differently(row: Row, where: Where, rng: Random) -> None:
    """In words or with a comma: read all the same."""
    seen = row[where["seen_on"]]
    if rng.random() < 0.5 and isinstance(seen, date):
        row[where["seen_on"]] = f"{seen.day} {MONTHS[seen.month - 1]} {seen.year}"
    for name in MEASURES:
        value = row[where[name]] if name in where else None
        if isinstance(value, float):
            row[where[name]] = f"{value:.1f}".replace(".", ",")


def _no_such_day(row: Row, where: Where) -> Row:
    row[where["seen_on"]] = "31/02/2026"
    return row


def _in_the_future(row: Row, where: Where) -> Row:
    seen = row[where["seen_on"]]
    if isinstance(seen, date):
        row[where["seen_on"]] = seen.replace(year=seen.year + 5, day=min(seen.day, 28))
    return row


def _before_birth(row: Row, where: Where) -> Row:
    row[where["seen_on"]] = row[where["born_on"]] - timedelta(days=40)
    return row


def _nik_as_number(row: Row, where: Where) -> Row:
    """Kept, but the NIK is of no use: Excel has rounded it."""
    nik = row[where["nik"]]
    row[where["nik"]] = float(nik) if nik else nik
    return row


def _nik_cut_short(row: Row, where: Where) -> Row:
    row[where["nik"]] = (row[where["nik"]] or "9901015505950001")[:13]
    return row


def _impossible_measure(row: Row, where: Where) -> Row:
    """A decimal comma that was left out."""
    for name in MEASURES:
        value = row[where[name]] if name in where else None
        if isinstance(value, (int, float)):
            row[where[name]] = round(value * 10)
    return row


def _unknown_posyandu(row: Row, where: Where) -> Row:
    row[where["home_posyandu"]] = "Kamboja 99"
    return row


def _nameless(row: Row, where: Where) -> Row:
    row[where["name"]] = None
    return row


FAULTS: tuple[Callable[[Row, Where], Row], ...] = (
    _no_such_day,
    _in_the_future,
    _before_birth,
    _nik_as_number,
    _nik_cut_short,
    _impossible_measure,
    _impossible_measure,
    _unknown_posyandu,
    _nameless,
)
