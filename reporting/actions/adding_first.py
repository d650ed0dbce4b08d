"""Write what was counted of programmes of which nothing stands yet, and what it comes to above.

Nothing has to be read, compared or taken away, so it is added up here and copied in: a month of
the whole catalogue has a thousand numbers at each place, and to add them up slot by slot takes
PostgreSQL longer than to write them.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from ilp.core.months import Month
from reporting.catalogue import WIDTH
from reporting.totals.counting import Own

# A number is given 64 bits of a long integer, which is far more than a count can come to: numbers
# of many slots are added up at once, and none runs over into its neighbour.
LANE = "Q"
LANE_BYTES = 8
COPY = "COPY reporting_total (month, place_id, programme, own, total) FROM STDIN"
ROWS_AT_ONCE = 100
LETTERS_AT_ONCE = 2**22  # of one statement: its trigger holds in memory what it writes


@dataclass(frozen=True)
class Tree:
    """What lies above the changing places."""

    above: Mapping[int, list[int]]  # of each; not itself
    order: list[int]  # all places, those above most of them first


def write_first(*, month: Month, counted: Mapping[str, Own]) -> None:
    """By programme each place's own numbers, of the places in `changing`.

    Raises OverflowError for a number below zero: nobody counts so.
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


def _rows(month: Month, told: Mapping[str, Own], tree: Tree) -> Iterator[str]:
    """The places above others first: they are shown together, and so lie together. Of the others
    the widest rows come first, as the narrow ones fill what is left of their pages."""
    totals = {}
    for programme, own in told.items():
        totals[programme] = _totals(own, tree)
        yield from _large(month, programme, own, totals[programme], tree)
    for programme in sorted(told, key=lambda one: -WIDTH[one]):
        own, large = told[programme], totals[programme]
        begin, end = f"{month.first_day}\t", f"\t{programme}\t"
        for place in tree.order:
            if place in own and place not in large:
                mine = _array(own[place])
                yield f"{begin}{place}{end}{mine}\t{mine}\n"


def _totals(own: Own, tree: Tree) -> dict[int, int]:
    """What own numbers come to at each place that has some below it, in lanes."""
    totals: dict[int, int] = defaultdict(int)
    for place, numbers in own.items():
        packed = _packed(numbers)
        for one in tree.above[place]:
            totals[one] += packed
    for place in totals.keys() & own.keys():
        totals[place] += _packed(own[place])
    return totals


def _large(
    month: Month, programme: str, own: Own, totals: Mapping[int, int], tree: Tree
) -> Iterator[str]:
    width = WIDTH[programme]
    zeros = [0] * width
    for place in tree.order:
        if place in totals:
            mine, total = own.get(place, zeros), _unpacked(totals[place], width)
            row = (month.first_day, place, programme, _array(mine), _array(total))
            yield "{}\t{}\t{}\t{}\t{}\n".format(*row)


def _packed(numbers: list[int]) -> int:
    return int.from_bytes(array(LANE, numbers).tobytes(), sys.byteorder)


def _unpacked(total: int, width: int) -> list[int]:
    numbers = array(LANE)
    numbers.frombytes(total.to_bytes(width * LANE_BYTES, sys.byteorder))
    return numbers.tolist()


def _array(numbers: list[int]) -> str:
    """As PostgreSQL reads an array."""
    return f"{{{str(numbers)[1:-1]}}}"


def _copy(rows: Iterator[str]) -> None:
    """PostgreSQL takes in what is there while we put the next together."""
    with connection.cursor() as cursor:
        while text := _some(rows):
            with cursor.copy(COPY) as copy:
                letters = 0
                while text:
                    copy.write(text)
                    letters += len(text)
                    text = _some(rows) if letters < LETTERS_AT_ONCE else ""


def _some(rows: Iterator[str]) -> str:
    return "".join(islice(rows, ROWS_AT_ONCE))
