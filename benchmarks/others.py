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
    """Persons of the service's age and sex, with their home and the place that serves it."""
    low, high = service.age_months
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT person.id, facility_id, person.home_id, sex, born_on
            FROM clusters_person AS person JOIN bench_posyandu USING (home_id)
            WHERE strpos(%s, sex) > 0 AND born_on <= %s
              AND (%s::date - born_on) / 30.4375 >= %s AND (%s::date - born_on) / 30.4375 < %s
            ORDER BY hashint8(person.id) LIMIT %s
            """,
            [service.sexes, month.first_day, month.first_day, low + 1, month.last_day, high - 1,
             count],
        )  # fmt: skip
        return cursor.fetchall()


def _visit(service: Service, person: tuple[Any, ...], month: Month, random: Random) -> list[Any]:
    who, facility, home, sex, born_on = person
    seen_on = month.first_day.replace(day=random.randint(1, 28))
    days = (seen_on - born_on).days
    typed = {f.name: _value(f, seen_on, random) for f in service.fields}
    known = typed | {"sex": sex, "age_days": days, "seen_on": seen_on, "born_on": born_on}
    known["age_months"] = int(days / 30.4375)
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
