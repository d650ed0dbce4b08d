"""Which milestones people have reached: one statement a service, made of what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThanOrEqual, IsNull

from clusters.milestones import MILESTONES, PREGNANCY_DAYS, SCOPE_KEYS, Milestone, Need, Scope
from clusters.models import VISITS
from clusters.models import Milestone as Reached


def collect_reached(service: str) -> None:
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
    return repr(need)


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


def _had(need: Need) -> Exists:
    """Whether the person had reached the milestone that a need asks not to have been reached."""
    held = Reached.objects.filter(person=OuterRef("person"), code=need.without)
    return Exists(held if need.ever else held.filter(on__lte=OuterRef("seen_on")))


def _asked(needs: Iterable[Need]) -> dict[str, Exists]:
    """What the needs ask of other services, by the names under which `_met` knows it."""
    found = {f"after_{n.after}": _ended_in(n.after) for n in needs if n.after}
    return found | {_had_name(n): _had(n) for n in needs if n.without}


def _had_name(need: Need) -> str:
    return f"{'ever' if need.ever else 'had'}_{need.without}"


def _needs_query(service: str, kind: Scope, needs: dict[str, Need]) -> tuple[str, tuple[Any, ...]]:
    visits = VISITS[service].objects.filter(cancelled_at=None).annotate(scope=SCOPE_KEYS[kind])
    rows = (
        visits.filter(person_id__in=RawSQL("SELECT person_id FROM touched", []))
        .alias(**_asked(needs.values()))
        .exclude(scope=None)
        .values("person_id", "scope")
        .annotate(**{name: _date_of(need, visits) for name, need in needs.items()})
        .order_by()
    )
    text, params = rows.query.sql_with_params()
    return text, params


def _met(need: Need) -> Q:
    when = need.when & Q(**{f"after_{need.after}": True}) if need.after else need.when
    return when & Q(**{_had_name(need): False}) if need.without else when


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
        day = Min("seen_on", filter=_met(need))
        if need.unless is None:
            return day
        return Case(When(IsNull(Min("seen_on", filter=need.unless), True), then=day))
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
