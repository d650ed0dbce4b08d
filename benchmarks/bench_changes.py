"""A few places changed in a month: the cost grows with the change, not with the history."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from unittest import mock

from django.db import connection

from benchmarks import databases
from benchmarks.bench_roll_up import roll_up
from benchmarks.district import LAST
from benchmarks.measuring import Result, interleaved, slower
from facilities.models import ChangedCell, Facility
from reporting.actions import roll_up as rolling
from reporting.catalogue import WIDTH
from reporting.totals.own import Own

PROGRAMME = "growth"  # the one with the most elements and rows
COUNTS = (10, 100, 1000)
ROUNDS = 7  # milliseconds: more rounds


def run(
    small: str,
    large: str,
    *,
    counts: tuple[int, int, int] = COUNTS,
    use: Callable[[str], object] = databases.use,
) -> list[Result]:
    """On two databases equal but for the months of history; LAST is in both."""
    for name in (small, large):
        use(name)
        roll_up(list(Facility.objects.values_list("pk", flat=True)))

    def begin(name: str, count: str) -> None:
        use(name)
        change(int(count))

    cases = [(name, count) for count in counts for name in (small, large)]
    took = interleaved(
        {f"{name} {count}": rolling.roll_up_changed for name, count in cases},
        rounds=ROUNDS,
        before=lambda way: begin(*way.split()),
    )
    few, some, many = counts
    at = {count: took[f"{small} {count}"] for count in counts}
    longer = {count: took[f"{large} {count}"] for count in counts}
    return [
        Result(f"roll-up of {few} changed cells with ancestors", at[few]),
        slower(
            f"roll-up of {many:,} / of {some} changed cells",
            at[many],
            at[some],
            "<= 14",
            "ten times the cells; below 5 the fixed cost of a batch still outweighs them",
        ),
        *(
            slower(f"{count:,} changed cells, long / short history", longer[count], at[count], goal)
            for count, goal in ((few, ""), (some, "<= 1.5"), (many, "<= 1.5"))
        ),
    ]


def change(count: int) -> None:
    """Take so many Posyandu out of all totals and put them on the to-do list, to be added again."""
    every = list(
        Facility.objects.filter(kind="posyandu").order_by("pk").values_list("pk", flat=True)
    )
    places = Random(count).sample(every, count)
    take_out(places)
    ChangedCell.objects.bulk_create(
        ChangedCell(place_id=place, month=LAST, programme=PROGRAMME, whole=False)
        for place in places
    )


def take_out(places: list[int]) -> None:
    """The totals as if nothing had been recorded at the places."""
    with mock.patch.object(
        rolling, "count_own", return_value={PROGRAMME: Own.of({}, WIDTH[PROGRAMME])}
    ):
        rolling.recompute(month=LAST, programmes=(PROGRAMME,), places=places, by=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM reporting_total")
