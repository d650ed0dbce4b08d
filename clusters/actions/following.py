"""What follows from visits: pregnancies, milestones, how children stood each month.

All of it is derived, set-wise, for touched persons only, and marks the cells that it changes. Who
was touched is a list in the database (`TouchedPerson`), written with the visits and worked off by
the roll-up, so that nobody who sends a workbook waits for it. ADR 0014.
"""

from __future__ import annotations

import json
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from clusters.actions.moving import leave_out_contradicted, move_visits
from clusters.actions.reaching import collect_reached
from clusters.actions.standing import collect_standing
from clusters.growth.kbm import MINIMUM_GAINS
from clusters.milestones import (
    MILESTONES,
    PREGNANCY_GAP_DAYS,
    STATES,
    Scope,
)
from clusters.models import VISITS, Merge
from ilp.core import sql
from ilp.core.models import User

WITH_MILESTONES = frozenset(m.service for m in MILESTONES)
BATCH = 20_000  # persons; about what a transaction settles in a few seconds
CLAIM = """
    CREATE TEMP TABLE claimed ON COMMIT DROP AS
    SELECT id, person_id, service FROM clusters_touchedperson
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
TOUCHED = """
    CREATE TEMP TABLE touched ON COMMIT DROP AS
    SELECT DISTINCT person_id FROM claimed WHERE service = %s
"""

# One deriver per person at a time, in one order, so that two workers cannot cross; before anything
# is read, so that the second one sees what the first has written.
LOCK = """
    SELECT id FROM clusters_person WHERE id IN (SELECT person_id FROM %s)
    ORDER BY id FOR NO KEY UPDATE
"""
# A workbook that was on its way while its person was merged wrote under the merged record.
STRAGGLERS = """
    SELECT DISTINCT merge.id FROM claimed
    JOIN clusters_merge AS merge ON merge.gone_id = claimed.person_id
    WHERE merge.undone_at IS NULL
"""


def follow_touched(*, by: User | None) -> int:
    """Work out what follows for every person whose visits changed; how many there were.

    A transaction for each batch. Rows are claimed with SKIP LOCKED, so several workers share the
    list, and deleted in the transaction that wrote what follows, so a killed worker loses nothing.
    """
    del by  # the visits' writer is on record; this is the system's
    total = 0
    while done := _follow_batch():
        total += done
    return total


@transaction.atomic
def _follow_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [BATCH])
        cursor.execute("SELECT DISTINCT service FROM claimed ORDER BY service")
        services = [service for (service,) in cursor.fetchall()]
        cursor.execute(STRAGGLERS)
        _bring_home([merge for (merge,) in cursor.fetchall()])
        cursor.execute(LOCK % "claimed")  # of all services at once: one by one they would cross
        for service in services:
            cursor.execute(TOUCHED, [service])
            follow_service(service)
            cursor.execute("DROP TABLE touched")
        cursor.execute(
            "DELETE FROM clusters_touchedperson WHERE id IN (SELECT id FROM claimed); "
            "SELECT count(*) FROM claimed"
        )
        cursor.nextset()
        count = int(cursor.fetchone()[0])
        cursor.execute("DROP TABLE claimed")
    return count


def _bring_home(merges: list[int]) -> None:
    """Move visits that came in under merged records since to the kept ones, who follow next."""
    for merge in Merge.objects.filter(pk__in=merges).order_by("pk"):
        leave_out_contradicted(merge)
        move_visits(merge)


@transaction.atomic
def touch_everyone(*, by: User | None) -> None:
    """Put all who have visits on the list, after a change of what follows from visits."""
    del by  # what follows is derived; nothing that anybody said changes
    with connection.cursor() as cursor:
        for service, visits in VISITS.items():
            table = visits._meta.db_table
            text = f"SELECT DISTINCT person_id, %s FROM {table}"  # noqa: S608 our own table
            cursor.execute(
                f"INSERT INTO clusters_touchedperson (person_id, service) {text}", [service]
            )


def follow_service(service: str) -> None:
    """Bring everything derived from this service's visits up to date for the touched persons, whom
    the caller holds (`LOCK`)."""
    if service == "antenatal":
        sql.run("clusters/link_pregnancies", gap=PREGNANCY_GAP_DAYS)
    if service == "growth":
        sql.run("clusters/settle_growth_months", kbm=_least_gain())
    if service not in WITH_MILESTONES:
        return
    collect_reached(service)
    collect_standing(service)
    sql.run(
        "clusters/settle_milestones",
        service=service,
        by_start=_by_start(service),
        states=_states(service),
        today=timezone.localdate(),
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE reached")
        for dependent in _followers(service):
            table = VISITS[dependent]._meta.db_table
            cursor.execute(
                f"""
                INSERT INTO clusters_touchedperson (person_id, service)
                SELECT DISTINCT person_id, %s FROM {table} JOIN touched USING (person_id)
                """,  # noqa: S608 our own table
                [dependent],
            )
        for dependent in _beside(service):
            cursor.execute(*_touch_beside(service, dependent))


@cache
def _by_start(service: str) -> list[str]:
    """What of a treatment is also counted in the month in which it began: cohorts."""
    return [m.code for m in MILESTONES if m.service == service and m.scope is Scope.TREATMENT]


@cache
def _states(service: str) -> list[str]:
    return [s.code for s in STATES if s.service == service]


@cache
def _followers(service: str) -> tuple[str, ...]:
    """Other services whose milestones ask for one of this service's: to be worked out after it."""
    own = {m.code for m in MILESTONES if m.service == service}
    found = {
        m.service
        for m in MILESTONES
        if (m.due and m.due.reached in own)
        or any(n.after in own or n.without in own for n in m.needs)
    }
    return tuple(sorted(found - {service}))


@cache
def _beside(service: str) -> tuple[str, ...]:
    """Services whose milestones this one's visits meet as well."""
    found = {m.service for m in MILESTONES if any(service in n.also for n in m.needs)}
    return tuple(sorted(found - {service}))


@cache
def _touch_beside(service: str, dependent: str) -> tuple[str, tuple[Any, ...]]:
    """Put on the list whoever has a visit that is counted there, or reached something before.

    Also who has no visit of the dependent service; the others gain and lose nothing by it.
    """
    rules = [m for m in MILESTONES if m.service == dependent]
    met = [(m.code, n.also[service]) for m in rules for n in m.needs if service in n.also]
    visits = VISITS[service].objects.filter(
        reduce(or_, (when for _code, when in met)),
        cancelled_at=None,
        person_id__in=RawSQL("SELECT person_id FROM touched", []),
    )
    text, params = visits.values("person_id").query.sql_with_params()
    return (
        "INSERT INTO clusters_touchedperson (person_id, service) "  # noqa: S608 our own names
        f"SELECT person_id, %s FROM ({text} UNION SELECT person_id FROM clusters_milestone "
        "WHERE person_id IN (SELECT person_id FROM touched) AND code = ANY (%s)) AS counted",
        (dependent, *params, sorted({code for code, _when in met})),
    )


@cache
def _least_gain() -> str:
    """The KBM table as JSON, in the shape that settle_growth_months.sql reads."""
    return json.dumps(
        [
            {
                "sex": sex,
                "age_months": age,
                "grams": rule.grams(sex, age),
                "since": rule.since.isoformat(),
                "until": rule.until and rule.until.isoformat(),
            }
            for rule in MINIMUM_GAINS
            for sex in "LP"
            for age in range(1, rule.last_month + 1)
        ]
    )
