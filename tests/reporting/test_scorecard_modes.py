"""The scorecard sorts by what it shows, names small numbers, and its file has the same order."""

import csv
import html
import io
import re

import pytest

from facilities.roles import Role
from tests.factories import small_district, worker
from tests.reporting.figures import MAY, sasaran, total
from tests.reporting.released_pages import forget

pytestmark = pytest.mark.django_db
CELL = (
    r'/indikator/SPM01/[^"]*" aria-label="{}, [^"]*"><span>([^<]*)</span>'
    r"(?:<small>([^<]*)</small>)?"
)


@pytest.fixture
def places():
    """Kenanga reached 225 of 900 mothers, Cempaka 7 of 18: more people, but a smaller share."""
    forget()
    places = small_district()
    people = {places["first"]: {"S_BUMIL": 900}, places["second"]: {"S_BUMIL": 18}}
    sasaran(places["district"], people)
    for name, count in (("first", 225), ("second", 7), ("district", 232)):
        total(places[name], MAY, anc_12t=count)
    return places


def shown(client, places, **asked):
    client.force_login(worker(Role.PROGRAMMER, places["district"]))
    answer = client.get("/rapor/", {"k": "SPM", "p": str(MAY)} | asked)
    text = answer.content.decode()
    body = text[text.index("<tbody>") :]
    names = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a></th>', body)
    return names[1:], text


@pytest.mark.parametrize(
    ("mode", "most"),
    [("", "Cempaka"), ("target", "Cempaka"), ("jumlah", "Kenanga"), ("kurang", "Kenanga")],
)
def test_rows_stand_in_the_order_of_what_is_shown(client, places, mode, most):
    names, text = shown(client, places, m=mode, s="-SPM01")
    assert names[0] == most
    assert text.count('aria-sort="descending"') == 1
    turned, text = shown(client, places, m=mode, s="SPM01")
    assert turned == names[::-1]
    assert text.count('aria-sort="ascending"') == 1


def test_of_few_people_the_people_stand_beside_the_percentage(client, places):
    _names, text = shown(client, places)
    assert re.search(CELL.format("Cempaka"), text).groups() == ("38,9*", "7/18")
    assert re.search(CELL.format("Kenanga"), text).groups() == ("25,0", None)
    _names, text = shown(client, places, m="jumlah")
    assert re.search(CELL.format("Cempaka"), text).groups() == ("7", None)


def test_the_last_column_sorts_both_ways(client, places):
    few, text = shown(client, places)
    assert 'aria-sort="ascending"' in text
    assert "s=-&" in html.unescape(text)
    many, text = shown(client, places, s="-")
    assert 'aria-sort="descending"' in text
    assert many == few[::-1]


def test_the_file_has_the_order_and_the_numbers_of_the_screen(client, places):
    names, text = shown(client, places, s="-SPM01", m="kurang")
    address = re.search(r'href="(/rapor/unduh\.csv[^"]*)"', text).group(1)
    answer = client.get(html.unescape(address))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    listed = dict.fromkeys(row["place_name"] for row in rows)
    assert [name.removeprefix("Puskesmas ") for name in listed][1:] == names
    [few] = [r for r in rows if r["indicator"] == "SPM01" and r["place"] == places["second"].code]
    assert (few["numerator"], few["denominator"]) == ("7", "18")
    assert float(few["of_target"]) == pytest.approx(
        100 * float(few["value"]) / float(few["target"])
    )
    assert few["flags"] == "penyebut kurang dari 20"
