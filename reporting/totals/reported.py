"""What approved reports say, in the totals' own order."""

from __future__ import annotations

from collections import defaultdict

from ilp.core.months import Month
from reporting.catalogue import SLOTS
from reporting.models import Report, ReportValue

Reported = dict[int, dict[int, int]]  # place id -> slot -> the approved number
STANDS = {(element, part): (programme, slot) for (programme, element, part), slot in SLOTS.items()}


def reported_numbers(month: Month) -> dict[str, Reported]:
    """What each programme's approved reports say; without places that have none."""
    found: dict[str, Reported] = defaultdict(lambda: defaultdict(dict))
    values = ReportValue.objects.filter(report__in=Report.objects.approved().filter(month=month))
    for place, element, part, value in values.values_list(
        "report__facility_id", "element", "part", "value"
    ):
        if stands := STANDS.get((element, part)):
            programme, slot = stands
            found[programme][place][slot] = value
    return {programme: dict(places) for programme, places in found.items()}
