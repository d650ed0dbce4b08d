"""More last doses than first ones: neither reached nor missed, and the same word everywhere."""

import csv
import io
import re

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.roles import Role
from reporting.catalogue import INDICATORS
from reporting.charts import ranking
from reporting.selectors.breakdown import breakdown
from reporting.selectors.meetings import verdict
from reporting.selectors.places import Place, children
from reporting.selectors.scores import scores
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district, total
from tests.reporting.released_pages import forget

pytestmark = pytest.mark.django_db
CODE = "IM24"  # of those who began DPT, who did not finish
WORD = "Minus, periksa"


@pytest.fixture
def places():
    forget()
    places = filled_district()
    for name in ("first", "district"):
        total(places[name], MAY, dpt1=10, dpt3=300)
    return places


@pytest.fixture
def chief(client, places):
    client.force_login(worker(Role.PROGRAMMER, places["district"]))
    return client


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def row_of(page, name):
    [row] = [r for r in re.findall(r"<tr[^>]*>.*?</tr>", page) if f">{name}</a></th>" in r]
    return row


def test_it_is_neither_reached_nor_missed_nor_ranked(places):
    one = INDICATORS[CODE]
    found = scores(places=[places["first"].pk], indicators=[one], month=MAY)
    score = found[places["first"].pk, CODE]
    assert (score.value < 0, score.standing.value) == (True, "minus")
    assert verdict(score).endswith(", angka minus tidak dinilai")
    district = places["district"]
    here = Place(district.pk, district.code, district.name, district.kind)
    below = children(of=here, kind="puskesmas", month=MAY)
    ranks = {p.place.name: p.rank for p in breakdown(indicator=one, places=below, month=MAY)}
    assert ranks["Kenanga"] is None


def test_the_page_of_the_indicator_says_so_in_words_at_the_place_and_above(chief):
    page = text(chief.get(f"/indikator/{CODE}/"))
    row = row_of(page, "Kenanga")
    assert f's-minus"><span aria-hidden="true">⚑</span> {WORD}' in row
    assert "Angka minus: susulan atau salah catat" in row
    assert "Tercapai" not in row
    assert "Angka minus tidak dinilai" in page
    assert "melebihi sasaran" not in page


def test_the_scorecard_counts_it_among_none_and_flags_it(chief):
    row = row_of(text(chief.get("/rapor/", {"k": "K2", "t": "bayi"})), "Kenanga")
    [cell] = re.findall(
        rf'<td class="heat q-(\w+)"><a href="/indikator/{CODE}/[^>]*>(.*?)</a>', row
    )
    assert cell[0] == "minus"
    assert "⚑" in cell[1]
    assert "melebihi sasaran" not in cell[1]
    assert "✓" not in cell[1]


@pytest.mark.parametrize("address", [f"/indikator/{CODE}/unduh.csv", "/rapor/unduh.csv?k=K2"])
def test_files_of_numbers_name_it(chief, places, address):
    content = chief.get(address).content.decode("utf-8-sig")
    [row] = [
        r
        for r in csv.DictReader(io.StringIO(content))
        if (r["place"], r["indicator"]) == (places["first"].code, CODE)
    ]
    assert row["status"] == "minus"
    assert row["flags"].startswith("angka minus: susulan atau salah catat")


def test_the_workbook_says_it_in_words(chief, places):
    address = reverse("reporting:number-file", args=["xlsx"])
    answer = chief.get(address, {"p": str(MAY), "k": "K2", "bentuk": "panjang"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    [row] = [r for r in rows if places["first"].code in r and CODE in r]
    assert WORD in row


def test_the_slide_of_a_meeting_says_the_same(chief, places):
    address = reverse("reporting:meeting", args=[places["district"].code, MAY, "2025-06-12"])
    shown = text(chief.get(address, {"i": CODE}))
    assert WORD in shown
    assert "angka minus tidak dinilai" in shown
    assert "belum tercapai" not in shown


def test_the_api_gives_the_word_of_the_files(chief, places):
    asked = {"place": places["first"].code, "month": str(MAY), "indicators": CODE}
    [row] = chief.get("/api/v1/scores/", asked).json()
    assert row["status"] == "minus"


def test_a_bar_below_zero_has_no_width_and_says_its_number():
    drawn = str(ranking.draw([ranking.Bar("A", -2.8, "minus")], target=5.0, title="x"))
    assert "-2,8% ⚑" in drawn or "−2,8% ⚑" in drawn
    assert not re.search(r'width="-', drawn)
