"""Which milestones people have reached: one statement a service, made of what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache, reduce
from operator import or_
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

from clusters.milestones import (
    MILESTONES,
    PREGNANCY_DAYS,
    SCOPE_KEYS,
    Due,
    Milestone,
    Need,
    Scope,
    services_beside,
)
from clusters.models import VISITS
from clusters.models import Milestone as Reached

# A visit's day and, of those of one day, its number, as one value: its order is that of the visits,
# and it leads back to the visit itself, not to any that its person had on that day.
NUMBERS = 1 << 40
# From here on lie the numbers of the first service beside, then those of the next: seven have room,
# and of each more visits than there will ever be.
BESIDE = 1 << 37


def _moment(beside: int = 0) -> Any:
    """Of a visit of the service itself, or of that one of the services beside it."""
    number = f"{beside * BESIDE} + " if beside else ""
    return Func(
        F("seen_on"),
        F("id"),
        template="((%(expressions)s))",
        arg_joiner=f" - date '0001-01-01')::bigint * {NUMBERS} + ({number}",
        output_field=BigIntegerField(),
    )


MOMENT: Any = _moment()


def collect_reached(service: str) -> None:
    """Fill the temporary table `reached` with every milestone of the touched persons."""
    text, params = _reached_query(service)
    found = [_visits_of_moments(service)]
    found += [_visits_beside(*pair) for pair in enumerate(services_beside(service), start=1)]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE met ON COMMIT DROP AS {text}", params)
        cursor.execute(
            f"CREATE TEMP TABLE reached ON COMMIT DROP AS {' UNION ALL '.join(found)}; "
            "DROP TABLE met"
        )


def _visits_of_moments(service: str, named: str = "NULL", less: int = 0) -> str:
    """The visits of a service that moments lead to; those of others have no such number in it."""
    table = VISITS[service]._meta.db_table
    number = f"met.moment % {NUMBERS}" + (f" - {less}" if less else "")
    return f"""
        SELECT met.person_id, met.code, met.scope, visit.seen_on AS reached_on,
               visit.facility_id, visit.home_id, visit.sex, visit.id AS visit_id,
               {named}::varchar AS visit_service
        FROM met JOIN {table} AS visit ON visit.id = {number}
    """  # noqa: S608 the names are our own


def _visits_beside(number: int, other: str) -> str:
    found = _visits_of_moments(other, f"'{other}'", number * BESIDE)
    return f"{found} WHERE met.moment % {NUMBERS} / {BESIDE} = {number}"


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
        text, own_params = _all_needs(service, kind, {columns[k]: n for k, n in needs.items()})
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


def _all_needs(service: str, kind: Scope, needs: dict[str, Need]) -> tuple[str, tuple[Any, ...]]:
    """A column for each need; where other services may meet it too, their visits are joined in.

    A full join, since somebody may have no visit of the service itself.
    """
    text, params = _needs_query(service, kind, needs)
    sides = ["own"]
    joined = f"({text}) AS own"
    for number, other in enumerate(services_beside(service), start=1):
        asked = {name: need for name, need in needs.items() if other in need.also}
        if asked:
            text, own_params = _beside_query(other, number, kind, asked)
            sides.append(other)
            joined += f" FULL JOIN ({text}) AS {other} USING (person_id, scope)"
            params += own_params
    if len(sides) == 1:
        return text, params
    columns = [_merged(name, need, sides) for name, need in needs.items()]
    return f"SELECT person_id, scope, {', '.join(columns)} FROM {joined}", params  # noqa: S608


def _merged(name: str, need: Need, sides: list[str]) -> str:
    """One column of the own one and of those beside it; what was done in a day counts once."""
    held = [f"{side}.{name}" for side in sides if side == "own" or side in need.also]
    if len(held) == 1:
        return held[0]
    if need.nth == 1:
        return f"least({', '.join(held)}) AS {name}"
    return (
        "(SELECT array_agg(first ORDER BY first) FROM (SELECT min(moment) AS first "  # noqa: S608
        f"FROM unnest({' || '.join(held)}) AS moment GROUP BY moment / {NUMBERS}) AS days) "
        f"AS {name}"
    )


def _needs_query(service: str, kind: Scope, needs: dict[str, Need]) -> tuple[str, tuple[Any, ...]]:
    visits = _visits(service, kind)
    rows = (
        _of_touched(visits)
        .alias(**_asked(needs.values()))
        .exclude(scope=None)
        .values("person_id", "scope")
        .annotate(**{name: _moment_of(need, visits) for name, need in needs.items()})
        .order_by()
    )
    return rows.query.sql_with_params()


def _beside_query(
    other: str, number: int, kind: Scope, needs: dict[str, Need]
) -> tuple[str, tuple[Any, ...]]:
    """The moments of another service's visits that meet the needs, of the same persons."""
    columns = {
        name: _first_or_all(need, need.also[other], _moment(number)) for name, need in needs.items()
    }
    rows = (
        _of_touched(_visits(other, kind))
        .filter(reduce(or_, (need.also[other] for need in needs.values())))
        .exclude(scope=None)
        .values("person_id", "scope")
        .annotate(**columns)
        .order_by()
    )
    return rows.query.sql_with_params()


def _first_or_all(need: Need, when: Q, moment: Any) -> Any:
    if need.nth == 1:
        return Min(moment, filter=when)
    return ArrayAgg(moment, filter=when, order_by=[moment])


def _visits(service: str, kind: Scope) -> QuerySet[Any]:
    return VISITS[service].objects.filter(cancelled_at=None).annotate(scope=SCOPE_KEYS[kind])


def _of_touched(visits: QuerySet[Any]) -> QuerySet[Any]:
    return visits.filter(person_id__in=RawSQL("SELECT person_id FROM touched", []))


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
    met = _first_or_all(need, _met(need), MOMENT)
    if need.unless is None:
        return met
    return Case(When(IsNull(Min("seen_on", filter=need.unless), True), then=met))


def _line(rule: Milestone, columns: dict[str, str]) -> str:
    """`(code, since, until, moment or null)`: the last of its needs' visits, if all have one."""
    moments = []
    for need in rule.needs:
        column = columns[_key(need)]
        is_one = need.nth == 1 or need.sum_of
        moments.append(f"w.{column}" if is_one else f"w.{column}[{need.nth}]")
    met = " AND ".join(f"{one} IS NOT NULL" for one in moments)
    last = f"greatest({', '.join(moments)})"
    if rule.due:
        last = _last_with(rule.due, last, rule.service)
    return f"(%s, %s::date, %s::date, CASE WHEN {met} THEN {last} END)"


def _last_with(due: Due, last: str, service: str) -> str:
    """The last visit, or none where what is due was not reached by the end of the year.

    Looked up only of who has all visits, which are few until late in the year.
    """
    beside = (services_beside(service).index(due.service) + 1) * BESIDE
    return f"""(
        SELECT CASE
            WHEN date_trunc('year', person.born_on + interval '{due.months} months') <> w.scope
            THEN {last}
            ELSE (
                SELECT greatest(
                    {last},
                    (held."on" - date '0001-01-01')::bigint * {NUMBERS} + {beside} + held.visit_id
                )
                FROM clusters_milestone AS held
                WHERE held.person_id = person.id AND held.code = '{due.reached}'
                  AND held.scope = person.born_on AND held."on" < w.scope + interval '1 year'
            )
        END
        FROM clusters_person AS person WHERE person.id = w.person_id
    )"""  # noqa: S608 our own names
