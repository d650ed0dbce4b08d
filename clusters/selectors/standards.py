"""What of each standard a person still has to get: its declared needs held against the visits."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import DateField, Q
from django.db.models.functions import Trunc

from clusters.growth import completed_months
from clusters.milestones import (
    MILESTONES,
    SCOPE_KEYS,
    TWELVE_T,
    Milestone,
    Need,
    Scope,
    services_beside,
)
from clusters.models import VISITS, Person
from clusters.selectors.wording import at_age, in_words
from clusters.services import SERVICES
from clusters.services.standards import ALSO_SHOWN, DUE_TO_ALL
from ilp.core.months import Month

LONGEST_PREGNANCY = timedelta(weeks=44)
# The days of the visits that meet each condition, of each service and scope.
Counts = dict[tuple[str, Scope, date], dict[str, list[str]]]


@dataclass(frozen=True)
class Part:
    """One need: how often it has to be met and how often it was."""

    words: str
    needed: int
    done: int

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed


@dataclass(frozen=True)
class Standard:
    """A standard of this year, this pregnancy or this life."""

    code: str
    service: str
    scope: Scope
    begins: date
    source: str
    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_met)


def standards_of(person: Person, counts: Counts, today: date) -> list[Standard]:
    """The standards that are due to the person today, with what has been done of each."""
    found = []
    for milestone in MILESTONES:
        if not (_is_shown(milestone) and _fits(milestone, person, today)):
            continue
        begins = _scope_of(milestone, person, counts, today)
        if begins is not None and _holds(milestone, begins):
            scope = (milestone.service, milestone.scope, begins)
            parts = tuple(_part(need, scope, counts) for need in milestone.needs)
            parts += _parts_due(milestone, begins, person, counts)
            found.append(
                Standard(
                    milestone.code,
                    milestone.service,
                    milestone.scope,
                    begins,
                    milestone.source,
                    parts,
                )
            )
    return found


def twelve_t(counts: Counts, begins: date) -> tuple[Part, ...]:
    """The components of antenatal care in one pregnancy."""
    scope = ("antenatal", Scope.PREGNANCY, begins)
    return tuple(_part(need, scope, counts) for need in TWELVE_T)


def _part(need: Need, scope: tuple[str, Scope, date], counts: Counts) -> Part:
    service, kind, begins = scope

    def days(when: Q, of: str = service) -> list[str]:
        return counts.get((of, kind, begins), {}).get(repr(when)) or []

    done = [] if need.unless is not None and days(need.unless) else days(need.when)
    if need.also:  # what was done in a day counts once, in whatever service it was written down
        beside = (day for other, when in need.also.items() for day in days(when, other))
        done = list({*done, *beside})
    return Part(in_words(need, service), need.nth, len(done))


def _parts_due(
    milestone: Milestone, begins: date, person: Person, counts: Counts
) -> tuple[Part, ...]:
    """What the year asks besides of who comes to an age in it, each dose by its own name."""
    due = milestone.due
    if due is None or not due.falls_in(begins, person.born_on):
        return ()
    scope = (due.service, Scope.LIFE, person.born_on)
    parts = [
        _part(need, scope, counts)
        for one in MILESTONES
        if one.code == due.reached and _holds(one, person.born_on)
        for need in one.needs
    ]
    return tuple(replace(part, words=at_age(part.words, due.months)) for part in parts)


def _is_shown(milestone: Milestone) -> bool:
    several = len(milestone.needs) > 1
    return milestone.code in ALSO_SHOWN or ("SPM" in milestone.source and several)


def _holds(milestone: Milestone, begins: date) -> bool:
    return milestone.since <= begins and (milestone.until is None or begins < milestone.until)


def _fits(milestone: Milestone, person: Person, today: date) -> bool:
    """Whether somebody of that age and sex could meet every need today."""
    service, months = SERVICES[milestone.service], completed_months(person.born_on, today)
    if person.sex not in service.sexes or not service.accepts_age(months):
        return False
    conditions = [c for need in milestone.needs for c in _all_of(need.when)]
    checks = {
        "sex": lambda value: person.sex == value,
        "age_months__gte": lambda value: months >= value,
        "age_months__lt": lambda value: months < value,
        "age_months__lte": lambda value: months <= value,
        "age_days__lte": lambda value: (today - person.born_on).days <= value,
    }
    return all(checks[path](value) for path, value in conditions if path in checks)


def _all_of(when: Q) -> list[tuple[str, Any]]:
    """The conditions that hold whatever else does: those joined by and."""
    if when.negated or when.connector == Q.OR:
        return []
    found: list[Any] = []
    for child in when.children:
        found += _all_of(child) if isinstance(child, Q) else [child]
    return [one for one in found if isinstance(one, tuple)]


def _scope_of(milestone: Milestone, person: Person, counts: Counts, today: date) -> date | None:
    """Where the scope that lasts today begins; None when there is none, or nothing began it."""
    begun = [
        begins
        for service, scope, begins in counts
        if (service, scope) == (milestone.service, milestone.scope)
    ]
    lasting: dict[Scope, date] = {
        Scope.YEAR: today.replace(month=1, day=1),
        Scope.SCHOOL_YEAR: Month.of(today).of_school_year[0].first_day,
        Scope.MONTH: today.replace(day=1),
        Scope.LIFE: person.born_on,
    }
    if milestone.scope in lasting:
        begins = lasting[milestone.scope]
        due = begun or milestone.code in DUE_TO_ALL or _begun_beside(milestone, begins, counts)
        return begins if due else None
    if milestone.scope is Scope.PREGNANCY:
        begun = [begins for begins in begun if today - begins <= LONGEST_PREGNANCY]
    return max(begun, default=None)


def _begun_beside(milestone: Milestone, begins: date, counts: Counts) -> bool:
    """Whether somebody was seen in this scope by a service whose visits meet its needs too."""
    beside = services_beside(milestone.service, milestone.code)
    return any((service, milestone.scope, begins) in counts for service in beside)


def counts_of(person: Person) -> Counts:
    """The visits of the person that meet each need, by service and scope; one query."""
    texts, params = [], []
    asked = _asked()
    for (service, kind), conditions in asked.items():
        text, own = _counting(person, service, kind, list(conditions.values()))
        texts.append(f"SELECT %s, %s, w.scope::date, to_jsonb(w) FROM ({text}) AS w")  # noqa: S608
        params += [service, str(kind), *own]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), params)
        return {
            (service, Scope(kind), begins): {
                key: row[f"need{number}"] for number, key in enumerate(asked[service, Scope(kind)])
            }
            for service, kind, begins, text in cursor
            for row in (json.loads(text),)
        }


@cache
def _asked() -> dict[tuple[str, Scope], dict[str, Q]]:
    """Every condition of a need, under the service and scope whose visits may meet it."""
    found: dict[tuple[str, Scope], dict[str, Q]] = {}
    for milestone in MILESTONES:
        for need in milestone.needs:
            own = [need.when] if need.unless is None else [need.when, need.unless]
            conditions = [(milestone.service, when) for when in own]
            for service, when in (*conditions, *need.also.items()):
                found.setdefault((service, milestone.scope), {})[repr(when)] = when
    return found


def _counting(
    person: Person, service: str, kind: Scope, conditions: list[Q]
) -> tuple[str, tuple[Any, ...]]:
    scope = SCOPE_KEYS.get(kind) or Trunc("seen_on", "year", output_field=DateField())
    columns = {
        f"need{number}": ArrayAgg("seen_on", filter=when) for number, when in enumerate(conditions)
    }
    rows = (
        VISITS[service]
        .objects.filter(person=person, cancelled_at=None)
        .annotate(scope=scope)
        .exclude(scope=None)
        .values("scope")
        .annotate(**columns)
        .order_by()
    )
    return rows.query.sql_with_params()
