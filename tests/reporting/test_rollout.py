"""The curve goes on over the years against the steps of their targets; its table as a file."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.actions import ilp
from facilities.roles import Role
from facilities.selectors.ilp import rollout
from ilp.core.months import Month
from tests.factories import small_district, worker

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 15)


@pytest.fixture
def places():
    held = small_district()
    for name, since in (("first", date(2024, 3, 5)), ("second", date(2025, 2, 1))):
        ilp.record_ilp_status(
            facility=held[name], state="berjalan", since=since, evidence="BA", decree="", by=None
        )
    for year, number in ((2024, 1), (2025, 2), (2026, 2)):
        ilp.set_ilp_target(
            district=held["district"], kind="puskesmas", year=year, number=number,
            source="Renstra", decided_on=date(2024, 1, 2), by=None,
        )  # fmt: skip
    return held


def curve(places, kind, year=2025):
    answer = rollout(district=places["district"], year=year, today=TODAY)
    return next(one for one in answer.curves if one.kind == kind)


def test_the_curve_begins_with_the_first_year_that_is_known(places):
    steps = curve(places, "puskesmas").steps

    assert steps[0] == (Month(2024, 1), 0, 1)
    assert (Month(2024, 3), 1, 1) in steps
    assert (Month(2025, 2), 2, 2) in steps
    assert steps[-1] == (Month(2025, 12), None, 2)


def test_where_nothing_is_known_the_curve_is_the_year_alone(places):
    steps = curve(places, "posyandu").steps
    assert [month for month, _running, _goal in steps] == Month(2025, 12).of_year


def test_the_target_of_a_year_to_come_is_that_years(places):
    answer = rollout(district=places["district"], year=2026, today=TODAY)
    assert next(one for one in answer.kinds if one.kind == "puskesmas").target == 2
    assert curve(places, "puskesmas", 2026).steps[-1] == (Month(2026, 12), None, 2)


def test_the_table_can_be_taken_along(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    text = client.get(reverse("reporting:rollout-file", args=["csv"])).content.decode()
    book = client.get(reverse("reporting:rollout-file", args=["xlsx"])).content

    assert f"{places['first'].code};Kenanga;Berjalan;2024-03-05;0;1;0;1" in text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Data")
    assert [row[1] for row in sheet.to_python()] == ["Puskesmas", "Cempaka", "Kenanga"]
    assert client.get("/peta-jalan/unduh.pdf").status_code == 404


def test_only_who_may_export_takes_it(client, places):
    client.force_login(worker(Role.LIHAT, places["district"]))
    assert client.get(reverse("reporting:rollout-file", args=["csv"])).status_code == 403
    assert "unduh.xlsx" not in client.get(reverse("reporting:rollout")).content.decode()
