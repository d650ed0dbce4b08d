"""When the reports of the demo were sent: it is built at one stroke, long after they were due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from facilities.models import Facility
from reporting.models import Report
from reporting.selectors.deadlines import deadlines

# Days from the last day on which a report is in time; two of ten are late.
SLIPS = (-4, -3, -2, -2, -1, -1, 0, 0, 2, 5)


def send_in_time(places: Mapping[str, Facility], seed: int) -> None:
    """As if each had been sent about its due day; none of them after now."""
    now = timezone.localtime()
    sent = Report.objects.filter(facility__in=places.values(), sent_at__isnull=False)
    months = sent.values_list("month", flat=True).distinct()
    last_days = deadlines(places=[place.pk for place in places.values()], months=list(months))
    for report in sent.select_related("facility"):
        place = report.facility.code
        rng = Random(f"{seed}:{report.form_code}:{place}:{report.period}")  # noqa: S311
        last = last_days.of(report.form, report.facility, report.period)
        day = last.until + timedelta(days=rng.choice(SLIPS))
        report.sent_at = min(now, datetime.combine(day, time(9), tzinfo=now.tzinfo))
        report.save(update_fields=["sent_at"])
