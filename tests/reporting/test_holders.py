"""A form may need the approval of each of several programmes; without such rows one is enough."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from facilities.models import ChangedCell
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions import holder_errors as wrong
from reporting.actions import holders
from reporting.actions import reports as actions
from reporting.actions.deadline_errors import SourceMissing, UnknownForm
from reporting.catalogue import FORMS
from reporting.models import Holder, HolderPerson, ReportApproval, ReportEvent
from reporting.selectors import due
from reporting.selectors.holders import approvals
from reporting.workflow import Status, Step
from tests.factories import small_district, worker
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
SK = "SK Kepala Dinas 12/2025"
PAGE = "/laporan/F1/P9901010101/2025-03/"
LIST = "/laporan/pengesahan/"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def gizi(tree):
    return worker("programmer", tree["district"], first_name="Evi")


@pytest.fixture
def kia(tree):
    return worker("programmer", tree["district"], first_name="Baiq")


@pytest.fixture
def admin(tree):
    return worker("admin_dinas", tree["district"], first_name="Lalu")


def programme(tree, name, *people, since=MONTH, by=None, **changes):
    given = {"district": tree["district"], "form": "F1", "source": SK} | changes
    return holders.set_holder(name=name, people=people, since=since, by=by, **given)


@pytest.fixture
def two(tree, gizi, kia):
    return programme(tree, "Gizi", gizi), programme(tree, "KIA", kia)


def verified(tree, place="first", month=MONTH):
    report = filled(tree[place], month)
    for step in (Step.SEND, Step.VERIFY):
        report = actions.take_step(report=report, step=step, by=None)
    return report


def approve(report, by):
    return actions.take_step(report=report, step=Step.APPROVE, by=by)


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


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"form": "F99"}, UnknownForm),
        ({"name": "  "}, wrong.NameMissing),
        ({"source": " "}, SourceMissing),
        ({"people": []}, wrong.PeopleMissing),
    ],
)
def test_what_is_missing_is_said(tree, gizi, changes, error):
    given = {"form": "F1", "name": "Gizi", "source": SK, "people": [gizi]} | changes

    with pytest.raises(error) as raised:
        holders.set_holder(district=tree["district"], since=MONTH, by=None, **given)
    assert raised.value.sentence.endswith((".", "daftar."))
    assert not Holder.objects.exists()


@pytest.mark.parametrize(
    ("role", "where"), [("kepala_puskesmas", "first"), ("kepala_dinas", "district")]
)
def test_only_who_may_approve_in_the_district_speaks_for_a_programme(tree, role, where):
    with pytest.raises(wrong.NotAnApprover, match="menu Pengguna"):
        programme(tree, "Gizi", worker(role, tree[where]))
    assert not Holder.objects.exists(), "nothing is left half done"


def test_no_programme_twice_at_a_time(tree, two, gizi):
    with pytest.raises(wrong.HolderTwice, match="Program gizi sudah"):
        programme(tree, "gizi", gizi, since=MONTH.plus(2))

    holders.end_holder(holder=two[0], until=MONTH.plus(2), by=None)
    assert programme(tree, "gizi", gizi, since=MONTH.plus(2))


def test_what_ended_stays_as_it_was(two, kia):
    with pytest.raises(wrong.EndsTooEarly, match="Maret 2025"):
        holders.end_holder(holder=two[0], until=MONTH.plus(-1), by=None)
    holders.end_holder(holder=two[0], until=MONTH, by=None)

    with pytest.raises(wrong.HolderEnded, match="Muat ulang"):
        holders.end_holder(holder=two[0], until=MONTH.plus(1), by=None)
    with pytest.raises(wrong.HolderEnded):
        holders.add_person(holder=two[0], user=kia, by=None)


def test_people_come_and_go_and_one_always_stays(two, gizi, kia):
    first = HolderPerson.objects.get(holder=two[0])
    with pytest.raises(wrong.LastPerson, match="Evi satu-satunya"):
        holders.end_person(person=first, by=None)
    with pytest.raises(wrong.PersonTwice, match="Evi sudah"):
        holders.add_person(holder=two[0], user=gizi, by=None)

    holders.add_person(holder=two[0], user=kia, by=None)
    holders.end_person(person=first, by=None)

    with pytest.raises(wrong.PersonGone):
        holders.end_person(person=first, by=None)
    with pytest.raises(wrong.LastPerson, match="Baiq"):
        holders.end_person(person=HolderPerson.objects.get(holder=two[0], user=kia), by=None)


def test_who_no_longer_speaks_for_it_approves_nothing(tree, two, gizi, kia):
    person = HolderPerson.objects.get(holder=two[0])
    holders.add_person(holder=two[0], user=kia, by=None)
    person.starts_on = timezone.localdate() - timedelta(days=9)
    person.save()
    holders.end_person(person=person, by=None)

    with pytest.raises(actions.NotTheHolder):
        approve(verified(tree), gizi)


@pytest.mark.parametrize(
    ("role", "where"),
    [("programmer", "district"), ("admin_puskesmas", "first"), ("kepala_dinas", "district")],
)
def test_only_who_sets_targets_arranges_it(tree, two, gizi, role, where):
    user = worker(role, tree[where])
    with pytest.raises(Forbidden):
        programme(tree, "Imunisasi", gizi, by=user)
    with pytest.raises(Forbidden):
        holders.end_holder(holder=two[0], until=MONTH, by=user)
    with pytest.raises(Forbidden):
        holders.add_person(holder=two[0], user=gizi, by=user)
    with pytest.raises(Forbidden):
        holders.end_person(person=HolderPerson.objects.first(), by=user)
    client = browser(user)
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{two[0].pk}/akhiri/", {"bulan": "2025-05"}).status_code == 403


def test_an_admin_of_elsewhere_finds_nothing(two):
    other = browser(worker("admin_dinas", small_district(2)["district"]))

    assert other.post(f"{LIST}{two[0].pk}/akhiri/", {"bulan": "2025-05"}).status_code == 404
    assert "SK Kepala Dinas" not in text(other.get(LIST)).split("Tambah program")[0]


def test_the_page_arranges_everything_without_a_script(tree, admin, gizi, kia):
    client = browser(admin)
    assert "Belum ada ketetapan" in text(client.get(LIST))
    data = {"form": "F1", "name": "Gizi", "people": [gizi.pk], "since": "2025-03", "source": SK}

    page = client.post(LIST, data, follow=True)
    assert "Program Gizi mengesahkan laporan mulai Maret 2025." in text(page)
    held = Holder.objects.get()
    assert "Evi" in text(page)

    page = client.post(f"{LIST}{held.pk}/tambah/", {"orang": kia.pk}, follow=True)
    assert "Orang itu kini mengesahkan untuk program Gizi." in text(page)
    first = HolderPerson.objects.get(user=gizi)
    page = client.post(f"{LIST}{held.pk}/lepas/", {"orang": first.pk}, follow=True)
    assert "tidak lagi mengesahkan untuk program Gizi" in text(page)
    page = client.post(f"{LIST}{held.pk}/akhiri/", {"bulan": "2025-06"}, follow=True)
    assert "sebelum Juni 2025" in text(page)
    events = list(
        AuditEvent.objects.filter(event__startswith="holder.").values_list("event", "actor")
    )
    assert [e for e, _a in events] == [
        "holder.set", "holder.person-added", "holder.person-added", "holder.person-ended",
        "holder.ended",
    ]  # fmt: skip
    assert {a for _e, a in events} == {admin.pk}


def test_the_page_says_what_is_wrong(tree, admin, two, gizi):
    client = browser(admin)
    data = {"form": "F1", "name": "Gizi", "people": [gizi.pk], "since": "2025-03", "source": SK}

    twice = client.post(LIST, data)
    assert twice.status_code == 422
    assert "Program Gizi sudah mengesahkan laporan ini" in text(twice)
    empty = client.post(LIST, {"form": "F1"})
    assert "Tulis nama programnya" in text(empty)
    assert "Pilih paling sedikit satu orang" in text(empty)
    stranger = worker("nakes", tree["first"])
    assert "Pilih orang dari daftar ini" in text(
        client.post(LIST, data | {"people": [stranger.pk]})
    )
    for what, sent, sentence in (
        ("akhiri", {"bulan": "entah"}, "Tulis bulan sebagai tahun-bulan"),
        ("akhiri", {"bulan": "2024-01"}, "Pilih bulan itu atau sesudahnya"),
        ("tambah", {"orang": "x"}, "Pilih paling sedikit satu orang"),
        ("lepas", {"orang": HolderPerson.objects.get(user=gizi).pk}, "Evi satu-satunya"),
    ):
        page = client.post(f"{LIST}{two[0].pk}/{what}/", sent, follow=True)
        assert sentence in text(page), what
    assert client.post(f"{LIST}{two[0].pk}/tambah/", {"orang": stranger.pk}).status_code == 404
    assert client.post(f"{LIST}{two[0].pk}/hapus/", {"orang": "1"}).status_code == 404
    assert client.get(f"{LIST}{two[0].pk}/akhiri/").status_code == 405
