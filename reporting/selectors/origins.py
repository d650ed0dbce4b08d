"""The rows of the source behind a number: the visits, milestones, weighings and reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from clusters.models import VISITS, GrowthMonth, Milestone
from facilities.models import Ancestry, Facility
from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, FORMS, Indicator
from reporting.catalogue.language import Axis, Children, Element, Reached, Visits
from reporting.models import Report
from reporting.selectors.places import Place
from reporting.selectors.scores import element_codes

LARGEST_LIST = 10_000
PLACE = {Axis.HOME: "home", Axis.SERVICE: "facility"}


@dataclass(frozen=True)
class Origin:
    """The source rows of one element. `ids` is cut at LARGEST_LIST; `count` is not."""

    element: str
    kind: str  # visit, milestone, weighing or report
    count: int
    ids: tuple[int, ...]


def origins(*, indicator: Indicator, of: Place, month: Month) -> list[Origin]:
    """What each element of the formula was counted from, in the months that are added up.

    Each month is seen with the tree as it stood at its end, as the roll-up does.
    """
    months = indicator.months(month)
    found = []
    for code in sorted(element_codes([indicator])):
        element = ELEMENTS[code]
        kind, rows = _rows(element)
        if rows is not None:
            found.append(_origin(code, kind, [_in(rows, element, of, m) for m in months]))
        if reports := _reports(code, of, months):
            found.append(reports)
    return found


def _rows(element: Element) -> tuple[str, QuerySet | None]:
    source = element.source
    if isinstance(source, Visits):
        return "visit", VISITS[source.service].objects.standing().filter(source.when)
    if isinstance(source, Reached):
        return "milestone", Milestone.objects.filter(code=source.code)
    if isinstance(source, Children):
        return "weighing", GrowthMonth.objects.filter(source.when)
    return "report", None


def _in(rows: QuerySet, element: Element, of: Place, month: Month) -> QuerySet:
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    here = rows.filter(**{f"{PLACE[element.axis]}__in": links.values("descendant")})
    if isinstance(element.source, Children):
        return here.filter(month=month)
    day = "on" if isinstance(element.source, Reached) else "seen_on"
    return here.filter(**{f"{day}__range": (month.first_day, month.last_day)})


def _origin(code: str, kind: str, parts: Collection[QuerySet]) -> Origin:
    """Visits by their own ids, what is derived by the id of the visit that it came from."""
    name = "pk" if kind == "visit" else "visit_id"
    ids: list[int] = []
    count = 0
    for rows in parts:
        count += rows.count()
        if left := LARGEST_LIST - len(ids):
            ids += rows.order_by(name).values_list(name, flat=True)[:left]
    return Origin(code, kind, count, tuple(ids))


def _reports(code: str, of: Place, months: Collection[Month]) -> Origin | None:
    forms = [form.code for form in FORMS.values() if code in {i.element for i in form.items}]
    if not forms:
        return None
    ids: list[int] = []
    for month in months:
        inside = Facility.objects.within(Facility(pk=of.pk), month.last_day)
        held = Report.objects.approved().filter(
            month=month, form_code__in=forms, facility__in=inside.values("pk")
        )
        ids += held.order_by("pk").values_list("pk", flat=True)
    return Origin(code, "report", len(ids), tuple(ids[:LARGEST_LIST])) if ids else None
