"""Checked rows on their way into the tables: COPY into a temporary table, then a few statements.

Set-wise, because a row at a time is seventy times slower. The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection

from clusters.milestones import PREGNANCY_GAP_DAYS
from clusters.models import VISITS
from clusters.services import SERVICES, Field, Kind, Values
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
JOINED = ("ordinal", "identity", "facility_id", "seen_on")  # what the planner needs to know
NULL = str(None)
CHUNK = 1_000
ON_THE_VISIT = ("facility_id", "seen_on", "sex", "age_days", "age_months")


@dataclass(slots=True)
class Incoming:
    """A checked row: who, where, when, and the values of the service, derived ones included.

    `identity` is the person's blind index; `nik` is None for a temporary identity. Not frozen only
    because that makes each of them eight times dearer; nothing changes one.
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
        with cursor.copy(f"COPY staged FROM STDIN (NULL '{NULL}')") as copy:
            for chunk in _lines(rows, service):
                copy.write(chunk)
        cursor.execute(f"ANALYZE staged ({', '.join(JOINED)})")


def _lines(rows: Iterable[Incoming], service: str) -> Iterator[str]:
    """COPY's text format, a thousand rows at a time.

    `str` writes numbers, dates and truth values as COPY reads them, and None as the word that
    `stage` declares to mean NULL; only free text and lists need more.
    """
    names = typed_columns(service)
    special = [(n, _SPECIAL[f.kind]) for n, f in _fields(service) if f.kind in _SPECIAL]
    values_of = itemgetter(*names)
    join = "\t".join
    lines: list[str] = []
    for ordinal, row in enumerate(rows):
        values = row.values
        if special:
            values = values | {n: write(values[n]) for n, write in special if values[n]}
        lines.append(f"{ordinal}\t{_head(row)}\t{join(map(str, values_of(values)))}")
        if len(lines) == CHUNK:
            yield "\n".join(lines) + "\n"
            lines.clear()
    if lines:
        yield "\n".join(lines) + "\n"


def _head(row: Incoming) -> str:
    sealed = NULL if row.nik is None else f"\\\\x{seal(row.nik.encode()).hex()}"
    return (
        f"{_text(row.sheet)}\t{row.row}\t\\\\x{row.identity.hex()}\t{sealed}\t{_text(row.name)}\t"
        f"{_text(row.mother_name)}\t{row.born_on.isoformat()}\t{row.home_id}\t{row.facility_id}\t"
        f"{row.seen_on.isoformat()}\t{row.sex}\t{row.age_days}\t{row.age_months}"
    )


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(text: str) -> str:
    """Free text in COPY's format; a person may be called as NULL is written."""
    if text.isprintable() and "\\" not in text and text != NULL:
        return text
    return text.translate(_ESCAPES) if text != NULL else f"\\x{ord(NULL[0]):x}{NULL[1:]}"


def _list(codes: Sequence[str]) -> str:
    return "{" + ",".join(codes) + "}"


_SPECIAL: dict[Kind, Callable[[Any], str]] = {Kind.TEXT: _text, Kind.CODES: _list}


def _fields(service: str) -> list[tuple[str, Field]]:
    return [(field.name, field) for field in SERVICES[service].fields]


def register_staged_people() -> list[Mismatch]:
    """Write persons not met before; rows that contradict a known person leave `staged`.

    A contradiction is another birth date or sex under the same NIK: one of the two is wrong, and
    a person has to say which.
    """
    return [Mismatch(*row) for row in sql.run("clusters/register_staged")]


def move_staged_people() -> None:
    """A home given on a later day than the known one is where the person lives since then."""
    sql.run("clusters/move_staged")


def write_staged_visits(service: str, *, upload_id: int | None, by_id: int | None) -> Written:
    """Insert what is new, rewrite what differs, leave what is the same; mark the cells; fill
    the temporary table `touched` with the persons whose visits were written."""
    with connection.cursor() as cursor:
        cursor.execute(_known(service))
        if service == "antenatal":
            sql.run("clusters/link_staged", gap=PREGNANCY_GAP_DAYS)
        cursor.execute(_upsert(service), {"upload": upload_id, "by": by_id})
        cursor.execute(
            "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new), "
            "(SELECT count(*) FROM staged) FROM written"
        )
        new, changed, total = cursor.fetchone()
    sql.run("clusters/mark_written", programme=service)
    return Written(new, changed, total - new - changed)


def _known(service: str) -> str:
    """Fill the temporary table `known` with the standing visits that staged rows are about."""
    return f"""
        CREATE TEMP TABLE known ON COMMIT DROP AS
        SELECT visit.id, visit.person_id, visit.facility_id, visit.home_id, visit.seen_on
        FROM staged
        JOIN clusters_person AS person ON person.identity = staged.identity
        JOIN {VISITS[service]._meta.db_table} AS visit
          ON visit.person_id = person.id AND visit.facility_id = staged.facility_id
         AND visit.seen_on = staged.seen_on AND visit.cancelled_at IS NULL;
        ANALYZE known
    """  # noqa: S608 the table's name is our own


@cache
def _upsert(service: str) -> str:
    table = VISITS[service]._meta.db_table
    names = (*ON_THE_VISIT, *typed_columns(service))
    linked = [d.name for d in SERVICES[service].derived if d.linked]
    inserted = ", ".join(f'"{n}"' for n in (*names, *linked))
    staged = ", ".join([*(f'staged."{n}"' for n in names), *(f'linked."{n}"' for n in linked)])
    join = "LEFT JOIN linked ON linked.ordinal = staged.ordinal" if linked else ""
    kept = [n for n in (*names, "home_id") if n not in ("facility_id", "seen_on")]
    ours = ", ".join(f'visit."{n}"' for n in kept)
    theirs = ", ".join(f'excluded."{n}"' for n in kept)
    updates = ", ".join(f'"{n}" = excluded."{n}"' for n in (*kept, "upload_id", "sheet", "row"))
    return f"""
        CREATE TEMP TABLE written (person_id bigint, facility_id bigint, home_id bigint,
                                   seen_on date, is_new boolean) ON COMMIT DROP;
        WITH upserted AS (
            INSERT INTO {table} AS visit
                (person_id, home_id, {inserted}, upload_id, sheet, "row", recorded_by_id)
            SELECT person.id, coalesce(staged.home_id, known.home_id, person.home_id), {staged},
                   %(upload)s::bigint, staged.sheet, staged."row", %(by)s::bigint
            FROM staged JOIN clusters_person AS person ON person.identity = staged.identity
            LEFT JOIN known
                   ON known.person_id = person.id AND known.facility_id = staged.facility_id
                  AND known.seen_on = staged.seen_on
            {join}
            ORDER BY staged.ordinal
            ON CONFLICT (person_id, facility_id, seen_on) WHERE cancelled_at IS NULL
            DO UPDATE SET {updates}
            WHERE ({ours}) IS DISTINCT FROM ({theirs})
            RETURNING person_id, facility_id, home_id, seen_on, (xmax = 0) AS is_new
        )
        INSERT INTO written SELECT * FROM upserted
    """  # noqa: S608 only names of our own columns
