"""S02: the list of work of each role: what is due, what is late, what is done; nothing vanishes."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clusters.actions.locks import lock_month
from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions import holders
from reporting.actions import reports as actions
from reporting.actions.releases import open_for_correction, release_month
from reporting.catalogue import FORMS
from reporting.models import Reminder
from reporting.selectors.deadlines import due_on
from reporting.selectors.home import Wait, home
from reporting.selectors.owing import owing
from reporting.selectors.periods import Span
from reporting.selectors.situation import of_spm
from reporting.views import home as pages
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.figures import filled_district
from tests.reporting.sheets import filled, numbers
from tests.reporting.test_pages import AT

MONTH = Month(2025, 3)
SPAN = Span(MONTH, MONTH)
MOST_QUERIES = 20


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(user):
    return " ".join(browser(user).get("/").content.decode().split())


def took(report, *steps, by=None, **more):
    for step in steps:
        report = actions.take_step(report=report, step=step, by=by, **more)
    return report


def tasks(user, today, *waits):
    found = home(user=user, today=today, span=SPAN)
    return [task for block in found.blocks if block.wait in waits for task in block.tasks]


def on(tree, days, month=MONTH):
    return due_on(FORMS["F1"], tree["first"], month).until + timedelta(days=days)


def test_a_draft_says_how_far_it_is_and_until_when(tree):
    user = worker("admin_puskesmas", tree["first"])
    report = actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=user)
    values = {("skdn_s", "L:0-5"): 3, ("skdn_s", "P:0-5"): 2}
    actions.save_values(report=report, values=values, reasons={}, version=report.version, by=user)

    (task,) = [t for t in tasks(user, on(tree, -3), Wait.SEND) if t.form == "F1"]

    assert (task.days, task.until, task.state) == (3, on(tree, 0), "Draf")
    assert task.progress.filled == 2
    assert task.progress.boxes == len(numbers())
    page = text(user)
    assert f"Draf · 2 dari {task.progress.boxes} terisi · batas" in page
    assert "Belum mulai" in page
    assert "Terlambat" in page


def test_what_came_back_says_why(tree):
    user = worker("admin_puskesmas", tree["first"])
    report = took(filled(tree["first"], MONTH), Step.SEND)
    took(report, Step.RETURN, note="K lebih besar dari S")

    (task,) = tasks(user, on(tree, 1), Wait.FIX)

    assert (task.note, task.state, task.days) == ("K lebih besar dari S", "Dikembalikan", -1)
    assert "“K lebih besar dari S”" in text(user)


def test_what_is_overdue_stays_until_it_is_sent_or_the_month_is_locked(tree):
    user = worker("admin_puskesmas", tree["first"])
    admin = worker("admin_dinas", tree["district"])
    filled(tree["first"], MONTH)
    today = MONTH.plus(20).last_day

    def both():
        mine = [t.month for t in tasks(user, today, Wait.SEND) if t.form == "F1"]
        late = home(user=admin, today=today, span=None).late
        owed = [due.month for one in late for due in one.owed if due.form_code == "F1"]
        return MONTH in mine, MONTH in owed

    assert both() == (True, True)
    lock_month(district=tree["district"], month=MONTH, by=None)
    assert both() == (False, False)


def test_nothing_is_asked_of_a_place_for_months_in_which_it_was_not_open(tree):
    user = worker("admin_puskesmas", tree["first"])
    filled(tree["first"], MONTH)
    tree["first"].opened_on = MONTH.plus(2).first_day
    tree["first"].save(update_fields=["opened_on"])

    found = owing(user=user, permission="fill", today=MONTH.plus(3).last_day)

    assert min(due.month for due in found if due.form_code == "F1") == MONTH.plus(2)


def test_the_head_sees_what_is_to_be_verified_with_its_flags(tree):
    head = worker("kepala_puskesmas", tree["first"])
    took(filled(tree["first"], MONTH, bgm=1), Step.SEND)

    (task,) = tasks(head, on(tree, 0), Wait.VERIFY)

    assert task.count == 1
    page = text(head)
    assert "menunggu verifikasi" in page
    assert "⚑ 1 tanda" in page
    assert 'href="/laporan/verifikasi/"' in page


def test_a_holder_approves_the_oldest_first_and_only_what_is_his(tree):
    gizi, kia = (worker("programmer", tree["district"]) for _ in range(2))
    given = {"district": tree["district"], "form": "F1", "source": "SK 12/2025", "since": MONTH}
    for name, user in (("Gizi", gizi), ("KIA", kia)):
        holders.set_holder(name=name, people=[user], by=None, **given)
    for month in (MONTH.plus(1), MONTH):
        took(filled(tree["first"], month), Step.SEND, Step.VERIFY)

    def waits(user):
        return [task.month for task in tasks(user, on(tree, 60), Wait.APPROVE)]

    assert waits(gizi) == [MONTH, MONTH.plus(1)]
    report = tree["first"].reports.get(month=MONTH)
    took(report, Step.APPROVE, by=gizi)
    assert (waits(gizi), waits(kia)) == ([MONTH.plus(1)], [MONTH, MONTH.plus(1)])


def test_who_has_not_reported_is_named_with_a_message_to_copy(tree):
    user = worker("programmer", tree["district"])
    report = filled(tree["first"], MONTH)
    page = text(user)

    assert "Puskesmas Kenanga:" in page
    assert "Yth. Puskesmas Kenanga: belum kami terima" in page
    assert "Maret 2025 (batas" in page
    assert f"http://testserver/laporan/F1/{tree['first'].code}/2025-03/" in page
    assert "Terlambat" in page
    took(report, Step.SEND)
    assert "Maret 2025 (batas" not in text(user)


def test_the_message_names_as_many_places_as_the_page(tree, monkeypatch):
    monkeypatch.setattr(pages, "LATE_SHOWN", 1)
    user = worker("programmer", tree["district"])
    for place in ("first", "second"):
        filled(tree[place], MONTH)

    page = text(user)

    assert page.count("Yth. Puskesmas") == 1
    assert "dan 1 lainnya</textarea>" in page


def test_months_to_release_are_named_with_what_is_approved(tree):
    admin = worker("admin_dinas", tree["district"])
    took(filled(tree["first"], MONTH), Step.SEND, Step.VERIFY, Step.APPROVE)
    today = MONTH.plus(1).first_day

    (month,) = home(user=admin, today=today, span=SPAN).releases.months

    due = sum(2 * len(form.periods(MONTH)) for form in FORMS.values())
    assert (month.month, month.approved, month.due) == (MONTH, 1, due)
    assert not month.is_ready


def test_a_released_month_is_done_until_it_is_opened_again(db):
    tree = filled_district()
    admin = worker("admin_dinas", tree["district"])
    may = Month(2025, 5)
    span, today = Span(may, may), date(2025, 6, 20)
    before = home(user=admin, today=today, span=span).releases
    assert [one.month for one in before.months] == [may]

    release_month(district=tree["district"], month=may, by=admin)
    after = home(user=admin, today=today, span=span).releases
    assert after.months == ()
    assert after.more == 0

    open_for_correction(district=tree["district"], month=may, reason="Kenanga keliru", by=admin)
    (again,) = home(user=admin, today=today, span=span).releases.months
    assert again.is_open_again
    assert "Mei 2025 dibuka untuk koreksi" in text(admin)


def test_what_is_done_is_said_in_one_line(tree):
    head = worker("kepala_puskesmas", tree["first"])
    last = Month.of(timezone.localdate()).plus(-1)
    took(filled(tree["first"], last), Step.SEND, Step.VERIFY)

    assert "Diverifikasi 1" in text(head)
    assert "Sudah beres" not in text(worker("kepala_puskesmas", tree["second"]))

    lock_month(district=tree["district"], month=last, by=None)
    assert "Diverifikasi 1 · Terkunci" in text(head)


def test_nothing_waits_and_what_comes_next_is_named(tree):
    user = worker("admin_puskesmas", tree["first"])
    this = Month.of(timezone.localdate())
    for month in this.plus(-12).until(this):
        lock_month(district=tree["district"], month=month, by=None)

    page = text(user)

    assert "Tidak ada yang menunggu." in page
    assert "Laporan berikutnya:" in page
    assert "Laporan berikutnya" not in text(worker("kepala_puskesmas", tree["first"]))


def test_it_staff_see_letters_that_did_not_go(tree):
    ti = worker("ti", tree["district"])
    user = worker("admin_puskesmas", tree["first"], email="a@contoh.go.id")
    day = timezone.localdate() - timedelta(days=1)
    Reminder.objects.create(user=user, place=tree["first"], day=day, items=[])

    page = text(ti)

    assert "Surel pengingat tidak terkirim, 7 hari</dt><dd>1<" in page
    assert "Surel pengingat menunggu dikirim</dt><dd>0<" in page


def test_the_sentence_stands_above_with_the_weakest(db):
    tree = filled_district()
    user = worker("kepala_dinas", tree["district"])

    page = text(user)

    assert "SPM yang dapat dihitung mencapai target bulan ini" in page
    assert "Terlemah:" in page
    assert of_spm([]) == ""


@pytest.mark.parametrize("role", list(Role))
def test_no_home_costs_more_than_twenty_queries(db, role, django_assert_max_num_queries):
    """With everything at once: programmes, returned, drafts, sent, verified, letters."""
    tree = filled_district()
    user = worker(role, tree[AT.get(role, "district")])
    given = {"district": tree["district"], "form": "F1", "source": "SK 12/2025", "since": MONTH}
    approves = role in ("programmer", "admin_dinas")
    holder = user if approves else worker("programmer", tree["district"])
    holders.set_holder(name="Gizi", people=[holder], by=None, **given)
    for place in ("first", "second"):
        took(filled(tree[place], MONTH), Step.SEND, Step.VERIFY)
        took(filled(tree[place], MONTH.plus(1)), Step.SEND)
        took(filled(tree[place], MONTH.plus(3)), Step.SEND, Step.RETURN, note="S?")
        filled(tree[place], MONTH.plus(4))
    client = browser(user)
    client.get("/")  # what a process asks once

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get("/")

    assert answer.status_code == 200
