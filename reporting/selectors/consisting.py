"""What the number that is proposed for a row of a report consists of: R-FORM 6."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from facilities.models import Facility
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of
from ilp.core.windows import Window
from reporting import totals
from reporting.catalogue import ELEMENTS, ROWS
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
from reporting.models import Report
from reporting.selectors.checking import part_label, parts_of
from reporting.selectors.counted import below, count_for, is_by_day, shared
from reporting.selectors.deadlines import due_on

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
    """One place's share: what was recorded there and counts, and what its report says in place of
    visits."""

    place: Facility
    recorded: int | None
    report: Report | None = None
    reported: int | None = None


@dataclass(frozen=True)
class Consisting:
    """`parts` are (column, number) as proposed; `places` the largest share first. What they
    recorded and reported adds up to the total."""

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

    @property
    def whose(self) -> StrOrPromise:
        """Whose reports these are."""
        kinds = {one.place.kind for one in self.places if one.report}
        return OF_POSYANDU if kinds == {Facility.Kind.POSYANDU} else OF_BELOW


OF_POSYANDU, OF_BELOW = _("laporan Posyandu"), _("laporan di bawahnya")


def made_of(element: str) -> StrOrPromise:
    """What is counted for a row, "" where nothing is."""
    if element in REGISTERED:
        return _("anak yang terdaftar pada akhir bulan")
    return MADE_OF.get(type(ROWS[element].source), "")


def reported_below(*, form: Form, place: Facility, month: Month) -> Mapping[str, int]:
    """Element -> how much of what is proposed for it comes from reports of places below. One query,
    none where no form that they fill in has such a row."""
    asked = [code for code in shared(form.typed, place, month) if code not in REGISTERED]
    found: dict[str, int] = {}
    for said in totals.reports_below(place.pk, month, asked).values():
        for (element, _part), number in said.items():
            found[element] = found.get(element, 0) + number
    return found


def consisting(*, form: Form, item: Item, place: Facility, period: Period) -> Consisting:
    """Eight queries at most."""
    element, month = item.element, month_of(period)
    window = due_on(form, place, period).window if is_by_day([element]) else Window.of(month)
    counted = count_for(codes=[element], place=place, month=month, window=window)
    known = [
        (part_label(p), counted[element, p]) for p in parts_of(item) if (element, p) in counted
    ]
    source = ROWS[element].source
    is_kept = element in ELEMENTS and element not in REGISTERED
    by_visits = is_kept and not isinstance(source, Reported)
    standing = below([element], place, month, window) if is_kept else totals.Below()
    recorded = totals.own_over(place.pk, month, window, element) if by_visits else {}
    return Consisting(
        item=item,
        what=made_of(element),
        total=sum(number for _label, number in known) if known else None,
        parts=tuple(known),
        places=_places(_counting(recorded, standing, element), standing, element, month),
        service=getattr(source, "service", ELEMENTS[element].programme) if by_visits else "",
        window=window,
        by_home=by_visits and ELEMENTS[element].axis is Axis.HOME,
    )


def _counting(
    recorded: Mapping[int, int], standing: totals.Below, element: str
) -> Mapping[int, int]:
    """Place -> what it recorded, without the cells in which a report stands for it."""
    found = dict(recorded)
    for part in ELEMENTS[element].parts if standing.given else ():
        for place in standing.covered((element, part)):
            if place in found:
                found[place] -= standing.own.get(place, {}).get((element, part), 0)
    return {place: number for place, number in found.items() if number}


def _places(
    recorded: Mapping[int, int], standing: totals.Below, element: str, month: Month
) -> tuple[From, ...]:
    parts = ELEMENTS[element].parts if element in ELEMENTS else ()
    told = {
        place: sum(said.get((element, part), 0) for part in parts)
        for place, said in standing.given.items()
    }
    reports = _reports(told, element, month) if told else {}
    held = Facility.objects.in_bulk({*recorded, *told})
    listed = [
        From(place, recorded.get(pk), reports.get(pk), told.get(pk)) for pk, place in held.items()
    ]
    return tuple(
        sorted(listed, key=lambda one: (-(one.recorded or 0) - (one.reported or 0), one.place.name))
    )


def _reports(places: Collection[int], element: str, month: Month) -> dict[int, Report]:
    """Place -> its approved report of the month that has the row."""
    rows = Report.objects.approved().filter(
        facility__in=places, month=month, values__element=element
    )
    return {one.facility_id: one for one in rows.distinct()}
