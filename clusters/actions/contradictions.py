"""Staged rows that cannot be true beside what is known: left out set-wise, with a reason each."""

from __future__ import annotations

from functools import cache

from clusters.models import VISITS
from ilp.core import sql

STAGED = "true"
RENAMED = "staged.ordinal IN (SELECT ordinal FROM renamed)"  # to the identity of another person
OTHER_PERSON = """
    DELETE FROM staged
    USING clusters_person AS person
    WHERE person.identity = staged.identity AND staged.ordinal >= %(first)s
      AND (person.born_on <> staged.born_on OR person.sex <> staged.sex)
    RETURNING ordinal, CASE WHEN person.born_on <> staged.born_on THEN 'born_on' ELSE 'sex' END
"""
DIED_BEFORE = """
    DELETE FROM staged
    USING clusters_person AS person
    WHERE person.identity = staged.identity AND staged.ordinal >= %(first)s
      AND EXISTS (
          SELECT FROM clusters_vital AS death
          WHERE death.person_id = person.id AND death.seen_on < staged.seen_on
            AND death.event = 'meninggal' AND death.cancelled_at IS NULL
      )
    RETURNING ordinal, 'died'
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
    later = " UNION ALL ".join(
        f"SELECT FROM {model._meta.db_table} AS visit WHERE visit.person_id = person.id "  # noqa: S608
        "AND visit.seen_on > staged.seen_on AND visit.cancelled_at IS NULL"
        for model in VISITS.values()
    )
    seen_later = f"""
        DELETE FROM staged
        USING clusters_person AS person
        WHERE person.identity = staged.identity AND staged.ordinal >= %(first)s
          AND staged.event = 'meninggal' AND EXISTS ({later})
        RETURNING ordinal, 'seen_later'
    """  # noqa: S608 our own tables
    twice = """
        DELETE FROM staged
        USING staged AS death
        WHERE death.identity = staged.identity AND staged.ordinal >= %(first)s
          AND death.event = 'meninggal' AND death.seen_on < staged.seen_on
        RETURNING staged.ordinal, 'died'
    """
    return (OTHER_PERSON, DIED_BEFORE, seen_later, twice)
