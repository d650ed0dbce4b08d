"""Two days of a person that lie too close to be true, found set-wise."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from clusters.models import VISITS
from clusters.services import SERVICES


def leave_out_too_close(service: str) -> list[int]:
    """Take out of `staged` the rows that contradict another visit by their day; their ordinals.

    A visit that a staged row replaces no longer speaks against anything; of two rows of a file
    the later one is left out. What "too close" means is declared by the service.
    """
    apart = SERVICES[service].apart
    if apart is None:
        return []
    table = VISITS[service]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH met AS MATERIALIZED (
                SELECT staged.ordinal, person.id AS person_id, staged.{apart.column} AS day
                FROM staged JOIN clusters_person AS person ON person.identity = staged.identity
            ),
            said AS (
                SELECT person_id, day, ordinal FROM met
                UNION ALL
                SELECT visit.person_id, visit.{apart.column}, -1
                FROM {table} AS visit
                WHERE visit.cancelled_at IS NULL
                  AND visit.person_id IN (SELECT person_id FROM met)
                  AND NOT EXISTS (SELECT FROM known WHERE known.id = visit.id)
            )
            DELETE FROM staged USING met
            WHERE met.ordinal = staged.ordinal AND EXISTS (
                SELECT FROM said
                WHERE said.person_id = met.person_id AND said.ordinal < met.ordinal
                  AND said.day <> met.day AND abs(said.day - met.day) < %s
            )
            RETURNING staged.ordinal
            """,  # noqa: S608 only names of our own table and column
            [apart.days],
        )
        return sorted(ordinal for (ordinal,) in cursor.fetchall())


def too_close(people: Collection[int]) -> bool:
    """Whether standing visits of these records would contradict each other as one person's."""
    pairs = " UNION ALL ".join(
        f"SELECT FROM {table} AS one JOIN {table} AS other ON other.id > one.id "  # noqa: S608
        f"WHERE one.person_id = ANY(%(people)s) AND other.person_id = ANY(%(people)s) "
        f"AND one.cancelled_at IS NULL AND other.cancelled_at IS NULL "
        f"AND one.{apart.column} <> other.{apart.column} "
        f"AND abs(one.{apart.column} - other.{apart.column}) < {int(apart.days)}"
        for table, apart in (
            (VISITS[code]._meta.db_table, service.apart)
            for code, service in SERVICES.items()
            if service.apart
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({pairs})", {"people": list(people)})
        return bool(cursor.fetchone()[0])
