"""Visits rolled up into totals, and approved reports beside them, for tests."""

from random import Random

from facilities.models import ChangedCell
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import ELEMENTS, FORMS
from reporting.models import Report, ReportValue
from reporting.selectors import verification
from tests.reporting import rows


def places_of(tree):
    return [tree[k] for k in ("melati", "mawar", "pustu_satu", "pustu_dua", "first", "second")]


def with_visits(places):
    random = Random(7)
    rows.write("growth", rows.random_growth(random, places), places)
    rows.write("antenatal", rows.random_antenatal(random, places), places)
    roll_up_changed()


def found():
    span = verification.span()
    return list(verification.differences(first=span[0], last=span[1]))


def approved(place, month, number):
    """An approved F1 in which every box holds the number."""
    form = next(iter(FORMS.values()))
    report = Report.objects.create(
        facility=place,
        month=month,
        form_code=form.code,
        status="approved",
        sent_at="2025-06-01T00:00Z",
    )
    ReportValue.objects.bulk_create(
        ReportValue(report=report, element=code, part=part, value=number)
        for code in [item.element for item in form.items if item.element in ELEMENTS]
        for part in ELEMENTS[code].parts
    )
    ChangedCell.objects.create(place=place, month=month, programme="growth")
    return report
