"""Write what was counted of programmes of which nothing stands yet, and what it comes to above.

Nothing has to be read, compared or taken away, so it is added up here and copied in: a month of
the whole catalogue has a thousand numbers at each place, and to add them up slot by slot takes
PostgreSQL longer than to write them, as does reading them as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from ilp.core.months import Month
from reporting.catalogue import WIDTH
from reporting.totals.own import Numbers, Own

MOST = 2**31 - 1  # what a slot holds
COPY = "COPY reporting_total (month, place_id, programme, own, total) FROM STDIN (FORMAT binary)"
# PostgreSQL's binary format of a copy: how it begins and ends, and the day that days count from.
BEGIN, END, DAY_0 = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff", date(2000, 1, 1)
FIELDS, INT4 = 5, 23  # columns of a row, and the type of what an array holds
BYTES_AT_ONCE = 2**20  # put together at once
BYTES_OF_STATEMENT = 2**23  # its trigger holds in memory what it writes

Rows = NDArray[Any]  # of the dtype that `_row` gives


@dataclass(frozen=True)
class Tree:
    """The changing places with every place at or above them, pairwise, by the place above."""

    above: Numbers
    changing: Numbers
    order: Numbers  # every place above, those that have most below them first


@dataclass(frozen=True)
class Totals:
    """Own and total numbers of a programme, a row for each place."""

    places: Numbers
    own: Numbers
    total: Numbers
    is_above: NDArray[np.bool_]  # whether something was counted below the place

    def only(self, which: NDArray[Any]) -> Totals:
        return Totals(self.places[which], self.own[which], self.total[which], self.is_above[which])


def write_first(*, month: Month, counted: Mapping[str, Own]) -> None:
    """By programme each place's own numbers, of the places in `changing`.

    Raises OverflowError for a number below zero, which nobody counts, or too large for a slot.
    """
    told = {programme: own.without_nothing() for programme, own in counted.items()}
    told = {programme: own for programme, own in told.items() if len(own.places)}
    if told:
        _copy(_rows(month, told, _tree()))


def _tree() -> Tree:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place_id, changing_id FROM upward ORDER BY 1, 2")
        pairs = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    places, below = np.unique(pairs[:, 0], return_counts=True)
    return Tree(pairs[:, 0], pairs[:, 1], places[np.argsort(-below, kind="stable")])


def _rows(month: Month, told: Mapping[str, Own], tree: Tree) -> Iterator[Rows]:
    """The places above others first: they are shown together, and so lie together. Of the others
    the widest rows come first, as the narrow ones fill what is left of their pages."""
    day = (month.first_day - DAY_0).days
    totals = {programme: _totals(own, tree) for programme, own in told.items()}
    for programme, found in totals.items():
        yield _laid_out(programme, day, found.only(found.is_above))
    for programme in sorted(told, key=lambda one: -WIDTH[one]):
        found = totals[programme]
        yield _laid_out(programme, day, found.only(~found.is_above))


def _totals(own: Own, tree: Tree) -> Totals:
    """What own numbers come to at each place, in the order of the tree, which holds all of theirs.

    Raises OverflowError.
    """
    told = np.isin(tree.changing, own.places)
    above = tree.above[told]
    begins = np.flatnonzero(np.diff(above, prepend=-1))
    rows = np.searchsorted(own.places, tree.changing[told])
    places, total = above[begins], np.add.reduceat(own.numbers[rows], begins)
    if own.numbers.min() < 0 or total.max() > MOST:
        raise OverflowError
    mine = np.zeros_like(total)
    mine[np.searchsorted(places, own.places)] = own.numbers
    is_above = np.diff(begins, append=len(above)) > np.isin(places, own.places)
    ordered = tree.order[np.isin(tree.order, places)]
    return Totals(places, mine, total, is_above).only(np.searchsorted(places, ordered))


@cache
def _row(programme: str, width: int) -> np.dtype[Any]:
    """A row as a binary copy has it: each field after its length; so are an array's elements."""
    array: list[tuple[Any, ...]] = [
        ("dimensions", ">i4"),
        ("nulls", ">i4"),
        ("type", ">i4"),
        ("width", ">i4"),
        ("first", ">i4"),
        ("elements", [("bytes", ">i4"), ("number", ">i4")], (width,)),
    ]
    fields = {"month": ">i4", "place": ">i8", "programme": f"S{len(programme)}"}
    row: list[tuple[Any, ...]] = [("fields", ">i2")]
    for name, kind in (*fields.items(), ("own", array), ("total", array)):
        row += [(f"{name}_bytes", ">i4"), (name, kind)]
    return np.dtype(row)


def _laid_out(programme: str, day: int, found: Totals) -> Rows:
    width = found.own.shape[1]
    kind = _row(programme, width)
    rows = np.empty(len(found.places), kind)
    rows["fields"] = FIELDS
    for name in ("month", "place", "programme", "own", "total"):
        rows[f"{name}_bytes"] = kind[name].itemsize
    rows["month"], rows["place"], rows["programme"] = day, found.places, programme.encode()
    for name, numbers in (("own", found.own), ("total", found.total)):
        array = rows[name]
        array["dimensions"], array["nulls"], array["type"] = 1, 0, INT4
        array["width"], array["first"] = width, 1
        array["elements"]["bytes"], array["elements"]["number"] = 4, numbers
    return rows


def _copy(rows: Iterator[Rows]) -> None:
    """PostgreSQL takes in what is there while we put the next together."""
    parts = _parts(rows)
    with connection.cursor() as cursor:
        for first in parts:
            with cursor.copy(COPY) as copy:
                copy.write(BEGIN)
                copy.write(first)
                sent = len(first)
                while sent < BYTES_OF_STATEMENT and (part := next(parts, b"")):
                    copy.write(part)
                    sent += len(part)
                copy.write(END)


def _parts(rows: Iterator[Rows]) -> Iterator[bytes]:
    for some in rows:
        count = max(1, BYTES_AT_ONCE // some.itemsize)
        for begin in range(0, len(some), count):
            yield some[begin : begin + count].tobytes()
