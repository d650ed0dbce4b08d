"""Persons as those see them who give the care: whose they are, and finding them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clusters.growth import completed_months
from clusters.models import VISITS, Person
from facilities.access import posts, reach
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.crypto import blind_index
from ilp.core.models import User

MOST_FOUND = 50
LEAST_LETTERS = 3


@dataclass(frozen=True)
class Found:
    """A person in a list: enough to know whom one means."""

    pk: int
    name: str
    nik: str
    sex: str
    age_months: int
    home: Facility | None


def people_of(user: User, permission: Permission) -> QuerySet[Person]:
    """Persons who live where the user holds the permission, or who were seen there."""
    return Person.objects.filter(Q(home__in=reach(user, permission)) | _seen_at(user, permission))


def _seen_at(user: User, permission: Permission) -> Q:
    seen = Q()
    for model in VISITS.values():
        visits = model.objects.visible_to(user, permission).filter(person=OuterRef("pk"))
        seen |= Q(Exists(visits))
    return seen


def persons_named(user: User, start: str) -> list[Found]:
    """Those who live within the user's reach, or whose home nobody knows and who were seen there,
    and whose name begins so; one more than are shown when there are more."""
    permission = Permission.VIEW_PEOPLE
    lives = Q(home__in=reach(user, permission))
    unknown = Q(home=None) & _seen_at(user, permission)
    named = Person.objects.standing().filter(lives | unknown, name__istartswith=start)
    return _found(named.order_by("name", "born_on", "pk"))


def persons_with_nik(user: User, nik: str) -> list[Found]:
    """The person of that NIK, if the user may see them; a merged record leads to the kept one."""
    records = Person.objects.filter(identity=blind_index(f"nik:{nik}"))
    one = Q(pk__in=records.values("pk")) | Q(pk__in=records.values("merged_into"))
    mine = people_of(user, Permission.VIEW_PEOPLE).standing()  # type: ignore[attr-defined]
    return _found(mine.filter(one))


def _found(persons: QuerySet[Person]) -> list[Found]:
    today = timezone.localdate()
    return [
        Found(
            pk=one.pk,
            name=one.name,
            nik=one.nik_masked,
            sex=one.sex,
            age_months=completed_months(one.born_on, today),
            home=one.home,
        )
        for one in persons.select_related("home")[: MOST_FOUND + 1]
    ]


def own_place_of(user: User, permission: Permission) -> Facility | None:
    """Where the user is posted and holds the permission; else the first such place."""
    mine = Facility.objects.visible_to(user, permission)
    return mine.filter(pk__in=posts(user).values("facility")).first() or mine.first()
