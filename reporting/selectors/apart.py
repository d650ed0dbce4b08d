"""What is proposed where numbers stand in no totals: LB1 from visits, LPLPO from the last stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from facilities.models import Facility
from ilp.core import sql
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.catalogue import FORMS, ROWS, forms_stock
from reporting.catalogue.breakdowns import LB1_AGES, OLD
from reporting.catalogue.diseases import OTHERS, listing_on
from reporting.models import Report, ReportValue
from reporting.workflow import EDITABLE

Cells = dict[tuple[str, str], int]


def cases(*, codes: Collection[str], place: Facility, month: Month, window: Window) -> Cells:
    """What the visits to a place and below it say for rows of LB1. One query, none for no codes.

    They are those of the window; the list of diseases is that of the month. 0 where there were
    visits of which none had the disease; empty where there were none at all.
    """
    if not codes:
        return {}
    rows = sql.run(
        "reporting/cases",
        place=place.pk,
        first_day=window.first,
        last_day=window.last,
        ages=[age.code for age in LB1_AGES],
        days=[age.days for age in LB1_AGES],
        months=[age.months for age in LB1_AGES],
    )
    listing = listing_on(month.first_day)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for category, sex, age, kind, count in rows:
        if category is None:
            visits = count
            continue
        row = (listing.row_of(category) or OTHERS).code
        found[row, f"{sex}:{age if kind == 'baru' else OLD}"] += count
    if not visits:
        return {}
    return {(code, part): found.get((code, part), 0) for code in codes for part in ROWS[code].parts}


def carried_over(*, codes: Collection[str], place: Facility, month: Month) -> Cells:
    """What columns begin with: what the place's report of the month before ended with, once sent.

    One query, none where nothing is carried over.
    """
    form = next((f for f in FORMS.values() if f.carried and set(codes) & set(f.typed)), None)
    if form is None or form.carried is None:
        return {}
    begins, ended = form.carried
    before = Report.objects.filter(facility=place, month=month.plus(-1), form_code=form.code)
    held = ReportValue.objects.filter(
        report__in=before.exclude(status__in=EDITABLE), element__in=codes, part=ended
    )
    return {
        (element, begins): value
        for element, value in held.values_list("element", "value")
        if value is not None
    }


def availability(*, codes: Collection[str], place: Facility, month: Month) -> Cells:
    """Of the listed drugs how many were looked at and how many are left, as the place's LPLPO says.

    Empty until that is sent. One query, none where nobody asks for it.
    """
    asked = {forms_stock.ASSESSED, forms_stock.AVAILABLE} & set(codes)
    if not asked:
        return {}
    _begins, left = forms_stock.FORM.carried or ("", "")
    sent = Report.objects.filter(facility=place, month=month, form_code=forms_stock.FORM.code)
    held = ReportValue.objects.filter(
        report__in=sent.exclude(status__in=EDITABLE),
        element__in=[drug.element for drug in forms_stock.LISTED.drugs],
        part=left,
    )
    numbers = [n for n in held.values_list("value", flat=True) if n is not None]
    if not numbers:
        return {}
    found = {forms_stock.ASSESSED: len(numbers), forms_stock.AVAILABLE: sum(n > 0 for n in numbers)}
    return {(code, ""): found[code] for code in asked}
