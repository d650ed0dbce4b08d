"""Write what was counted of programmes of which nothing stands yet, and what it comes to above.

Nothing has to be read, compared or taken away, so it is added up here and copied in: a month of
the whole catalogue has a thousand numbers at each place, and to add them up slot by slot takes
PostgreSQL longer than to write them, as does reading them as text.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from django.db import connection

from ilp.core.months import Month
from reporting.catalogue import WIDTH
from reporting.totals.own import Own

# The numbers of a place are one long integer, so that all slots are added up at once. Each has a
# lane of eight bytes, as the elements of an array that PostgreSQL takes in: four that say how long
# the number is, and the number.
LANE_BYTES, INT4_BYTES = 8, 4
MOST = 2**31 - 1  # what a slot holds
COPY = "COPY reporting_total (month, place_id, programme, own, total) FROM STDIN (FORMAT binary)"
# PostgreSQL's binary format of a copy: how it begins and ends, each field after its length.
BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
FIELDS, FIELD = 5, struct.Struct("!i")
DATE, DATE_BYTES, DAY_0 = struct.Struct("!hii"), 4, date(2000, 1, 1)  # after the count of fields
PLACE, PLACE_BYTES = struct.Struct("!iq"), 8
ARRAY, INT4 = struct.Struct("!iiiiii"), 23  # dimensions, NULLs, type, then length and first index
ROWS_AT_ONCE = 100
BYTES_AT_ONCE = 2**23  # of one statement: its trigger holds in memory what it writes


@dataclass(frozen=True)
class Tree:
    """What lies above the changing places."""

    above: Mapping[int, list[int]]  # of each; not itself
    order: list[int]  # all places, those above most of them first


def write_first(*, month: Month, counted: Mapping[str, Own]) -> None:
    """By programme each place's own numbers, of the places in `changing`.

    Raises OverflowError for a number below zero, which nobody counts, or too large for a slot.
    """
    told = {programme: _told(own) for programme, own in counted.items()}
    if any(told.values()):
        _copy(_rows(month, told, _tree()))


def _told(own: Own) -> Own:
    """Without places of which nothing but zeros was counted: they get no row."""
    return {place: numbers for place, numbers in own.items() if any(numbers)}


def _tree() -> Tree:
    above: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT changing_id, place_id FROM upward WHERE changing_id <> place_id")
        for changing, place in cursor.fetchall():
            above[changing].append(place)
        cursor.execute("SELECT place_id FROM upward GROUP BY 1 ORDER BY count(*) DESC, 1")
        return Tree(above, [place for (place,) in cursor.fetchall()])


def _rows(month: Month, told: Mapping[str, Own], tree: Tree) -> Iterator[bytes]:
    """The places above others first: they are shown together, and so lie together. Of the others
    the widest rows come first, as the narrow ones fill what is left of their pages."""
    begin = DATE.pack(FIELDS, DATE_BYTES, (month.first_day - DAY_0).days)
    mine, totals = {}, {}
    for programme, own in told.items():
        form = _form(programme, WIDTH[programme])
        mine[programme] = {place: form.lanes(numbers) for place, numbers in own.items()}
        totals[programme] = _totals(mine[programme], tree)
        for place in tree.order:
            if place in totals[programme]:
                own_lanes, lanes = mine[programme].get(place, 0), totals[programme][place]
                yield form.row(begin, place, form.array(own_lanes), form.array(lanes))
    for programme in sorted(told, key=lambda one: -WIDTH[one]):
        form, own_of, large = _form(programme, WIDTH[programme]), mine[programme], totals[programme]
        for place in tree.order:
            if place in own_of and place not in large:
                numbers = form.array(own_of[place])
                yield form.row(begin, place, numbers, numbers)


def _totals(mine: Mapping[int, int], tree: Tree) -> dict[int, int]:
    """What own numbers come to at each place that has some below it, in lanes."""
    totals: dict[int, int] = defaultdict(int)
    for place, lanes in mine.items():
        for one in tree.above[place]:
            totals[one] += lanes
    for place in totals.keys() & mine.keys():
        totals[place] += mine[place]
    return totals


class _Form:
    """How numbers of a programme lie in lanes and in the rows of a copy."""

    def __init__(self, programme: str, width: int) -> None:
        self.numbers = struct.Struct(f"!{width}Q")
        self.bytes = self.numbers.size
        self.too_large = self._in_each_lane(2**64 - 1 - MOST)
        self.lengths = self._in_each_lane(INT4_BYTES << 32)
        size = ARRAY.size - FIELD.size + self.bytes
        self.head = ARRAY.pack(size, 1, 0, INT4, width, 1)
        name = programme.encode()
        self.name = FIELD.pack(len(name)) + name

    def _in_each_lane(self, number: int) -> int:
        return self.lanes([number] * (self.bytes // LANE_BYTES))

    def lanes(self, numbers: Sequence[int]) -> int:
        """Raises OverflowError for a number below zero."""
        try:
            return int.from_bytes(self.numbers.pack(*numbers))
        except struct.error as error:
            raise OverflowError from error

    def array(self, lanes: int) -> bytes:
        """As PostgreSQL takes it in. Raises OverflowError for a number that no slot holds."""
        if lanes & self.too_large:
            raise OverflowError
        return self.head + (lanes | self.lengths).to_bytes(self.bytes)

    def row(self, begin: bytes, place: int, own: bytes, total: bytes) -> bytes:
        return b"".join((begin, PLACE.pack(PLACE_BYTES, place), self.name, own, total))


_form = cache(_Form)  # made once for each width that a programme has had


def _copy(rows: Iterator[bytes]) -> None:
    """PostgreSQL takes in what is there while we put the next together."""
    with connection.cursor() as cursor:
        while some := _some(rows):
            with cursor.copy(COPY) as copy:
                copy.write(BEGIN)
                sent = 0
                while some:
                    copy.write(some)
                    sent += len(some)
                    some = _some(rows) if sent < BYTES_AT_ONCE else b""
                copy.write(END)


def _some(rows: Iterator[bytes]) -> bytes:
    return b"".join(islice(rows, ROWS_AT_ONCE))
