"""R-FORM 10: a locked report is asked to be opened again; who releases decides; both are told."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clusters.actions.locks import NotLocked, lock_month, unlock_month
from facilities.roles import Permission, Role, roles_with
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from ilp.core.weeks import Week
from reporting.actions import reports as actions
from reporting.actions.releases import open_for_correction
from reporting.actions.report_errors import NotThisMonth
from reporting.actions.unlock_errors import (
    AnsweredAlready,
    AskedAlready,
    RefusalReasonMissing,
    RequestReasonMissing,
)
from reporting.actions.unlocking import open_asked, refuse_unlock
from reporting.models import Report, UnlockRequest
from reporting.workflow import Status, Step
from tests.factories import small_district, worker
from tests.reporting.sheets import filled
from tests.reporting.unlocking import MONTH, WHY, ask, browser, is_locked, locked, page, status


@pytest.fixture
def report(tree):
    return locked(tree)


@pytest.fixture
def filler(tree):
    return worker("admin_puskesmas", tree["first"])


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"])


def test_who_opens_the_month_answers_all_that_was_asked_of_it(tree, report, filler, admin):
    elsewhere = small_district(2)
    lock_month(district=elsewhere["district"], month=MONTH, by=None)
    asked, other = ask(tree, by=filler), ask(tree, at="second", form="SKDR", period=Week(2025, 10))
    far = ask(elsewhere)

    open_asked(request=asked, by=admin, note="Silakan")

    assert not is_locked(tree)
    for one in (asked, other):
        one.refresh_from_db()
        assert (one.answer, one.answer_note, one.answered_by) == ("opened", "Silakan", admin)
    far.refresh_from_db()
    assert far.answer == ""
    event = AuditEvent.objects.get(event="month.unlocked")
    assert event.detail["reason"] == f"{tree['first']}: {WHY}"


def test_every_report_that_was_asked_for_goes_back(tree, admin):
    reports = [filled(tree[place], MONTH) for place in ("first", "second")]
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        reports = [actions.take_step(report=one, step=step, by=None) for one in reports]
    lock_month(district=tree["district"], month=MONTH, by=None)
    asked, _other = ask(tree), ask(tree, at="second", reason="N salah")

    open_asked(request=asked, by=admin)

    assert [status(one) for one in reports] == [Status.RETURNED, Status.RETURNED]
    assert "N salah" in Report.objects.get(pk=reports[1].pk).note


def test_the_report_goes_back_so_that_it_can_be_put_right(tree, report, filler, admin):
    open_asked(request=ask(tree, by=filler), by=admin)

    assert status(report) == Status.RETURNED
    assert WHY in Report.objects.get(pk=report.pk).note


def test_a_head_of_the_office_opens_but_returns_nothing(tree, report):
    open_asked(request=ask(tree), by=worker("kepala_dinas", tree["district"]))

    assert not is_locked(tree)
    assert status(report) == Status.APPROVED


def test_a_report_that_was_never_begun_can_be_asked_for(tree, admin):
    lock_month(district=tree["district"], month=MONTH, by=None)
    asked = ask(tree, at="second")

    open_asked(request=asked, by=admin)

    assert not is_locked(tree)


def test_a_report_that_the_month_does_not_have_is_not_asked_for(tree, report, filler):
    february = Month(2025, 2)
    lock_month(district=tree["district"], month=february, by=None)
    with pytest.raises(NotThisMonth):
        ask(tree, form="KESLING", period=february)
    address = reverse("reporting:report", args=["KESLING", tree["first"].code, february])
    assert "Minta buka kunci" not in browser(filler).get(address).content.decode()


def test_opening_the_month_on_its_own_page_answers_too(tree, report, admin):
    asked = ask(tree)

    open_for_correction(district=tree["district"], month=MONTH, by=admin, reason="Rapat validasi")

    asked.refresh_from_db()
    assert asked.answer == "opened"


def test_a_refusal_says_why_and_leaves_the_month_locked(tree, report, admin):
    asked = ask(tree)
    with pytest.raises(RefusalReasonMissing):
        refuse_unlock(request=asked, by=admin, note="  ")

    refuse_unlock(request=asked, by=admin, note="Perbaiki di laporan April")

    assert is_locked(tree)
    assert status(report) == Status.APPROVED
    asked.refresh_from_db()
    assert (asked.answer, asked.answer_note) == ("refused", "Perbaiki di laporan April")
    assert ask(tree).pk != asked.pk  # and may be asked again


def test_what_cannot_be_asked_is_refused(tree, report):
    with pytest.raises(RequestReasonMissing):
        ask(tree, reason="  ")
    with pytest.raises(NotLocked):
        ask(tree, period=MONTH.plus(1))
    ask(tree)
    with pytest.raises(AskedAlready, match="Tunggu jawaban"):
        ask(tree)
    unlock_month(district=tree["district"], month=MONTH, by=None, reason="x")
    with pytest.raises(NotLocked):
        ask(tree, at="second")


def test_what_was_answered_is_not_answered_again(tree, report, admin):
    asked = ask(tree)
    refuse_unlock(request=asked, by=admin, note="Tidak")

    with pytest.raises(AnsweredAlready):
        refuse_unlock(request=asked, by=admin, note="Tidak")
    with pytest.raises(AnsweredAlready):
        open_asked(request=asked, by=admin)


@pytest.mark.parametrize("role", list(Role))
def test_who_fills_in_asks_and_who_releases_answers(tree, report, role):
    user = worker(role, tree["district"])
    may_ask = role in roles_with(Permission.FILL)
    may_decide = role in roles_with(Permission.RELEASE)

    def allows(work):
        try:
            with transaction.atomic():
                work()
                transaction.set_rollback(True)
        except Forbidden:
            return False
        return True

    waiting = ask(tree, at="second")
    assert allows(lambda: ask(tree, by=user)) is may_ask
    assert allows(lambda: refuse_unlock(request=waiting, by=user, note="Tidak")) is may_decide
    assert allows(lambda: open_asked(request=waiting, by=user)) is may_decide


def test_another_place_is_not_asked_for(tree, report, filler):
    with pytest.raises(Forbidden):
        ask(tree, at="second", by=filler)
    assert browser(filler).get(page(tree, at="second")).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"answer": "opened"},
        {"answer": "refused", "answered_at": timezone.now()},
        {"answer": "maybe", "answered_at": timezone.now()},
        {"week": 54},
    ],
)
def test_the_table_keeps_its_rules(tree, wrong):
    row = {"facility": tree["first"], "month": MONTH, "form_code": "F1", "reason": WHY} | wrong

    with pytest.raises(IntegrityError):
        UnlockRequest.objects.create(**row)


def test_one_request_of_a_report_waits_at_a_time(tree):
    row = {"facility": tree["first"], "month": MONTH, "form_code": "F1", "reason": WHY}
    UnlockRequest.objects.create(**row)

    with pytest.raises(IntegrityError):
        UnlockRequest.objects.create(**row)
