"""Count each place's own numbers of a month, and sort them into the arrays of programmes."""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import repeat
from operator import add
from typing import Any, NamedTuple

from ilp.core import sql
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.catalogue import SLOTS, WIDTH
from reporting.catalogue.language import Children, Cohort, Reached, Visits
from reporting.totals.counting import (
    MILESTONES,
    Group,
    Statement,
    dated,
    groups_of,
    in_force,
    part_of,
    statement,
    statement_together,
)

Own = dict[int, list[int]]  # place id -> the programme's array
Rows = Iterable[tuple[Any, ...]]
Column = Mapping[int, int]  # place id -> what was counted of one slot

CHANGING = "SELECT place_id FROM changing"
STAGES = (Reached, Children, Cohort, Visits)


class Asked(NamedTuple):
    """A query, the programmes that it counts for and the groups of elements that it counts."""

    programmes: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def source(self) -> type:
        return self.groups[0].source

    def statement(self, only: str) -> Statement:
        if len(self.groups) > 1:
            return statement_together(self.programmes[0], self.groups)
        return statement(self.programmes, self.groups[0], only)


def count_own(programmes: Sequence[str], month: Month, *, only_changing: bool) -> dict[str, Own]:
    """By programme each place's own numbers in a month; places with none are left out.

    With `only_changing`, just the places in the temporary table `changing (place_id)`.
    """
    found: dict[str, Own] = {p: defaultdict(partial(_zeros, p)) for p in programmes}
    with sql.InFlight() as flight:
        sent: list[Asked] = []
        for stage in [*_stages(tuple(programmes), month, together=not only_changing), []]:
            answers = list(flight.each())
            _send(flight, stage, month, CHANGING if only_changing else "")
            for one, rows in zip(sent, answers, strict=True):  # while these are counted
                _sort_out(found, one, rows)
            sent = stage
    return {programme: dict(own) for programme, own in found.items()}


def _stages(programmes: tuple[str, ...], month: Month, *, together: bool) -> list[list[Asked]]:
    """The queries by table, that of milestones first, as it takes longest.

    A table of visits is asked once for all its groups or, if not `together`, which is for some
    places alone, once for each: they are found by different indexes.
    """
    stages: dict[type, list[Asked]] = defaultdict(list)
    for group in reached(programmes, month):
        stages[group.source].append(Asked(programmes, (group,)))
    for one in programmes:
        for groups in _by_query(groups_alone(one, month), together):
            stages[groups[0].source].append(Asked((one,), groups))
    return sorted(stages.values(), key=lambda stage: STAGES.index(stage[0].source))


def _by_query(groups: Sequence[Group], together: bool) -> Iterator[tuple[Group, ...]]:
    of_visits = tuple(group for group in groups if group.source is Visits)
    if together and len(of_visits) > 1:
        yield of_visits
        groups = [group for group in groups if group.source is not Visits]
    for group in groups:
        yield (group,)


def groups_alone(programme: str, month: Month) -> list[Group]:
    """What is counted of a programme alone; elements outside their validity are not counted."""
    return [g for g in groups_of(in_force((programme,), month)) if g.source is not Reached]


def reached(programmes: tuple[str, ...], month: Month) -> list[Group]:
    """What is counted of the programmes together."""
    return [g for g in groups_of(in_force(programmes, month)) if g.source is Reached]


def _send(flight: sql.InFlight, stage: Iterable[Asked], month: Month, only: str) -> None:
    days = Window.of(month)
    for one in stage:
        text, params = one.statement(only)
        flight.send(text, [dated(p, days) for p in params])


def _sort_out(found: Mapping[str, Own], one: Asked, rows: Rows) -> None:
    if one.source in MILESTONES:
        _add_reached(found, one.groups[0], rows)
        return
    (programme,) = one.programmes
    begin = first = len(one.groups)  # after the places stand sex and age, then the numbers
    for at, group in enumerate(one.groups):
        end = begin + len(group.elements)
        counts = rows
        if first > 1:
            counts = ((r[at], r[first], r[first + 1], *r[begin + 2 : end + 2]) for r in rows)
        _add_counts(found[programme], programme, group, counts)
        begin = end


def _zeros(programme: str) -> list[int]:
    return [0] * WIDTH[programme]


def _add_counts(own: Own, programme: str, group: Group, rows: Rows) -> None:
    for place, sex, age, *counts in rows:
        if place is None:
            continue  # of those who live elsewhere no home is known
        numbers = own[place]
        for position, count in zip(_positions(programme, group, sex, age), counts, strict=True):
            if count and position is not None:
                numbers[position] += count


@cache
def _positions(programme: str, group: Group, sex: str, age: str) -> tuple[int | None, ...]:
    """For each element of the group the index into the array, counted from 0."""
    parts = [(e, part_of(e, sex, age)) for e in group.elements]
    return tuple(None if p is None else SLOTS[programme, e.code, p] - 1 for e, p in parts)


def _add_reached(found: Mapping[str, Own], group: Group, rows: Rows) -> None:
    """What was counted slot by slot, of all places at once: a loop over places takes longer."""
    columns: dict[str, dict[int, list[Column]]] = {p: defaultdict(list) for p in found}
    for code, sex, places in rows:
        counts = Counter(_ids(places))
        for programme, position in _reached_positions(group, code, sex):
            columns[programme][position].append(counts)
    for programme, by_position in columns.items():
        _add_columns(found[programme], WIDTH[programme], by_position)


def _add_columns(own: Own, width: int, columns: Mapping[int, Sequence[Column]]) -> None:
    places = sorted({place for parts in columns.values() for part in parts for place in part})
    nothing = [0] * len(places)
    lists = [_added(columns[at], places) if at in columns else nothing for at in range(width)]
    for place, numbers in zip(places, zip(*lists, strict=True), strict=True):
        known = own.get(place)
        own[place] = [*map(add, known, numbers)] if known else [*numbers]


def _added(parts: Sequence[Column], places: Sequence[int]) -> list[int]:
    first, *others = (map(part.get, places, repeat(0)) for part in parts)
    for other in others:
        first = map(add, first, other)
    return list(first)


def _ids(places: bytes) -> array[int]:
    """As PlacesTogether holds them, in the order of the network."""
    found = array("i")
    found.frombytes(places)
    if sys.byteorder == "little":
        found.byteswap()
    return found


@cache
def _reached_positions(group: Group, code: str, sex: str) -> list[tuple[str, int]]:
    """For each element that counts the milestone its programme and index, counted from 0."""
    return [
        (e.programme, SLOTS[e.programme, e.code, part_of(e, sex, "") or ""] - 1)
        for e in group.elements
        if isinstance(e.source, MILESTONES) and e.source.code == code
    ]
