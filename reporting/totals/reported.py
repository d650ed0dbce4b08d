"""What approved reports say, in the totals' own order."""

from __future__ import annotations

from collections import defaultdict

from ilp.core.months import Month
from reporting.catalogue import SLOTS
from reporting.models import Report, ReportValue


def reported_numbers(programme: str, month: Month) -> dict[int, dict[int, int]]:
    """place id -> slot -> the approved number; empty for places that have no approved report."""
    arrays: dict[int, dict[int, int]] = defaultdict(dict)
    values = ReportValue.objects.filter(report__in=Report.objects.approved().filter(month=month))
    for place, element, part, value in values.values_list(
        "report__facility_id", "element", "part", "value"
    ):
        if (slot := SLOTS.get((programme, element, part))) is not None:
            arrays[place][slot] = value
    return dict(arrays)
