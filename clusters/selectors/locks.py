"""Months whose visits may no longer change."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, Subquery, Value

from clusters.models import LockedMonth
from facilities.models import Facility
from ilp.core.months import Month


def locked_months(
    facility_ids: Collection[int], months: Collection[Month]
) -> set[tuple[int, Month]]:
    """Which of these places are in a district that has locked which of these months."""
    links = LockedMonth.objects.filter(
        month__in=months,
        district__below__descendant__in=facility_ids,
        district__below__valid__contains=F("month"),
    )
    return set(links.values_list("district__below__descendant", "month"))


def month_locked_at(place: str = "facility_id", month: str | Value = "month") -> Subquery:
    """For `annotate`: since when the month of a row is locked at its place, in its own query."""
    locks = LockedMonth.objects.filter(
        month=OuterRef(month) if isinstance(month, str) else month,
        district__below__descendant=OuterRef(place),
        district__below__valid__contains=F("month"),
    )
    return Subquery(locks.order_by("locked_at").values("locked_at")[:1])


def district_that_locked(*, place: Facility, month: Month) -> Facility | None:
    """The district that has locked the month in which the place belonged to it. One query."""
    locks = LockedMonth.objects.filter(
        month=month,
        district__below__descendant=place,
        district__below__valid__contains=F("month"),
    )
    found = locks.select_related("district").order_by("locked_at").first()
    return found.district if found else None
