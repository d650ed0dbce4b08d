"""How far approved reports lie from what the visits say, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS
from reporting.catalogue.language import Reported
from reporting.models import ReportValue
from reporting.workflow import Status

FED = frozenset(c for c, e in ELEMENTS.items() if not isinstance(e.source, Reported))  # by visits


@dataclass
class Gap:
    """One row of an approved report: cells that the visits know nothing of are left out."""

    form: str
    element: str
    reported: int = 0
    visits: int = 0
    reason: str = ""

    @property
    def share(self) -> float | None:
        """By what share of the visits it differs; None where there were none."""
        return (self.reported - self.visits) / self.visits if self.visits else None


def gaps(*, places: Collection[int], month: Month) -> Mapping[int, list[Gap]]:
    """Place -> the rows of its approved reports of the month that differ. Two queries.

    Weekly reports are left out: visits are counted by months.
    """
    rows = ReportValue.objects.filter(
        report__facility__in=places,
        report__month=month,
        report__week=0,
        report__status=Status.APPROVED,
        element__in=FED,
        value__isnull=False,
    ).values_list("report__facility", "report__form_code", "element", "part", "value", "reason")
    listed = list(rows)
    codes = sorted({row[2] for row in listed})
    said = totals.visits_below_each({row[0] for row in listed}, month, codes)
    found: dict[tuple[int, str, str], Gap] = {}
    for place, form, element, part, value, reason in listed:
        visits = said[place].get((element, part))
        if visits is None or value is None:
            continue
        gap = found.setdefault((place, form, element), Gap(form, element))
        gap.reported += value
        gap.visits += visits
        gap.reason = gap.reason or reason
    by_place: dict[int, list[Gap]] = defaultdict(list)
    for (place, _form, _element), gap in found.items():
        if gap.reported != gap.visits:
            by_place[place].append(gap)
    return by_place
