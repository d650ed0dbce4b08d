"""R-FORM 10: a locked report is asked to be opened again; who releases decides; both are told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.actions.locks import NotLocked, lock_month, unlock_month
from clusters.models import LockedMonth
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
from reporting.actions.unlocking import ask_unlock, open_asked, refuse_unlock
from reporting.models import Report, UnlockRequest
from reporting.workflow import Status, Step
from tests.factories import small_district, worker
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
WHY = "K tertukar dengan D"


@pytest.fixture
def report(tree):
    """Approved, and its month locked."""
    made = filled(tree["first"], MONTH)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        made = actions.take_step(report=made, step=step, by=None)
    lock_month(district=tree["district"], month=MONTH, by=None)
    return made


@pytest.fixture
def filler(tree):
    return worker("admin_puskesmas", tree["first"])


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"])


def ask(tree, by=None, at="first", reason=WHY, period=MONTH, form="F1"):
    return ask_unlock(place=tree[at], period=period, form=form, reason=reason, by=by)


def page(tree, form="F1", period=MONTH, at="first"):
    return reverse("reporting:unlock", args=[form, tree[at].code, period])


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def status(report):
    return Report.objects.get(pk=report.pk).status


def is_locked(tree):
    return LockedMonth.objects.filter(district=tree["district"], month=MONTH).exists()


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


def test_from_the_locked_page_to_the_answer_without_a_script(tree, report, filler, admin):
    mine, theirs = browser(filler), browser(admin)
    at = reverse("reporting:report", args=["F1", tree["first"].code, MONTH])
    assert f'href="{page(tree)}"' in text(mine.get(at))
    blank = mine.post(page(tree), {"aksi": "minta", "minta-reason": " "})
    assert blank.status_code == 422
    assert "Tulis apa yang perlu diperbaiki" in text(blank)

    asked = mine.post(page(tree), {"aksi": "minta", "minta-reason": WHY}, follow=True)
    assert "menunggu jawaban Dinkes" in text(asked)

    home = text(theirs.get("/"))
    assert "Maret 2025: buka kunci diminta" in home
    assert f'href="{page(tree)}"' in home
    row = UnlockRequest.objects.get()
    answer = {"permintaan": row.pk, "jawab-note": ""}
    refused = theirs.post(page(tree), answer | {"aksi": "tolak"})
    assert refused.status_code == 422
    assert "Tulis alasan menolak" in text(refused)
    opened = theirs.post(
        page(tree), answer | {"aksi": "buka", "jawab-note": "Sampai Jumat"}, follow=True
    )
    assert "Maret 2025 dibuka untuk koreksi" in text(opened)

    told = text(mine.get(at))
    assert "Kunci dibuka atas permintaan" in told
    assert "Sampai Jumat" in told
    assert 'inputmode="numeric"' in told
    assert "“Sampai Jumat”" in text(mine.get("/"))
    assert "buka kunci diminta" not in text(theirs.get("/"))


def test_a_refusal_is_told_at_the_report_and_on_the_home_page(tree, report, filler, admin):
    refuse_unlock(request=ask(tree, by=filler), by=admin, note="Sudah terbit di profil")
    client = browser(filler)
    at = reverse("reporting:report", args=["F1", tree["first"].code, MONTH])

    assert "ditolak: “Sudah terbit di profil”" in text(client.get(at))
    assert "“Sudah terbit di profil”" in text(client.get("/"))

    UnlockRequest.objects.update(answered_at=timezone.now() - timedelta(days=15))
    assert "Sudah terbit di profil" not in text(client.get("/"))


def test_what_waits_is_listed_where_the_month_is_released(tree, report, filler, admin):
    ask(tree, by=filler)

    shown = text(browser(admin).get(reverse("reporting:release", args=[MONTH])))

    assert "Permintaan buka kunci" in shown
    assert f'href="{page(tree)}"' in shown


@pytest.mark.parametrize("sent", [{"aksi": "x"}, {"aksi": "buka", "permintaan": "999999"}])
def test_what_is_no_answer_is_not_found(tree, report, admin, sent):
    assert browser(admin).post(page(tree), sent).status_code == 404


def test_who_only_reads_sees_neither_button(tree, report):
    asked = ask(tree)
    client = browser(worker("programmer", tree["district"]))

    shown = text(client.get(page(tree)))

    assert asked.reason in shown
    assert "<textarea" not in shown
    assert 'name="aksi"' not in shown
    assert client.post(page(tree), {"aksi": "minta", "minta-reason": WHY}).status_code == 403
