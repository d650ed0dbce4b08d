"""What cannot be true beside what is known: staged rows are left out set-wise, with a reason each,
and two records of which one is dead while the other lives on are not one person."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.db import connection

from clusters.models import VISITS
from ilp.core import sql

STAGED = "true"
RENAMED = "who.ordinal IN (SELECT ordinal FROM renamed)"  # to the identity of another person
# Nothing speaks against whom the row itself has registered.
OTHER_PERSON = """
    DELETE FROM staged
    USING who JOIN clusters_person AS person ON person.id = who.person_id
    WHERE who.ordinal = staged.ordinal AND who.ordinal >= %(first)s AND NOT who.is_new
      AND (person.born_on <> staged.born_on OR person.sex <> staged.sex)
    RETURNING staged.ordinal,
              CASE WHEN person.born_on <> staged.born_on THEN 'born_on' ELSE 'sex' END
"""
DIED_BEFORE = """
    DELETE FROM staged
    USING who
    WHERE who.ordinal = staged.ordinal AND who.ordinal >= %(first)s AND NOT who.is_new
      AND EXISTS (
          SELECT FROM clusters_vital AS death
          WHERE death.person_id = who.person_id AND death.seen_on < staged.seen_on
            AND death.event = 'meninggal' AND death.cancelled_at IS NULL
      )
    RETURNING staged.ordinal, 'died'
"""


@cache
def lock_staged(service: str, which: str) -> str:
    """What holds the persons of a batch while their rows are compared with what is known."""
    strength = "UPDATE" if service == "vital" else "KEY SHARE"
    text = sql.text("clusters/lock_staged")
    return text.replace("{which}", which).replace("{strength}", strength)


@cache
def contradictions(service: str) -> tuple[str, ...]:
    """What leaves out the rows of a batch that contradict what is known of a person.

    Each answers with (ordinal, what it contradicts). Visits after a death are left out and, among
    deaths, those of people who were seen later.
    """
    if service != "vital":
        return (OTHER_PERSON, DIED_BEFORE)
    later = standing_visits("visit.person_id = who.person_id AND visit.seen_on > staged.seen_on")
    seen_later = f"""
        DELETE FROM staged
        USING who
        WHERE who.ordinal = staged.ordinal AND who.ordinal >= %(first)s AND NOT who.is_new
          AND staged.event = 'meninggal' AND EXISTS ({later})
        RETURNING staged.ordinal, 'seen_later'
    """  # noqa: S608 our own tables
    twice = """
        DELETE FROM staged
        USING staged AS death
        WHERE death.identity = staged.identity AND staged.ordinal >= %(first)s
          AND death.event = 'meninggal' AND death.seen_on < staged.seen_on
        RETURNING staged.ordinal, 'died'
    """
    return (OTHER_PERSON, DIED_BEFORE, seen_later, twice)


def seen_after_death(people: Collection[int]) -> bool:
    """Whether a visit of one of these records is later than a death of one of them."""
    later = standing_visits("visit.person_id = ANY(%(people)s) AND visit.seen_on > death.seen_on")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT EXISTS (
                SELECT FROM clusters_vital AS death
                WHERE death.person_id = ANY(%(people)s) AND death.event = 'meninggal'
                  AND death.cancelled_at IS NULL AND EXISTS ({later})
            )
            """,  # noqa: S608 our own tables
            {"people": list(people)},
        )
        return bool(cursor.fetchone()[0])


@cache
def against_death(service: str) -> str:
    """Which visits `came` of %(gone)s contradict a death of %(kept)s, or are one against visits."""
    found = """EXISTS (
        SELECT FROM clusters_vital AS death
        WHERE death.person_id = %(kept)s AND death.seen_on < came.seen_on
          AND death.event = 'meninggal' AND death.cancelled_at IS NULL
    )"""
    if service != "vital":
        return found
    later = standing_visits("visit.person_id = %(kept)s AND visit.seen_on > came.seen_on")
    return f"({found} OR came.event = 'meninggal' AND EXISTS ({later}))"


def standing_visits(condition: str, columns: str = "") -> str:
    """Standing visits of all services of which something holds."""
    return " UNION ALL ".join(
        f"SELECT {columns} FROM {model._meta.db_table} AS visit "  # noqa: S608 our own tables
        f"WHERE visit.cancelled_at IS NULL AND {condition}"
        for model in VISITS.values()
    )
