"""The life of a person: all their visits of all services, where they lived, how they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField
from django.utils.translation import gettext as _

from clusters.models import VISITS, HomeChange, Merge, Person, Visit
from clusters.selectors.visits import written
from clusters.services import Kind
from clusters.services.words import word_for
from facilities.access import reached
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.models import User

NUMBERS_TOLD = 3


@dataclass(frozen=True)
class Seen:
    """A visit in the timeline; `may_open` when it lies within the reader's own reach."""

    visit: Visit
    place: Facility
    words: tuple[str, ...]
    may_open: bool


@dataclass(frozen=True)
class Class:
    """The latest known class or sign of one kind."""

    label: str
    words: str
    on: date


@dataclass(frozen=True)
class Home:
    """Where the person lived; since None when that is not known."""

    place: Facility | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Life:
    """What a reader may see of a person; `is_whole` when that is everything."""

    person: Person
    seen: tuple[Seen, ...]  # newest first
    homes: tuple[Home, ...]
    merges: tuple[Merge, ...]
    is_whole: bool
    is_deep: bool  # tests and diseases are for the reader too

    @property
    def standing(self) -> list[Visit]:
        """Visits that count, oldest first."""
        return [one.visit for one in reversed(self.seen) if one.visit.cancelled_at is None]


def life_of(person: Person, user: User) -> Life | None:
    """None when the person is none of the user's: lives elsewhere and was never seen here.

    Who gives the care where the person lives sees the whole life; others what was done within
    their own reach, and kader nothing of the sensitive services.
    """
    mine, deep = reached(user, Permission.VIEW_PEOPLE, Permission.VIEW_LIFE)
    if not mine:
        raise Forbidden("names are for those who give the care")
    visits = visits_of(person)
    whole = person.home_id in deep
    own = [v for v in visits if _within(deep if v.service.sensitive else mine, v)]
    if person.home_id not in mine and not own:
        return None
    shown = visits if whole else own
    openable = {id(visit) for visit in own}
    left = list(HomeChange.objects.filter(person=person).order_by("until", "pk"))
    places = Facility.objects.in_bulk(
        {v.facility_id for v in shown} | {h.facility_id for h in left} | {person.home_id} - {None}
    )
    seen = [
        Seen(visit, places[visit.facility_id], told(visit), id(visit) in openable)
        for visit in shown
    ]
    return Life(
        person=person,
        seen=tuple(seen),
        homes=_homes(person, left, places),
        merges=tuple(
            Merge.objects.filter(kept=person, undone_at=None).select_related("gone").order_by("-pk")
        ),
        is_whole=whole,
        is_deep=whole or any(_within(deep, visit) for visit in shown),
    )


def visits_of(person: Person) -> list[Visit]:
    """Every visit of every service, the latest first; one query however many services there are."""
    one_service = "SELECT '{code}', to_jsonb(v) FROM {table} AS v WHERE v.person_id = %s"
    text = " UNION ALL ".join(
        one_service.format(code=code, table=model._meta.db_table) for code, model in VISITS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [person.pk] * len(VISITS))
        found = [_visit(service, json.loads(row, parse_float=Decimal)) for service, row in cursor]
    return sorted(found, key=lambda visit: (visit.seen_on, visit.pk), reverse=True)


def _visit(service: str, row: Any) -> Visit:
    model = VISITS[service]
    return model(**{f.attname: f.to_python(row[f.column]) for f in model._meta.concrete_fields})


def _within(places: set[int], visit: Visit) -> bool:
    return visit.facility_id in places or visit.home_id in places


def _homes(person: Person, left: list[HomeChange], places: dict[int, Facility]) -> tuple[Home, ...]:
    found, since = [], None
    for change in left:
        found.append(Home(places[change.facility_id], since, change.until))
        since = change.until
    if person.home_id:
        known = person.home_since if left else None  # the first home is known since the first visit
        found.append(Home(places[person.home_id], known, None))
    return tuple(found)


def told(visit: Visit) -> tuple[str, ...]:
    """What a visit found, in a few words: the first numbers, what was given, the classes."""
    service = visit.service
    numbers = [
        f"{f.label} {written(f, getattr(visit, f.name))} {f.said_unit}".strip()
        for f in service.numeric
        if getattr(visit, f.name) is not None
    ]
    given = [
        written(f, getattr(visit, f.name))
        for f in service.fields
        if f.kind is Kind.CODES and getattr(visit, f.name)
    ]
    return (*numbers[:NUMBERS_TOLD], *given, *(f"{c.label}: {c.words}" for c in classes([visit])))


def classes(visits: Iterable[Visit]) -> list[Class]:
    """The latest class and sign of each kind that is known; signs only where they were found."""
    found: dict[str, Class] = {}
    for visit in visits:
        for derived in visit.service.derived:
            value, column = getattr(visit, derived.name), visit._meta.get_field(derived.name)
            key = f"{visit.service.code}.{derived.name}"
            if isinstance(column, BooleanField) and value is not None:
                found.pop(key, None)
                if value:
                    found[key] = Class(str(derived.label), _("ya"), visit.seen_on)
            elif isinstance(column, CharField) and value:
                found[key] = Class(
                    str(derived.label),
                    str(word_for(derived, value, visit.seen_on).text),
                    visit.seen_on,
                )
    return list(found.values())
