"""Requests to open a locked month again: those of a report, and those that concern a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject
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


def to_decide(user: User) -> QuerySet[UnlockRequest, Any]:
    """For an ArraySubquery: what the user is to decide, the oldest first, in a query that is asked
    anyway."""
    rows = UnlockRequest.objects.waiting().visible_to(user, Permission.RELEASE)
    told = JSONObject(
        form="form_code", month="month", week="week", reason="reason", at="asked_at",
        code="facility__code", name="facility__name", kind="facility__kind",
    )  # fmt: skip
    return rows.filter(form_code__in=list(FORMS)).order_by("pk").values(told=told)


def as_told(told: Iterable[Mapping[str, Any]]) -> list[UnlockRequest]:
    """The requests of `to_decide`, to be shown."""
    return [
        UnlockRequest(
            facility=Facility(code=one["code"], name=one["name"], kind=one["kind"]),
            form_code=one["form"],
            month=Month.of(date.fromisoformat(one["month"])),
            week=one["week"],
            reason=one["reason"],
            asked_at=datetime.fromisoformat(one["at"]),
        )
        for one in told
    ]


def unlocks(*, user: User, fills: bool, asked: Sequence[UnlockRequest]) -> Unlocks:
    """What the home page says of such requests; `asked` are those to decide. One query for who
    fills in, else none."""
    answered: Sequence[UnlockRequest] = ()
    if fills:
        rows = UnlockRequest.objects.filter(form_code__in=list(FORMS)).select_related("facility")
        since = timezone.now() - TOLD_FOR
        mine = Q(asked_by=user) | Q(facility__in=reach(user, Permission.FILL))
        answered = list(
            rows.filter(mine, answered_at__gte=since).order_by("-answered_at")[:AT_MOST]
        )
    return Unlocks(tuple(asked[:AT_MOST]), max(0, len(asked) - AT_MOST), tuple(answered))
