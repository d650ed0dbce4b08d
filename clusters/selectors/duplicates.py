"""Records that may be one person, for somebody to decide; the two side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from clusters.models import VISITS, Merge, Person, Visit
from clusters.selectors.life import visits_of
from facilities.access import posts
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import sql
from ilp.core.models import User

# How alike two names are by trigrams, 0 to 1. Our own choice, to be judged on real lists.
LIKENESS = {"names": 0.6, "loose": 0.4, "mothers": 0.6, "other_mother": 0.2}
MOST_PAIRS = 200
RECENT = 10


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person; `same_mother` is None when one of them names none."""

    one: Person
    other: Person
    names: float
    mothers: float | None


@dataclass(frozen=True)
class Side:
    """One record of two, with how much is known by it."""

    person: Person
    services: tuple[tuple[str, int], ...]
    last_seen: date | None


@dataclass(frozen=True)
class Comparison:
    """Two records side by side; `shared` are visits of one service, day and place in both."""

    sides: tuple[Side, Side]
    shared: int

    @property
    def suggested(self) -> Person:
        """The record to keep: the one with a NIK, else the one known longer."""
        one, other = (side.person for side in self.sides)
        return other if one.is_temporary and not other.is_temporary else one


def places_of(user: User) -> list[Facility]:
    """The Puskesmas whose records the user may merge or, below one, the user's own places."""
    mine = Facility.objects.visible_to(user, Permission.MERGE_PEOPLE)
    puskesmas = list(mine.of_kind(Facility.Kind.PUSKESMAS).order_by("name"))
    return puskesmas or list(mine.filter(pk__in=posts(user).values("facility")).order_by("name"))


def pairs_at(place: Facility, user: User) -> list[Pair]:
    """Pairs of records of people of the place, the likest first."""
    today = timezone.localdate()
    mine = Facility.objects.visible_to(user, Permission.MERGE_PEOPLE)
    inside = mine.filter(pk__in=Facility.objects.within(place, today).values("pk"))
    params: dict[str, Any] = {
        "places": list(inside.values_list("pk", flat=True)),
        "today": today,
        "most": MOST_PAIRS,
        **LIKENESS,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("clusters/duplicates").replace("{seen}", _seen()), params)
        found = cursor.fetchall()
    people = Person.objects.select_related("home").in_bulk(
        {pk for one, other, *_likeness in found for pk in (one, other)}
    )
    return [Pair(people[one], people[other], names, m) for one, other, names, m in found]


def _seen() -> str:
    return " UNION ".join(
        f"SELECT person_id, facility_id FROM {model._meta.db_table} "  # noqa: S608 our own names
        "WHERE facility_id = ANY(%(places)s) AND cancelled_at IS NULL"
        for model in VISITS.values()
    )


def compare(one: Person, other: Person) -> Comparison:
    """The two records, the one first registered first."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    visits = [[v for v in visits_of(p) if v.cancelled_at is None] for p in (first, second)]
    cells = [{(v.service.code, v.facility_id, v.seen_on) for v in side} for side in visits]
    sides = (_side(first, visits[0]), _side(second, visits[1]))
    return Comparison(sides=sides, shared=len(cells[0] & cells[1]))


def _side(person: Person, visits: list[Visit]) -> Side:
    counted = Counter(str(visit.service.label) for visit in visits)
    return Side(person, tuple(counted.items()), visits[0].seen_on if visits else None)


def merges_at(place: Facility) -> QuerySet[Merge]:
    """The latest merges of people who live at the place, those not undone."""
    homes = Facility.objects.within(place, timezone.localdate())
    standing = Merge.objects.filter(undone_at=None, kept__home__in=homes.values("pk"))
    return standing.select_related("kept", "gone", "made_by").order_by("-pk")[:RECENT]
