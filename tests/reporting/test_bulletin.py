"""The packet for the meeting, and tables of numbers that equal the screen."""

import csv
import io
import re

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.roles import GRANTS, Permission, Role
from reporting.selectors.bulletin import MOST_GRAPHS
from tests.factories import worker
from tests.reporting.figures import filled_district
from tests.reporting.test_pages import MOST_QUERIES, VIEWERS, Figures, signed_in

pytestmark = pytest.mark.django_db
MAY = {"p": "2025-05"}
PACKET = "/paket/"
EXPORTERS = [role for role in VIEWERS if Permission.EXPORT in GRANTS[role]]


@pytest.fixture
def places():
    return filled_district()


@pytest.fixture
def chief(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    return client


def table(client, ext="csv", **asked):
    answer = client.get(reverse("reporting:number-file", args=[ext]), MAY | asked)
    assert answer.status_code == 200
    if ext == "csv":
        text = answer.content.decode()
        assert text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Data")
    head, *lines = sheet.to_python()
    return [dict(zip(head, line, strict=True)) for line in lines]


def number(text):
    return float(text.replace(",", ".")) if text else None


def shown(client, **asked):
    """What the page of the situation says of the place: code -> value, None for none."""
    page = client.get(reverse("reporting:situation"), MAY | asked).content.decode()
    return {code: float(v) if v else None for code, v in Figures(page).found.items()}


def test_long_rows_say_what_the_page_says(chief, places):
    for name in ("district", "first"):
        page = shown(chief, w=places[name].code)
        rows = table(chief, k="UTAMA", bentuk="panjang")
        mine = {r["Kode indikator"]: r for r in rows if r["Kode tempat"] == places[name].code}
        compared = [code for code in mine if code in page]
        assert len(compared) > 10
        assert [number(mine[code]["Nilai"]) for code in compared] == [
            page[code] if mine[code]["Status"] != "Belum lapor" else None for code in compared
        ]


def test_decimals_are_written_with_a_comma_and_nothing_is_rounded(chief, places):
    rows = table(chief, k="UTAMA", bentuk="panjang")
    assert any(re.fullmatch(r"\d+,\d{3,}", row["Nilai"]) for row in rows)
    assert not any("." in row["Nilai"] for row in rows)


def test_wide_rows_are_the_long_ones_turned(chief, places):
    long = table(chief, k="SPM", bentuk="panjang")
    wide = table(chief, k="SPM", bentuk="lebar")
    assert [row["Kode tempat"] for row in wide] == list(
        dict.fromkeys(row["Kode tempat"] for row in long)
    )
    for row in wide:
        values = list(row.values())[3:]
        assert values == [r["Nilai"] for r in long if r["Kode tempat"] == row["Kode tempat"]]


def test_a_year_holds_each_month_as_the_month_itself_says(chief, places):
    year = table(chief, k="SPM", bentuk="lebar", rentang="tahun")
    march = table(chief, k="SPM", bentuk="panjang", p="2025-03")
    assert list(year[0])[6:11] == ["Jan", "Feb", "Mar", "Apr", "Mei"]
    held = {(r["Kode tempat"], r["Kode indikator"]): r["Mar"] for r in year}
    assert held == {(r["Kode tempat"], r["Kode indikator"]): r["Nilai"] for r in march}
    long = table(chief, k="SPM", bentuk="panjang", rentang="tahun")
    assert {row["Bulan"] for row in long} == {f"2025-0{at}" for at in range(1, 6)}


@pytest.mark.parametrize("shape", ["panjang", "lebar"])
@pytest.mark.parametrize("span", ["bulan", "tahun"])
def test_excel_and_csv_hold_the_same(chief, places, shape, span):
    asked = {"k": "SPM", "bentuk": shape, "rentang": span}
    by_comma = [[number(v) if re.fullmatch(r"-?[\d,]+(e-\d+)?", v) else v for v in row.values()]
                for row in table(chief, **asked)]  # fmt: skip
    by_book = [[None if v == "" else v for v in row.values()]
               for row in table(chief, "xlsx", **asked)]  # fmt: skip
    assert len(by_book) == len(by_comma) > 0
    for one, other in zip(by_comma, by_book, strict=True):
        for mine, theirs in zip(one, other, strict=True):
            if isinstance(mine, float):
                assert float(theirs) == pytest.approx(mine, rel=1e-14)
            else:
                assert (mine or None) == theirs


def test_files_reach_no_further_than_their_reader(client, places):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    rows = table(client, k="SPM", bentuk="lebar")
    assert {row["Kode tempat"] for row in rows} == {places["first"].code, places["desa_satu"].code}
    outside = reverse("reporting:number-file", args=["csv"])
    assert client.get(outside, {"w": places["second"].code}).status_code == 404
    assert client.get(outside.replace(".csv", ".pdf")).status_code == 404


@pytest.mark.parametrize("role", VIEWERS)
def test_only_who_may_export_takes_numbers_out(client, places, role):
    signed_in(client, role, places)
    answer = client.get(reverse("reporting:number-file", args=["csv"]), MAY)
    assert answer.status_code == (200 if role in EXPORTERS else 403)
    page = client.get(reverse("reporting:download-list"), MAY).content.decode()
    assert ("Unduh CSV" in page) is (role in EXPORTERS)


@pytest.mark.parametrize("role", VIEWERS)
@pytest.mark.parametrize("page", ["/unduhan/", PACKET])
def test_pages_open_within_their_budget(client, places, role, page, django_assert_max_num_queries):
    signed_in(client, role, places)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(page, MAY | {"i": "SPM01,SPM04,AN26,IB04,IM20,DW01"})
    assert answer.status_code == 200


def test_everything_that_is_offered_can_be_opened(client, places):
    for role in VIEWERS:
        signed_in(client, role, places)
        text = client.get("/unduhan/", MAY).content.decode()
        offered = re.findall(r'<li><a href="(/[^"]+)"><span><strong>', text)
        assert offered
        for address in offered:
            assert client.get(address).status_code == 200, (role, address)


def test_the_packet_holds_sentence_rapor_graphs_and_completeness(chief, places):
    answer = chief.get(PACKET, MAY | {"i": ["IB04", "AN26"]}, follow=True)
    assert answer.redirect_chain[0][0].endswith("i=IB04%2CAN26")
    text = answer.content.decode()

    assert re.search(r"\d+ dari \d+ SPM yang dapat dihitung mencapai target", text)
    assert '<section class="card sheet" aria-labelledby="g-IB04">' in text
    assert '<section class="card sheet" aria-labelledby="g-AN26">' in text
    assert 'id="lengkap"' in text
    page = chief.get(reverse("reporting:situation"), MAY).content.decode()
    rapor = r'<tr class="total">.*?</tbody>'
    assert re.search(rapor, text, re.DOTALL)[0] == re.search(rapor, page, re.DOTALL)[0]


def test_no_more_graphs_than_fit_and_unknown_ones_are_left_out(chief, places):
    codes = [f"SPM{n:02}" for n in range(1, 13)]
    text = chief.get(PACKET, MAY | {"i": ",".join(["XX99", *codes])}).content.decode()
    assert text.count('class="card sheet"') == MOST_GRAPHS
    assert "Paling banyak 6 grafik" in text
    assert "g-XX99" not in text


def test_without_a_choice_the_packet_shows_what_lies_furthest_behind(chief, places):
    assert 1 <= chief.get(PACKET, MAY).content.decode().count('class="card sheet"') <= 3


def test_a_month_without_numbers_says_so(chief, places):
    text = chief.get(PACKET, {"p": "2024-05"}).content.decode()
    assert "Belum ada angka untuk Mei 2024" in text


def test_the_paper_of_a_place_at_the_bottom_has_no_table_of_places(client, places):
    client.force_login(worker(Role.KADER, places["melati"]))
    text = client.get(PACKET, MAY).content.decode()
    assert 'id="rapor"' not in text
    assert 'id="lengkap"' not in text
