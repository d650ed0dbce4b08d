"""Who may stand in for whom, and who does."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from facilities.access import posts
from facilities.models import Ancestry, Assignment, Facility
from facilities.roles import Role
from ilp.core.models import User


def own_posts(user: User) -> QuerySet[Assignment]:
    """What the user holds without standing in for anybody."""
    return posts(user).filter(stands_for=None).select_related("facility").order_by("pk")


def colleagues(*, post: Assignment) -> QuerySet[User]:
    """Others with a post of their own in the same district today; cadres only for a cadre."""
    today = timezone.localdate()
    districts = Facility.objects.above(post.facility, today).of_kind(Facility.Kind.DISTRICT)
    below = Ancestry.objects.filter(ancestor__in=districts.values("pk"), valid__contains=today)
    held = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today),
        starts_on__lte=today,
        stands_for=None,
        facility__in=below.values("descendant"),
    )
    if post.role != Role.KADER:
        held = held.exclude(role=Role.KADER)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).exclude(pk=post.user_id)


def substitutes_of(user: User) -> list[Assignment]:
    """Who stands in for the user now or later."""
    today = timezone.localdate()
    rows = Assignment.objects.filter(stands_for__user=user, ends_on__gt=today)
    return list(rows.select_related("user", "facility").order_by("starts_on", "pk"))


def stood_in_for(user: User) -> list[Assignment]:
    """The posts that the user fills for others today."""
    rows = posts(user).filter(stands_for__isnull=False)
    return list(rows.select_related("stands_for__user", "facility").order_by("ends_on"))
