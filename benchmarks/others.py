"""Visits of the services that fill.sql does not write, with values as their declarations allow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from django.db import connection

from clusters.milestones import MILESTONES
from clusters.models import VISITS
from clusters.services import SERVICES, Field, Kind, Service
from ilp.core.months import Month

FILLED = frozenset({"growth", "immunisation", "adult", "antenatal"})
SEED = 17
DISEASES = ("I10", "E11.9", "J06.9", "A09", "K30", "M79.1")
DAYS = 30.4375  # in a month
OLDEST = 90 * 12  # months
HEADER = ("person_id", "facility_id", "home_id", "seen_on", "sex", "age_days", "age_months")


def fill_others(month: Month, *, visits: int) -> None:
    """Spread so many visits over the other services, and what is reached by two in five of them."""
    others = [service for code, service in SERVICES.items() if code not in FILLED]
    for service in others:
        random = Random(f"{SEED} {service.code}")
        people = _people(service, month, visits // len(others))
        _copy(service, [_visit(service, person, month, random) for person in people])
        _reach(service, month)


def _people(service: Service, month: Month, count: int) -> list[tuple[Any, ...]]:
    """New persons of the service's ages and sexes: id, place that serves them, home, sex, birth."""
    low, high = service.age_months
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO clusters_person
                (identity, nik_sealed, is_temporary, name, mother_name, sex, born_on, home_id,
                 home_since, registered_at)
            SELECT sha256((%(code)s || one.n)::bytea), sha512((%(code)s || one.n)::bytea), false,
                   'Orang ' || one.n, '', substr(%(sexes)s, 1 + one.n %% length(%(sexes)s), 1),
                   born_on, home_id, born_on, now()
            FROM generate_series(1, %(count)s) AS one (n)
            JOIN bench_posyandu AS place
              ON place.n = one.n %% (SELECT count(*) FROM bench_posyandu)
            CROSS JOIN LATERAL (
                SELECT %(first)s - (%(youngest)s + one.n * 13 %% %(spread)s)::int AS born_on
            ) AS birth
            """,
            {
                "code": service.code,
                "sexes": service.sexes,
                "count": count,
                "first": month.first_day,
                "youngest": round(low * DAYS),
                "spread": max(1, round((min(high, OLDEST) - 1 - low) * DAYS) - 31),
            },
        )
        cursor.execute(
            """
            SELECT person.id, facility_id, person.home_id, sex, born_on
            FROM clusters_person AS person JOIN bench_posyandu USING (home_id)
            WHERE identity IN (SELECT sha256((%s || n)::bytea) FROM generate_series(1, %s) AS n)
            ORDER BY person.id
            """,
            [service.code, count],
        )
        return cursor.fetchall()


def _visit(service: Service, person: tuple[Any, ...], month: Month, random: Random) -> list[Any]:
    who, facility, home, sex, born_on = person
    seen_on = month.first_day.replace(day=random.randint(1, 28))
    days = (seen_on - born_on).days
    typed = {f.name: _value(f, seen_on, random) for f in service.fields}
    known = typed | {"sex": sex, "age_days": days, "seen_on": seen_on, "born_on": born_on}
    known["age_months"] = int(days / DAYS)
    derived = service.derive(known)
    return [
        *(who, facility, home, seen_on, sex, days, known["age_months"]),
        *(typed[name] for name in service.typed),
        *(derived.get(name) for name in service.worked_out),
    ]


def _value(field: Field, seen_on: date, random: Random) -> Any:
    """A value that the database takes; one in five is left out."""
    if random.random() < 0.2:
        return None
    low, high = field.warn or field.reject or (0, 9)
    kinds = {
        Kind.INTEGER: lambda: random.randint(int(low), int(high)),
        Kind.DECIMAL: lambda: round(random.uniform(low, high), field.places),
        Kind.YES_NO: lambda: random.random() < 0.6,
        Kind.DATE: lambda: seen_on,
        Kind.CHOICE: lambda: random.choice(field.choices).code,
        Kind.CODES: lambda: sorted({random.choice(field.choices).code for _ in range(3)}),
        Kind.DIAGNOSIS: lambda: random.choice(DISEASES),
        Kind.TEXT: lambda: "contoh",
    }
    return kinds[field.kind]()


def _copy(service: Service, rows: Iterable[list[Any]]) -> None:
    columns = [*HEADER, *service.typed, *service.worked_out]
    listed = ", ".join(f'"{name}"' for name in columns)
    table = VISITS[service.code]._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _reach(service: Service, month: Month) -> None:
    codes = sorted({m.code for m in MILESTONES if m.service == service.code})
    table = VISITS[service.code]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO clusters_milestone
                (person_id, service, code, scope, "on", facility_id, home_id, sex, visit_id)
            SELECT person_id, %s, code, date_trunc('year', seen_on)::date, seen_on, facility_id,
                   home_id, sex, id
            FROM {table} CROSS JOIN unnest(%s::text[]) AS code
            WHERE seen_on BETWEEN %s AND %s AND hashint8(person_id + hashtext(code)) & 7 < 3
            ON CONFLICT DO NOTHING
            """,
            [service.code, codes, month.first_day, month.last_day],
        )
        cursor.execute(f"VACUUM ANALYZE {table}, clusters_milestone")
