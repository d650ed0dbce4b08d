"""How far approved reports lie from what the visits to the same days say, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists

from facilities.models import Facility
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting import totals
from reporting.catalogue import ELEMENTS
from reporting.catalogue.language import Reported
from reporting.catalogue.own import form_on
from reporting.models import Deadline, ReportValue
from reporting.selectors.deadlines import Deadlines, deadlines
from reporting.workflow import Status

CLOSING = Deadline.objects.filter(closes_on__isnull=False)
Asked = tuple[int, str]  # place, form
Said = Mapping[tuple[str, str], int]  # (element, part) -> number

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
    """Place -> the rows of its approved reports of the month that differ. Two queries; where any
    month closes early one more, and two for each window other than the month.

    Weekly reports are left out: visits are counted by months.
    """
    rows = ReportValue.objects.filter(
        report__facility__in=places,
        report__month=month,
        report__week=0,
        report__status=Status.APPROVED,
        element__in=FED,
        value__isnull=False,
    ).values_list(
        *("report__facility", "report__facility__kind", "report__form_code", "element"),
        *("part", "value", "reason", Exists(CLOSING)),
    )
    listed = list(rows)
    closing = any(row[-1] for row in listed)
    said = _visits({row[:4] for row in listed}, month, closing=closing)
    found: dict[tuple[int, str, str], Gap] = {}
    for place, _kind, form, element, part, value, reason, _closing in listed:
        visits = said[place, form].get((element, part))
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


def _visits(
    rows: Collection[tuple[int, str, str, str]], month: Month, *, closing: bool
) -> Mapping[Asked, Said]:
    """By place and form what the visits of the days that it covers say of its elements.

    A row is a place, its kind, a form and an element; `closing`: whether any month closes early.
    """
    places = {row[0] for row in rows}
    known = deadlines(places=places, months=[month]) if closing else Deadlines()
    groups: dict[Window, tuple[set[Asked], set[str]]] = defaultdict(lambda: (set(), set()))
    for place, kind, form, element in rows:
        window = known.window(form_on(form, month), Facility(pk=place, kind=kind), month)
        asked, codes = groups[window]
        asked.add((place, form))
        codes.add(element)
    said: dict[Asked, Said] = {}
    for window, (asked, codes) in groups.items():
        here = {place for place, _form in asked}
        counted = totals.visits_over(here, month, window, sorted(codes))
        said |= {(place, form): counted[place] for place, form in asked}
    return said
