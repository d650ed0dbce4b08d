"""What follows from visits: pregnancies, milestones, how children stood each month.

All of it is derived, set-wise, for touched persons only, and marks the cells that it changes. Who
was touched is a list in the database (`TouchedPerson`), written with the visits and worked off by
the roll-up, so that nobody who sends a workbook waits for it. ADR 0014.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from clusters.actions.moving import move_visits
from clusters.actions.standing import collect_standing
from clusters.growth.kbm import MINIMUM_GAINS
from clusters.milestones import (
    MILESTONES,
    PREGNANCY_DAYS,
    PREGNANCY_GAP_DAYS,
    SCOPE_KEYS,
    STATE_CODES,
    Milestone,
    Need,
    Scope,
)
from clusters.models import VISITS, Merge
from clusters.models import Milestone as Reached
from ilp.core import sql
from ilp.core.models import User

# What of a treatment is also counted in the month in which it began: cohorts.
BY_START = tuple(m.code for m in MILESTONES if m.scope is Scope.TREATMENT)
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
    """Bring everything derived from this service's visits up to date for the touched persons."""
    _lock_touched()
    if service == "antenatal":
        sql.run("clusters/link_pregnancies", gap=PREGNANCY_GAP_DAYS)
    if service == "growth":
        sql.run("clusters/settle_growth_months", kbm=_least_gain())
    if service not in WITH_MILESTONES:
        return
    _collect_reached(service)
    collect_standing(service)
    sql.run(
        "clusters/settle_milestones",
        service=service,
        by_start=list(BY_START),
        states=sorted(STATE_CODES),
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


@cache
def _followers(service: str) -> tuple[str, ...]:
    """Other services whose milestones ask for one of this service's: to be worked out after it."""
    own = {m.code for m in MILESTONES if m.service == service}
    found = {m.service for m in MILESTONES if any(n.after in own for n in m.needs)}
    return tuple(sorted(found - {service}))


def _lock_touched() -> None:
    """One deriver per person at a time, in one order, so that two workers cannot cross.

    Locked before anything is read, so the second one sees what the first has written.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM clusters_person WHERE id IN (SELECT person_id FROM touched) "
            "ORDER BY id FOR NO KEY UPDATE"
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


def _collect_reached(service: str) -> None:
    """Fill the temporary table `reached` with every milestone of the touched persons."""
    text, params = _reached_query(service)
    table = VISITS[service]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE met ON COMMIT DROP AS {text}", params)
        cursor.execute(
            f"""
            CREATE TEMP TABLE reached ON COMMIT DROP AS
            SELECT DISTINCT ON (met.person_id, met.code, met.scope)
                   met.person_id, met.code, met.scope, met.reached_on, visit.facility_id,
                   visit.home_id, visit.sex, visit.id AS visit_id
            FROM met
            JOIN {table} AS visit
              ON visit.person_id = met.person_id AND visit.seen_on = met.reached_on
             AND visit.cancelled_at IS NULL
            ORDER BY met.person_id, met.code, met.scope, visit.id;
            DROP TABLE met
            """  # noqa: S608 the table's name is our own
        )


@cache
def _reached_query(service: str) -> tuple[str, tuple[Any, ...]]:
    """One statement that gives (person_id, code, scope, reached_on) of all milestones.

    The inner query, one line a person and scope, has a column for each distinct need; the outer
    turns the columns into lines.
    """
    lines, params, inner_params, inner = [], [], [], []
    for kind in Scope:
        rules = [m for m in MILESTONES if m.service == service and m.scope is kind]
        if not rules:
            continue
        needs = {_key(n): n for rule in rules for n in rule.needs}
        columns = {key: f"need{number}" for number, key in enumerate(needs)}
        text, own_params = _needs_query(service, kind, {columns[k]: n for k, n in needs.items()})
        lines = [_line(rule, columns) for rule in rules]
        params = [value for rule in rules for value in (rule.code, rule.since, rule.until)]
        inner.append(
            f"SELECT person_id, line.code, scope, line.reached_on FROM ({text}) AS w "  # noqa: S608
            f"CROSS JOIN LATERAL (VALUES {', '.join(lines)}) AS line (code, since, until, "
            "reached_on) WHERE line.reached_on IS NOT NULL AND scope >= line.since "
            "AND (line.until IS NULL OR scope < line.until)"
        )
        inner_params += [*own_params, *params]
    return " UNION ALL ".join(inner), tuple(inner_params)


def _key(need: Need) -> str:
    """Equal for needs that one column can answer."""
    return repr((need.when, need.nth, need.sum_of, need.after))


def _ended_in(code: str) -> Exists:
    """Whether the pregnancy that ended on the visit's day of birth had reached that milestone."""
    nearest, furthest = (timedelta(days=days) for days in PREGNANCY_DAYS)
    born = OuterRef("delivered_on")
    return Exists(
        Reached.objects.filter(
            person=OuterRef("person"),
            code=code,
            scope__range=(born - furthest, born - nearest),
            on__lte=born,
        )
    )


def _needs_query(service: str, kind: Scope, needs: dict[str, Need]) -> tuple[str, tuple[Any, ...]]:
    visits = VISITS[service].objects.filter(cancelled_at=None).annotate(scope=SCOPE_KEYS[kind])
    asked = {need.after for need in needs.values() if need.after}
    rows = (
        visits.filter(person_id__in=RawSQL("SELECT person_id FROM touched", []))
        .alias(**{f"after_{code}": _ended_in(code) for code in asked})
        .exclude(scope=None)
        .values("person_id", "scope")
        .annotate(**{name: _date_of(need, visits) for name, need in needs.items()})
        .order_by()
    )
    text, params = rows.query.sql_with_params()
    return text, params


def _met(need: Need) -> Q:
    return need.when & Q(**{f"after_{need.after}": True}) if need.after else need.when


def _date_of(need: Need, visits: QuerySet[Any]) -> Any:
    """The day on which a need is met or, for an n-th visit, all days of such visits."""
    if need.sum_of:
        earlier = visits.filter(
            need.when,
            person_id=OuterRef("person_id"),
            scope=OuterRef("scope"),
            seen_on__lte=OuterRef("seen_on"),
        )
        so_far = earlier.order_by().values("person_id").annotate(n=Sum(need.sum_of)).values("n")
        enough = Q(GreaterThanOrEqual(Subquery(so_far), need.nth))
        return Min("seen_on", filter=need.when & enough)
    if need.nth == 1:
        return Min("seen_on", filter=_met(need))
    return ArrayAgg("seen_on", filter=_met(need), order_by=[F("seen_on")])


def _line(rule: Milestone, columns: dict[str, str]) -> str:
    """`(code, since, until, date or null)`: the last of its needs' dates, if all have one."""
    dates = []
    for need in rule.needs:
        column = columns[_key(need)]
        is_date = need.nth == 1 or need.sum_of
        dates.append(f"w.{column}" if is_date else f"w.{column}[{need.nth}]")
    met = " AND ".join(f"{one} IS NOT NULL" for one in dates)
    return f"(%s, %s::date, %s::date, CASE WHEN {met} THEN greatest({', '.join(dates)}) END)"
