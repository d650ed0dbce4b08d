"""The page on which a workbook is laid beside a report, and what it keeps."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ilp.core.months import Month
from reporting.actions.entry import save_cells
from reporting.actions.reports import open_report, take_step
from reporting.models import ReportValue
from reporting.selectors.typed import Edit, Entry
from reporting.workflow import Step
from tests.clusters.workbooks import workbook
from tests.factories import worker
from tests.reporting.papers import written
from tests.reporting.sheets import filled
from tests.reporting.test_from_excel import MAY, on_paper, parts_sheet

WRITTEN_ELSEWHERE = Month(2026, 4)


@pytest.fixture
def draft(tree):
    return open_report(facility=tree["first"], month=MAY, form="F1", by=None)


@pytest.fixture
def admin(tree):
    client = Client()
    client.force_login(worker("admin_puskesmas", tree["first"]))
    return client


def address(report):
    return reverse("reporting:report-from-excel", args=[report.pk])


def send(client, report, content, name="rekap.xlsx"):
    return client.post(address(report), {"file": SimpleUploadedFile(name, content)})


def hidden(page):
    """What the page would send when it is confirmed."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def recap(report):
    numbers = {"skdn_s": [2] * 10, "skdn_k": [1] * 10}
    return workbook(MEI=parts_sheet(report, ["skdn_s", "skdn_k"], numbers))


def confirm(client, report, page):
    where = reverse("reporting:report", args=["F1", report.facility.code, MAY])
    return client.post(where, hidden(page), follow=True)


def value(report, element, part):
    row = ReportValue.objects.filter(report=report, element=element, part=part).first()
    return row.value if row else None


def test_a_recap_is_laid_beside_the_report_and_taken_over(admin, draft):
    numbers = {"skdn_s": [*range(1, 11)], "skdn_k": [1] * 10}
    content = workbook(MEI=parts_sheet(draft, ["skdn_s", "skdn_k"], numbers))
    page = send(admin, draft, content).content.decode()
    assert "Yang berubah: 20 isian" in page
    assert value(draft, "skdn_s", "L:0-5") is None, "nothing is kept yet"
    answer = confirm(admin, draft, page)
    assert answer.status_code == 200
    assert value(draft, "skdn_s", "P:36-59") == 10
    assert ReportValue.objects.filter(report=draft).count() == 20


def test_the_same_file_again_changes_nothing(admin, draft):
    content = recap(draft)
    confirm(admin, draft, send(admin, draft, content).content.decode())
    again = send(admin, draft, content).content.decode()
    assert "Tidak ada yang berubah" in again


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(admin, draft):
    content = recap(draft)
    page = send(admin, draft, content).content.decode()
    edit = Edit(Entry(77), 0)
    save_cells(report=draft.pk, edits={("skdn_s", "L:0-5"): edit}, by=None)
    answer = confirm(admin, draft, page)
    assert value(draft, "skdn_s", "L:0-5") == 77
    assert value(draft, "skdn_s", "P:0-5") == 2
    assert "diubah orang lain" in answer.content.decode()


def test_the_workbook_of_one_month_says_so_in_another(admin, tree, draft):
    april = written(tree["first"], WRITTEN_ELSEWHERE, "F1")
    page = send(admin, draft, on_paper(april)).content.decode()
    assert "Berkas ini menyebut bulan April" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas kosong"),
        (b"%PDF-1.7", "bukan Excel"),
        (workbook(Data=[["Nama", "NIK"], ["Contoh", "1"]]), "tidak memuat baris"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(admin, draft, content, words):
    answer = send(admin, draft, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_no_file_at_all(admin, draft):
    answer = admin.post(address(draft), {})
    assert "Pilih berkas Excel" in answer.content.decode()


def test_a_report_that_was_sent_cannot_be_filled_in(admin, tree):
    report = take_step(report=filled(tree["first"], MAY), step=Step.SEND, by=None)
    answer = admin.get(address(report), follow=True)
    assert answer.redirect_chain
    assert "Isi dari Excel</h1>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [("nakes", "first", 403), ("admin_puskesmas", "second", 404), ("lihat", "district", 403)],
)
def test_it_is_for_those_who_fill_in_there(client, tree, draft, role, at, status):
    client.force_login(worker(role, tree[at]))
    assert client.get(address(draft)).status_code == status


def test_the_report_leads_there_and_a_text_that_is_no_number_is_kept_to_be_put_right(admin, draft):
    where = reverse("reporting:report", args=["F1", draft.facility.code, MAY])
    assert address(draft) in admin.get(where).content.decode()
    numbers = {"skdn_s": ["dua belas", *[1] * 9], "skdn_k": [1] * 10}
    page = send(admin, draft, workbook(MEI=parts_sheet(draft, ["skdn_s", "skdn_k"], numbers)))
    confirm(admin, draft, page.content.decode())
    assert ReportValue.objects.get(report=draft, element="skdn_s", part="L:0-5").text == "dua belas"
