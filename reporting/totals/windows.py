"""Count a place and all below it over any days, by the statements that count a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.catalogue import ELEMENTS
from reporting.catalogue.language import Reached, Summed, Visits
from reporting.totals.below import own_below
from reporting.totals.counting import (
    ANY_MONTH,
    Group,
    dated,
    groups_of,
    in_force,
    part_of,
    statement,
)
from reporting.totals.reading import visits_below_each

Said = dict[tuple[str, str], int]  # (element, part) -> number

BY_DAY = (Visits, Summed, Reached)  # the others are of a calendar month by what they are
ANY_PLACES = "?places"  # stands in a kept statement for the places that are asked for
BELOW = (
    "SELECT descendant_id FROM facilities_ancestry "
    "WHERE ancestor_id = ANY(%s::bigint[]) AND valid @> %s::date"
)
ABOVE = "link.ancestor_id"
LINK = (
    " JOIN facilities_ancestry AS link ON link.descendant_id = {place} "
    "AND link.ancestor_id = ANY(%s::bigint[]) AND link.valid @> %s::date"
)


def visits_over(
    places: Collection[int], month: Month, window: Window, codes: Collection[str]
) -> dict[int, Said]:
    """Place -> what visits alone say of it and all below it on the days of the report of a month.

    As `visits_below_each`, which is asked where the window is the month. Else visits, sums and
    milestones are counted anew, each in the tree as it stood at the end of its calendar month; how
    children stood and cohorts are those of the month. Two queries at most.
    """
    if window == Window.of(month):
        return visits_below_each(places, month, codes)
    by_day = [code for code in codes if isinstance(ELEMENTS[code].source, BY_DAY)]
    found = visits_below_each(places, month, [code for code in codes if code not in by_day])
    for place, said in count_days(places, month, window, by_day).items():
        found[place] |= said
    return found


def own_over(place: int, month: Month, window: Window, code: str) -> dict[int, int]:
    """Place -> its own number of the element, of the place and all below it that have one.

    They add up to what `visits_over` says of all parts. One query.
    """
    if window == Window.of(month) or not isinstance(ELEMENTS[code].source, BY_DAY):
        return own_below(place, month, code)
    counted = count_days([place], month, window, [code], own=True)
    return {pk: number for pk, said in counted.items() if (number := sum(said.values()))}


def count_days(
    places: Collection[int],
    month: Month,
    window: Window,
    codes: Collection[str],
    *,
    own: bool = False,
) -> dict[int, Said]:
    """Place -> what was counted of it and all below it or, if `own`, of each place below alone."""
    programmes = tuple(sorted({ELEMENTS[code].programme for code in codes}))
    asked = list(_queries(programmes, month, frozenset(codes)))
    pieces = [
        _below(n, days, of, group, list(places), own)
        for n, (of, group) in enumerate(asked)
        for days in window.by_month()
    ]
    if not pieces or not places:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(text for text, _params in pieces),
            [param for _text, params in pieces for param in params],
        )
        rows = cursor.fetchall()
    seen: dict[int, set[str]] = defaultdict(set)
    sums: dict[int, Said] = defaultdict(lambda: defaultdict(int))
    for n, place, first, second, numbers in rows:
        for programme, cell, number in _cells(asked[n][1], first, second, numbers):
            seen[place].add(programme)
            if cell:
                sums[place][cell] += number or 0
    return {
        place: {
            (code, part): sums[place].get((code, part), 0)
            for code in codes
            if ELEMENTS[code].programme in here
            for part in ELEMENTS[code].parts
        }
        for place, here in seen.items()
    }


def _queries(
    programmes: tuple[str, ...], month: Month, codes: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], Group]]:
    """As for totals: of milestones one for all programmes, else those of each."""
    every = in_force(programmes, month)
    for group in groups_of(tuple(code for code in every if code in codes)):
        if group.source is Reached:
            yield programmes, group
    for one in programmes:
        # Every visit, by place of service and by home, says that something was recorded at all.
        wanted = codes | {f"{one}_visits", f"{one}_seen"}
        for group in groups_of(tuple(code for code in in_force((one,), month) if code in wanted)):
            if group.source is not Reached:
                yield (one,), group


def _below(
    n: int,
    days: Window,
    of: tuple[str, ...],
    group: Group,
    places: list[int],
    own: bool,
) -> tuple[str, list[Any]]:
    """The group's own statement for what lies below the places, added up at each of them."""
    text, kept = statement(of, group, BELOW, ANY_PLACES, ANY_MONTH.last_day, together=ArrayAgg)
    params = [places if param == ANY_PLACES else dated(param, days) for param in kept]
    if group.source is Reached:
        place, keys, numbers = "one.place", "part.code, part.sex", "count(*)"
        rows = f"({text}) AS part (code, sex, places), unnest(part.places) AS one (place)"
    else:
        names = [f"n{i}" for i in range(len(group.elements))]
        place, keys = "part.place", "part.sex, part.age"
        numbers = ", ".join(f"sum(part.{name})" for name in names)
        rows = f"({text}) AS part (place, sex, age, {', '.join(names)})"
    at, link, linked = (place, "", []) if own else (ABOVE, LINK, [places, days.last])
    return (
        f"(SELECT {n}, {at}, {keys}, ARRAY[{numbers}]::bigint[] "  # noqa: S608 our own statement
        f"FROM {rows}{link.format(place=place)} GROUP BY 1, 2, 3, 4)",
        [*params, *linked],
    )


def _cells(
    group: Group, first: str, second: str, numbers: list[int | None]
) -> Iterator[tuple[str, tuple[str, str] | None, int | None]]:
    """Programme, cell and number of each element that a row speaks of."""
    if group.source is Reached:
        for element in group.elements:
            if isinstance(element.source, Reached) and element.source.code == first:
                cell = (element.code, part_of(element, second, "") or "")
                yield element.programme, cell, numbers[0]
        return
    for element, number in zip(group.elements, numbers, strict=True):
        part = part_of(element, first, second)
        yield element.programme, None if part is None else (element.code, part), number
