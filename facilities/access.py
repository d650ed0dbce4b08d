"""Who may do what where. The only module that decides it.

It knows the tables by the names of their relations, so that every model, also those of this
app, can stand on ScopedQuerySet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import ExpressionWrapper, Q, QuerySet, Value
from django.utils import timezone

from facilities.roles import ASSIGNABLE, GRANTS, Permission, Role, roles_with
from ilp.core.errors import Forbidden
from ilp.core.models import User

_Row = TypeVar("_Row", bound=models.Model)


def _places() -> models.Manager[Any]:
    return apps.get_model("facilities", "Facility")._base_manager


def posts(user: User) -> QuerySet[Any]:
    """The assignments that the user holds today; facilities/sql/glance.sql says the same."""
    today = timezone.localdate()
    return user.assignments.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)


def reach(user: User, permission: Permission) -> QuerySet[Any, Any]:
    """Ids of the places where the user holds the permission today, as a subquery.

    A place that has been closed belongs to whoever it belonged to on its last day: its past
    remains readable.
    """
    if user.is_superuser:
        return _places().values("pk")
    return _reaching(user, roles_with(permission)).values("facility__below__descendant")


def reached(user: User, *permissions: Permission) -> list[set[int]]:
    """As `reach`, for several permissions at once: the ids themselves, in one query."""
    if user.is_superuser:
        every = set(_places().values_list("pk", flat=True))
        return [every for _ in permissions]
    roles = [role for role, granted in GRANTS.items() if granted.intersection(permissions)]
    found = list(_reaching(user, roles).values_list("role", "facility__below__descendant"))
    return [
        {place for role, place in found if permission in GRANTS[Role(role)]}
        for permission in permissions
    ]


def _reaching(user: User, roles: Collection[Role], at: models.Model | None = None) -> QuerySet[Any]:
    """The posts in these roles, once for each place that they reach today; of one place alone."""
    today = timezone.localdate()
    held = posts(user).filter(role__in=roles)
    open_today = Q(facility__below__valid__contains=today)
    closed = Q(facility__below__descendant__closed_on__lte=today) & Q(
        facility__below__valid__endswith=models.F("facility__below__descendant__closed_on")
    )
    here = Q() if at is None else Q(facility__below__descendant=at.pk)
    return held.filter(open_today | closed, here)  # in one call: on one and the same link


def can(user: User, permission: Permission, facility: models.Model) -> bool:
    """Whether the user holds the permission at the place. One query: for lists use visible_to."""
    return _places().filter(pk=facility.pk, pk__in=reach(user, permission)).exists()


def held_at(user: User, facility: models.Model) -> frozenset[Permission]:
    """Everything that the user may do at the place, today. One query."""
    if user.is_superuser:
        return frozenset(Permission)
    return of_roles(_reaching(user, list(GRANTS), at=facility).values_list("role", flat=True))


def acting_for(user: User, permission: Permission, facility: models.Model) -> dict[int, bool]:
    """In whose name the user may do this at the place: ids of users, each with whether it is own.

    The user's own is there by a post of their own, another's by one that they stand in for. One
    query.
    """
    if user.is_superuser:
        return {user.pk: True}
    held = _reaching(user, roles_with(permission), at=facility)
    named = held.values_list("stands_for__user", flat=True)
    return {other or user.pk: other is None for other in named}


def standing_in_for(user: User, permission: Permission) -> frozenset[int]:
    """The user, and whom the user stands in for with the permission, wherever that is."""
    return frozenset({user.pk, *stood_in_for(user, permission)})


def stood_in_for(user: User, permission: Permission) -> QuerySet[Any, Any]:
    """Ids of those whom the user stands in for with the permission, as a subquery."""
    others = posts(user).filter(role__in=roles_with(permission), stands_for__isnull=False)
    return others.values_list("stands_for__user", flat=True)


def require(user: User | None, permission: Permission, facility: models.Model) -> None:
    """Raise Forbidden unless the user may. None is the system itself, which may."""
    if user is not None and not can(user, permission, facility):
        raise Forbidden(f"{user} may not {permission} at place {facility.pk}")


def telling(
    user: User | None, permission: Permission, field: str = "facility"
) -> ExpressionWrapper | Value:
    """For `annotate`: whether the user holds the permission at the row's place, in its query.

    None is the system itself, which does.
    """
    if user is None:
        return Value(True)
    held = Q(**{f"{field}__in": reach(user, permission)})
    return ExpressionWrapper(held, output_field=models.BooleanField())


def has_anywhere(user: User, permission: Permission) -> bool:
    return permission in permissions(user)


def permissions(user: User) -> frozenset[Permission]:
    """Everything that the user may do at one place or another, today."""
    if user.is_superuser:
        return frozenset(Permission)
    return of_roles(posts(user).values_list("role", flat=True))


def of_roles(roles: Iterable[str]) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[Role(role)] for role in roles))


def assignable_roles(user: User, facility: models.Model) -> frozenset[Role]:
    """The roles that the user may give at the place."""
    if user.is_superuser:
        return frozenset(Role)
    today = timezone.localdate()
    above = posts(user).filter(
        role__in=ASSIGNABLE,
        stands_for=None,  # what is stood in for is not passed on
        facility__below__descendant=facility.pk,
        facility__below__valid__contains=today,
    )
    roles = above.values_list("role", flat=True)
    return frozenset().union(*(ASSIGNABLE[Role(role)] for role in roles))


def offered_roles(user: User) -> frozenset[Role]:
    """The roles that the user may give at one place or another."""
    if user.is_superuser:
        return frozenset(Role)
    roles = posts(user).filter(role__in=ASSIGNABLE, stands_for=None).values_list("role", flat=True)
    return frozenset().union(*(ASSIGNABLE[Role(role)] for role in roles))


def manages(user: User, other: User) -> bool:
    """Whether every post that the other holds is one that the user could have given."""
    return other.pk in managed(user, [other])


def managed(user: User, others: Collection[User]) -> set[int]:
    """Ids of those whose every post is one that the user could have given. Two queries."""
    if user.is_superuser:
        return {other.pk for other in others}
    today = timezone.localdate()
    assignments = apps.get_model("facilities", "Assignment")._base_manager
    current = Q(ends_on=None) | Q(ends_on__gt=today)
    held = list(
        assignments.filter(
            current, user__in=others, user__is_superuser=False, starts_on__lte=today
        ).values_list("user", "facility", "role")
    )
    above = posts(user).filter(
        role__in=ASSIGNABLE,
        stands_for=None,  # what is stood in for is not passed on
        facility__below__descendant__in={place for _, place, _ in held},
        facility__below__valid__contains=today,
    )
    given = {
        (place, role)
        for place, own in above.values_list("facility__below__descendant", "role")
        for role in ASSIGNABLE[Role(own)]
    }
    beyond = {other for other, place, role in held if (place, role) not in given}
    return {other for other, _, _ in held} - beyond


class ScopedQuerySet(models.QuerySet[_Row]):
    """For every model that belongs to a place."""

    facility_field = "facility"

    def visible_to(self, user: User, permission: Permission = Permission.VIEW) -> Self:
        """The rows of the places where the user holds the permission."""
        return self.filter(**{f"{self.facility_field}__in": reach(user, permission)})
