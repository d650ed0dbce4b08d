"""Count a place's own numbers from visits, milestones and monthly growth.

One grouped query for each table and axis, whatever the number of elements: a count for each
element with its predicate as a filter. The statements are made by the ORM once and kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, QuerySet, Sum, Value, When
from django.db.models.expressions import RawSQL

from clusters.models import VISITS, GrowthMonth, Milestone
from ilp.core.months import Month
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

# Stands in a kept statement for the month that is asked for.
ANY_MONTH = Month(1900, 1)
AXIS_FIELD = {Axis.HOME: "home_id", Axis.SERVICE: "facility_id"}
MILESTONES = (Reached, Cohort)
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


def count_own(programme: str, month: Month, *, only_changing: bool) -> Own:
    """Each place's own numbers in a month; places with none are left out.

    With `only_changing`, just the places in the temporary table `changing (place_id)`.
    """
    own: Own = defaultdict(lambda: [0] * WIDTH[programme])
    for group in _groups(programme, month):
        text, params = _statement(programme, group, only_changing)
        with connection.cursor() as cursor:
            cursor.execute(text, [_dated(p, month) for p in params])
            rows = cursor.fetchall()
        add = _add_reached if group.source in MILESTONES else _add_counts
        add(own, programme, group, rows)
    return dict(own)


def _dated(param: Any, month: Month) -> Any:
    if param == ANY_MONTH.first_day or param == ANY_MONTH:
        return month.first_day
    return month.last_day if param == ANY_MONTH.last_day else param


def _groups(programme: str, month: Month) -> list[Group]:
    """The queries of a programme; elements outside their validity are not counted."""
    return _groups_of(
        programme,
        tuple(
            e.code
            for e in ELEMENTS.values()
            if e.programme == programme
            and e.since <= month.last_day
            and (e.until is None or month.first_day < e.until)
        ),
    )


@cache
def _groups_of(programme: str, codes: tuple[str, ...]) -> list[Group]:
    sorted_out: dict[tuple[type, Axis], list[Element]] = defaultdict(list)
    for element in map(ELEMENTS.__getitem__, codes):
        if isinstance(element.source, (Visits, Summed, Reached, Cohort, Children)):
            table = Visits if isinstance(element.source, Summed) else type(element.source)
            sorted_out[table, element.axis].append(element)
    return [Group(source, axis, tuple(found)) for (source, axis), found in sorted_out.items()]


@cache
def _statement(programme: str, group: Group, only_changing: bool) -> tuple[str, tuple[Any, ...]]:
    place = AXIS_FIELD[group.axis]
    rows = _rows(programme, group).exclude(**{place: None})
    if only_changing:
        rows = rows.filter(**{f"{place}__in": RawSQL(CHANGING, [])})  # noqa: S611 a constant
    if group.source in MILESTONES:
        counted = rows.values_list(place, "code", "sex").annotate(n=Count("pk"))
        return counted.order_by().query.sql_with_params()
    names = {f"n{i}": _counted(e) for i, e in enumerate(group.elements)}
    age = _age_of_f1() if group.by_age else Value("", output_field=CharField())
    counted = rows.annotate(age=age).values_list(place, "sex", "age").annotate(**names)
    return counted.order_by().query.sql_with_params()


def _rows(programme: str, group: Group) -> QuerySet[Any]:
    """All rows of the group's table in the month."""
    if group.source is Children:
        return GrowthMonth.objects.filter(month=ANY_MONTH)
    if group.source in MILESTONES:
        day = "on" if group.source is Reached else "scope"
        days = (ANY_MONTH.first_day, ANY_MONTH.last_day)
        codes = [e.source.code for e in group.elements if isinstance(e.source, MILESTONES)]
        found = Milestone.objects.filter(service=programme, code__in=codes)
        return found.filter(**{f"{day}__range": days})
    return VISITS[programme].objects.standing().in_month(ANY_MONTH)


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


def _part(element: Element, sex: str, age: str) -> str | None:
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
    parts = [(e, _part(e, sex, age)) for e in group.elements]
    return tuple(None if p is None else SLOTS[programme, e.code, p] - 1 for e, p in parts)


def _add_reached(own: Own, programme: str, group: Group, rows: Iterable[tuple[Any, ...]]) -> None:
    by_milestone = _by_milestone(group)
    for place, code, sex, count in rows:
        for element in by_milestone[code]:
            part = _part(element, sex, "")
            own[place][SLOTS[programme, element.code, part or ""] - 1] += count


@cache
def _by_milestone(group: Group) -> Mapping[str, list[Element]]:
    found: dict[str, list[Element]] = defaultdict(list)
    for element in group.elements:
        assert isinstance(element.source, MILESTONES)
        found[element.source.code].append(element)
    return found


__all__ = ["Own", "count_own"]
