"""What a substitute does with a report is done in the name of the absent person, and says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from facilities.actions.substitutes import name_substitute
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.holders import set_holder
from reporting.models import ReportEvent
from reporting.selectors import due
from reporting.workflow import Status, Step
from tests.factories import worker
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
PAGE = "/laporan/F1/P9901010101/2025-03/"


def stand_in(absent, other):
    today = timezone.localdate()
    return name_substitute(
        post=absent.assignments.get(), username=other.username, first=today,
        last=today + timedelta(days=2), by=absent,
    )  # fmt: skip


def sent(tree, by=None):
    return actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=by)


def test_the_history_and_the_trail_say_in_whose_name(tree):
    head = worker("kepala_puskesmas", tree["first"], first_name="Lalu")
    nurse = worker("nakes", tree["first"], first_name="Evi")
    stand_in(head, nurse)
    report = sent(tree)
    client = Client()
    client.force_login(nurse)
    assert [w.report for w in due.waiting(user=nurse)] == [report]

    page = client.post(f"/laporan/{report.pk}/verify/", follow=True).content.decode()

    assert "Evi a.n. Lalu" in " ".join(page.split())
    event = ReportEvent.objects.get(step=Step.VERIFY)
    assert (event.by, event.on_behalf_of) == (nurse, head)
    assert AuditEvent.objects.get(event="report.verify").detail["on_behalf"] == head.pk


def test_what_is_ones_own_is_done_in_ones_own_name(tree):
    head = worker("kepala_puskesmas", tree["first"])
    both = worker("kepala_puskesmas", tree["district"])
    stand_in(head, both)

    actions.take_step(report=sent(tree), step=Step.VERIFY, by=both)

    assert ReportEvent.objects.get(step=Step.VERIFY).on_behalf_of is None
    assert "on_behalf" not in AuditEvent.objects.get(event="report.verify").detail


def test_who_sent_for_another_does_not_check_it_in_his_own_post(tree):
    sender = worker("admin_puskesmas", tree["first"])
    head = worker("kepala_puskesmas", tree["first"])
    stand_in(sender, head)
    report = sent(tree, by=head)

    with pytest.raises(actions.OwnReport):
        actions.take_step(report=report, step=Step.VERIFY, by=head)
    other = worker("kepala_puskesmas", tree["first"])
    assert actions.take_step(report=report, step=Step.VERIFY, by=other).status == Status.VERIFIED


def test_no_substitute_verifies_what_he_sent_himself(tree):
    head = worker("kepala_puskesmas", tree["first"])
    sender = worker("admin_puskesmas", tree["first"])
    stand_in(head, sender)
    report = sent(tree, by=sender)

    with pytest.raises(actions.OwnReport, match="Minta orang lain"):
        actions.take_step(report=report, step=Step.VERIFY, by=sender)
    assert ReportEvent.objects.filter(step=Step.VERIFY).count() == 0
    client = Client()
    client.force_login(sender)
    answer = client.post(f"/laporan/{report.pk}/verify/")
    assert answer.status_code == 409
    assert "Anda sendiri yang mengirim laporan ini" in answer.content.decode()
    assert actions.take_step(report=report, step=Step.VERIFY, by=head).status == Status.VERIFIED


def test_a_substitute_approves_for_the_programme_of_the_absent_person(tree):
    gizi = worker("programmer", tree["district"], first_name="Baiq")
    kia = worker("programmer", tree["district"])
    nurse = worker("nakes", tree["first"])
    for name, user in (("Gizi", gizi), ("KIA", kia)):
        set_holder(
            district=tree["district"], form="F1", name=name, people=[user], since=MONTH,
            source="SK 1/2025", by=None,
        )  # fmt: skip
    stand_in(gizi, nurse)
    report = actions.take_step(report=sent(tree), step=Step.VERIFY, by=None)
    assert [w.report for w in due.waiting(user=nurse)] == [report]

    half = actions.take_step(report=report, step=Step.APPROVE, by=nurse)

    assert half.status == Status.VERIFIED
    event = ReportEvent.objects.get(step=Step.APPROVE)
    assert (event.note, event.on_behalf_of) == ("Gizi", gizi)
    with pytest.raises(actions.ApprovedAlready):
        actions.take_step(report=half, step=Step.APPROVE, by=gizi)


def test_a_programmer_who_stands_in_for_another_approves_for_both(tree):
    gizi = worker("programmer", tree["district"])
    kia = worker("programmer", tree["district"])
    for name, user in (("Gizi", gizi), ("KIA", kia)):
        set_holder(
            district=tree["district"], form="F1", name=name, people=[user], since=MONTH,
            source="SK 1/2025", by=None,
        )  # fmt: skip
    stand_in(gizi, kia)
    report = actions.take_step(report=sent(tree), step=Step.VERIFY, by=None)

    assert actions.take_step(report=report, step=Step.APPROVE, by=kia).status == Status.APPROVED
