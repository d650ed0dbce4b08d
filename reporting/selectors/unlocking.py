"""Requests to open a locked month again: those of a report, and those that concern a user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from facilities.access import reach
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of, week_number
from reporting.catalogue import FORMS
from reporting.models import UnlockRequest

TOLD_FOR = timedelta(days=14)  # how long an answer stands on the home page of who asked
AT_MOST = 8  # on the home page; the rest is a number


@dataclass(frozen=True)
class Unlocks:
    """Of one user: requests to decide, the oldest first, and answers to own ones, the newest."""

    to_decide: tuple[UnlockRequest, ...] = ()
    more: int = 0
    answered: tuple[UnlockRequest, ...] = ()


def requests_of(*, place: Facility, period: Period, form: str) -> list[UnlockRequest]:
    """What was asked for one report and answered, the newest first. One query."""
    rows = UnlockRequest.objects.filter(
        facility=place, month=month_of(period), week=week_number(period), form_code=form
    )
    return list(rows.select_related("asked_by", "answered_by").order_by("-pk"))


def waiting_in(*, district: Facility, month: Month) -> list[UnlockRequest]:
    """What waits to be decided in a month of a district, the oldest first. One query."""
    rows = UnlockRequest.objects.of_month(district, month).waiting()
    return list(rows.select_related("facility", "asked_by").order_by("pk"))


def unlocks(*, user: User, held: frozenset[Permission]) -> Unlocks:
    """What the user's home page says of such requests. One query for each of the two sides."""
    fills, decides = Permission.FILL in held, Permission.RELEASE in held
    rows = UnlockRequest.objects.filter(form_code__in=list(FORMS)).select_related("facility")
    waiting: Sequence[UnlockRequest] = ()
    if decides:
        waiting = list(rows.waiting().visible_to(user, Permission.RELEASE).order_by("pk"))
    answered: Sequence[UnlockRequest] = ()
    if fills:
        since = timezone.now() - TOLD_FOR
        mine = Q(asked_by=user) | Q(facility__in=reach(user, Permission.FILL))
        answered = list(
            rows.filter(mine, answered_at__gte=since).order_by("-answered_at")[:AT_MOST]
        )
    return Unlocks(tuple(waiting[:AT_MOST]), max(0, len(waiting) - AT_MOST), tuple(answered))
