"""What the whole catalogue costs beside its first 60 indicators, and a cell beside a bare fetch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from random import Random
from unittest import mock

from django.db import connection

from benchmarks.bench_changes import PROGRAMME, take_out
from benchmarks.bench_roll_up import roll_up
from benchmarks.district import LAST
from benchmarks.measuring import Result, interleaved, same, slower
from benchmarks.others import FILLED, fill_others
from facilities.models import Facility
from ilp.core.windows import Window
from reporting.actions import adding_first, adding_up
from reporting.actions import roll_up as rolling
from reporting.catalogue import ELEMENTS, INDICATORS, PROGRAMMES, SLOTS
from reporting.catalogue.language import Indicator
from reporting.catalogue.slots import widths
from reporting.models import Total
from reporting.selectors.scores import element_codes
from reporting.totals import counting, own

FIRST = 60
CELLS = 100
# Either catalogue remembers its own slots, from one round to the next.
REMEMBERED = {
    name: cache(getattr(own, name).__wrapped__) for name in ("_positions", "_reached_positions")
}
SHARE = 5  # one visit in so many of the month is of the other services


def whole_month(*, visits: int, rounds: int = 5) -> Result:
    """The same visits of the month, counted for all indicators and for the first 60 only.

    On the database in use, filled by benchmarks.district.
    """
    fill_others(LAST, visits=visits // SHARE)
    places = list(Facility.objects.values_list("pk", flat=True))
    few = element_codes(first_indicators()) & set(ELEMENTS)

    def first_only() -> None:
        with only(few) as programmes:
            rolling.recompute(month=LAST, programmes=programmes, places=places, by=None)

    took = interleaved(
        {"all": lambda: roll_up(places), "first": first_only}, rounds=rounds, before=forget
    )
    forget("")
    roll_up(places)
    return slower(
        f"month roll-up, whole catalogue / first {FIRST} indicators",
        took["all"],
        took["first"],
        "<= 2",
        f"{len(ELEMENTS):,} elements of {len(PROGRAMMES)} programmes beside {len(few)}; all "
        "services have visits; without the others' slots the arrays are shorter",
    )


def first_indicators() -> list[Indicator]:
    """As many for each of the four services that were there first."""
    listed: dict[str, list[Indicator]] = {}
    for indicator in INDICATORS.values():
        programmes = {ELEMENTS[c].programme for c in element_codes([indicator]) if c in ELEMENTS}
        if programmes and programmes <= FILLED:
            listed.setdefault(min(programmes), []).append(indicator)
    return [one for found in listed.values() for one in found[: FIRST // len(FILLED)]]


def forget(name: str) -> None:
    """Nothing is rolled up."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reporting_total WHERE month = %s", [LAST.first_day])
        cursor.execute("VACUUM reporting_total")


@contextmanager
def only(codes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """A catalogue that has just these elements, in slots without gaps; its programmes."""
    elements = {code: ELEMENTS[code] for code in ELEMENTS if code in set(codes)}
    slots: dict[tuple[str, str, str], int] = {}
    used: dict[str, int] = dict.fromkeys(PROGRAMMES, 0)
    for programme, code, part in SLOTS:
        if code in elements:
            used[programme] += 1
            slots[programme, code, part] = used[programme]
    wide = widths(slots)
    with ExitStack() as stack:
        for module in (own, adding_first, adding_up):
            stack.enter_context(mock.patch.object(module, "WIDTH", wide))
        stack.enter_context(mock.patch.object(counting, "ELEMENTS", elements))
        stack.enter_context(mock.patch.object(own, "SLOTS", slots))
        for name, kept in REMEMBERED.items():
            stack.enter_context(mock.patch.object(own, name, kept))
        yield tuple(wide)


def changed_cells(cells: int = CELLS, rounds: int = 15) -> Result:
    """Some Posyandu of a month with all ancestors, beside reading their rows by index."""
    every = list(
        Facility.objects.filter(kind="posyandu").order_by("pk").values_list("pk", flat=True)
    )
    places = Random(cells).sample(every, cells)
    before = totals()
    took = interleaved(
        {
            "cells": lambda: rolling.recompute(
                month=LAST, programmes=(PROGRAMME,), places=places, by=None, whole=False
            ),
            "fetch": lambda: fetch(places),
        },
        rounds=rounds,
        before=lambda name: take_out(places),
    )
    rolling.recompute(month=LAST, programmes=(PROGRAMME,), places=places, by=None, whole=False)
    same("totals", before, totals())
    return slower(
        f"{cells} changed cells with all ancestors / bare index fetch",
        took["cells"],
        took["fetch"],
        "<= 4",
        "the fetch reads the same rows of the same tables by index and adds up one column; it "
        "writes nothing",
    )


def fetch(places: list[int]) -> None:
    """The rows that say what the cells are, of each table that they are counted from."""
    for group in [
        *own.groups_alone(PROGRAMME, LAST),
        *own.reached((PROGRAMME,), LAST),
    ]:
        place = counting.AXIS_FIELD[group.axis]
        rows = counting.rows_of((PROGRAMME,), group).filter(**{f"{place}__in": places})
        text, params = rows.order_by().values("person_id").query.sql_with_params()
        added = f"SELECT count(*), sum(person_id) FROM ({text}) AS found"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(added, [counting.dated(p, Window.of(LAST)) for p in params])
            cursor.fetchall()


def totals() -> list[tuple]:
    return list(
        Total.objects.filter(month=LAST, programme=PROGRAMME)
        .order_by("place")
        .values_list("place", "own", "total")
    )
