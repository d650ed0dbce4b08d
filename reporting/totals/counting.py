"""The statements that count a place's own numbers: of visits, milestones and monthly growth.

One grouped query for each table and axis, whatever the number of elements: a count for each
element with its predicate as a filter; of milestones, which all lie in one table, one for all
programmes. The statements are made by the ORM once and kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

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
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.catalogue import ELEMENTS
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

Statement = tuple[str, tuple[Any, ...]]

# Stands in a kept statement for the month that is asked for.
ANY_MONTH = Month(1900, 1)
AXIS_FIELD = {Axis.HOME: "home_id", Axis.SERVICE: "facility_id"}
MILESTONES = (Reached, Cohort)


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


class PlacesTogether(Aggregate):
    """The ids of places one behind the other, each as four bytes: a million are read as one."""

    template = "string_agg(int4send(%(expressions)s::int), ''::bytea)"
    output_field = BinaryField()


def dated(param: Any, days: Window) -> Any:
    """What a kept statement is sent with, instead of the days that stand in it."""
    if param == ANY_MONTH.first_day or param == ANY_MONTH:
        return days.first
    return days.last if param == ANY_MONTH.last_day else param


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
    rows = rows_of(programmes, group).exclude(**{place: None})
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


def rows_of(programmes: tuple[str, ...], group: Group) -> QuerySet[Any]:
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


@cache
def statement_together(programme: str, groups: tuple[Group, ...]) -> Statement:
    """The query of groups of one table of visits that count by different places, everywhere.

    Its rows: the place of each group, in their order, sex, age, a number for each element of the
    first group, of the second and so on; a group's place stands in several rows. Reading a table
    takes longer than counting: so it is read once.
    """
    places = [AXIS_FIELD[group.axis] for group in groups]
    every = [element for group in groups for element in group.elements]
    names = {f"n{i}": _counted(element) for i, element in enumerate(every)}
    by_age = any(group.by_age for group in groups)
    age = _age_of_f1() if by_age else Value("", output_field=CharField())
    rows = rows_of((programme,), groups[0])
    counted = rows.annotate(age=age).values_list(*places, "sex", "age").annotate(**names)
    return counted.order_by().query.sql_with_params()


def _counted(element: Element) -> Any:
    assert isinstance(element.source, (Visits, Summed, Children))
    when = element.source.when or None
    if isinstance(element.source, Summed):
        return Sum(element.source.field, filter=when, default=0)
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
