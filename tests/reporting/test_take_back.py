"""A sent report comes back to its sender until one who may check it has opened it."""

from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from clusters.actions.locks import lock_month
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.opening import note_opening
from reporting.models import Report, ReportEvent
from reporting.selectors import owing
from reporting.workflow import Status, Step
from tests.factories import small_district, worker
from tests.reporting.sheets import filled, posted

MONTH = Month(2025, 3)
PAGE = "/laporan/F1/P9901010101/2025-03/"
BUTTON = "Tarik kembali</button>"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def sender(tree):
    return worker("admin_puskesmas", tree["first"], first_name="Siti")


@pytest.fixture
def head(tree):
    return worker("kepala_puskesmas", tree["first"], first_name="Lalu", last_name="Ahmad")


@pytest.fixture
def report(tree, sender):
    return actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=sender)


def take_back(report, by):
    return actions.take_step(report=report, step=Step.TAKE_BACK, by=by)


def test_it_is_a_draft_again_and_was_not_sent(report, sender):
    taken = take_back(report, sender)

    assert (taken.status, taken.sent_at) == (Status.DRAFT, None)
    assert ReportEvent.objects.filter(report=report, step=Step.TAKE_BACK, by=sender).exists()
    assert AuditEvent.objects.get(event="report.take_back").detail == {"before": "sent"}
    assert actions.take_step(report=taken, step=Step.SEND, by=sender).sent_at


def test_from_the_page_and_back_into_the_list_of_what_is_to_be_filled_in(report, sender):
    client = browser(sender)
    assert BUTTON in text(client.get(PAGE))

    page = client.post(f"/laporan/{report.pk}/take_back/", follow=True)

    assert "Laporan sekarang berstatus “Draf”" in text(page)
    assert 'class="cell-input' in text(page)
    assert client.post(PAGE, posted(report) | {"skdn_s|L:0-5": "11"}).status_code == 302
    unsent = owing.next_to_fill(user=sender, today=MONTH.plus(1).last_day)
    assert report in [one.report for one in unsent]


def test_once_the_head_has_looked_it_must_be_sent_back(report, sender, head):
    browser(head).get(PAGE)
    report.refresh_from_db()
    assert report.opened_by == head
    at = report.opened_at

    with pytest.raises(actions.AlreadyOpened) as refused:
        take_back(report, sender)
    assert "Lalu Ahmad sudah membuka laporan ini pada " in refused.value.sentence
    assert "Minta pemeriksa mengembalikannya." in refused.value.sentence

    client = browser(sender)
    page = text(client.get(PAGE))
    assert BUTTON not in page
    assert "Dibuka pertama kali sejak dikirim oleh Lalu Ahmad" in page
    assert "Karena itu tidak dapat ditarik kembali; minta dikembalikan." in page
    assert "Pemeriksa sudah membukanya" in page
    answer = client.post(f"/laporan/{report.pk}/take_back/")
    assert answer.status_code == 409
    assert "Lalu Ahmad sudah membuka" in text(answer)
    report.refresh_from_db()
    assert (report.status, report.opened_at) == (Status.SENT, at)


def test_only_the_first_opening_is_noted_and_only_once(tree, report, head):
    programmer = worker("programmer", tree["district"])
    browser(head).get(PAGE)
    report.refresh_from_db()
    first = report.opened_at

    browser(head).get(PAGE)
    browser(programmer).get(PAGE)

    report.refresh_from_db()
    assert (report.opened_by, report.opened_at) == (head, first)
    assert AuditEvent.objects.get(event="report.seen").actor == head


@pytest.mark.parametrize(
    ("role", "where"),
    [
        ("admin_puskesmas", "first"),  # another who may send
        ("nakes", "first"),
        ("kepala_dinas", "district"),
        ("lihat", "district"),
    ],
)
def test_who_may_not_check_it_may_look_at_it(tree, report, sender, role, where):
    assert browser(worker(role, tree[where])).get(PAGE).status_code == 200

    assert take_back(report, sender).status == Status.DRAFT


@pytest.mark.parametrize(
    ("role", "where"), [("programmer", "district"), ("admin_dinas", "district")]
)
def test_who_approves_it_counts_as_well(tree, report, sender, role, where):
    browser(worker(role, tree[where])).get(PAGE)

    with pytest.raises(actions.AlreadyOpened):
        take_back(report, sender)


def test_the_sender_who_may_also_verify_does_not_shut_himself_out(tree):
    both = worker("admin_puskesmas", tree["first"])
    both.assignments.create(facility=tree["first"], role="kepala_puskesmas", starts_on="2020-01-01")
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=both)

    assert note_opening(report=report, by=both) is False
    assert take_back(report, both).status == Status.DRAFT


def test_a_head_of_elsewhere_sees_nothing_and_notes_nothing(tree, report, sender):
    assert browser(worker("kepala_puskesmas", tree["second"])).get(PAGE).status_code == 404

    assert take_back(report, sender)


def test_opening_a_draft_or_a_refused_save_notes_nothing(tree, head, sender):
    report = filled(tree["first"], MONTH)
    browser(head).get(PAGE)
    report = actions.take_step(report=report, step=Step.SEND, by=sender)
    browser(head).post(PAGE, posted(report))

    assert Report.objects.get().opened_at is None


def test_sent_again_it_has_not_been_opened(report, sender, head):
    browser(head).get(PAGE)
    back = actions.take_step(report=report, step=Step.RETURN, by=head, note="Periksa K")
    assert back.opened_by == head

    again = actions.take_step(report=back, step=Step.SEND, by=sender)

    assert (again.opened_at, again.opened_by) == (None, None)
    assert take_back(again, sender).status == Status.DRAFT


def test_a_page_that_was_taken_back_meanwhile_was_opened_by_nobody(report, sender, head):
    stale = Report.objects.select_related("facility").get(pk=report.pk)
    take_back(report, sender)

    assert note_opening(report=stale, by=head) is False
    assert Report.objects.get().opened_at is None


def test_not_in_a_locked_month(tree, report, sender):
    lock_month(district=tree["district"], month=MONTH, by=None)

    with pytest.raises(actions.MonthLocked):
        take_back(report, sender)


def test_not_by_the_head(report, head):
    with pytest.raises(Forbidden):
        take_back(report, head)


def test_the_database_knows_no_opening_by_nobody(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(opened_at="2025-04-01T00:00Z")


@pytest.mark.django_db(transaction=True)
def test_of_an_opening_and_a_taking_back_at_once_only_one_happens():
    tree = small_district()
    sender = worker("admin_puskesmas", tree["first"])
    head = worker("kepala_puskesmas", tree["first"])
    for round_ in range(4):
        report = filled(tree["first"], MONTH.plus(round_))
        report = actions.take_step(report=report, step=Step.SEND, by=sender)
        told = []

        def look(report=report, told=told):
            told.append(("seen", note_opening(report=report, by=head)))
            connection.close()

        def take(report=report, told=told):
            try:
                take_back(report, sender)
                told.append(("taken", True))
            except actions.AlreadyOpened:
                told.append(("taken", False))
            connection.close()

        threads = [Thread(target=look), Thread(target=take)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert sorted(dict(told).values()) == [False, True], told
        report.refresh_from_db()
        assert (report.status == Status.SENT) is (report.opened_at is not None)
