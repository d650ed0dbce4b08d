"""What approved reports say, in the totals' own order."""

from __future__ import annotations

from collections import defaultdict

from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, FORMS, SLOTS
from reporting.models import Report, ReportValue

Reported = dict[int, dict[int, int]]  # place id -> slot -> the approved number

# Forms of which nothing stands in totals: their many numbers are not even read.
ALONE = [code for code, form in FORMS.items() if not ELEMENTS.keys() & set(form.typed)]


def reported_numbers(month: Month) -> dict[str, Reported]:
    """What each programme's approved reports say, weeks added up; without places that have none.

    A service that a place does not have counts as nothing: visits do not speak in its stead.
    """
    found: dict[str, Reported] = defaultdict(lambda: defaultdict(dict))
    approved = Report.objects.approved().filter(month=month).exclude(form_code__in=ALONE)
    values = ReportValue.objects.filter(report__in=approved, text="")
    for place, element, part, value in values.values_list(
        "report__facility_id", "element", "part", "value"
    ):
        if stands := _stands(element, part):
            programme, slot = stands
            numbers = found[programme][place]
            numbers[slot] = numbers.get(slot, 0) + (value or 0)
    return {programme: dict(places) for programme, places in found.items()}


def _stands(element: str, part: str) -> tuple[str, int] | None:
    """The programme and position of a cell; None for one that no form asks for any more."""
    if element not in ELEMENTS:
        return None
    programme = ELEMENTS[element].programme
    slot = SLOTS.get((programme, element, part))
    return None if slot is None else (programme, slot)
