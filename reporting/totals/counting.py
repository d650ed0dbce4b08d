"""Count a place's own numbers from visits, milestones and monthly growth.

One grouped query for each table and axis, whatever the number of elements: a count for each
element with its predicate as a filter; of milestones, which all lie in one table, one for all
programmes. The statements are made by the ORM once and kept.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

from django.db.models import (
    Aggregate,
    BinaryField,
    Case,
    CharField,
    Count,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from clusters.models import VISITS, GrowthMonth, Milestone
from ilp.core import sql
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.catalogue import ELEMENTS, SLOTS, WIDTH
from reporting.catalogue.language import (
    F1_AGES,
    Axis,
    Breakdown,
    Children,
    Cohort,
    Element,
    Reached,
    Summed,
    Visits,
)

Own = dict[int, list[int]]  # place id -> the programme's array
Statement = tuple[str, tuple[Any, ...]]

# Stands in a kept statement for the month that is asked for.
ANY_MONTH = Month(1900, 1)
AXIS_FIELD = {Axis.HOME: "home_id", Axis.SERVICE: "facility_id"}
MILESTONES = (Reached, Cohort)
STAGES = (Reached, Children, Cohort, Visits)
CHANGING = "SELECT place_id FROM changing"


@dataclass(frozen=True, eq=False)
class Group:
    """Elements that one query counts: same table, same axis.

    Compared by identity: hashing all its predicates for each row costs more than counting.
    """

    source: type
    axis: Axis
    elements: tuple[Element, ...]

    @property
    def by_age(self) -> bool:
        return any(e.breakdown is Breakdown.SEX_AGE_F1 for e in self.elements)


class Asked(NamedTuple):
    """A query, and the programmes that it counts for."""

    programmes: tuple[str, ...]
    group: Group


class PlacesTogether(Aggregate):
    """The ids of places one behind the other, each as four bytes: a million are read as one."""

    template = "string_agg(int4send(%(expressions)s::int), ''::bytea)"
    output_field = BinaryField()


def count_own(programmes: Sequence[str], month: Month, *, only_changing: bool) -> dict[str, Own]:
    """By programme each place's own numbers in a month; places with none are left out.

    With `only_changing`, just the places in the temporary table `changing (place_id)`.
    """
    found: dict[str, Own] = {p: defaultdict(partial(_zeros, p)) for p in programmes}
    everyone = tuple(programmes)
    only = CHANGING if only_changing else ""
    with sql.InFlight() as flight:
        sent: list[Asked] = []
        for stage in [*_stages(everyone, month), []]:
            answers = list(flight.each())
            _send(flight, stage, month, only)
            for one, rows in zip(sent, answers, strict=True):  # while these are counted
                _sort_out(found, one, rows)
            sent = stage
    return {programme: dict(own) for programme, own in found.items()}


def _stages(programmes: tuple[str, ...], month: Month) -> list[list[Asked]]:
    """The queries by table, that of milestones first, as it takes longest."""
    stages: dict[type, list[Asked]] = defaultdict(list)
    for group in _reached(programmes, month):
        stages[group.source].append(Asked(programmes, group))
    for one in programmes:
        for group in _groups(one, month):
            stages[group.source].append(Asked((one,), group))
    return sorted(stages.values(), key=lambda stage: STAGES.index(stage[0].group.source))


def _send(flight: sql.InFlight, stage: Iterable[Asked], month: Month, only: str) -> None:
    days = Window.of(month)
    for one in stage:
        text, params = statement(one.programmes, one.group, only)
        flight.send(text, [dated(p, days) for p in params])


def _sort_out(found: Mapping[str, Own], one: Asked, rows: Iterable[tuple[Any, ...]]) -> None:
    if one.group.source in MILESTONES:
        _add_reached(found, one.group, rows)
    else:
        (programme,) = one.programmes
        _add_counts(found[programme], programme, one.group, rows)


def _zeros(programme: str) -> list[int]:
    return [0] * WIDTH[programme]


def dated(param: Any, days: Window) -> Any:
    """What a kept statement is sent with, instead of the days that stand in it."""
    if param == ANY_MONTH.first_day or param == ANY_MONTH:
        return days.first
    return days.last if param == ANY_MONTH.last_day else param


def _groups(programme: str, month: Month) -> list[Group]:
    """The queries of a programme alone; elements outside their validity are not counted."""
    return [g for g in groups_of(in_force((programme,), month)) if g.source is not Reached]


def _reached(programmes: tuple[str, ...], month: Month) -> list[Group]:
    """The queries of the programmes together."""
    return [g for g in groups_of(in_force(programmes, month)) if g.source is Reached]


def in_force(programmes: tuple[str, ...], month: Month) -> tuple[str, ...]:
    """Codes of the programmes' elements that are counted in the month."""
    return tuple(
        e.code
        for e in ELEMENTS.values()
        if e.programme in programmes
        and e.since <= month.last_day
        and (e.until is None or month.first_day < e.until)
    )


@cache
def groups_of(codes: tuple[str, ...]) -> list[Group]:
    """The elements by the query that counts them; those that nothing counts are left out."""
    sorted_out: dict[tuple[type, Axis], list[Element]] = defaultdict(list)
    for element in map(ELEMENTS.__getitem__, codes):
        if isinstance(element.source, (Visits, Summed, Reached, Cohort, Children)):
            table = Visits if isinstance(element.source, Summed) else type(element.source)
            sorted_out[table, element.axis].append(element)
    return [Group(source, axis, tuple(found)) for (source, axis), found in sorted_out.items()]


@cache
def statement(
    programmes: tuple[str, ...],
    group: Group,
    only: str = "",
    *asked: Any,
    together: type[Aggregate] = PlacesTogether,
) -> Statement:
    """The query of a group, for the places of the query `only` alone, which is sent with `asked`.

    Its rows: place, sex, age, a number for each element; of milestones code, sex, the places as
    `together` holds them.
    """
    place = AXIS_FIELD[group.axis]
    rows = _rows(programmes, group).exclude(**{place: None})
    if only:
        rows = rows.filter(**{f"{place}__in": RawSQL(only, asked)})  # noqa: S611 a constant
    if group.source in MILESTONES:
        # Counted in Python: places of a code together are cheaper than many groups of texts.
        counted = rows.values_list("code", "sex").annotate(places=together(place))
        return counted.order_by().query.sql_with_params()
    names = {f"n{i}": _counted(e) for i, e in enumerate(group.elements)}
    age = _age_of_f1() if group.by_age else Value("", output_field=CharField())
    counted = rows.annotate(age=age).values_list(place, "sex", "age").annotate(**names)
    return counted.order_by().query.sql_with_params()


def _rows(programmes: tuple[str, ...], group: Group) -> QuerySet[Any]:
    """All rows of the group's table in the month."""
    if group.source is Children:
        return GrowthMonth.objects.filter(month=ANY_MONTH)
    if group.source in MILESTONES:
        return _milestones(programmes, group)
    (programme,) = programmes
    return VISITS[programme].objects.standing().in_month(ANY_MONTH)


def _milestones(programmes: tuple[str, ...], group: Group) -> QuerySet[Any]:
    days = (ANY_MONTH.first_day, ANY_MONTH.last_day)
    codes = [e.source.code for e in group.elements if isinstance(e.source, MILESTONES)]
    if group.source is Reached:
        return Milestone.objects.filter(code__in=codes, on__range=days)  # a code is of one service
    (programme,) = programmes
    return Milestone.objects.filter(service=programme, code__in=codes, scope__range=days)


def _counted(element: Element) -> Any:
    assert isinstance(element.source, (Visits, Summed, Children))
    when = element.source.when or None
    if isinstance(element.source, Summed):
        return Sum(element.source.field, filter=when)
    return Count("pk", filter=when)


def _age_of_f1() -> Case:
    bands = [
        When(age_months__gte=low, age_months__lt=high, then=Value(name))
        for name, low, high in F1_AGES
    ]
    return Case(*bands, default=Value(""), output_field=CharField())


def part_of(element: Element, sex: str, age: str) -> str | None:
    """The part of the element that a sex and age belong to; None if to none of them."""
    if element.breakdown is Breakdown.NONE:
        return ""
    if element.breakdown is Breakdown.SEX:
        return sex
    return f"{sex}:{age}" if age else None


def _add_counts(own: Own, programme: str, group: Group, rows: Iterable[tuple[Any, ...]]) -> None:
    for place, sex, age, *counts in rows:
        numbers = own[place]
        for position, count in zip(_positions(programme, group, sex, age), counts, strict=True):
            if count and position is not None:
                numbers[position] += count


@cache
def _positions(programme: str, group: Group, sex: str, age: str) -> tuple[int | None, ...]:
    """For each element of the group the index into the array, counted from 0."""
    parts = [(e, part_of(e, sex, age)) for e in group.elements]
    return tuple(None if p is None else SLOTS[programme, e.code, p] - 1 for e, p in parts)


def _add_reached(found: Mapping[str, Own], group: Group, rows: Iterable[tuple[Any, ...]]) -> None:
    for code, sex, places in rows:
        counts = Counter(_ids(places))
        for programme, position in _reached_positions(group, code, sex):
            own = found[programme]
            for place, count in counts.items():
                own[place][position] += count


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
