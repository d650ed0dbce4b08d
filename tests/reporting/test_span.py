"""How people stand is carried into months to come, and does not open them by itself."""

import pytest

from ilp.core.months import Month
from reporting.selectors.periods import CARRIED, Span, span
from reporting.selectors.places import Place
from tests.factories import small_district
from tests.reporting.figures import MAY, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return small_district()["district"]


def place(facility):
    return Place(facility.pk, facility.code, facility.name, facility.kind)


def test_states_alone_open_no_month(district):
    assert "chronic" in CARRIED
    total(district, MAY, k1=5)
    total(district, Month(2025, 8), ht_terdaftar=7)
    assert span(of=place(district)) == Span(MAY, MAY)


def test_where_there_is_nothing_else_they_do(district):
    total(district, MAY, ht_terdaftar=7)
    assert span(of=place(district)) == Span(MAY, MAY)


def test_nothing_is_no_span(district):
    assert span(of=place(district)) is None
