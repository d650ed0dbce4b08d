"""Checked rows on their way into the tables: COPY into a temporary table, then a few statements.

Set-wise, because a row at a time is seventy times slower. The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from clusters.models import VISITS
from clusters.services import SERVICES, Values
from ilp.core import sql
from ilp.core.crypto import seal

HEADER = (
    ("ordinal", "int"),
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
ON_THE_VISIT = ("facility_id", "seen_on", "sex", "age_days", "age_months")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A checked row: who, where, when, and the values of the service, derived ones included.

    `identity` is the person's blind index; `nik` is None for a temporary identity.
    """

    sheet: str
    row: int
    identity: bytes
    nik: str | None
    name: str
    mother_name: str
    born_on: date
    home_id: int | None
    facility_id: int
    seen_on: date
    sex: str
    age_days: int
    age_months: int
    values: Values


@dataclass(frozen=True)
class Mismatch:
    """A row whose NIK belongs to somebody with another birth date or sex."""

    ordinal: int
    field: str  # born_on or sex


@dataclass(frozen=True)
class Written:
    new: int
    changed: int
    same: int


def typed_columns(service: str) -> tuple[str, ...]:
    return (*SERVICES[service].typed, *SERVICES[service].worked_out)


def stage(service: str, rows: Iterable[Incoming]) -> None:
    """Fill the temporary table `staged` with the rows, numbered from 0."""
    names = typed_columns(service)
    fields = VISITS[service]._meta
    types = [(n, fields.get_field(n).db_type(connection)) for n in names]
    declared = ", ".join(f'"{name}" {kind}' for name, kind in (*HEADER, *types))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE staged ({declared}) ON COMMIT DROP")
        with cursor.copy("COPY staged FROM STDIN") as copy:
            for chunk in _lines(rows, names):
                copy.write(chunk)
        cursor.execute("ANALYZE staged")


def _lines(rows: Iterable[Incoming], names: tuple[str, ...]) -> Iterator[str]:
    """COPY's text format, a thousand rows at a time."""
    lines: list[str] = []
    for ordinal, row in enumerate(rows):
        sealed = None if row.nik is None else seal(row.nik.encode())
        head = (
            ordinal,
            row.sheet,
            row.row,
            row.identity,
            sealed,
            row.name,
            row.mother_name,
            row.born_on,
            row.home_id,
            row.facility_id,
            row.seen_on,
            row.sex,
            row.age_days,
            row.age_months,
        )
        values = row.values
        lines.append("\t".join([_text(v) for v in (*head, *[values[n] for n in names])]))
        if len(lines) == 1000:
            yield "\n".join(lines) + "\n"
            lines.clear()
    if lines:
        yield "\n".join(lines) + "\n"


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: Any) -> str:
    """One value in COPY's text format."""
    if value is None:
        return "\\N"
    kind = type(value)
    if kind is str:
        return value.translate(_ESCAPES) if not value.isalnum() else value
    if kind is bool:
        return "t" if value else "f"
    if kind is bytes:
        return "\\\\x" + value.hex()
    if kind in (list, tuple):
        return "{" + ",".join(value) + "}"
    return str(value)


def register_staged_people() -> list[Mismatch]:
    """Write persons not met before; rows that contradict a known person leave `staged`.

    A contradiction is another birth date or sex under the same NIK: one of the two is wrong, and
    a person has to say which.
    """
    sql.run("clusters/register_staged")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM staged WHERE mismatch IS NOT NULL RETURNING ordinal, mismatch")
        return [Mismatch(*row) for row in cursor.fetchall()]


def move_staged_people() -> None:
    """A home given on a later day than the known one is where the person lives since then."""
    sql.run("clusters/move_staged")


def write_staged_visits(service: str, *, upload_id: int | None, by_id: int | None) -> Written:
    """Insert what is new, rewrite what differs, leave what is the same; mark the cells; fill
    the temporary table `touched` with the persons whose visits were written."""
    statement = _upsert(service)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM staged")
        total = cursor.fetchone()[0]
        cursor.execute(statement, {"upload": upload_id, "by": by_id, "programme": service})
        cursor.execute(
            "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
        )
        new, changed = cursor.fetchone()
    sql.run("clusters/mark_written", programme=service)
    return Written(new, changed, total - new - changed)


@cache
def _upsert(service: str) -> str:
    table = VISITS[service]._meta.db_table
    names = (*ON_THE_VISIT, *typed_columns(service))
    listed = ", ".join(f'"{n}"' for n in names)
    staged = ", ".join(f'staged."{n}"' for n in names)
    kept = [n for n in (*names, "home_id") if n not in ("facility_id", "seen_on")]
    ours = ", ".join(f'visit."{n}"' for n in kept)
    theirs = ", ".join(f'excluded."{n}"' for n in kept)
    updates = ", ".join(f'"{n}" = excluded."{n}"' for n in (*kept, "upload_id", "sheet", "row"))
    return f"""
        CREATE TEMP TABLE homes_before ON COMMIT DROP AS
        SELECT visit.person_id, visit.facility_id, visit.home_id, visit.seen_on
        FROM {table} AS visit
        JOIN staged ON staged.facility_id = visit.facility_id AND staged.seen_on = visit.seen_on
        JOIN clusters_person AS person
          ON person.identity = staged.identity AND person.id = visit.person_id
        WHERE visit.cancelled_at IS NULL;
        CREATE TEMP TABLE written (person_id bigint, facility_id bigint, home_id bigint,
                                   seen_on date, is_new boolean) ON COMMIT DROP;
        WITH upserted AS (
            INSERT INTO {table} AS visit
                (person_id, home_id, {listed}, upload_id, sheet, "row", recorded_by_id)
            SELECT person.id, coalesce(staged.home_id, known.home_id, person.home_id), {staged},
                   %(upload)s::bigint, staged.sheet, staged."row", %(by)s::bigint
            FROM staged JOIN clusters_person AS person ON person.identity = staged.identity
            LEFT JOIN homes_before AS known
                   ON known.person_id = person.id AND known.facility_id = staged.facility_id
                  AND known.seen_on = staged.seen_on
            ORDER BY staged.ordinal
            ON CONFLICT (person_id, facility_id, seen_on) WHERE cancelled_at IS NULL
            DO UPDATE SET {updates}
            WHERE ({ours}) IS DISTINCT FROM ({theirs})
            RETURNING person_id, facility_id, home_id, seen_on, (xmax = 0) AS is_new
        )
        INSERT INTO written SELECT * FROM upserted
    """  # noqa: S608 only names of our own columns
