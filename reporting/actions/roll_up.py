"""Bring totals up to date with whatever changed. Absolute, repeatable, one month at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from clusters.actions.following import follow_touched
from facilities.models import ChangedCell, Facility
from ilp.core import audit, sql
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.carrying import mark_carried
from reporting.catalogue import PROGRAMMES, WIDTH
from reporting.totals.counting import Own, count_own
from reporting.totals.reported import Reported, reported_numbers

ROLL_UP_LOCK = 7001
CLAIM = 50_000
ALL = "*"
# Above this share of all places, reading the whole month is cheaper than place by place.
WHOLE_MONTH_FROM = 0.6


# Made once in a transaction and emptied for each month and programme: a table that is dropped keeps
# its locks until the end, and a move of a place counts many months anew.
TABLES = """
    CREATE TEMP TABLE IF NOT EXISTS changing (place_id bigint PRIMARY KEY) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS affected (place_id bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS below (place_id bigint, below_id bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS counted (place_id bigint, own int[]) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS reported (place_id bigint, numbers int[]) ON COMMIT DROP;
    TRUNCATE changing, affected, below
"""


@dataclass(frozen=True)
class RolledUp:
    claimed: int  # rows of the to-do list
    cells: int  # places x months x programmes recomputed


def roll_up_changed(*, by: User | None = None) -> RolledUp:
    """Work out what follows from changed visits, then recompute every changed cell and its
    ancestors until the to-do lists are empty.

    A transaction for each batch: rows are claimed with SKIP LOCKED, so several workers share the
    list, and deleted in the transaction that wrote the totals, so a killed worker loses nothing.
    """
    follow_touched(by=by)
    mark_carried(by=by)
    claimed = cells = 0
    while (done := _roll_up_batch()).claimed:
        claimed += done.claimed
        cells += done.cells
    return RolledUp(claimed, cells)


@transaction.atomic
def _roll_up_batch() -> RolledUp:
    marks = list(
        ChangedCell.objects.select_for_update(of=("self",), skip_locked=True)
        .order_by("id")
        .values_list("pk", "place_id", "month", "programme")[:CLAIM]
    )
    changes: dict[tuple[Month, str], set[int]] = defaultdict(set)
    for _, place, month, programme in marks:
        for one in PROGRAMMES if programme == ALL else (programme,):
            changes[month, one].add(place)
    # All of them before anything is written, and in order: else two that share a district, whose
    # version both raise, would wait for each other's months.
    for month in sorted({month for month, _programme in changes}):
        sql.lock(ROLL_UP_LOCK, month.year * 12 + month.number)
    for month, places, programmes in _alike(changes):
        recompute(month=month, programmes=programmes, places=places, by=None)
    ChangedCell.objects.filter(pk__in=[pk for pk, *_ in marks]).delete()
    return RolledUp(len(marks), sum(map(len, changes.values())))


def _alike(
    changes: Mapping[tuple[Month, str], set[int]],
) -> Iterator[tuple[Month, frozenset[int], list[str]]]:
    """Programmes of a month in which the same places changed, together: month by month."""
    together: dict[tuple[Month, frozenset[int]], list[str]] = defaultdict(list)
    for month, programme in sorted(changes):
        together[month, frozenset(changes[month, programme])].append(programme)
    for (month, places), programmes in together.items():
        yield month, places, programmes


@transaction.atomic
def recompute(
    *, month: Month, programmes: Iterable[str], places: Iterable[int], by: User | None
) -> None:
    """Count the places' own numbers anew and add up all that lies above them.

    The tree is the one that stood at the end of the month.
    """
    changing = frozenset(places)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        with cursor.copy("COPY changing FROM STDIN") as copy:
            copy.write("".join(f"{place}\n" for place in changing))
        cursor.execute("ANALYZE changing")
        cursor.execute("SELECT count(*) FROM facilities_facility")
        everywhere = len(changing) > WHOLE_MONTH_FROM * cursor.fetchone()[0]
    sql.run("reporting/find_affected", last_day=month.last_day)
    reports, standing = reported_numbers(month), _standing(month)
    for programme, found in count_own(
        list(programmes), month, only_changing=not everywhere
    ).items():
        counted = found
        if everywhere:
            counted = {place: own for place, own in found.items() if place in changing}
        arrays, stands = reports.get(programme, {}), programme in standing
        _write(programme, month, counted, arrays, standing=stands)
    sql.run("reporting/tell_districts")


def _standing(month: Month) -> frozenset[str]:
    """Programmes of which anything stands that may have to change or go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT programme FROM reporting_total "
            "WHERE month = %s AND place_id IN (SELECT below_id FROM below)",
            [month.first_day],
        )
        return frozenset(programme for (programme,) in cursor.fetchall())


def _write(programme: str, month: Month, counted: Own, arrays: Reported, *, standing: bool) -> None:
    """Bring the totals of a programme in line with what was counted of `changing`."""
    if not (counted or arrays or standing):
        return
    _stage_counted(counted)
    reported = _stage_reported(programme, arrays)
    now: dict[str, Any] = {
        "month": month.first_day,
        "last_day": month.last_day,
        "programme": programme,
        "zeros": [0] * WIDTH[programme],
        "standing": standing,
    }
    if not reported:
        _add_up("add_up", reported, now)
        return
    sql.run("reporting/write_own", **now)
    _add_up("add_up_reported", reported, now)
    sql.run("reporting/finish_roll_up", **now)


def _stage_counted(counted: Own) -> None:
    lines = (f"{place}\t{{{','.join(map(str, own))}}}\n" for place, own in counted.items())
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE counted")
        with cursor.copy("COPY counted FROM STDIN") as copy:
            copy.write("".join(lines))


def _stage_reported(programme: str, arrays: Reported) -> frozenset[int]:
    """Fill `reported (place_id, numbers)` with approved reports; the slots that they give."""
    if not arrays:
        return frozenset()
    slots = range(1, WIDTH[programme] + 1)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reported")
        with cursor.copy("COPY reported FROM STDIN") as copy:
            for place, numbers in arrays.items():
                listed = ",".join(str(numbers.get(slot, "NULL")) for slot in slots)
                copy.write(f"{place}\t{{{listed}}}\n")
    return frozenset(slot for numbers in arrays.values() for slot in numbers)


def _add_up(statement: str, reported: frozenset[int], now: Mapping[str, Any]) -> None:
    """Totals of the temporary table `affected (place_id)`.

    A slot that an approved report gives is taken from the report for its place and all below;
    what visits say there is left out above it. Never both.
    """
    slots = range(1, len(now["zeros"]) + 1)
    sums = ", ".join(_sum_of(slot, slot in reported) for slot in slots)
    text = sql.text(f"reporting/{statement}").replace("/* sums */", sums)
    with connection.cursor() as cursor:
        cursor.execute(text, now)


def _sum_of(slot: int, reported: bool) -> str:
    if not reported:
        return f"coalesce(sum(own[{slot}]), 0)"
    return (
        f"coalesce(sum(own[{slot}]) FILTER (WHERE {slot} <> ALL (covered)), 0) "
        f"+ coalesce(sum(given[{slot}]), 0)"
    )


@transaction.atomic
def mark_everything(*, first: Month, last: Month, by: User | None) -> int:
    """Put every place and month of the span on the to-do list; the number of rows."""
    marked = sql.run("reporting/mark_everything", first=first.first_day, last=last.first_day)
    return len(marked)


@transaction.atomic
def rebuild_totals(*, first: Month, last: Month, by: User | None) -> RolledUp:
    """Throw the totals of a span of months away and count them again."""
    follow_touched(by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM reporting_total WHERE month BETWEEN %s AND %s",
            [first.first_day, last.first_day],
        )
    places = _all_places()
    for month in first.until(last):
        sql.lock(ROLL_UP_LOCK, month.year * 12 + month.number)
    for month in first.until(last):
        recompute(month=month, programmes=PROGRAMMES, places=places, by=by)
    for district in Facility.objects.of_kind(Facility.Kind.DISTRICT):
        audit.record("totals.rebuilt", by=by, subject=district, first=str(first), last=str(last))
    return RolledUp(0, len(places) * len(first.until(last)) * len(PROGRAMMES))


def _all_places() -> list[int]:
    return list(Facility.objects.values_list("pk", flat=True))
