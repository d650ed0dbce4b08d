"""Every page says the same of who has reported."""

from datetime import date

import pytest
from django.utils import timezone

from ilp.core.months import Month
from reporting.models import Report
from reporting.selectors.periods import freshness
from reporting.selectors.places import Place
from reporting.workflow import Status
from tests.factories import small_district
from tests.reporting.figures import MAY, total

pytestmark = pytest.mark.django_db
LATER = date(2025, 12, 1)


@pytest.fixture
def places():
    return small_district()


def who(places):
    district = places["district"]
    of = Place(district.pk, district.code, district.name, district.kind)
    found = freshness(of=of, month=MAY, kind="puskesmas", today=LATER)
    return found.reporting, found.expected


def test_nobody_reports_where_nothing_was_recorded(places):
    assert who(places) == (0, 2)


def test_a_visit_of_any_service_is_a_report(places):
    total(places["first"], MAY, antenatal_seen=1)
    total(places["second"], MAY, chronic_visits=1)
    assert who(places) == (2, 2)


def test_how_people_stand_is_none(places):
    total(places["first"], MAY, ht_terdaftar=7)
    assert who(places) == (0, 2)


def test_another_month_is_none(places):
    total(places["first"], Month(2025, 4), antenatal_seen=1)
    assert who(places) == (0, 2)


@pytest.mark.parametrize(("status", "number"), [(Status.APPROVED, 1), (Status.SENT, 0)])
def test_a_report_counts_once_it_is_approved(places, status, number):
    Report.objects.create(
        facility=places["first"], month=MAY, form_code="F1", status=status, sent_at=timezone.now()
    )
    assert who(places) == (number, 2)
