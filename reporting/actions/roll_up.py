"""Bring totals up to date with whatever changed. Absolute, repeatable, one month at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from django.db import connection, transaction

from clusters.actions.following import follow_touched
from facilities.models import ChangedCell, Facility
from ilp.core import audit, sql
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.adding_first import write_first
from reporting.actions.adding_up import Standing, write
from reporting.actions.carrying import mark_carried
from reporting.catalogue import PROGRAMMES, WIDTH
from reporting.selectors.form_book import refresh
from reporting.totals.own import count_own
from reporting.totals.reported import reported_numbers

ROLL_UP_LOCK = 7001
CLAIM = 50_000
ALL = "*"
# Above this share of all places, reading the whole month is cheaper than place by place.
WHOLE_MONTH_FROM = 0.6


# Made once on a connection and emptied for each month and programme: to make and drop them every
# few seconds would fill the database's own catalogue with dead rows.
TABLES = """
    CREATE TEMP TABLE IF NOT EXISTS changing (place_id bigint PRIMARY KEY) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS affected (place_id bigint) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS upward (place_id bigint, changing_id bigint)
        ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS reported (place_id bigint, numbers int[]) ON COMMIT DELETE ROWS;
    TRUNCATE changing, affected, upward
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
    refresh()
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
        .values_list("pk", "place_id", "month", "programme", "whole")[:CLAIM]
    )
    refresh()  # a form may have been made since, and a mark set of it
    changes: dict[tuple[Month, str], Change] = defaultdict(Change)
    for _, place, month, programme, whole in marks:
        for one in PROGRAMMES if programme == ALL else (programme,):
            if one in WIDTH:  # of what is no programme any more nothing can be counted
                changes[month, one].add(place, whole=whole)
    # All of them before anything is written, and in order: else two that share a district, whose
    # version both raise, would wait for each other's months.
    for month in sorted({month for month, _programme in changes}):
        sql.lock(ROLL_UP_LOCK, month.year * 12 + month.number)
    for month, programmes, change in _alike(changes):
        recompute(
            month=month, programmes=programmes, places=change.places, by=None, whole=change.whole
        )
    ChangedCell.objects.filter(pk__in=[pk for pk, *_ in marks]).delete()
    return RolledUp(len(marks), sum(len(change.places) for change in changes.values()))


@dataclass
class Change:
    """What of a month and programme is to be counted anew."""

    places: set[int] = field(default_factory=set)
    whole: bool = False

    def add(self, place: int, *, whole: bool) -> None:
        self.places.add(place)
        self.whole |= whole


def _alike(
    changes: Mapping[tuple[Month, str], Change],
) -> Iterator[tuple[Month, list[str], Change]]:
    """Programmes of a month in which the same places changed, together: month by month."""
    together: dict[tuple[Month, bool, frozenset[int]], list[str]] = defaultdict(list)
    for (month, programme), change in sorted(changes.items(), key=itemgetter(0)):
        together[month, change.whole, frozenset(change.places)].append(programme)
    for (month, whole, places), programmes in together.items():
        yield month, programmes, Change(set(places), whole)


@transaction.atomic
def recompute(
    *,
    month: Month,
    programmes: Iterable[str],
    places: Iterable[int],
    by: User | None,
    whole: bool = True,
) -> None:
    """Count the places' own numbers anew and bring everything above them in line.

    The tree is the one that stood at the end of the month. Totals are added up over everything
    below, unless not `whole`: then nothing but own numbers has changed since they were written,
    and it is enough to add by how much.
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
    own = count_own(list(programmes), month, changing, only_changing=not everywhere)
    fresh = own.keys() - standing - reports.keys()
    write_first(month=month, counted={one: found for one, found in own.items() if one in fresh})
    with sql.InFlight() as flight:
        for programme, counted in own.items():
            if programme in fresh:
                continue
            stands = Standing.NOTHING
            if programme in standing:
                stands = Standing.UNSURE if whole else Standing.ADDED_UP
            write(flight, programme, month, counted, reports.get(programme, {}), stands)
    sql.run("reporting/tell_districts")


def _standing(month: Month) -> frozenset[str]:
    """Programmes of which anything stands that may have to change or go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT programme FROM reporting_total "
            "WHERE month = %s AND place_id IN (SELECT place_id FROM affected)",
            [month.first_day],
        )
        return frozenset(programme for (programme,) in cursor.fetchall())


@transaction.atomic
def mark_everything(*, first: Month, last: Month, by: User | None) -> int:
    """Put every place and month of the span on the to-do list; the number of rows."""
    marked = sql.run("reporting/mark_everything", first=first.first_day, last=last.first_day)
    return len(marked)


@transaction.atomic
def rebuild_totals(*, first: Month, last: Month, by: User | None) -> RolledUp:
    """Throw the totals of a span of months away and count them again."""
    refresh()
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
