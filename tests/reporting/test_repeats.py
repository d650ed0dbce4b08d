"""The same request again: the same answer as long as nothing has changed, and not a moment more."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, close_old_connections
from django.test import Client
from django.utils import timezone

from facilities.models import Assignment, DataVersion
from facilities.roles import Role
from facilities.selectors.glance import SESSIONS
from ilp.core.models import User
from reporting.views import repeats
from reporting.views.caching import BODIES, PATHS
from reporting.views.repeats import Repeats
from tests.factories import worker
from tests.reporting.figures import filled_district

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_memories():
    cache.clear()
    for memory in (BODIES, PATHS, SESSIONS):
        memory.clear()


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """The test's transaction outlives its requests, as with Django's own test client."""
    given_back = []
    monkeypatch.setattr(repeats, "close_old_connections", lambda: given_back.append(1))
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield given_back
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def reader():
    return worker(Role.KEPALA_DINAS, filled_district()["district"])


class Browser:
    """Asks as a web server does, and notes whether Django was asked."""

    def __init__(self, user):
        client = Client()
        client.force_login(user)
        self.cookies = {name: one.value for name, one in client.cookies.items()}
        self.application = Repeats(self._django)
        self.real = get_wsgi_application()
        self.asked = 0

    def _django(self, environ, start_response):
        self.asked += 1
        return self.real(environ, start_response)

    def get(self, query="", method="GET", path="/situasi/", **headers):
        """(status, headers, body, whether Django answered)"""
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "HTTP_HOST": "testserver",
            "HTTP_COOKIE": "; ".join(f"{n}={v}" for n, v in self.cookies.items()),
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        said, before = [], self.asked
        body = self.application(environ, lambda *answer: said.extend(answer))
        text = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        for name, value in said[1]:
            if name == "Set-Cookie":
                one, _, rest = value.strip().partition("=")
                self.cookies.setdefault(one, rest.partition(";")[0])
        return said[0], dict(said[1]), text, self.asked > before


@pytest.fixture
def browser(reader):
    """One whose next request will be answered without Django."""
    browser = Browser(reader)
    answers = [browser.get() for _ in range(3)]
    assert [asked for *_, asked in answers] == [True, True, False]
    return browser


def test_the_same_request_has_the_same_answer_without_django(browser):
    first = browser.get()
    assert first[0] == "200 OK"
    assert not first[3]
    PATHS.clear()
    browser.application.answers.clear()
    long = browser.get()
    assert long[3]
    assert long[0] == first[0]
    assert {n: v for n, v in first[1].items() if n not in ("Set-Cookie", "Vary")} == {
        n: v for n, v in long[1].items() if n not in ("Set-Cookie", "Vary")
    }
    assert len(long[2]) == len(first[2])


def test_an_unchanged_copy_is_confirmed_without_django(browser):
    etag = browser.get()[1]["ETag"]
    for _ in range(2):
        browser.get(if_none_match=etag)
    status, headers, body, asked = browser.get(if_none_match=etag)
    assert (status, headers["ETag"], body, asked) == ("304 Not Modified", etag, b"", False)


@pytest.mark.parametrize(
    "other",
    [
        {"query": "p=2025-05"},
        {"method": "HEAD"},
        {"path": "/rapor/"},
        {"host": "localhost"},
        {"accept_language": "en"},
        {"accept_encoding": "gzip"},
        {"x_forwarded_proto": "https"},
        {"if_none_match": 'W/"x"'},
    ],
)
def test_any_other_request_is_another(browser, other):
    assert browser.get(**other)[3]


def test_the_connection_stays_open_for_the_next_request(browser, one_connection):
    before = len(one_connection)
    assert not browser.get()[3]
    assert len(one_connection) == before


def sent_away(answer):
    return answer[0] == "302 Found" and "/masuk" in answer[1]["Location"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Session.objects.all().delete(),
        lambda: Session.objects.update(expire_date=timezone.now() - timedelta(days=1)),
        lambda: User.objects.update(is_active=False),
        lambda: User.objects.update(password="another"),  # noqa: S106
    ],
)
def test_who_is_no_longer_signed_in_sees_nothing(browser, change):
    change()
    assert sent_away(browser.get())


def test_a_lost_post_takes_the_page_along(browser):
    Assignment.objects.update(ends_on=timezone.localdate())
    assert browser.get()[0] == "403 Forbidden"


def test_new_numbers_are_a_new_page(browser):
    etag = browser.get()[1]["ETag"]
    DataVersion.objects.update(number=7)
    status, headers, _body, asked = browser.get()
    assert (status, asked) == ("200 OK", True)
    assert headers["ETag"] != etag


def test_a_new_name_is_shown_at_once(browser, reader):
    User.objects.filter(pk=reader.pk).update(first_name="Sri Baru")
    assert b"Sri Baru" in browser.get()[2]


def test_tomorrow_is_another_day(browser, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(repeats.timezone, "localdate", lambda: tomorrow)
    assert browser.get()[3]


def test_without_a_database_django_says_so(browser, one_connection, monkeypatch):
    def down(**asked):
        raise OperationalError

    before = len(one_connection)
    monkeypatch.setattr(repeats, "glance", down)
    assert browser.get()[3]
    assert len(one_connection) == before + 1  # nobody goes on with a lost connection


def test_the_cookie_of_another_is_another_request(browser, reader):
    other = Browser(worker(Role.ADMIN_PUSKESMAS, reader.assignments.get().facility))
    other.application = browser.application
    browser.real = get_wsgi_application()
    before = browser.asked
    other.get()
    assert browser.asked > before


def test_what_no_short_way_answered_is_not_remembered(browser):
    browser.get(path="/masuk/")
    assert browser.get(path="/masuk/")[3]
