"""Months whose visits may no longer change."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import DateTimeField, F, Func, OuterRef, Subquery, Value

from clusters.models import LockedMonth
from facilities.models import Facility
from ilp.core.months import Month

MONTH_LOCK = 7_204  # of a month: shared by writers, alone for who locks or opens it


def month_key(month: Month) -> int:
    """As clusters_month_held says: of one month for all districts, since writers know places."""
    return month.year * 12 + month.number


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


def month_held_at(place: str = "facility_id", month: str | Value = "month") -> Func:
    """As `month_locked_at`, for who writes: until the transaction ends that stays so.

    It waits for who is locking or opening the month, and then says what they did: a subquery
    would say what stood when the statement began.
    """
    asked = F(month) if isinstance(month, str) else month
    return Func(
        F(place), asked, function="clusters_month_held", output_field=DateTimeField(null=True)
    )


def district_that_locked(*, place: Facility, month: Month) -> Facility | None:
    """The district that has locked the month in which the place belonged to it. One query."""
    locks = LockedMonth.objects.filter(
        month=month,
        district__below__descendant=place,
        district__below__valid__contains=F("month"),
    )
    found = locks.select_related("district").order_by("locked_at").first()
    return found.district if found else None
