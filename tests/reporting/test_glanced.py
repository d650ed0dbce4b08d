"""Another page for somebody whom a glance has found: the same page, and nobody is looked up."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facilities.roles import Role
from facilities.selectors.glance import SESSIONS
from reporting.selectors.parts import PARTS
from reporting.views.caching import BODIES
from tests.factories import place, worker
from tests.reporting.figures import filled_district

pytestmark = pytest.mark.django_db
FIRST, NEXT = "/rapor/", "/rapor/?s=-"
TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]{64}"')
LOOKED_UP = ('FROM "django_session"', 'FROM "core_user"')


@pytest.fixture
def places():
    return filled_district()


@pytest.fixture
def reader(places):
    return worker(Role.KEPALA_DINAS, places["district"], first_name="Sri & Rekan")


@pytest.fixture
def client(reader):
    client = Client()
    client.force_login(reader)
    assert client.get(FIRST).status_code == 200
    return client


def asked(client, address):
    """The answer and the statements that it took."""
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(address)
    return answer, [one["sql"] for one in taken.captured_queries]


def looked_up(statements):
    return [one for one in statements if any(table in one for table in LOOKED_UP)]


def text(answer):
    return TOKEN.sub("", answer.content.decode())


def test_nobody_is_looked_up_twice_and_the_page_is_the_same(client):
    short, statements = asked(client, NEXT)
    assert looked_up(statements) == []
    cache.clear()
    for memory in (BODIES, PARTS, SESSIONS):
        memory.clear()
    long, statements = asked(client, NEXT)
    assert len(looked_up(statements)) == 2 + 1  # and once more for the next time
    assert text(short) == text(long)
    assert short.headers["ETag"] == long.headers["ETag"]
    assert "Sri &amp; Rekan" in text(short)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"must_change_password": True}, {"password": "!"}]
)
def test_who_is_no_longer_what_they_were_gets_no_page(client, reader, change):
    assert asked(client, NEXT)[0].status_code == 200
    for name, value in change.items():
        setattr(reader, name, value)
    reader.save()
    cache.clear()
    BODIES.clear()
    answer, statements = asked(client, NEXT)
    assert answer.status_code == 302
    assert looked_up(statements)


def test_a_post_that_has_ended_is_no_reason_to_answer(client, reader):
    cache.clear()
    BODIES.clear()
    reader.assignments.all().delete()
    assert client.get(NEXT).status_code == 403


def test_who_is_no_longer_superuser_sees_what_is_left(client, reader, places):
    reader.is_superuser = True
    reader.save()
    elsewhere = place("posyandu", network=places["pustu_dua"], area=places["desa_dua"])
    reader.assignments.update(facility=elsewhere)
    address = f"{FIRST}?w={places['district'].code}"
    assert client.get(address).status_code == 200
    reader.is_superuser = False
    reader.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("way", ["head", "post"])
def test_any_other_way_of_asking_is_the_long_one(client, way):
    with CaptureQueriesContext(connection) as taken:
        answer = getattr(client, way)(NEXT)
    assert answer.status_code in (200, 405)
    assert len(looked_up([one["sql"] for one in taken.captured_queries])) >= 2
