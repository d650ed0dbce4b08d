"""Whether the cells of a report may change is decided once, and said alike everywhere."""

import json
from datetime import date

import pytest
from django.test import Client

from clusters.actions.locks import lock_month, unlock_month
from facilities.models import Facility
from ilp.core.errors import Forbidden
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.models import Report, ReportValue
from reporting.selectors.editing import editing
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.sheets import filled, numbers, posted

MONTH = Month(2025, 3)
PAGE = "/laporan/F1/P9901010101/2025-03/"
BOX = "skdn_s|L:0-5"
FILLER, HEAD = "admin_puskesmas", "kepala_puskesmas"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def filler(tree):
    return worker(FILLER, tree["first"])


@pytest.fixture
def draft(tree):
    return actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def lock(tree):
    return lock_month(district=tree["district"], month=MONTH, by=None)


def close(place, day):
    Facility.objects.filter(pk=place.pk).update(closed_on=day)


def everywhere(report, user):
    """What the four ways to a cell answer: page, saved page, autosave, action."""
    client = browser(user)
    page = client.get(PAGE)
    saved = client.post(PAGE, posted(report) | {BOX: "7"})
    cell = client.post(f"/laporan/{report.pk}/isian/", {BOX: "7", "tampil": json.dumps({})})
    with pytest.raises((actions.NotEditable, actions.MonthLocked, actions.PlaceNotOpen)) as raised:
        actions.save_values(
            report=report, values={("skdn_s", "L:0-5"): 7}, reasons={}, by=user,
            version=report.version,
        )  # fmt: skip
    return page, saved, cell, raised.value.sentence


def no_box_and_nothing_kept(report, user, sentence):
    before = sorted(report.values.values_list("element", "part", "value"))
    page, saved, cell, said = everywhere(report, user)
    assert sentence in said
    assert (saved.status_code, cell.status_code) == (409, 409)
    assert cell.json()["refused"] == said
    for answer in (page, saved):
        html = answer.content.decode()
        assert said in html
        assert 'class="cell-input' not in html
        assert 'name="langkah"' not in html
        assert "cell-choice" not in html, "a refusal is no conflict"
    assert sorted(report.values.values_list("element", "part", "value")) == before


def test_who_fills_it_in_may_change_a_draft(draft, filler):
    found = editing(report=draft.pk, by=filler)

    assert found.allowed
    assert found.why == ""
    assert 'class="cell-input' in browser(filler).get(PAGE).content.decode()


def test_a_locked_month_says_since_when_and_whom_to_ask(tree, draft, filler):
    held = lock(tree)

    no_box_and_nothing_kept(draft, filler, "Bulan Maret 2025 dikunci Dinas Kesehatan sejak ")
    why = editing(report=draft.pk, by=filler).why
    assert "Minta Kepala Dinas atau Admin Dinkes membuka kunci" in why
    assert str(held.locked_at.year) in why
    assert "Bulan Maret 2025 dikunci</p>" in browser(filler).get(PAGE).content.decode()

    unlock_month(district=tree["district"], month=MONTH, by=None, reason="Salah ketik")
    assert editing(report=draft.pk, by=filler).allowed


def test_the_lock_of_another_month_or_district_does_not_matter(tree, draft, filler):
    lock_month(district=tree["district"], month=MONTH.plus(1), by=None)

    assert editing(report=draft.pk, by=filler).allowed


def test_a_locked_month_offers_no_step(tree):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)
    head = browser(worker(HEAD, tree["first"]))
    assert f"/laporan/{report.pk}/verify/" in head.get(PAGE).content.decode()

    lock(tree)

    html = head.get(PAGE).content.decode()
    assert f"/laporan/{report.pk}/" not in html
    assert "Bulan Maret 2025 dikunci" in html
    refused = head.post(f"/laporan/{report.pk}/verify/")
    assert refused.status_code == 409
    assert "Bulan Maret 2025 dikunci" in refused.content.decode()


def test_what_was_typed_while_the_month_was_being_locked_can_still_be_read(tree, draft, filler):
    data = posted(draft) | {BOX: "77", "skdn_k|L:0-5": "<b>"}
    lock(tree)

    html = browser(filler).post(PAGE, data).content.decode()

    assert "Isian Anda yang tidak tersimpan" in html
    listed = html.split("Isian Anda yang tidak tersimpan")[1].split("</ul>")[0]
    assert "L 0–5 bulan: 77</li>" in listed
    assert "&lt;b&gt;</li>" in listed
    assert listed.count("<li>") == 2, "only what was typed, not every cell"
    assert not ReportValue.objects.exists()


@pytest.mark.parametrize(
    ("steps", "status", "remedy"),
    [
        ([Step.SEND], "Dikirim", "tarik kembali bila ada yang keliru"),
        ([Step.SEND, Step.VERIFY], "Diverifikasi", "Minta Kepala Puskesmas atau Dinkes"),
        ([Step.SEND, Step.VERIFY, Step.APPROVE], "Disahkan", "Minta Dinkes mengembalikannya"),
    ],
)
def test_a_report_on_its_way_says_what_to_do(tree, filler, steps, status, remedy):
    report = filled(tree["first"], MONTH)
    for step in steps:
        report = actions.take_step(report=report, step=step, by=None)

    no_box_and_nothing_kept(report, filler, f"Laporan berstatus “{status}”")
    assert remedy in editing(report=report.pk, by=filler).why


def test_a_place_that_was_closed_in_the_month_does_not_report(tree, draft, filler):
    close(tree["first"], date(2025, 3, 31))

    no_box_and_nothing_kept(draft, filler, "tidak buka pada akhir Maret 2025")


def test_a_place_that_closed_later_still_reports_the_month(tree, draft, filler):
    close(tree["first"], date(2025, 4, 1))

    assert editing(report=draft.pk, by=filler).allowed
    assert browser(filler).post(PAGE, posted(draft) | {BOX: "7"}).status_code == 302


def test_a_place_that_opened_later_does_not_report(tree, draft, filler):
    Facility.objects.filter(pk=tree["first"].pk).update(opened_on=date(2025, 4, 1))

    assert "tidak buka" in editing(report=draft.pk, by=filler).why


def test_a_closed_place_sends_nothing(tree):
    report = filled(tree["first"], MONTH)
    close(tree["first"], date(2025, 3, 15))

    with pytest.raises(actions.PlaceNotOpen, match="menu Faskes"):
        actions.take_step(report=report, step=Step.SEND, by=None)


def test_who_only_reads_is_told_who_fills_it_in(tree, draft):
    head = worker(HEAD, tree["first"])

    html = browser(head).get(PAGE).content.decode()

    assert "Yang mengisinya: Admin Puskesmas di Puskesmas Kenanga" in html
    assert 'class="cell-input' not in html
    with pytest.raises(Forbidden):
        actions.save_values(report=draft, values={}, reasons={}, version=1, by=head)


@pytest.mark.parametrize("case", ["locked", "closed"])
def test_no_report_is_begun_where_it_could_not_be_filled_in(tree, filler, case):
    if case == "locked":
        lock(tree)
    else:
        close(tree["first"], date(2025, 3, 31))
    client = browser(filler)

    html = client.get(PAGE).content.decode()
    sentence = "Bulan Maret 2025 dikunci" if case == "locked" else "tidak buka pada akhir"
    assert sentence in html
    assert "Mulai mengisi" not in html
    assert sentence in client.post(PAGE).content.decode()
    assert not Report.objects.exists()


def test_a_locked_page_costs_no_more(tree, filler, django_assert_max_num_queries):
    filled(tree["first"], MONTH)
    lock(tree)
    client = browser(filler)

    with django_assert_max_num_queries(25):
        client.get(PAGE)
    with django_assert_max_num_queries(25):
        client.post(
            PAGE, {"tampil": "{}"} | {f"{c}|{p}": str(n) for (c, p), n in numbers().items()}
        )
