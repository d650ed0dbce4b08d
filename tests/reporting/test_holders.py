"""A form may need the approval of each of several programmes; without such rows one is enough."""

import pytest
from django.utils import timezone

from facilities.models import ChangedCell
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from reporting.actions import holders
from reporting.actions import reports as actions
from reporting.catalogue import FORMS
from reporting.models import ReportApproval, ReportEvent
from reporting.selectors import due
from reporting.selectors.holders import approvals
from reporting.workflow import Status, Step
from tests.factories import small_district, worker
from tests.reporting.agreeing import browser, text
from tests.reporting.programmes import MONTH, approve, programme, verified

PAGE = "/laporan/F1/P9901010101/2025-03/"


@pytest.fixture
def gizi(tree):
    return worker("programmer", tree["district"], first_name="Evi")


@pytest.fixture
def kia(tree):
    return worker("programmer", tree["district"], first_name="Baiq")


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"], first_name="Lalu")


@pytest.fixture
def two(tree, gizi, kia):
    return programme(tree, "Gizi", gizi), programme(tree, "KIA", kia)


def names(report):
    return [share.holder.name for share in approvals(report).missing]


def test_without_rows_one_approval_is_enough(tree, gizi):
    report = verified(tree)

    assert approve(report, gizi).status == Status.APPROVED
    assert not ReportApproval.objects.exists()


def test_it_is_approved_with_the_last_of_them_and_not_before(tree, two, gizi, kia):
    report = verified(tree)
    assert names(report) == ["Gizi", "KIA"]

    half = approve(report, gizi)
    assert half.status == Status.VERIFIED
    assert names(half) == ["KIA"]
    assert not ChangedCell.objects.exists(), "its numbers do not count yet"

    whole = approve(half, kia)
    assert whole.status == Status.APPROVED
    assert ChangedCell.objects.filter(place=tree["first"], month=MONTH).exists()
    notes = ReportEvent.objects.filter(step=Step.APPROVE).order_by("pk")
    assert list(notes.values_list("note", "by")) == [("Gizi", gizi.pk), ("KIA", kia.pk)]
    trail = AuditEvent.objects.filter(event="report.approve").order_by("pk")
    assert [one.detail["programmes"] for one in trail] == ["Gizi", "KIA"]


def test_who_speaks_for_both_approves_for_both(tree, gizi, kia):
    programme(tree, "Gizi", gizi)
    programme(tree, "KIA", gizi, kia)

    assert approve(verified(tree), gizi).status == Status.APPROVED
    assert set(ReportApproval.objects.values_list("holder__name", flat=True)) == {"Gizi", "KIA"}


def test_of_several_people_one_is_enough(tree, gizi, kia):
    programme(tree, "Gizi", gizi, kia)

    assert approve(verified(tree), kia).status == Status.APPROVED


def test_nobody_approves_twice_or_for_another(tree, two, gizi, admin):
    report = approve(verified(tree), gizi)

    with pytest.raises(actions.ApprovedAlready, match="menunggu program KIA"):
        approve(report, gizi)
    with pytest.raises(actions.NotTheHolder, match="program Gizi, KIA.*Admin Dinkes"):
        approve(report, admin)
    assert ReportApproval.objects.count() == 1


def test_the_permission_is_still_needed(tree, two, gizi):
    gizi.assignments.update(ends_on=timezone.localdate())

    with pytest.raises(Forbidden):
        approve(verified(tree), gizi)


def test_sent_back_all_approvals_are_gone_and_the_history_stays(tree, two, gizi, kia):
    report = approve(verified(tree), gizi)
    back = actions.take_step(report=report, step=Step.RETURN, by=kia, note="Periksa K")
    assert names(back) == ["Gizi", "KIA"]

    for step in (Step.SEND, Step.VERIFY):
        back = actions.take_step(report=back, step=step, by=None)
    half = approve(back, kia)

    assert half.status == Status.VERIFIED
    assert names(half) == ["Gizi"]
    assert approve(half, gizi).status == Status.APPROVED
    assert ReportEvent.objects.filter(step=Step.APPROVE).count() == 3


def test_an_approved_report_that_comes_back_needs_all_of_them_again(tree, two, gizi, kia):
    report = approve(approve(verified(tree), gizi), kia)

    back = actions.take_step(report=report, step=Step.RETURN, by=gizi, note="Periksa K")

    assert names(back) == ["Gizi", "KIA"]


def test_rows_hold_for_their_months_forms_and_district(tree, gizi, kia):
    held = programme(tree, "Gizi", gizi, since=MONTH)
    assert names(verified(tree, month=MONTH.plus(-1))) == []
    assert names(verified(tree)) == ["Gizi"]
    holders.end_holder(holder=held, until=MONTH.plus(1), by=None)
    assert names(verified(tree, "second")) == ["Gizi"]
    assert names(verified(tree, month=MONTH.plus(1))) == []

    other = small_district(2)
    assert names(verified(other)) == []
    programme(tree, "KIA", kia, form=list(FORMS)[1])
    assert names(verified(tree, "second", MONTH.plus(1))) == []


def test_a_programme_that_ends_does_not_hold_up_what_the_others_approved(tree, two, gizi, kia):
    report = approve(verified(tree), gizi)
    holders.end_holder(holder=two[1], until=MONTH, by=None)

    with pytest.raises(actions.NotTheHolder):
        approve(report, kia)
    assert approve(report, gizi).status == Status.APPROVED


def test_it_waits_only_for_those_who_have_not_approved(tree, two, gizi, kia, admin):
    report = verified(tree)
    other = verified(tree, "second", MONTH.plus(-1))  # before the rows begin
    assert {w.report for w in due.waiting(user=gizi)} == {report, other}
    assert {w.report for w in due.waiting(user=admin)} == {other}

    approve(report, gizi)

    assert {w.report for w in due.waiting(user=gizi)} == {other}
    assert {w.report for w in due.waiting(user=kia)} == {report, other}


def test_waiting_costs_the_same_for_many(tree, two, gizi, django_assert_max_num_queries):
    for n in range(4):
        verified(tree, month=MONTH.plus(n))

    with django_assert_max_num_queries(9):
        assert len(due.waiting(user=gizi)) == 4


def test_the_page_shows_who_has_and_who_has_not(tree, two, gizi, kia, admin):
    report = verified(tree)
    address = f"/laporan/{report.pk}/approve/"
    assert address in text(browser(gizi).get(PAGE))
    assert address not in text(browser(admin).get(PAGE)), "not one of them"

    answer = browser(gizi).post(address, follow=True)

    html = text(answer)
    assert "Pengesahan Anda tercatat. Masih menunggu program KIA." in html
    card = html.split('id="pengesahan"')[1].split("</section>")[0]
    assert "1 dari 2" in card
    assert "<strong>Gizi</strong>: Evi, " in card
    assert "<strong>KIA</strong>: Baiq" in card
    assert address not in html
    again = browser(gizi).post(address)
    assert again.status_code == 409
    assert "Anda sudah mengesahkan laporan ini" in text(again)
    assert "Disahkan" in text(browser(kia).post(address, follow=True))


def test_a_page_with_programmes_costs_a_bounded_number(
    tree, two, gizi, django_assert_max_num_queries
):
    verified(tree)
    client = browser(gizi)
    client.get(PAGE)  # the first opening is noted

    with django_assert_max_num_queries(25):
        client.get(PAGE)
