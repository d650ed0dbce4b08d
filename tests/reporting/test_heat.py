"""The body of the heat table, and the numbers that are read for it."""

import re

import pytest
from django.test import Client

from facilities.models import Facility
from facilities.roles import Role
from ilp.core.months import Month
from reporting import totals
from reporting.models import Total
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district, total

pytestmark = pytest.mark.django_db
CELL = re.compile(
    r'<td class="heat q-(\w+)"><a href="([^"]+)" aria-label="([^"]+)"><span>([^<]*)</span>'
)


@pytest.fixture
def places():
    return filled_district()


def cells(places, **asked):
    client = Client()
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    answer = client.get("/rapor/", {"k": "UTAMA", **asked})
    assert answer.status_code == 200
    page = answer.content.decode()
    rows = re.findall(r"<tr[^>]*>(<th scope=\"row\">.*?)</tr>", page, re.S)
    return [CELL.findall(row) for row in rows], page


def test_each_cell_leads_to_its_indicator_and_place_and_says_both(places):
    rows, _page = cells(places)
    assert len(rows) == 3
    by_label = {label: (standing, url, text) for row in rows for standing, url, label, text in row}
    found = [label for label in by_label if label.startswith("Kenanga, ")]
    assert len(found) == len(rows[0])
    for label in found:
        standing, url, text = by_label[label]
        assert f"w={places['first'].code}&amp;p={MAY}" in url
        said = label.rsplit(": ", 1)[1]
        assert text.rstrip("*") == {"bl": "BL", "ta": "TA"}.get(standing, said.removesuffix("%"))


def test_names_are_escaped_in_text_and_label(places):
    name = """Sri <b> & "Co" 'x'"""
    Facility.objects.filter(pk=places["first"].pk).update(name=name)
    _rows, page = cells(places)
    assert "<b>" not in page
    escaped = "Sri &lt;b&gt; &amp; &#34;Co&#34; &#39;x&#39;"
    assert f'aria-label="{escaped}, ' in page
    assert f">{escaped}</a></th>" in page


@pytest.mark.parametrize("mode", ["", "target", "jumlah", "kurang", "none"])
def test_every_way_to_show_a_cell_fills_it(places, mode):
    rows, _page = cells(places, m=mode)
    assert all(text for row in rows for *_rest, text in row)


def test_counts_are_whole_numbers_and_shares_of_the_target_differ(places):
    shown = {mode: cells(places, m=mode)[0] for mode in ("", "target", "jumlah")}
    assert all("," not in text for row in shown["jumlah"] for *_rest, text in row)
    assert shown["target"] != shown[""]


def test_numbers_of_a_programme_without_a_row_are_missing_not_zero(places):
    place, june = places["first"].pk, MAY.plus(1)
    total(places["first"], june, k1=7)
    codes = {"k1", "skdn_d", "idl"}
    read = totals.read([place], [MAY, june], codes)
    assert read.of(place, june) == {"k1": 7}
    assert set(read.of(place, MAY)) == codes
    assert read.get(place, june, "skdn_d") is None
    assert read.added(place, [MAY, june])["k1"] == read.get(place, MAY, "k1") + 7
    assert read.added(place, [MAY, june])["idl"] == read.get(place, MAY, "idl")
    assert read.added(place, [Month(2020, 1)]) == {}
    assert read.sums(place, [june], ["k1", "idl"]) == {"k1": 7, "idl": None}


def test_a_slot_younger_than_the_row_is_zero(places):
    place = places["first"].pk
    Total.objects.filter(place=place, month=MAY, programme="antenatal").update(own=[], total=[])
    assert totals.read([place], [MAY], ["k1", "k6"]).of(place, MAY) == {"k1": 0, "k6": 0}


def test_all_programmes_are_read_by_one_query(places, django_assert_num_queries):
    codes = {"k1", "skdn_d", "idl", "skrining_produktif"}
    with django_assert_num_queries(1):
        totals.read([p.pk for p in places.values()], MAY.of_year, codes)
    with django_assert_num_queries(0):
        assert totals.read([], MAY.of_year, codes).numbers == {}
        assert totals.read([places["first"].pk], [], codes).numbers == {}
        assert totals.read([places["first"].pk], [MAY], []).numbers == {}
