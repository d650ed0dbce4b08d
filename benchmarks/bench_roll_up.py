"""The month's totals of a whole district: ours, a count() for each number, and DuckDB."""

from __future__ import annotations

from random import Random
from time import perf_counter

from django.db import connection
from django.db.models import Sum

from benchmarks import columnar
from benchmarks.district import LAST
from benchmarks.measuring import Result, faster, interleaved, same, slower
from clusters.models import VISITS, GrowthMonth, Milestone
from facilities.models import Facility
from reporting import totals
from reporting.actions.roll_up import recompute
from reporting.catalogue import ELEMENTS, PROGRAMMES
from reporting.catalogue.language import (
    Children,
    Cohort,
    Element,
    Reached,
    Reported,
    Summed,
    Visits,
)
from reporting.models import Total
from reporting.totals.counting import AXIS_FIELD

SAMPLE = 1_000
COUNTED = [e for e in ELEMENTS.values() if not isinstance(e.source, Reported)]


def run(*, sample: int = SAMPLE) -> list[Result]:
    """On the database in use, filled by benchmarks.district."""
    places = list(Facility.objects.values_list("pk", flat=True))
    picked = cells(places, sample)
    naive: list[float] = []
    rounds = 3
    parts = [picked[n::rounds] for n in range(rounds)]
    duck = columnar.load()

    def count_each() -> None:
        started = perf_counter()
        for element, place in parts[len(naive)]:
            count_one(element, place)
        naive.append((perf_counter() - started) / len(parts[len(naive)]))

    ways = {
        "ours": lambda: roll_up(places),
        "duckdb": lambda: columnar.roll_up(duck),
        "naive": count_each,
    }
    took = interleaved(ways, rounds=rounds, before=forget)
    same("roll-up and DuckDB", *district_totals(duck))
    same("roll-up and count()", *sampled_totals(picked[:100]))
    each = sorted(naive)[len(naive) // 2]
    what = f"month roll-up, {len(places):,} places x {len(COUNTED)} elements"
    return lines(what, took, each * len(places) * len(COUNTED), sample)


def lines(what: str, took: dict[str, float], all_of_them: float, sample: int) -> list[Result]:
    return [
        faster(
            f"{what} / ORM count() each",
            took["ours"],
            all_of_them,
            ">= 100",
            f"count() extrapolated from {sample:,} random place-element pairs, own numbers only; "
            "ours counts every part of every element, adds up all ancestors and writes the totals",
        ),
        slower(
            f"{what} / DuckDB",
            took["ours"],
            took["duckdb"],
            "<= 5",
            "same elements, parts and ancestors; DuckDB 2 threads, its tables loaded off the clock",
        ),
    ]


def cells(places: list[int], count: int) -> list[tuple[Element, int]]:
    """Random pairs of element and place; the same ones each time."""
    some = Random(11)
    return [(some.choice(COUNTED), some.choice(places)) for _ in range(count)]


def forget(name: str) -> None:
    """Totals that are as they were are not written again: start from none."""
    if name == "ours":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM reporting_total WHERE month = %s", [LAST.first_day])
            cursor.execute("VACUUM reporting_total")


def ready() -> None:
    """The last month is rolled up; by this or by an earlier part."""
    if not Total.objects.filter(month=LAST).exists():
        roll_up(list(Facility.objects.values_list("pk", flat=True)))


def roll_up(places: list[int]) -> None:
    recompute(month=LAST, programmes=PROGRAMMES, places=places, by=None)


def count_one(element: Element, place: int) -> int:
    """What a plain view would do for one number of one place."""
    at = {AXIS_FIELD[element.axis]: place}
    days = (LAST.first_day, LAST.last_day)
    source = element.source
    if isinstance(source, (Visits, Summed)):
        rows = VISITS[source.service].objects.filter(cancelled_at=None, seen_on__range=days, **at)
        rows = rows.filter(source.when)
        if isinstance(source, Summed):
            return rows.aggregate(n=Sum(source.field))["n"] or 0
        return rows.count()
    if isinstance(source, Reached):
        return Milestone.objects.filter(code=source.code, on__range=days, **at).count()
    if isinstance(source, Cohort):
        return Milestone.objects.filter(code=source.code, scope__range=days, **at).count()
    assert isinstance(source, Children)
    return GrowthMonth.objects.filter(source.when, month=LAST, **at).count()


def sampled_totals(picked: list[tuple[Element, int]]) -> tuple[list[int], list[int]]:
    """Own numbers of the pairs: from the totals, and counted one at a time."""
    places = {place for _, place in picked}
    found = totals.read(places, [LAST], {e.code for e, _ in picked}, own=True)
    ours = [found.get(place, LAST, element.code) or 0 for element, place in picked]
    return ours, [count_one(element, place) for element, place in picked]


def district_totals(duck: columnar.Duck) -> tuple[dict[str, int], dict[str, int]]:
    """Each element of the district with all below it: from the totals, and by DuckDB."""
    district = Facility.objects.get(kind="dinas").pk
    found = totals.read([district], [LAST], [e.code for e in COUNTED]).of(district, LAST)
    theirs = columnar.of_place(duck, district)
    return {e.code: found.get(e.code, 0) for e in COUNTED}, {
        e.code: theirs.get(e.code, 0) for e in COUNTED
    }
