"""Which milestones people have reached: one statement a service, made of what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThanOrEqual, IsNull

from clusters.milestones import MILESTONES, PREGNANCY_DAYS, SCOPE_KEYS, Milestone, Need, Scope
from clusters.models import VISITS
from clusters.models import Milestone as Reached

# A visit's day and, of those of one day, its number, as one value: its order is that of the visits,
# and it leads back to the visit itself, not to any that its person had on that day.
NUMBERS = 1 << 40
MOMENT: Any = Func(
    F("seen_on"),
    F("id"),
    template="((%(expressions)s))",
    arg_joiner=f" - date '0001-01-01')::bigint * {NUMBERS} + (",
    output_field=BigIntegerField(),
)


def collect_reached(service: str) -> None:
    """Fill the temporary table `reached` with every milestone of the touched persons."""
    text, params = _reached_query(service)
    table = VISITS[service]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE met ON COMMIT DROP AS {text}", params)
        cursor.execute(
            f"""
            CREATE TEMP TABLE reached ON COMMIT DROP AS
            SELECT met.person_id, met.code, met.scope, visit.seen_on AS reached_on,
                   visit.facility_id, visit.home_id, visit.sex, visit.id AS visit_id
            FROM met JOIN {table} AS visit ON visit.id = met.moment % {NUMBERS};
            DROP TABLE met
            """  # noqa: S608 the table's name is our own
        )


@cache
def _reached_query(service: str) -> tuple[str, tuple[Any, ...]]:
    """One statement that gives (person_id, code, scope, moment) of all milestones.

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
            f"SELECT person_id, line.code, scope, line.moment FROM ({text}) AS w "  # noqa: S608
            f"CROSS JOIN LATERAL (VALUES {', '.join(lines)}) AS line (code, since, until, "
            "moment) WHERE line.moment IS NOT NULL AND scope >= line.since "
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
        .annotate(**{name: _moment_of(need, visits) for name, need in needs.items()})
        .order_by()
    )
    text, params = rows.query.sql_with_params()
    return text, params


def _met(need: Need) -> Q:
    when = need.when & Q(**{f"after_{need.after}": True}) if need.after else need.when
    return when & Q(**{_had_name(need): False}) if need.without else when


def _moment_of(need: Need, visits: QuerySet[Any]) -> Any:
    """The visit with which a need is met or, for an n-th visit, all such visits in order."""
    if need.sum_of:
        on_the_day = Q(seen_on=OuterRef("seen_on"), id__lte=OuterRef("id"))
        earlier = visits.filter(
            need.when,
            Q(seen_on__lt=OuterRef("seen_on")) | on_the_day,
            person_id=OuterRef("person_id"),
            scope=OuterRef("scope"),
        )
        so_far = earlier.order_by().values("person_id").annotate(n=Sum(need.sum_of)).values("n")
        enough = Q(GreaterThanOrEqual(Subquery(so_far), need.nth))
        return Min(MOMENT, filter=need.when & enough)
    if need.nth == 1:
        first = Min(MOMENT, filter=_met(need))
        if need.unless is None:
            return first
        return Case(When(IsNull(Min("seen_on", filter=need.unless), True), then=first))
    return ArrayAgg(MOMENT, filter=_met(need), order_by=[MOMENT])


def _line(rule: Milestone, columns: dict[str, str]) -> str:
    """`(code, since, until, moment or null)`: the last of its needs' visits, if all have one."""
    moments = []
    for need in rule.needs:
        column = columns[_key(need)]
        is_one = need.nth == 1 or need.sum_of
        moments.append(f"w.{column}" if is_one else f"w.{column}[{need.nth}]")
    met = " AND ".join(f"{one} IS NOT NULL" for one in moments)
    return f"(%s, %s::date, %s::date, CASE WHEN {met} THEN greatest({', '.join(moments)}) END)"
