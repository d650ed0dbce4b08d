"""Letters about what is due: one a day, sent once, kept when they could not be sent."""

import socket
from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from clusters.actions.locks import lock_month
from facilities.models import Assignment
from ilp.core.models import AuditEvent, User
from ilp.core.months import Month
from reporting import tasks
from reporting.actions import reports as actions
from reporting.actions.reminders import claim_reminder, send_reminders, write_reminders
from reporting.catalogue import FORMS
from reporting.models import Reminder
from reporting.models.reminders import MOST_TRIES
from reporting.selectors.deadlines import due_on
from reporting.selectors.reminders import items_of, letter, unsent
from reporting.workflow import Step
from tests.factories import OPENED, small_district, worker
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
ADDRESS = "dewi@contoh.go.id"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://ilp.contoh.go.id"
    settings.DEFAULT_FROM_EMAIL = "ilp@contoh.go.id"


@pytest.fixture
def filler(tree):
    return worker("admin_puskesmas", tree["first"], email=ADDRESS, first_name="Dewi")


def last_day(tree, month=MONTH):
    return due_on(FORMS["F1"], tree["first"], month).until


def named(user, today, form="F1"):
    found = [item for items in items_of(user=user, today=today).values() for item in items]
    return [(item["period"], item["came_back"]) for item in found if item["form"] == form]


def now_due(times=1):
    today = timezone.localdate()
    for _time in range(times):
        write_reminders(today=today, by=None)
    return Reminder.objects.get()


def fails(settings):
    """A mail server at a port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(("before", "asked"), [(4, False), (3, True), (0, True), (-200, True)])
def test_three_days_before_the_last_day_and_until_it_is_sent(tree, filler, before, asked):
    report = filled(tree["first"], MONTH)
    today = last_day(tree) - timedelta(days=before)
    assert (("2025-03", False) in named(filler, today)) is asked

    actions.take_step(report=report, step=Step.SEND, by=None)

    assert ("2025-03", False) not in named(filler, today)


def test_what_was_begun_before_the_first_report_sent_is_still_asked_for(tree, filler):
    filled(tree["first"], MONTH)
    actions.take_step(report=filled(tree["first"], MONTH.plus(2)), step=Step.SEND, by=None)

    gaps = [period for period, _back in named(filler, MONTH.plus(4).last_day)]

    assert gaps == ["2025-03", "2025-06"]


def test_what_was_begun_in_vain_is_not_asked_for(tree, filler):
    actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)
    actions.take_step(report=filled(tree["first"], MONTH.plus(2)), step=Step.SEND, by=None)

    assert named(filler, MONTH.plus(4).last_day) == [("2025-06", False)]


def test_what_came_back_is_named_whenever_it_is_due(tree, filler):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)
    actions.take_step(report=report, step=Step.RETURN, note="Sari, 3 tahun, salah", by=None)

    assert named(filler, MONTH.plus(1).first_day) == [("2025-03", True)]


def test_a_gap_is_asked_for_however_old_but_not_of_a_locked_month(tree, filler):
    for month in (MONTH, MONTH.plus(3)):
        actions.take_step(report=filled(tree["first"], month), step=Step.SEND, by=None)
    today = MONTH.plus(14).last_day
    gaps = [period for period, _back in named(filler, today)]
    assert gaps[:3] == ["2025-04", "2025-05", "2025-07"]
    assert len(gaps) == 12

    lock_month(district=tree["district"], month=MONTH.plus(1), by=None)

    assert [period for period, _back in named(filler, today)] == gaps[1:]


def test_a_letter_goes_once_however_often_the_schedule_comes(tree, filler):
    reminder = now_due(times=2)

    assert [send_reminders(), send_reminders()] == [1, 0]

    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert "https://ilp.contoh.go.id/laporan/F1/P9901010101/" in sent.body
    assert "Kenanga" in sent.subject
    assert "Dewi" not in sent.subject + sent.body
    assert sent.extra_headers["Message-ID"] == f"<reminder-{reminder.pk}@ilp.contoh.go.id>"
    reminder.refresh_from_db()
    assert (reminder.tries, reminder.failure) == (1, "")
    assert reminder.sent_at


def test_a_letter_says_what_came_back_and_never_why(tree, filler):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)
    actions.take_step(report=report, step=Step.RETURN, note="Sari, 3 tahun, salah", by=None)
    body = letter(now_due()).body

    assert "Maret 2025, Puskesmas Kenanga: dikembalikan, perlu diperbaiki" in body
    assert "Sari" not in body


@pytest.mark.parametrize(
    "changed", [{"wants_reminders": False}, {"email": ""}, {"is_active": False}], ids=str
)
def test_who_does_not_want_or_cannot_get_any_gets_none(tree, filler, changed):
    now_due()
    User.objects.filter(pk=filler.pk).update(**changed)

    assert send_reminders() == 0, "switched off since it was written"
    assert write_reminders(today=timezone.localdate() + timedelta(days=1), by=None) == 0
    assert mail.outbox == []


@pytest.mark.parametrize("role", ["kepala_puskesmas", "nakes", "programmer", "ti"])
def test_who_fills_in_nothing_is_not_reminded(tree, role):
    worker(role, tree["first"], email=ADDRESS)

    assert write_reminders(today=timezone.localdate(), by=None) == 0


def test_who_has_two_posts_gets_a_letter_for_each(tree, filler):
    Assignment.objects.create(
        user=filler, facility=tree["second"], role="admin_puskesmas", starts_on=OPENED
    )
    write_reminders(today=timezone.localdate(), by=None)

    found = {r.place: {item["place"] for item in r.items} for r in Reminder.objects.all()}
    assert found == {tree[name]: {tree[name].code} for name in ("first", "second")}


def test_what_could_not_be_sent_is_kept_tried_again_and_given_up(tree, filler, settings, caplog):
    reminder = now_due()
    fails(settings)

    for tries in range(1, MOST_TRIES + 1):
        assert send_reminders() == 0
        assert send_reminders() == 0, "not before its next try"
        reminder.refresh_from_db()
        assert (reminder.tries, reminder.failure) == (tries, "ConnectionRefusedError")
        Reminder.objects.update(next_try_at=timezone.now())

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_reminders() == 0, "given up"
    assert "ConnectionRefusedError" in caplog.text
    assert ADDRESS not in caplog.text
    found = unsent(today=timezone.localdate())
    assert (found.waiting, found.given_up) == (0, 1)


def test_what_failed_once_goes_with_the_next_try(tree, filler, settings):
    reminder = now_due()
    fails(settings)
    send_reminders()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Reminder.objects.update(next_try_at=timezone.now())

    assert send_reminders() == 1
    reminder.refresh_from_db()
    assert (reminder.tries, reminder.failure, len(mail.outbox)) == (2, "", 1)


def test_the_letter_of_yesterday_is_not_sent_today(tree, filler):
    write_reminders(today=timezone.localdate() - timedelta(days=1), by=None)

    assert send_reminders() == 0
    found = unsent(today=timezone.localdate())
    assert (found.waiting, found.given_up) == (0, 1)


@pytest.mark.parametrize("host", ["", "mail.contoh.go.id"])
def test_without_a_mail_server_nothing_is_written(tree, filler, settings, host):
    settings.EMAIL_HOST = host
    tasks.remind()
    tasks.send_waiting_reminders()

    assert Reminder.objects.count() == len(mail.outbox) == bool(host)


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_take_the_same_letter():
    worker("admin_puskesmas", small_district()["first"], email=ADDRESS)
    write_reminders(today=timezone.localdate(), by=None)
    taken = []

    def other():
        taken.append(claim_reminder(now=timezone.now(), by=None))
        connection.close()

    with transaction.atomic():
        assert claim_reminder(now=timezone.now(), by=None)
        thread = Thread(target=other)
        thread.start()
        thread.join(timeout=20)
        assert taken == [None], "it waited, or took the same"
    assert claim_reminder(now=timezone.now(), by=None) is None


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def test_everybody_tells_their_own_address(tree):
    user = worker("kader", tree["melati"])
    page = browser(user)
    assert "Server ini belum disetel" in page.get("/akun/surel/").content.decode()

    assert page.post("/akun/surel/", {"email": "bukan alamat"}).status_code == 200
    assert page.post("/akun/surel/", {"email": ADDRESS}).status_code == 302

    user.refresh_from_db()
    assert (user.email, user.wants_reminders) == (ADDRESS, False)
    told = AuditEvent.objects.get(event="user.contact-set")
    assert told.detail == {}


def test_an_account_is_made_with_its_address(tree, filler):
    given = {
        "username": "kader.baru", "name": "Sari", "role": "kader", "email": ADDRESS,
        "facility": tree["melati"].pk,
    }  # fmt: skip
    assert browser(filler).post("/pengguna/baru/", given).status_code == 200

    assert User.objects.get(username="kader.baru").email == ADDRESS


def test_who_manages_an_account_tells_its_address_and_nobody_else(tree, filler):
    kader = worker("kader", tree["melati"])
    url = f"/pengguna/{kader.pk}/surel/"
    given = {"email": ADDRESS, "wants_reminders": "on"}

    assert browser(filler).post(url, given).status_code == 302
    stranger = worker("admin_puskesmas", tree["second"])
    assert browser(stranger).post(url, {"email": "x@contoh.go.id"}).status_code == 404
    assert browser(kader).get(f"/pengguna/{filler.pk}/surel/").status_code == 403

    kader.refresh_from_db()
    assert (kader.email, kader.wants_reminders) == (ADDRESS, True)
