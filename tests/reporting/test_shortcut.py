"""The short way to a kept page: the same answer as the long way, and nothing for anybody else."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from facilities import access
from facilities.models import Assignment, DataVersion
from facilities.roles import Role
from facilities.selectors.glance import SESSIONS, Known, glance, remember
from ilp.core.models import User
from reporting.selectors.versions import sight, sight_of
from reporting.views.caching import BODIES, PATHS
from tests.factories import OPENED, worker
from tests.reporting.figures import MAY, filled_district, total

pytestmark = pytest.mark.django_db
URL = "/situasi/"
TOKEN = re.compile(r'(csrfmiddlewaretoken" value=")([^"]{64})"')
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def empty_memories():
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


@pytest.fixture
def reader(places):
    return worker(Role.KEPALA_DINAS, places["district"], first_name="Sri & Rekan")


@pytest.fixture
def client(reader):
    """Somebody who has seen the page, so that the short way is open."""
    client = Client()
    client.force_login(reader)
    for _ in range(2):
        assert client.get(URL).status_code == 200
    assert is_short(client)
    return client


def key_of(client):
    return client.cookies["sessionid"].value


def is_short(client):
    return glance(session_key=key_of(client), today=timezone.localdate()) is not None


def lasting(answer):
    """Its cookies, but for the second in which they were made."""
    return {n: {**c, "expires": "", "value": c.value} for n, c in answer.cookies.items()}


def headers(answer):
    return {k: v for k, v in answer.headers.items() if k != "Vary"}


@pytest.mark.parametrize("known_copy", [False, True])
def test_both_ways_give_the_same_answer(client, known_copy):
    more = {"headers": {"if-none-match": client.get(URL)["ETag"]}} if known_copy else {}
    short = client.get(URL, **more)
    PATHS.clear()
    long = client.get(URL, **more)
    assert short.status_code == long.status_code == (304 if known_copy else 200)
    assert headers(short) == headers(long)
    vary = [set(answer["Vary"].split(", ")) for answer in (short, long)]
    assert (
        vary[0]
        == vary[1]
        == {"Accept-Encoding", "Cookie"} - ({"Accept-Encoding"} if known_copy else set())
    )
    assert TOKEN.sub("", short.content.decode()) == TOKEN.sub("", long.content.decode())
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"):
        assert short[name]
    assert lasting(short) == lasting(long)


def test_each_answer_has_its_own_token_and_all_of_them_are_good(client, reader):
    one, two = (TOKEN.search(client.get(URL).content.decode())[2] for _ in range(2))
    assert one != two
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post("/keluar/", {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert strict.post("/keluar/", {"csrfmiddlewaretoken": one}).status_code == 302


def test_the_page_bears_the_readers_name_of_now(client, reader):
    assert "Sri &amp; Rekan" in client.get(URL).content.decode()
    User.objects.filter(pk=reader.pk).update(first_name="", username="<sri>")
    answer = client.get(URL).content.decode()
    assert "&lt;sri&gt;</span>" in answer
    assert "Rekan" not in answer


def test_a_new_version_is_a_new_page_at_once(client, places):
    first = client.get(URL)
    total(places["district"], MAY, skrining_produktif=4000)
    DataVersion.objects.update(number=2)
    second = client.get(URL, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert TOKEN.sub("", second.content.decode()) != TOKEN.sub("", first.content.decode())


def sent_away(answer):
    return answer.status_code == 302 and "/masuk" in answer["Location"]


@pytest.mark.parametrize("known_copy", [False, True])
def test_who_was_deactivated_sees_nothing(client, reader, known_copy):
    etag = client.get(URL)["ETag"]
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert sent_away(client.get(URL, headers={"if-none-match": etag} if known_copy else {}))


def test_another_password_ends_the_session(client, reader):
    reader.set_password("lain sama sekali")
    reader.save()
    assert sent_away(client.get(URL))


def test_one_who_changes_the_own_password_stays_and_is_known_again(client, reader):
    old = key_of(client)
    reader.set_password("sandi lama sekali")
    reader.save()
    client.force_login(reader)
    assert not glance(session_key=old, today=timezone.localdate())
    client.get(URL)
    client.get(URL)
    assert is_short(client)


def test_a_password_that_must_be_changed_comes_first(client, reader):
    User.objects.filter(pk=reader.pk).update(must_change_password=True)
    answer = client.get(URL)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("facilities:password-change")


def test_who_signed_out_sees_nothing_with_the_old_cookie(client):
    old = key_of(client)
    client.post("/keluar/")
    late = Client()
    late.cookies["sessionid"] = old
    assert sent_away(late.get(URL))


def test_an_expired_session_sees_nothing(client):
    Session.objects.update(expire_date=timezone.now() - DAY)
    assert sent_away(client.get(URL))


def test_a_lost_post_takes_the_page_along(client, reader):
    Assignment.objects.filter(user=reader).update(ends_on=timezone.localdate())
    assert client.get(URL).status_code == 403


def test_a_post_of_tomorrow_and_one_until_today_do_not_count(client, reader, places):
    today = timezone.localdate()
    before = client.get(URL)["ETag"]
    for starts, ends in ((today + DAY, None), (OPENED, today)):
        Assignment.objects.create(
            user=reader, facility=places["first"], role=Role.NAKES, starts_on=starts, ends_on=ends
        )
    assert client.get(URL)["ETag"] == before
    Assignment.objects.create(
        user=reader, facility=places["first"], role=Role.NAKES, starts_on=today, ends_on=today + DAY
    )
    assert client.get(URL)["ETag"] != before


def test_another_role_at_the_same_place_is_another_page(client, reader):
    before = client.get(URL)["ETag"]
    Assignment.objects.filter(user=reader).update(role=Role.ADMIN_DINAS)
    answer = client.get(URL)
    assert answer["ETag"] != before
    assert "Pengguna" in answer.content.decode()


def test_a_strangers_cookie_is_worth_nothing(client, places):
    thief = Client()
    for cookie in ("", "x" * 32, key_of(client)[:-1], key_of(client) + "' OR true --"):
        thief.cookies["sessionid"] = cookie
        assert sent_away(thief.get(URL))


def test_the_session_of_one_does_not_open_the_scope_of_another(client, places):
    url = f"{URL}?w={places['first'].code}"
    client.get(url)
    other = Client()
    other.force_login(worker(Role.ADMIN_PUSKESMAS, places["second"]))
    assert other.get(URL).status_code == 200
    assert other.get(url).status_code == 404
    assert other.get(url).status_code == 404


def test_what_is_remembered_of_a_session_alone_opens_nothing(client, reader, places):
    """Somebody else's row, another text or another password under a key that is known."""
    known = SESSIONS.get(key_of(client))
    other = worker(Role.ADMIN_PUSKESMAS, places["second"], password="lain")
    wrong = (
        Known("another text", known.user, known.password),
        Known(known.content, other.pk, known.password),
        Known(known.content, known.user, b"another"),
    )
    for one in wrong:
        SESSIONS.put(key_of(client), one)
        assert not is_short(client)


def test_a_session_that_changed_goes_the_long_way_once(client):
    session = client.session
    session["seen"] = "something"
    session.save()
    assert not is_short(client)
    assert client.get(URL).status_code == 200
    assert is_short(client)


def test_a_session_is_remembered_only_for_whom_it_says(client, reader, places):
    other = worker(Role.LIHAT, places["first"])
    for change in ({SESSION_KEY: str(other.pk)}, {HASH_SESSION_KEY: "x"}, {"_messages": "[]"}):
        session = client.session
        before = dict(session.items())
        session.update(change)
        session.save()
        SESSIONS.clear()
        remember(session=session, user=reader)
        assert not is_short(client), change
        session.update(before)
        session.pop("_messages", None)
        session.save()


def test_a_message_is_shown_the_long_way_and_not_lost(client):
    said = [Message(constants.SUCCESS, "Tersimpan 14.05")]
    client.cookies["messages"] = CookieStorage(None)._encode(said)
    assert "Tersimpan 14.05" in client.get(URL).content.decode()
    assert "Tersimpan 14.05" not in client.get(URL).content.decode()


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get(URL, headers={"host": "elsewhere.example"}).status_code == 400


def test_only_reading_takes_the_short_way(client, django_assert_max_num_queries):
    assert client.head(URL).status_code == 200
    with django_assert_max_num_queries(1):
        client.get(URL)


def test_another_language_is_another_page(client):
    before = client.get(URL)["ETag"]
    client.cookies["bahasa"] = "en"
    other = client.get(URL)
    assert other["ETag"] != before
    assert other["Content-Language"] == "en"


def test_both_ways_see_the_same(client, reader, places):
    boss = User.objects.create(username="kepala", is_superuser=True)
    for user in (reader, worker(Role.NAKES, places["melati"]), boss):
        Assignment.objects.create(
            user=user, facility=places["second"], role=Role.LIHAT, starts_on=OPENED
        )
        one = Client()
        one.force_login(user)
        one.get(URL)
        short = sight_of(glance(session_key=key_of(one), today=timezone.localdate()))
        assert short == sight(user=user)
        held = access.posts(user).values_list("facility_id", "role")
        assert short.posts == (() if user.is_superuser else tuple(sorted(held)))
