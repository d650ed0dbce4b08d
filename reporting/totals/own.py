"""Count each place's own numbers of a month, and sort them into the arrays of programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

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

Rows = Iterable[tuple[Any, ...]]
Numbers = NDArray[np.int64]

CHANGING = "SELECT place_id FROM changing"
STAGES = (Reached, Children, Cohort, Visits)


class Own(NamedTuple):
    """What was counted of a programme at places; zeros where nothing was."""

    places: Numbers  # their ids, ascending
    numbers: Numbers  # a row for each, a column for each slot

    @classmethod
    def of(cls, found: Mapping[int, Sequence[int]], width: int) -> Self:
        places = np.array(sorted(found), np.int64)
        rows = [found[place] for place in places.tolist()]
        return cls(places, np.array(rows, np.int64).reshape(len(rows), width))

    @property
    def by_place(self) -> dict[int, list[int]]:
        return dict(zip(self.places.tolist(), self.numbers.tolist(), strict=True))

    def without_nothing(self) -> Own:
        """Without places at which only zeros were counted."""
        some = self.numbers.any(axis=1)
        return Own(self.places[some], self.numbers[some])


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


def count_own(
    programmes: Sequence[str], month: Month, places: Iterable[int], *, only_changing: bool
) -> dict[str, Own]:
    """By programme the places' own numbers in a month.

    With `only_changing` they are those in the temporary table `changing (place_id)`, and only of
    them rows are read.
    """
    listed = np.array(sorted(places), np.int64)
    # A slot's column in one piece, as one after the other is added to.
    found = {p: Own(listed, np.zeros((len(listed), WIDTH[p]), np.int64, "F")) for p in programmes}
    with sql.InFlight() as flight:
        sent: list[Asked] = []
        for stage in [*_stages(tuple(programmes), month, together=not only_changing), []]:
            answers = list(flight.each())
            _send(flight, stage, month, CHANGING if only_changing else "")
            for one, rows in zip(sent, answers, strict=True):  # while these are counted
                _sort_out(found, one, rows)
            sent = stage
    return found


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
    _add_counts(found[programme], programme, one.groups, rows)


def _add_counts(own: Own, programme: str, groups: Sequence[Group], rows: Rows) -> None:
    """Of each row: a place for each group, sex and age, the numbers of the first group, of the
    second and so on."""
    alike: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    first = len(groups)
    for row in rows:
        alike[row[first], row[first + 1]].append(row)
    for (sex, age), some in alike.items():
        columns = list(zip(*some, strict=True))
        begin = first + 2
        for at, group in enumerate(groups):
            # Of those who live elsewhere no home is known; no place has the number 0.
            ids = np.array([place or 0 for place in columns[at]], np.int64)
            end = begin + len(group.elements)
            slots = _positions(programme, group, sex, age)
            for slot, counts in zip(slots, columns[begin:end], strict=True):
                if slot is not None and any(counts):
                    own.numbers[:, slot] += _at(own.places, ids, counts)
            begin = end


@cache
def _positions(programme: str, group: Group, sex: str, age: str) -> tuple[int | None, ...]:
    """For each element of the group the index into the array, counted from 0."""
    parts = [(e, part_of(e, sex, age)) for e in group.elements]
    return tuple(None if p is None else SLOTS[programme, e.code, p] - 1 for e, p in parts)


def _add_reached(found: Mapping[str, Own], group: Group, rows: Rows) -> None:
    """Of each row: a milestone, a sex, the place of each who reached it."""
    listed = next(iter(found.values())).places  # the same of all programmes
    for code, sex, places in rows:
        ids = np.frombuffer(places, ">i4").astype(np.int64)  # as PlacesTogether holds them
        counted = _at(listed, ids)
        for programme, slot in _reached_positions(group, code, sex):
            found[programme].numbers[:, slot] += counted


def _at(places: Numbers, ids: Numbers, counts: ArrayLike | None = None) -> Numbers:
    """At each place how often its id is named, or the sum of the counts that stand beside it."""
    if not len(places):
        return places
    # As long as the largest id is large: ids of places are given out one after the other.
    by_id = np.bincount(ids, counts, minlength=int(places[-1]) + 1)
    return by_id[places].astype(np.int64)


@cache
def _reached_positions(group: Group, code: str, sex: str) -> list[tuple[str, int]]:
    """For each element that counts the milestone its programme and index, counted from 0."""
    return [
        (e.programme, SLOTS[e.programme, e.code, part_of(e, sex, "") or ""] - 1)
        for e in group.elements
        if isinstance(e.source, MILESTONES) and e.source.code == code
    ]
