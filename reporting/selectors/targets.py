"""Target populations (sasaran): the number that a coverage is divided by."""

from __future__ import annotations

from collections.abc import Collection

from ilp.core import sql
from ilp.core.months import Month
from reporting.models import TargetSet

Sasaran = dict[tuple[int, str], int]  # (place id, code) -> people


def sasaran(
    *,
    places: Collection[int],
    codes: Collection[str],
    month: Month,
    basis: str = TargetSet.Basis.PROJECTION,
) -> Sasaran:
    """The target populations in force in a month; places that have none are left out. One query.

    A place's own number counts, else the sum of what lies below it.
    """
    if not codes or not places:
        return {}
    rows = sql.run(
        "reporting/sasaran",
        places=list(places),
        codes=list(codes),
        year=month.year,
        month=month.first_day,
        last_day=month.last_day,
        basis=basis,
    )
    return {(place, code): value for place, code, value in rows}


def versions(*, district: int, year: int) -> list[TargetSet]:
    """All versions of a year, the newest first."""
    held = TargetSet.objects.filter(district_id=district, year=year)
    return list(held.order_by("-since", "-version"))
