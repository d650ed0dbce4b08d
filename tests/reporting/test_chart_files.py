"""Paths of care, SKDN and the spread of ILP as files: what the page draws, and its rows."""

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.actions import ilp
from facilities.roles import Role
from reporting.charts import cascade, skdn
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district
from tests.reporting.released_pages import forget

pytestmark = pytest.mark.django_db
CASCADE = "/klaster/K2/kaskade/ibu"
SKDN = "/skdn/unduh"
CURVE = "/peta-jalan/puskesmas"
ALL = pytest.mark.parametrize("address", [CASCADE, SKDN, CURVE])


@pytest.fixture
def places():
    forget()
    places = filled_district()
    ilp.record_ilp_status(
        facility=places["first"], state="berjalan", since=date(2025, 2, 1), evidence="BA",
        decree="", by=None,
    )  # fmt: skip
    ilp.set_ilp_target(
        district=places["district"], kind="puskesmas", year=2025, number=2, source="Renstra",
        decided_on=date(2025, 1, 2), by=None,
    )  # fmt: skip
    return places


@pytest.fixture
def chief(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    return client


def asked(places):
    return {"w": places["district"].code, "p": str(MAY), "tahun": "2025"}


def rows(client, address, places):
    answer = client.get(f"{address}.csv", asked(places))
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@ALL
def test_picture_and_both_tables_come_from_one_object(chief, places, address):
    drawn = chief.get(f"{address}.svg", asked(places))
    assert drawn["Content-Type"].startswith("image/svg+xml")
    assert drawn["Content-Disposition"].endswith('.svg"')
    said = " ".join(ElementTree.fromstring(drawn.content).itertext())
    assert places["district"].name in said
    assert "ILP · " in said
    assert "class=" not in drawn.content.decode()
    found = rows(chief, address, places)
    book = chief.get(f"{address}.xlsx", asked(places)).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Data").to_python()
    assert len(sheet) == len(found) + 1 > 2
    assert [str(cell) for cell in sheet[0]] == list(found[0])
    assert chief.get(f"{address}.pdf", asked(places)).status_code == 404


def test_each_step_stands_with_what_was_lost_on_the_way_to_it(chief, places):
    page = chief.get("/klaster/K2/", asked(places)).content.decode()
    first, second, *_rest = rows(chief, CASCADE, places)
    assert (first["Langkah"], first["Berkurang"]) == (first["Langkah"], "")
    assert int(second["Berkurang"]) == int(first["Orang"]) - int(second["Orang"])
    assert f"{first['Langkah']}: {first['Orang']}<" in page


def test_the_months_of_weighing_say_the_ratios_of_the_page(chief, places):
    page = chief.get(f"/tempat/{places['district'].code}/", asked(places)).content.decode()
    last = rows(chief, SKDN, places)[-1]
    shown = f"{float(last['D/S (%)']):.1f}".replace(".", ",")
    assert f">{shown}</text>" in page
    assert 'id="skdn"' in page


def test_the_curve_holds_every_month_with_its_target(chief, places):
    found = {row["Bulan"]: row for row in rows(chief, CURVE, places)}
    assert (found["Januari 2025"]["Menerapkan"], found["Januari 2025"]["Target"]) == ("0", "2")
    assert found["Februari 2025"]["Menerapkan"] == "1"


@ALL
def test_only_who_may_export_takes_them_and_is_offered_them(client, places, address):
    page = {CASCADE: "/klaster/K2/", SKDN: f"/tempat/{places['district'].code}/",
            CURVE: "/peta-jalan/"}[address]  # fmt: skip
    for role, may in ((Role.PROGRAMMER, True), (Role.LIHAT, False)):
        client.force_login(worker(role, places["district"]))
        text = client.get(page, asked(places)).content.decode()
        assert bool(re.search(rf'data-png="{address}\.svg', text)) is may, role
        assert client.get(f"{address}.csv", asked(places)).status_code == (200 if may else 403)


def test_what_there_is_not_is_not_found(chief, places):
    for address in (
        "/klaster/K2/kaskade/tb.svg",
        "/klaster/K2/kaskade/entah.csv",
        "/klaster/K9/kaskade/ibu.csv",
        "/peta-jalan/klinik.svg",
    ):
        assert chief.get(address, asked(places)).status_code == 404, address
    empty = asked(places) | {"w": places["mawar"].code, "p": "2020-01"}
    assert chief.get(f"{SKDN}.svg", empty).status_code == 404


@pytest.mark.parametrize("address", [CASCADE, SKDN])
def test_places_outside_ones_scope_do_not_exist(client, places, address):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    outside = {"w": places["second"].code, "p": str(MAY)}
    assert client.get(f"{address}.csv", outside).status_code == 404


def test_a_puskesmas_takes_the_curve_of_its_own_network(client, places):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    answer = client.get(reverse("reporting:rollout-curve", args=["puskesmas", "csv"]))
    assert answer.status_code == 200
    assert places["first"].code in answer["Content-Disposition"]


def test_more_than_before_is_marked_and_unknown_stays_empty():
    steps = [cascade.Step("A", 880), cascade.Step("B", 905), cascade.Step("C", None)]
    assert [row[2:] for row in cascade.told(steps).rows] == [
        (None, None, ""),
        (-25, pytest.approx(-2500 / 880), "lebih banyak: susulan atau salah catat"),
        (None, None, ""),
    ]


def test_the_rows_of_skdn_hold_counts_ratios_and_what_cannot_be():
    told = skdn.told([skdn.Skdn("Mei", 100, 101, 90, 60, 8, 6, 2, 4)])
    [row] = told.rows
    assert len(row) == len(told.headings)
    assert row[:9] == ("Mei", 100, 101, 90, 60, 8, 6, 2, 4)
    assert (row[9], row[-1]) == (101.0, "K > S")
