"""What several pages of one sight are made of: asked once, never of other numbers or readers."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facilities.actions.opening import NewPlace
from facilities.actions.places import open_place, rename
from facilities.models import Axis, DataVersion
from facilities.roles import Role
from reporting.catalogue import indicators_on
from reporting.selectors import places as selecting
from reporting.selectors.parts import PARTS, ROOM, part, seen_by
from reporting.selectors.places import Place
from reporting.selectors.scores import scores
from reporting.totals import Data, showing
from reporting.views.caching import BODIES, PATHS
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district, total

pytestmark = pytest.mark.django_db
URL = f"/rapor/?p={MAY}&k=UTAMA"
SORTED = f"{URL}&s=-IB04"
OWN = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture(autouse=True)
def no_kept_pages():
    forget()
    yield
    forget()


def forget():
    cache.clear()
    for memory in (BODIES, PATHS):
        memory.clear()


@pytest.fixture
def places():
    return filled_district()


def visitor(role, at):
    client = Client()
    client.force_login(worker(role, at))
    return client


def asked(client, url):
    """What stands on the page, and the statements that it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    return OWN.sub("", answer.content.decode()), [one["sql"] for one in queries.captured_queries]


@pytest.mark.parametrize("order", ["-IB04", "nama", "-"])
def test_a_table_sorted_anew_asks_for_no_number_again(places, order):
    client = visitor(Role.KEPALA_DINAS, places["district"])
    _, first = asked(client, URL)
    page, again = asked(client, f"{URL}&s={order}")
    assert any("Target populations" in one for one in first)
    assert not any("Target populations" in one or "kept_" in one for one in again)
    assert len(again) < len(first) - 8
    forget()
    PARTS.clear()
    assert page == asked(client, f"{URL}&s={order}")[0]


def test_new_numbers_are_read(places):
    client = visitor(Role.KEPALA_DINAS, places["district"])
    before, _ = asked(client, URL)
    total(places["district"], MAY, skrining_produktif=4000)
    DataVersion.objects.update(number=2)
    after, _ = asked(client, URL)
    PARTS.clear()
    forget()
    assert after == asked(client, URL)[0] != before


def test_a_new_name_and_a_new_place_are_shown_at_once(places):
    client = visitor(Role.KEPALA_DINAS, places["district"])
    client.get(URL)
    rename(place=places["first"], name="Puskesmas Anggrek Baru", by=None)
    assert "Anggrek Baru" in asked(client, URL)[0]
    added = NewPlace(
        code="99.01.Z", name="Puskesmas Tambahan", kind="puskesmas", opened_on=date(2024, 1, 1),
        parents={Axis.NETWORK: places["district"].code},
    )  # fmt: skip
    open_place(place=added, by=None)
    assert "Tambahan" in asked(client, SORTED)[0]


def test_nobody_is_given_what_was_made_for_another_scope(places):
    visitor(Role.KEPALA_DINAS, places["district"]).get(f"{URL}&w={places['first'].code}")
    other = visitor(Role.ADMIN_PUSKESMAS, places["second"])
    assert other.get(f"{URL}&w={places['first'].code}").status_code == 404
    page, _ = asked(other, URL)
    assert places["first"].name not in page


def test_released_and_live_numbers_are_told_apart(places):
    listed = list(indicators_on(MAY.last_day).values())
    asked_of = {"places": [places["district"].pk], "indicators": listed, "month": MAY}
    with seen_by("somebody"):
        with showing(Data.LIVE):
            live = scores(**asked_of)
            assert next(iter(scores(**asked_of).values())) is next(iter(live.values()))
        with showing(Data.RELEASED):
            assert next(iter(scores(**asked_of).values())) is not next(iter(live.values()))


def test_what_a_page_does_with_its_list_is_no_matter_of_the_next(places):
    district = places["district"]
    of = Place(district.pk, district.code, district.name, district.kind)
    with seen_by("somebody"):
        first = selecting.children(of=of, kind="puskesmas", month=MAY)
        assert len(first) > 1
        first.clear()
        assert len(selecting.children(of=of, kind="puskesmas", month=MAY)) > 1


def test_outside_a_kept_page_nothing_is_remembered(django_assert_num_queries, places):
    district = places["district"]
    of = Place(district.pk, district.code, district.name, district.kind)
    for _ in range(2):
        with django_assert_num_queries(1):
            selecting.children(of=of, kind="puskesmas", month=MAY)
    assert not PARTS.used


def test_what_is_larger_than_all_the_room_is_made_each_time():
    made = []

    @part(lambda: ())
    def much():
        made.append(1)
        return range(ROOM + 1)

    with seen_by("somebody"):
        much()
        much()
    assert len(made) == 2
    assert not PARTS.used
