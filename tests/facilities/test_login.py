import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from facilities.actions.people import create_user
from facilities.roles import Role
from ilp.core.models import LoginFailures, User
from tests.factories import worker

SENTENCE = "Nama pengguna atau kata sandi salah. Periksa huruf besar-kecil. Tersisa {} kali coba."


@pytest.fixture
def account(tree):
    made = create_user(
        username="admin.contoh",
        name="Rekaan",
        phone="",
        role=Role.ADMIN_DINAS,
        facility=tree["district"],
        by=None,
    )
    User.objects.filter(pk=made.user.pk).update(must_change_password=False)
    return made


def sign_in(client, username, password, **more):
    values = {"username": username, "password": password, **more}
    return client.post(reverse("facilities:login"), values)


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_needs_no_login_and_says_what_it_is(client, db):
    answer = client.get("/masuk/")
    assert answer.status_code == 200
    assert "Sistem ILP" in words(answer)


@pytest.mark.parametrize("typed", ["admin.contoh", "Admin.Contoh", " admin.contoh "])
def test_a_username_works_whatever_its_case(client, account, typed):
    assert sign_in(client, typed, account.password).status_code == 302
    assert client.session["_auth_user_id"] == str(account.user.pk)


@pytest.mark.parametrize("username", ["admin.contoh", "tidak.ada"])
def test_failures_read_the_same_whether_or_not_the_username_exists(client, account, username):
    answers = [words(sign_in(client, username, "salah")) for _ in range(5)]
    for left, answer in zip((4, 3, 2, 1), answers, strict=False):
        assert SENTENCE.format(left) in answer
    assert "Tunggu 30 detik" in answers[4]
    assert "Tunggu" in words(sign_in(client, username, account.password))
    assert "_auth_user_id" not in client.session


def test_after_the_wait_the_right_password_works_again(client, account):
    for _ in range(6):
        sign_in(client, "admin.contoh", "salah")
    LoginFailures.objects.update(last_at=timezone.now() - timedelta(minutes=2))
    assert sign_in(client, "admin.contoh", account.password).status_code == 302
    assert not LoginFailures.objects.exists()


def test_a_session_lasts_until_the_browser_closes_unless_asked(client, account):
    sign_in(client, "admin.contoh", account.password)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, "admin.contoh", account.password, remember="on")
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_nothing_leads_to_another_host(client, account):
    answer = sign_in(client, "admin.contoh", account.password, next="https://contoh.example/")
    assert answer.url == "/"


def test_a_second_factor_is_asked_for_and_checked(client, account):
    secret = pyotp.random_base32()
    User.objects.filter(pk=account.user.pk).update(totp_secret=secret)
    answer = sign_in(client, "admin.contoh", account.password)
    assert answer.url == "/masuk/kode/"
    assert "_auth_user_id" not in client.session
    right = pyotp.TOTP(secret).now()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert "tidak cocok" in words(client.post("/masuk/kode/", {"code": wrong}))
    assert client.post("/masuk/kode/", {"code": right}).status_code == 302
    assert client.session["_auth_user_id"] == str(account.user.pk)


def test_a_code_alone_opens_nothing(client, account):
    assert client.get("/masuk/kode/").url == "/masuk/"


def test_a_wrong_code_counts_as_a_failure(client, account):
    User.objects.filter(pk=account.user.pk).update(totp_secret=pyotp.random_base32())
    sign_in(client, "admin.contoh", account.password)
    for _ in range(5):
        client.post("/masuk/kode/", {"code": "abc"})
    assert "Tunggu" in words(client.post("/masuk/kode/", {"code": "abc"}))


def test_a_password_made_by_another_is_changed_first(client, tree):
    user = worker(Role.NAKES, tree["first"], must_change_password=True)
    user.set_password("sandi-lama-sekali")
    user.save()
    client.force_login(user)
    assert client.get("/faskes/").url == "/akun/sandi/"
    assert "dibuatkan orang lain" in words(client.get("/akun/sandi/"))
    new = {"old": "sandi-lama-sekali", "new": "kuda-laut-biru-7", "again": "kuda-laut-biru-7"}
    assert client.post("/akun/sandi/", new | {"again": "x"}).status_code == 200
    assert client.post("/akun/sandi/", new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("kuda-laut-biru-7")
    assert not user.must_change_password
    assert client.get("/akun/sandi/").status_code == 200


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"old": "bukan", "new": "kuda-laut-biru-7", "again": "kuda-laut-biru-7"}, "lama tidak"),
        ({"old": "sandi-lama-sekali", "new": "kuda-laut-biru-7", "again": "lain"}, "berbeda"),
        ({"old": "sandi-lama-sekali", "new": "pendek", "again": "pendek"}, "pendek"),
    ],
)
def test_a_password_that_cannot_be(client, tree, values, sentence):
    user = worker(Role.NAKES, tree["first"])
    user.set_password("sandi-lama-sekali")
    user.save()
    client.force_login(user)
    answer = client.post("/akun/sandi/", values)
    assert answer.status_code == 200
    assert sentence in words(answer)


def test_an_admin_switches_the_second_factor_on_and_off(client, tree):
    user = worker(Role.ADMIN_PUSKESMAS, tree["first"])
    client.force_login(user)
    client.get("/akun/kode/")
    secret = client.session["totp-secret"]
    assert client.post("/akun/kode/", {"code": pyotp.TOTP(secret).now()}).status_code == 302
    user.refresh_from_db()
    assert user.totp_secret == secret
    assert client.post("/akun/kode/", {"code": pyotp.TOTP(secret).now()}).status_code == 302
    user.refresh_from_db()
    assert user.totp_secret == ""


def test_a_second_factor_is_for_administrators(client, tree):
    client.force_login(worker(Role.KADER, tree["melati"]))
    assert client.get("/akun/kode/").status_code == 403


def test_health_needs_no_login(client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "redis": True, "oldest_change_seconds": 0}


@pytest.mark.parametrize("path", ["/", "/faskes/", "/pengguna/", "/jejak/", "/akun/sandi/"])
def test_everything_else_asks_for_a_login(client, db, path):
    assert client.get(path).url.startswith("/masuk/")


def test_a_page_that_was_open_too_long_is_explained(account):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account.user)
    answer = client.post("/akun/sandi/", {"old": "x"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Halaman ini sudah kedaluwarsa" in text
    assert 'href="/akun/sandi/"' in text
    assert "CSRF" not in text
