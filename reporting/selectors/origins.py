"""The rows of the source behind a number: the visits, milestones, weighings and reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from clusters.milestones import services_beside
from clusters.models import VISITS, GrowthMonth, Milestone
from facilities.models import Ancestry, Facility
from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, FORMS, Indicator
from reporting.catalogue.language import Axis, Children, Cohort, Element, Reached, Summed, Visits
from reporting.models import Report
from reporting.selectors.places import Place
from reporting.selectors.scores import element_codes

LARGEST_LIST = 10_000
DAYS = {Reached: "on", Cohort: "scope"}
PLACE = {Axis.HOME: "home", Axis.SERVICE: "facility"}


@dataclass(frozen=True)
class Origin:
    """The source rows of one element. `ids` is cut at LARGEST_LIST; `count` is not."""

    element: str
    kind: str  # visit, milestone, weighing or report
    service: str  # whose visits `ids` are, also of a milestone; none of a report
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
        for kind, service, rows in _rows(element):
            here = [_in(rows, element, of, m) for m in months]
            found.append(_origin(code, kind, service, here))
        if reports := _reports(code, of, months):
            found.append(reports)
    return found


def _rows(element: Element) -> Iterator[tuple[str, str, QuerySet]]:
    source = element.source
    if isinstance(source, Visits):
        yield "visit", source.service, VISITS[source.service].objects.standing().filter(source.when)
    elif isinstance(source, Summed):
        counted = VISITS[source.service].objects.standing().filter(source.when)
        yield "visit", source.service, counted.filter(**{f"{source.field}__gt": 0})
    elif isinstance(source, Reached | Cohort):
        rows: QuerySet[Milestone] = Milestone.objects.filter(code=source.code)
        yield "milestone", element.programme, rows.filter(visit_service=None)
        for other in services_beside(element.programme, source.code):
            yield "milestone", other, rows.filter(visit_service=other)
    elif isinstance(source, Children):
        yield "weighing", element.programme, GrowthMonth.objects.filter(source.when)


def _in(rows: QuerySet, element: Element, of: Place, month: Month) -> QuerySet:
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    here = rows.filter(**{f"{PLACE[element.axis]}__in": links.values("descendant")})
    if isinstance(element.source, Children):
        return here.filter(month=month)
    day = DAYS.get(type(element.source), "seen_on")
    return here.filter(**{f"{day}__range": (month.first_day, month.last_day)})


def _origin(code: str, kind: str, service: str, parts: Collection[QuerySet]) -> Origin:
    """Visits by their own ids, what is derived by the id of the visit that it came from."""
    name = "pk" if kind == "visit" else "visit_id"
    ids: list[int] = []
    count = 0
    for rows in parts:
        count += rows.count()
        if left := LARGEST_LIST - len(ids):
            ids += rows.order_by(name).values_list(name, flat=True)[:left]
    return Origin(code, kind, service, count, tuple(ids))


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
    return Origin(code, "report", "", len(ids), tuple(ids[:LARGEST_LIST])) if ids else None
