"""The curve goes on over the years against the steps of their targets; its table as a file."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from facilities.actions import ilp
from facilities.actions.readiness import Said, note_obstacle, record_readiness
from facilities.models import Obstacle
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


def test_readiness_and_what_holds_up_stand_at_each_puskesmas_and_in_the_file(client, places):
    today = timezone.localdate()
    said = {"alur": Said("ya"), "rme": Said("belum"), "pws": Said("tb")}
    record_readiness(facility=places["first"], said=said, since=date(2025, 1, 1), by=None)
    note_obstacle(facility=places["first"], text="Bidan kurang", promised_on=today, by=None)
    Obstacle.objects.update(promised_on=today - timedelta(days=3), since=date(2025, 1, 1))
    record_readiness(
        facility=places["district"], said={"anggaran": Said("ya")}, since=date(2025, 1, 1), by=None
    )
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    page = " ".join(client.get(reverse("reporting:rollout")).content.decode().split())
    text = client.get(reverse("reporting:rollout-file", args=["csv"])).content.decode()

    row = next(r for r in page.split("<tr>") if ">Kenanga</a>" in r)
    assert "14,3%" in row
    assert "1 dari 7 butir" in row
    assert "Bidan kurang" in row
    assert "Lewat 3 hari" in row
    assert "BL" in next(r for r in page.split("<tr>") if ">Cempaka</a>" in r)
    assert "1 dari 4 butir" in page
    line = next(one for one in text.splitlines() if one.startswith(places["first"].code))
    assert line.split(";")[8:] == ["14,285714285714286", "Bidan kurang", f"{today - timedelta(3)}"]
    profile = client.get(f"/tempat/{places['first'].code}/", {"v": "kesiapan"}).content.decode()
    assert "Bidan kurang" in profile


def test_only_who_may_export_takes_it(client, places):
    client.force_login(worker(Role.LIHAT, places["district"]))
    assert client.get(reverse("reporting:rollout-file", args=["csv"])).status_code == 403
    assert "unduh.xlsx" not in client.get(reverse("reporting:rollout")).content.decode()
