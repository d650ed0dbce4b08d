"""What the number that visits propose for a row of a report consists of: R-FORM 6."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from facilities.models import Facility
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of
from ilp.core.windows import Window
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS, ROWS
from reporting.catalogue.language import (
    Axis,
    Cases,
    Children,
    Cohort,
    Form,
    Item,
    Reached,
    Reported,
    Summed,
    Visits,
)
from reporting.models import Report, ReportValue
from reporting.selectors.checking import part_label, parts_of
from reporting.selectors.counted import count_for, is_by_day
from reporting.selectors.deadlines import due_on
from reporting.workflow import Status

REGISTERED = ("skdn_s", "skdn_k")  # of the register of children: no place has recorded them
MADE_OF: dict[type, StrOrPromise] = {
    Visits: _("kunjungan"),
    Summed: _("jumlah isian kunjungan"),
    Reached: _("orang, menurut kunjungannya"),
    Cohort: _("orang, menurut kunjungannya"),
    Children: _("anak yang ditimbang"),
    Cases: _("diagnosis kunjungan"),
}


@dataclass(frozen=True)
class From:
    """One place's share: what was recorded there, and what its approved report says of the row."""

    place: Facility
    recorded: int | None
    report: Report | None = None
    reported: int | None = None


@dataclass(frozen=True)
class Consisting:
    """`parts` are (column, number) as proposed; `places` the largest share first."""

    item: Item
    what: StrOrPromise
    total: int | None
    parts: tuple[tuple[str, int], ...]
    places: tuple[From, ...]
    service: str  # whose visits they are, "" where they are of no one service
    by_home: bool  # whether people are counted where they live
    window: Window  # the days that are counted

    @property
    def recorded(self) -> int:
        return sum(one.recorded or 0 for one in self.places)

    @property
    def reported(self) -> int:
        return sum(one.reported or 0 for one in self.places)


def made_of(element: str) -> StrOrPromise:
    """What is counted for a row, "" where nothing is."""
    if element in REGISTERED:
        return _("anak yang terdaftar pada akhir bulan")
    return MADE_OF.get(type(ROWS[element].source), "")


def reported_below(*, form: Form, place: Facility, month: Month) -> Mapping[str, int]:
    """Element -> what approved reports of places below say of it. One query, none where no form
    that they fill in has such a row."""
    rows = set(form.typed)
    others = [one.code for one in FORMS.values() if set(one.kinds) - {place.kind}]
    shared = [code for code in others if rows & set(FORMS[code].typed)]
    if not shared:
        return {}
    held = _values(place, month, shared).filter(element__in=rows)
    return dict(held.values_list("element").annotate(Sum("value")))


def consisting(*, form: Form, item: Item, place: Facility, period: Period) -> Consisting:
    """Seven queries at most."""
    element, month = item.element, month_of(period)
    window = due_on(form, place, period).window if is_by_day([element]) else Window.of(month)
    counted = count_for(codes=[element], place=place, month=month, window=window)
    known = [
        (part_label(p), counted[element, p]) for p in parts_of(item) if (element, p) in counted
    ]
    source = ROWS[element].source
    is_kept = element in ELEMENTS and element not in REGISTERED and not isinstance(source, Reported)
    recorded = totals.own_over(place.pk, month, window, element) if is_kept else {}
    return Consisting(
        item=item,
        what=made_of(element),
        total=sum(number for _label, number in known) if known else None,
        parts=tuple(known),
        places=_places(recorded, _reports(element, place, month)),
        service=getattr(source, "service", ELEMENTS[element].programme) if is_kept else "",
        window=window,
        by_home=is_kept and ELEMENTS[element].axis is Axis.HOME,
    )


def _values(place: Facility, month: Month, forms: list[str]) -> QuerySet[ReportValue]:
    below = Facility.objects.within(place, month.last_day).exclude(pk=place.pk)
    return ReportValue.objects.filter(
        report__status=Status.APPROVED,
        report__month=month,
        report__form_code__in=forms,
        report__facility__in=below.values("pk"),
        value__isnull=False,
    )


def _reports(element: str, place: Facility, month: Month) -> dict[int, tuple[Report, int]]:
    """Place below -> its approved report that has the row, and what it says."""
    forms = [one.code for one in FORMS.values() if element in one.typed]
    rows = _values(place, month, forms).filter(element=element).select_related("report")
    found: dict[int, tuple[Report, int]] = {}
    sums: dict[int, int] = defaultdict(int)
    for row in rows:
        sums[row.report.facility_id] += row.value or 0
        found[row.report.facility_id] = (row.report, sums[row.report.facility_id])
    return found


def _places(
    recorded: Mapping[int, int], reports: Mapping[int, tuple[Report, int]]
) -> tuple[From, ...]:
    held = Facility.objects.in_bulk({*recorded, *reports})
    listed = []
    for pk, place in held.items():
        report, reported = reports.get(pk, (None, None))
        listed.append(From(place, recorded.get(pk), report, reported))
    return tuple(sorted(listed, key=lambda one: (-(one.recorded or 0), one.place.name)))
