"""What waits for those who look after a district: reports that are late, months to release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from clusters.models import LockedMonth
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from reporting.catalogue import FORMS
from reporting.models import Release, Report, UnlockRequest
from reporting.selectors.due import Due
from reporting.selectors.follow_ups import waiting
from reporting.selectors.owing import as_month, owing
from reporting.selectors.unlocking import as_told, to_decide

MONTHS_SHOWN = 3  # of those to release; the list of releases has them all


@dataclass(frozen=True)
class Late:
    """A place and what it owes that is overdue, the oldest first."""

    place: Facility
    owed: tuple[Due, ...]

    @property
    def oldest(self) -> Due:
        return self.owed[0]


@dataclass(frozen=True)
class ToRelease:
    """A month that is over and not released, or opened again since."""

    month: Month
    is_open_again: bool
    approved: int
    due: int

    @property
    def is_ready(self) -> bool:
        return self.approved >= self.due


@dataclass(frozen=True)
class Releases:
    district: str  # its code
    months: tuple[ToRelease, ...]
    more: int
    asked: tuple[UnlockRequest, ...] = ()  # to open a locked month again
    told: tuple[Any, ...] = ()  # follow-ups: selectors/follow_ups.as_to_do


def late(*, user: User, today: date) -> list[Late]:
    """Each place with overdue reports, the longest overdue first. Three queries."""
    found: dict[Facility, list[Due]] = {}
    for due in owing(user=user, permission=Permission.VIEW, today=today):
        if due.last_day.is_over(today) and not due.is_voluntary:
            found.setdefault(due.place, []).append(due)
    listed = [Late(place, tuple(sorted(owed, key=_age))) for place, owed in found.items()]
    return sorted(listed, key=lambda one: (one.oldest.due_on, one.place.name))


def _age(due: Due) -> tuple[date, str]:
    return due.due_on, due.form_code


def to_release(*, user: User, first: Month | None, today: date) -> Releases | None:
    """Months of the user's district to release or to release anew, the newest first. Two queries.

    Those opened again come before the others, all of them. `first` is the first month with numbers,
    if there is one. Requests to open a locked month and follow-ups come along.
    """
    released = Release.objects.filter(district=OuterRef("pk"), number=1)
    locked = LockedMonth.objects.filter(district=OuterRef("pk"))
    seen = Facility.objects.visible_to(user, Permission.RELEASE).of_kind(Facility.Kind.DISTRICT)
    district: Any = (
        seen.annotate(
            released=ArraySubquery(released.values("month")),
            locked=ArraySubquery(locked.values("month")),
            asked=ArraySubquery(to_decide(user)),
            told=ArraySubquery(waiting(user=user, today=today)),
        )
        .order_by("name")
        .first()
    )
    if district is None:
        return None
    done = {as_month(one) for one in district.released}
    shut = {as_month(one) for one in district.locked}
    over = first.until(Month.of(today).plus(-1))[::-1] if first else []
    again = [month for month in over if month in done - shut]
    fresh = [month for month in over if month not in done]
    shown = [*again, *fresh[:MONTHS_SHOWN]]
    counts = _counts(district, shown)
    listed = tuple(ToRelease(month, month in done, *counts[month]) for month in shown)
    asked = tuple(as_told(district.asked))
    return Releases(
        district.code, listed, max(0, len(fresh) - MONTHS_SHOWN), asked, tuple(district.told)
    )


def _counts(district: Facility, months: list[Month]) -> dict[Month, tuple[int, int]]:
    """For each month how many reports are approved, of how many that are due. One query."""
    if not months:
        return {}
    owed = [form for form in FORMS.values() if not form.voluntary]
    kinds = {kind for form in owed for kind in form.kinds}
    approved = Report.objects.approved().filter(
        facility=OuterRef("pk"), form_code__in=[form.code for form in owed], month__in=months
    )
    within = Facility.objects.within(district, max(months).last_day).of_kind(*kinds)
    places: list[Any] = list(within.annotate(approved=ArraySubquery(approved.values("month"))))
    held = Counter(as_month(month) for place in places for month in place.approved)
    return {month: (held[month], _due(places, month)) for month in months}


def _due(places: Iterable[Facility], month: Month) -> int:
    day = month.last_day
    stood = [p for p in places if p.opened_on <= day and (not p.closed_on or p.closed_on > day)]
    return sum(
        len(form.periods(month)) * sum(form.asks(place.kind) for place in stood)
        for form in FORMS.values()
        if form.is_due(month)
    )
