"""Checked rows on their way into the tables: COPY into a temporary table, then a few statements.

Set-wise, because a row at a time is seventy times slower; batch by batch, so that the database
writes one while the next is being checked. The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection

from clusters.actions.contradictions import RENAMED, STAGED, contradictions, lock_staged
from clusters.actions.incoming import NULL, Incoming, text_of, typed_columns
from clusters.actions.spacing import leave_out_too_close
from clusters.milestones import PREGNANCY_GAP_DAYS
from clusters.models import VISITS
from clusters.services import SERVICES
from ilp.core import sql

HEADER = (
    ("ordinal", "int"),
    ("again", "boolean"),  # an earlier row of the batch is about the same person
    ("sheet", "text"),
    ("row", "int"),
    ("identity", "bytea"),
    ("nik_sealed", "bytea"),
    ("name", "text"),
    ("mother_name", "text"),
    ("born_on", "date"),
    ("home_id", "bigint"),
    ("facility_id", "bigint"),
    ("seen_on", "date"),
    ("sex", "text"),
    ("age_days", "int"),
    ("age_months", "int"),
)
COPY_IN = f"COPY staged FROM STDIN (NULL '{NULL}')"
BATCH = 3_200  # small enough to overlap; each has its statements planned, and looks at all rows
FIRST_BATCH = 500  # so that the database begins soon
ANALYZE = "ANALYZE staged (ordinal, identity, facility_id, seen_on)"  # what is joined
ANALYZE_WHO = "ANALYZE who"
SAMPLE_LITTLE = "SET LOCAL default_statistics_target = 5"  # rough figures do, and each batch asks
# Which staged rows are written: those of a batch at once, unless they depend on others.
WITH_HOME = "staged.ordinal >= %(first)s AND staged.home_id IS NOT NULL"
NEW_WITH_HOME = f"{WITH_HOME} AND who.is_new"
KNOWN_WITH_HOME = f"{WITH_HOME} AND NOT who.is_new"
WITHOUT_HOME = "staged.home_id IS NULL"
EVERY = "true"
# Who says no home lives where the visit that is corrected says, or where they are known to live.
HOMES = """
    JOIN clusters_person AS person ON person.id = who.person_id
    LEFT JOIN known ON known.person_id = who.person_id AND known.facility_id = staged.facility_id
                   AND known.seen_on = staged.seen_on
"""
ON_THE_VISIT = ("facility_id", "seen_on", "sex", "age_days", "age_months")


@dataclass(frozen=True)
class Mismatch:
    """A row that contradicts what is known: the person by birth date or sex, life by a death,
    another visit, or a second row about the same person, place and day since a merge."""

    ordinal: int
    field: str  # born_on, sex, died, seen_later, name, or what the service declares to lie apart


@dataclass(frozen=True)
class Written:
    new: int
    changed: int
    same: int


class Staging:
    """One file's rows on their way; `fill` and then `settle`, once each."""

    def __init__(self, service: str, *, upload_id: int | None, by_id: int | None) -> None:
        self.service = service
        self.params = {"upload": upload_id, "by": by_id}
        self.linked = any(one.linked for one in SERVICES[service].derived)
        self.apart = SERVICES[service].apart
        self.mismatches: list[Mismatch] = []
        self.count = 0
        self._homeless = False  # some row says no home

    def fill(self, rows: Iterable[Incoming]) -> None:
        """Take the rows in, numbered from 0, register their persons, and write every visit that
        depends on no other row.

        The persons are held, so that a death and a visit that come in at once find each other.
        A row that contradicts a known person, by another birth date or sex under the same NIK, or
        by a visit after a death, or another visit is left out: one of the two is wrong, and a
        person has to say which.
        """
        with connection.cursor() as cursor:
            cursor.execute(_tables(self.service))
            cursor.execute(SAMPLE_LITTLE)
        coming = iter(rows)
        with sql.InFlight() as flight:
            while batch := list(islice(coming, BATCH if self.count else min(BATCH, FIRST_BATCH))):
                text = text_of(batch, self.service, self.count)
                self._homeless = self._homeless or any(row.home_id is None for row in batch)
                self._landed(flight.land())
                with connection.cursor() as cursor, cursor.copy(COPY_IN) as copy:
                    copy.write(text)
                self._send(flight)
                self.count += len(batch)
            self._landed(flight.land())
        if self.apart:
            close = leave_out_too_close(self.service)
            self.mismatches += [Mismatch(ordinal, self.apart.field) for ordinal in close]

    def _send(self, flight: sql.InFlight) -> None:
        since = {"first": self.count, "every": True}
        flight.send(ANALYZE)
        for name in ("register_staged", "recognise_staged"):
            flight.send(sql.text(f"clusters/{name}"), since)
        flight.send(ANALYZE_WHO)
        flight.send(lock_staged(self.service, STAGED), since)
        for name in ("rename_staged", "drop_twice"):
            flight.send(sql.text(f"clusters/{name}"), since)
        flight.send(lock_staged(self.service, RENAMED), since)
        for text in contradictions(self.service):
            flight.send(text, since)
        flight.send(_known(self.service), since)
        flight.send("ANALYZE known")
        if not (self.linked or self.apart):
            flight.send(_upsert(self.service, NEW_WITH_HOME), self.params | since)
            flight.send(_upsert(self.service, KNOWN_WITH_HOME), self.params | since)

    def _landed(self, answers: list[list[tuple[Any, ...]]]) -> None:
        """Of all that was sent only what leaves rows out answers with rows."""
        self.mismatches += [Mismatch(*row) for answer in answers for row in answer]

    def settle(self) -> Written:
        """Move persons, write the visits that depend on other rows, mark what changed."""
        # what is written only now was compared within its batch, and not with those after it
        late = self.linked or self.apart is not None
        self._landed([sql.run("clusters/drop_twice", first=0, every=late)])
        sql.run("clusters/move_staged")
        with connection.cursor() as cursor:
            if self.linked:
                sql.run("clusters/link_staged", gap=PREGNANCY_GAP_DAYS)
            if late:
                cursor.execute(_upsert(self.service, EVERY), self.params)
            elif self._homeless:
                cursor.execute(_upsert(self.service, WITHOUT_HOME), self.params)
            cursor.execute(
                "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) "
                "FROM written"
            )
            new, changed = cursor.fetchone()
        sql.run("clusters/mark_written", programme=self.service)
        same = self.count - len(self.mismatches) - new - changed
        return Written(new, changed, same)

    def cells(self) -> set[tuple[int, date]]:
        """The places and days of the rows taken in."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT facility_id, seen_on FROM staged")
            return set(cursor.fetchall())


def _tables(service: str) -> str:
    fields = VISITS[service]._meta
    types = [(n, fields.get_field(n).db_type(connection)) for n in typed_columns(service)]
    declared = ", ".join(f'"{name}" {kind}' for name, kind in (*HEADER, *types))
    return f"""
        CREATE TEMP TABLE staged ({declared}) ON COMMIT DROP;
        CREATE TEMP TABLE who (ordinal int, person_id bigint, is_new boolean) ON COMMIT DROP;
        CREATE TEMP TABLE renamed (ordinal int) ON COMMIT DROP;
        CREATE TEMP TABLE known (id bigint, person_id bigint, facility_id bigint, home_id bigint,
                                 seen_on date) ON COMMIT DROP;
        CREATE TEMP TABLE written (person_id bigint, facility_id bigint, home_id bigint,
                                   seen_on date, is_new boolean) ON COMMIT DROP
    """


def _known(service: str) -> str:
    """Note the standing visits that the rows of a batch are about.

    Persons come first, because a place has many visits on a day and a person one.
    """
    return f"""
        WITH met AS MATERIALIZED (
            SELECT who.person_id AS id, staged.facility_id, staged.seen_on
            FROM who JOIN staged ON staged.ordinal = who.ordinal
            WHERE who.ordinal >= %(first)s AND NOT who.is_new
        )
        INSERT INTO known
        SELECT visit.id, visit.person_id, visit.facility_id, visit.home_id, visit.seen_on
        FROM met
        JOIN {VISITS[service]._meta.db_table} AS visit
          ON visit.person_id = met.id AND visit.facility_id = met.facility_id
         AND visit.seen_on = met.seen_on AND visit.cancelled_at IS NULL
    """  # noqa: S608 the table's name is our own


@cache
def _upsert(service: str, which: str) -> str:
    """Insert what is new, rewrite what differs, leave what is the same; note it in `written`.

    Whom a batch has registered has no visit yet, and stands in it once: not to look for a visit in
    the way of such a row saves a sixth of writing it.
    """
    table = VISITS[service]._meta.db_table
    names = (*ON_THE_VISIT, *typed_columns(service))
    linked = [d.name for d in SERVICES[service].derived if d.linked]
    inserted = ", ".join(f'"{n}"' for n in (*names, *linked))
    staged = ", ".join([*(f'staged."{n}"' for n in names), *(f'linked."{n}"' for n in linked)])
    join = "LEFT JOIN linked ON linked.ordinal = staged.ordinal" if linked else ""
    home = "staged.home_id"
    if which in (WITHOUT_HOME, EVERY):
        home, join = "coalesce(staged.home_id, known.home_id, person.home_id)", HOMES + join
    kept = [n for n in (*names, "home_id") if n not in ("facility_id", "seen_on")]
    ours = ", ".join(f'visit."{n}"' for n in kept)
    theirs = ", ".join(f'excluded."{n}"' for n in kept)
    updates = ", ".join(f'"{n}" = excluded."{n}"' for n in (*kept, "upload_id", "sheet", "row"))
    conflict = f"""
            ON CONFLICT (person_id, facility_id, seen_on) WHERE cancelled_at IS NULL
            DO UPDATE SET {updates}
            WHERE ({ours}) IS DISTINCT FROM ({theirs})
    """
    return f"""
        WITH upserted AS (
            INSERT INTO {table} AS visit
                (person_id, home_id, {inserted}, upload_id, sheet, "row", recorded_by_id)
            SELECT who.person_id, {home}, {staged},
                   %(upload)s::bigint, staged.sheet, staged."row", %(by)s::bigint
            FROM staged JOIN who ON who.ordinal = staged.ordinal
            {join}
            WHERE {which}
            ORDER BY staged.ordinal
            {"" if which == NEW_WITH_HOME else conflict}
            RETURNING person_id, facility_id, home_id, seen_on, (xmax = 0) AS is_new
        )
        INSERT INTO written SELECT * FROM upserted
    """  # noqa: S608 only names of our own columns
