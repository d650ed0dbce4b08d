"""Which reports of a year are in and in time, of all places at once, beside a loop over them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from benchmarks.district import LAST
from benchmarks.measuring import Result, faster, interleaved, same
from facilities.models import Ancestry, Facility
from ilp.core.months import Month
from reporting.actions.deadlines import Rule, set_deadline
from reporting.catalogue import FORMS
from reporting.models import Report
from reporting.selectors.completeness import IN, NONE, Rate, rates
from reporting.selectors.deadlines import deadlines

YEAR = LAST.plus(-11).until(LAST)
FORM = replace(FORMS["F1"], kinds=("puskesmas", "pustu", "posyandu"))
STATUSES = ("approved", "sent", "verified", "returned", "draft")
Rates = dict[tuple[int, Month], Rate]


def run(*, rounds: int = 3) -> list[Result]:
    """On a database with places; it is given a year of reports and a rule with days off."""
    fill()
    took = interleaved({"ours": ours, "loop": loop}, rounds=rounds)
    same("completeness", ours(), loop())
    places = Facility.objects.of_kind(*FORM.kinds).count()
    return [
        faster(
            f"completeness, {places} places x {len(YEAR)} months",
            took["ours"],
            took["loop"],
            ">= 2",
            "for every place with all below it: expected, in, in time; the loop asks each place "
            "for its reports and for what it lies below, and adds up in Python; deadlines "
            "are worked out once on either side",
        )
    ]


def fill() -> None:
    """Nine of ten reports, some late, some not in; a deadline that minds days off."""
    (district,) = Facility.objects.of_kind(Facility.Kind.DISTRICT)
    rule = Rule("", "", 5, None, 1, to_workday=True, source="SK")
    set_deadline(district=district, rule=rule, since=YEAR[0], by=None)
    zone = timezone.get_default_timezone()
    Report.objects.bulk_create(
        Report(
            facility_id=pk,
            month=month,
            form_code=FORM.code,
            status=STATUSES[(pk + at) % len(STATUSES)],
            sent_at=datetime.combine(
                month.last_day + timedelta(days=(7 * pk + at) % 12), time(10), zone
            ),
        )
        for pk in Facility.objects.of_kind(*FORM.kinds).values_list("pk", flat=True)
        for at, month in enumerate(YEAR)
        if (pk + 3 * at) % 10
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reporting_report, facilities_ancestry, facilities_facility")


def ours() -> Rates:
    places = list(Facility.objects.values_list("pk", flat=True))
    return rates(places=places, months=YEAR, forms=[FORM])


def loop() -> Rates:
    """Place after place, as one would write it first."""
    found: Rates = defaultdict(lambda: NONE)
    places = list(Facility.objects.of_kind(*FORM.kinds))
    known = deadlines(places=[place.pk for place in places], months=YEAR)
    for place in places:
        links = list(Ancestry.objects.filter(descendant=place))
        reports = {r.month: r for r in place.reports.filter(form_code=FORM.code, month__in=YEAR)}
        for month in YEAR:
            day = month.last_day
            if place.opened_on > day or (place.closed_on and place.closed_on <= day):
                continue
            report = reports.get(month)
            is_in = report is not None and report.status in IN
            in_time = is_in and known.of(FORM, place, month).has(report)
            for link in links:
                if day in link.valid:
                    found[link.ancestor_id, month] += Rate(1, int(is_in), int(in_time))
    return dict(found)
