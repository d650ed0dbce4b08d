"""Kept pages: never stale, never anybody else's."""

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.test import Client

from facilities.models import Assignment, DataVersion
from facilities.roles import Role
from facilities.selectors.glance import SESSIONS
from reporting.views.caching import BODIES, PATHS, impersonal
from tests.factories import OPENED, worker
from tests.reporting.figures import MAY, filled_district, total

pytestmark = pytest.mark.django_db
URL = "/situasi/"
KEPT_QUERIES = 1
# session, user, posts, data versions; and the session once more, to be known from now on
FIRST_TIME_QUERIES = 5


@pytest.fixture(autouse=True)
def empty_cache():
    forget()
    yield
    forget()


def forget():
    cache.clear()
    for memory in (BODIES, PATHS, SESSIONS):
        memory.clear()


@pytest.fixture
def places():
    return filled_district()


def visitor(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return answer.content.decode()


def test_a_second_look_costs_one_question_of_the_version(places, django_assert_num_queries):
    client = visitor(worker(Role.KEPALA_DINAS, places["district"]))
    first = client.get(URL)
    with django_assert_num_queries(KEPT_QUERIES):
        second = client.get(URL)
    token = re.compile(r'value="[^"]{64}"')
    assert token.sub("", text(second)) == token.sub("", text(first))
    assert second["Cache-Control"] == "private, no-cache"


def test_another_process_finds_the_page_in_the_cache(places, django_assert_num_queries):
    client = visitor(worker(Role.KEPALA_DINAS, places["district"]))
    client.get(URL)
    etag = client.get(URL)["ETag"]
    BODIES.clear()
    with django_assert_num_queries(KEPT_QUERIES):
        assert client.get(URL)["ETag"] == etag


def test_the_browsers_own_copy_is_confirmed(places, django_assert_num_queries):
    client = visitor(worker(Role.KEPALA_DINAS, places["district"]))
    client.get(URL)
    etag = client.get(URL)["ETag"]
    with django_assert_num_queries(KEPT_QUERIES):
        answer = client.get(URL, headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert answer.content == b""


def test_a_new_version_is_a_new_page(places):
    client = visitor(worker(Role.KEPALA_DINAS, places["district"]))
    first = client.get(URL)
    total(places["district"], MAY, skrining_produktif=4000)
    DataVersion.objects.update(number=2)
    second = client.get(URL, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    assert text(second) != text(first)


def test_nobody_is_given_the_page_of_another_scope(places):
    seen = {}
    for role, at in (
        (Role.KEPALA_DINAS, "district"),
        (Role.ADMIN_PUSKESMAS, "first"),
        (Role.ADMIN_PUSKESMAS, "second"),
        (Role.NAKES, "first"),
    ):
        answer = visitor(worker(role, places[at])).get(URL)
        seen[role, at] = text(answer)
    assert "Situasi Kabupaten Contoh" in seen[Role.KEPALA_DINAS, "district"]
    assert "Situasi Puskesmas Kenanga" in seen[Role.ADMIN_PUSKESMAS, "first"]
    assert "Situasi Puskesmas Cempaka" in seen[Role.ADMIN_PUSKESMAS, "second"]
    assert "Kenanga" not in seen[Role.ADMIN_PUSKESMAS, "second"]
    assert "Unggah" not in seen[Role.KEPALA_DINAS, "district"]


def test_a_kept_page_does_not_open_what_is_outside_the_scope(places):
    url = f"{URL}?w={places['first'].code}"
    assert visitor(worker(Role.KEPALA_DINAS, places["district"])).get(url).status_code == 200
    assert visitor(worker(Role.ADMIN_PUSKESMAS, places["second"])).get(url).status_code == 404


def test_two_readers_of_one_scope_share_the_page_but_not_name_and_token(
    places, django_assert_num_queries
):
    one = visitor(worker(Role.LIHAT, places["district"], first_name="Sri & Rekan"))
    other = visitor(worker(Role.LIHAT, places["district"], first_name="Baiq"))
    first = one.get(URL)
    with django_assert_num_queries(FIRST_TIME_QUERIES):
        second = other.get(URL)
    assert "Sri &amp; Rekan" in text(first)
    assert "Sri" not in text(second)
    assert "Baiq" in text(second)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(second))
    assert token
    assert token[1] not in text(first)
    assert other.get(URL, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_kept_token_signs_out(places):
    user = worker(Role.LIHAT, places["district"])
    visitor(user).get(URL)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(strict.get(URL)))
    assert strict.post("/keluar/", {"csrfmiddlewaretoken": token[1]}).status_code == 302


def test_a_new_post_is_a_new_sight(places):
    user = worker(Role.ADMIN_PUSKESMAS, places["second"])
    client = visitor(user)
    assert "Puskesmas Cempaka" in text(client.get(URL))
    Assignment.objects.create(
        user=user, facility=places["district"], role=Role.LIHAT, starts_on=OPENED
    )
    assert "Situasi Kabupaten Contoh" in text(client.get(URL))


def test_a_message_is_shown_once_and_never_kept(places):
    client = visitor(worker(Role.KEPALA_DINAS, places["district"]))
    said = [Message(constants.SUCCESS, "Tersimpan 14.05")]
    encoded = CookieStorage(None)._encode(said)
    client.cookies["messages"] = encoded
    assert "Tersimpan 14.05" in text(client.get(URL))
    assert "Tersimpan 14.05" not in text(client.get(URL))


def test_what_failed_is_not_kept(places):
    client = visitor(worker(Role.KEPALA_DINAS, places["district"]))
    assert client.get(f"{URL}?p=2025-99").status_code == 404
    assert client.get(f"{URL}?p=2025-99").status_code == 404


def test_what_belongs_to_the_reader_is_cut_out():
    html = (
        '<input name="csrfmiddlewaretoken" value="abc"><span class="account-name">Sri</span>'
        '<input name="csrfmiddlewaretoken" value="abc">!'
    )
    page = impersonal(html)
    assert page.gaps == ("token", "name", "token")
    assert b"abc" not in b"".join(page.pieces)
    assert b"Sri" not in b"".join(page.pieces)
    filled = page.filled(token="xyz", name="A<b>").decode()
    assert filled == html.replace("abc", "xyz").replace("Sri", "A&lt;b&gt;")
