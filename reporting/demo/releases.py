"""The demo's released months: all but the last two, so that both states are there to be seen."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.releases import release_month
from reporting.selectors.periods import span
from reporting.selectors.places import Place
from reporting.selectors.releases import has_numbers

OPEN_MONTHS = 2
Report = Callable[[int, int], None]


def release_months(district: Facility, last: Month, tell: Report) -> int:
    """Release one month after the other, as an office does; how many there are now."""
    known = span(of=Place(district.pk, district.code, district.name, district.kind))
    every = known.first.until(last.plus(-OPEN_MONTHS)) if known else []
    months = [month for month in every if has_numbers(district=district, month=month)]
    for number, month in enumerate(months, start=1):
        release_month(district=district, month=month, by=None, note=_("Rilis bulanan"))
        tell(number, len(months))
    return len(months)
