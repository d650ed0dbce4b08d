"""The tabs of an indicator's page: real or usual, funnel, their files; what looks wrong."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.roles import Permission, Role, roles_with
from reporting.catalogue import indicator
from reporting.charts.spc import Sign
from reporting.selectors.control import controls, signs, untested
from reporting.selectors.explaining import explanation
from reporting.selectors.places import Place
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district, total
from tests.reporting.long_run import BASE, long_district
from tests.reporting.released_pages import forget

pytestmark = pytest.mark.django_db
K6 = "/indikator/IB04/"
MOST_QUERIES = 25


@pytest.fixture(autouse=True)
def empty_cache():
    forget()


@pytest.fixture
def places():
    return long_district()


def page(client, places, address, role=Role.KEPALA_DINAS):
    client.force_login(worker(role, places["district"]))
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def lines(client, address):
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_month_is_tested_by_its_share_of_the_years_people(places):
    one = indicator("IB04", MAY.last_day)
    pk = places["first"].pk
    chart = controls(places=[pk], indicators=[one], month=MAY)[pk, "IB04"]
    assert [point.value for point in chart.points[:12]] == [100 * n / 240 for n in BASE]
    assert len(chart.points) == 29
    assert chart.limits.mean == pytest.approx(100 * sum(BASE) / 12 / 240)
    assert chart.sign is Sign.WORSE


def test_the_sign_stands_on_the_page_in_the_table_and_in_both_exports(client, places):
    text = page(client, places, K6)
    assert ">▼ memburuk nyata</a>" in text
    assert '<span class="sign">▼ memburuk nyata</span>' in text
    assert '<span class="sign">• perubahan wajar</span>' in text
    for address in ("/indikator/IB04/unduh.csv", "/rapor/unduh.csv?k=K2"):
        found = {
            r["place"]: r["change"] for r in lines(client, address) if r["indicator"] == "IB04"
        }
        assert found[places["first"].code] == "memburuk"
        assert found[places["second"].code] == "wajar"


def test_months_in_which_nobody_was_reached_are_zero_not_missing(places):
    one, pk = indicator("IB04", MAY.last_day), places["first"].pk
    for month in (MAY.plus(-1), MAY):
        total(places["first"], month, k6=0)
    chart = controls(places=[pk], indicators=[one], month=MAY)[pk, "IB04"]
    assert [point.value for point in chart.points[-2:]] == [0.0, 0.0]
    for month in MAY.of_year:
        total(places["first"], month, k6=0)
    here = Place(pk, places["first"].code, places["first"].name, places["first"].kind)
    told = explanation(indicator=one, of=here, month=MAY)
    assert [term.value for term in told.top] == [0]


def test_months_that_say_nothing_by_themselves_are_not_tested(places):
    registers = indicator("IM26", MAY.last_day)
    assert "menurut daftar" in untested(registers)
    found = signs(places=[places["first"].pk], indicators=[registers], month=MAY)
    assert set(found.values()) == {Sign.NONE}


def test_fewer_than_twelve_months_say_so(client):
    text = page(client, filled_district(), f"{K6}?v=spc")
    assert "Belum cukup data: batas wajar dihitung dari 12 bulan, di sini baru 5 bulan" in text
    assert "nyata</a>" not in text


def test_every_point_leads_to_its_month(client, places):
    text = page(client, places, f"{K6}?v=spc")
    assert 'href="/indikator/IB04/?w=99.01&amp;p=2024-03&amp;v=spc"' in text
    assert "Mei 2025" in text
    assert "di luar batas" in text


def test_the_months_of_the_year_are_bars_on_demand(client, places):
    assert "m=bulan" in page(client, places, f"{K6}?v=tren")
    text = page(client, places, f"{K6}?v=tren&m=bulan")
    assert text.count('class="bar f-d"') == 2 * 5
    assert "Batas atas" in text


def test_a_funnel_needs_places_and_says_what_is_missing(client, places):
    text = page(client, places, f"{K6}?v=corong")
    assert "Grafik ini tidak digambar" in text
    assert "sedikitnya 3 tempat yang melapor; di sini 2" in text
    assert client.get("/indikator/IB04/grafik/corong.svg").status_code == 404


@pytest.mark.parametrize("kind", ["pws", "tren", "bulan", "spc"])
def test_a_chart_comes_as_picture_and_as_the_rows_of_which_it_is_drawn(client, places, kind):
    text = page(client, places, K6)
    address = f"/indikator/IB04/grafik/{kind}"
    answer = client.get(f"{address}.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    drawn = answer.content.decode()
    assert [odd for odd in ("class=", "var(--", "href") if odd in drawn] == []
    assert float(root.get("width")) > 600
    said = "".join(root.itertext())
    assert [words for words in ("K6", "Mei 2025", "ILP ·") if words not in said] == []
    rows = list(csv.reader(io.StringIO(client.get(f"{address}.csv").content.decode("utf-8-sig"))))
    book = client.get(f"{address}.xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Data").to_python()
    assert len(rows) == len(sheet) > 3
    assert [row[0] for row in rows] == [str(row[0]).removesuffix(".0") for row in sheet]
    if kind == "pws":
        assert [row[0] for row in rows[1:]] == ["Cempaka", "Kenanga", places["district"].name]
        assert f"{address}.svg" in text


@pytest.mark.parametrize("role", [Role.KEPALA_DINAS, Role.PROGRAMMER, Role.LIHAT])
def test_only_those_who_may_export_are_given_charts(client, places, role):
    text = page(client, places, K6, role)
    allowed = role in roles_with(Permission.EXPORT)
    assert client.get("/indikator/IB04/grafik/pws.csv").status_code == (200 if allowed else 403)
    assert ("data-png=" in text) is allowed


def test_charts_that_there_are_not_are_not_found(client, places):
    page(client, places, K6, Role.PROGRAMMER)
    for address in ("entah.svg", "pws.pdf", "definisi.svg"):
        assert client.get(f"/indikator/IB04/grafik/{address}").status_code == 404


def test_drop_outs_are_pairs_of_doses_and_more_last_doses_are_never_good(client):
    places = filled_district()
    total(places["first"], MAY, dpt1=10, dpt3=30)
    text = page(client, places, "/indikator/IM24/")
    assert "dosis akhir lebih banyak: susulan atau salah catat" in text
    assert "○ awal" in text
    rows = lines(client, "/indikator/IM24/grafik/pws.csv")
    kenanga = next(row for row in rows if row["Tempat"] == "Kenanga")
    assert int(kenanga["Dosis awal"]) - int(kenanga["Dosis akhir"]) < 0


def test_numbers_that_look_wrong_are_flagged_on_the_page_the_scorecard_and_in_files(client, places):
    for month in MAY.plus(-12).until(MAY):
        usual = 30 + month.number % 3
        total(places["first"], month, k6=0 if month == MAY else usual, k1=40 + month.number % 5)
    text = page(client, places, K6)
    assert "tanda mutu data" in text
    assert text.count("Bulan ini 0, rata-rata 12 bulan") >= 2
    assert "/mutu/?w=" in text
    card = page(client, places, "/rapor/?k=K2")
    assert "Bulan ini 0, rata-rata 12 bulan" in card
    flags = {
        (r["place"], r["indicator"]): r["flags"] for r in lines(client, "/rapor/unduh.csv?k=K2")
    }
    assert "Bulan ini 0" in flags[places["first"].code, "IB04"]
    assert flags[places["second"].code, "IB04"] == ""


@pytest.mark.parametrize("view", ["pws", "tren", "spc", "corong", "tabel", "definisi"])
def test_with_years_of_numbers_the_page_keeps_its_budget(
    client, places, view, django_assert_max_num_queries
):
    client.force_login(worker(Role.PROGRAMMER, places["district"]))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert (
            client.get(reverse("reporting:indicator", args=["IB04"]), {"v": view}).status_code
            == 200
        )
