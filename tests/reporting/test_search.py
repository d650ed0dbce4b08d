"""The search of the frame: what it finds, for whom, and what it must never be asked."""

from time import perf_counter

import pytest
from django.test import RequestFactory
from django.urls import reverse

from facilities.actions.places import rename
from facilities.models import Facility
from facilities.roles import Role
from ilp.core.models import User
from ilp.launch.supervisor import ACCESS_LOG
from ilp.navigation import pages_like
from reporting.catalogue import indicators_on
from reporting.selectors.searching import indicators_like, is_somebody, places_like
from tests.factories import OPENED, place, small_district, worker
from tests.reporting.figures import MAY, filled_district
from tests.reporting.test_pages import AT, MOST_QUERIES, Figures

SEARCH = "/cari/"


@pytest.fixture
def places(db):
    return small_district()


def names(user, text):
    found = places_like(user=user, text=text, today=MAY.last_day)
    return [one.place.name for one in found.places]


def codes(text):
    return [one.code for one in indicators_like(text=text, known=indicators_on(OPENED).values())]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kenanga", "Kenanga"),
        ("puskesmas kenanga", "Kenanga"),
        ("PKM Kenanga", "Kenanga"),
        ("knanga", "Kenanga"),
        ("posyandu melatti", "Melati"),
        ("99.01.01.2001-PSY-001", "Melati"),
        ("posyandu", "Mawar"),
    ],
)
def test_a_place_is_found_by_name_code_and_kind_with_errors_of_typing(places, text, first):
    assert names(worker(Role.KEPALA_DINAS, places["district"]), text)[0] == first


def test_an_old_name_is_still_found(places):
    rename(place=places["melati"], name="Anggrek", by=None)

    assert names(worker(Role.KEPALA_DINAS, places["district"]), "melati") == ["Anggrek"]


def test_somebody_at_a_clinic_finds_places_and_no_numbers(client, places):
    clinic = place("klinik", network=places["first"])
    client.force_login(worker(Role.NAKES, clinic))

    answer = client.get(SEARCH, {"q": "klinik"})

    assert answer.status_code == 200
    assert clinic.name in answer.content.decode()
    assert client.get(SEARCH, {"q": "k6"}).status_code == 200


def test_what_resembles_nothing_is_not_found(places):
    assert names(worker(Role.KEPALA_DINAS, places["district"]), "zzzzqq") == []


def test_only_places_within_reach_are_found(places):
    user = worker(Role.ADMIN_PUSKESMAS, places["first"])

    assert names(user, "posyandu") == ["Melati"]
    assert names(user, "mawar") == []
    assert names(user, "cempaka") == []


def test_more_places_than_are_shown_are_said(places):
    for _ in range(12):
        place("sekolah", area=places["desa_satu"])
    user = worker(Role.KEPALA_DINAS, places["district"])

    found = places_like(user=user, text="sekolah", today=MAY.last_day)

    assert len(found.places) == 10
    assert found.more


@pytest.mark.parametrize(
    ("text", "code"),
    [("K6", "IB04"), ("k6 kita berapa", "IB04"), ("ib04", "IB04"), ("stuntng", None)],
)
def test_an_indicator_is_found_by_its_words(text, code):
    found = codes(text)

    assert found
    if code:
        assert code in found[:3]


def test_an_error_in_a_word_is_mended():
    assert codes("hipertnsi") == codes("hipertensi") != []


def test_words_that_say_nothing_find_nothing():
    assert codes("berapa") == []


def test_a_nik_is_not_searched_for_and_not_repeated(client, places):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))

    text = client.get(SEARCH, {"q": "5202 0141 0590 0003"}).content.decode()

    assert "NIK tidak dicari di sini" in text
    assert "5202" not in text
    assert is_somebody("520201410590")
    assert not is_somebody("99.01.01.2001-PSY-001")


def test_people_are_looked_for_by_post_only_and_by_those_who_may(client, places):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    text = client.get(SEARCH, {"q": "Siti"}).content.decode()
    assert f'<form method="post" action="{reverse("clusters:person-search")}">' in text
    assert "person-search?" not in text
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    assert "Cari orang" not in client.get(SEARCH, {"q": "Siti"}).content.decode()


def test_the_log_of_the_web_server_keeps_no_search():
    assert not {"%(q)s", "%(r)s", "%(f)s"} & set(ACCESS_LOG.replace('"', " ").split())


@pytest.mark.django_db
def test_the_value_stands_beside_the_indicator_and_equals_its_page(client):
    held = filled_district()
    client.force_login(worker(Role.KEPALA_DINAS, held["district"]))

    text = client.get(SEARCH, {"q": "K6"}).content.decode()

    page = client.get(reverse("reporting:indicator", args=["IB04"])).content.decode()
    assert Figures(text).found["IB04"] == Figures(page).found["IB04"] != ""
    assert f'href="{reverse("reporting:indicator", args=["IB04"])}?' in text


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_pages_that_are_found_open(client, role, django_assert_max_num_queries):
    held = filled_district()
    user = worker(role, held[AT.get(role, "district")])
    client.force_login(user)

    for text in ("a", "rapor", "posyandu", "balita", ""):
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(SEARCH, {"q": text})
        assert answer.status_code == 200
    request = RequestFactory().get(SEARCH)
    request.user = user
    found = pages_like(request, "a")
    assert found
    for page in found:
        assert client.get(page.url).status_code == 200, page.url


@pytest.mark.django_db
def test_two_thousand_places_are_searched_in_a_moment(django_assert_max_num_queries):
    """A bound that only a plan gone wrong would miss; the speed itself is in the benchmarks."""
    small_district()
    Facility.objects.bulk_create(
        Facility(code=f"99.01-X-{n}", name=f"Melur {n}", kind="sekolah", opened_on=OPENED)
        for n in range(2000)
    )
    chief = User.objects.create(username="kepala", is_superuser=True)
    start = perf_counter()
    with django_assert_max_num_queries(3):
        assert names(chief, "kenanga") == ["Kenanga"]
    assert perf_counter() - start < 1
