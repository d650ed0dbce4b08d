"""Who may print and take away a report or a recap, and what the pages say."""

import io

import openpyxl
import pytest
from django.test import Client

from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.catalogue import FORMS
from tests.factories import small_district, worker
from tests.reporting.papers import approved, period, written

MONTH = Month(2025, 3)
PRINT = "/laporan/F1/P9901010101/2025-03/cetak/"
BOOK = "/laporan/F1/P9901010101/2025-03/unduh.xlsx"
RECAP, RECAP_BOOK = "/rekap/F1/99.01/2025-03/", "/rekap/F1/99.01/2025-03/unduh.xlsx"


def browser(role, place):
    client = Client()
    client.force_login(worker(role, place))
    return client


@pytest.fixture
def report(tree):
    return written(tree["first"], MONTH, "F1")


def test_the_page_shows_the_report_and_leads_to_the_workbook(tree, report):
    page = browser("admin_puskesmas", tree["first"]).get(PRINT).content.decode()
    assert "PUSKESMAS KENANGA" in page
    assert "DRAF – belum disahkan" in page
    assert BOOK in page
    assert "/kop/P9901010101/" in page
    assert "Halaman" not in page, "the browser counts the pages"


def test_the_report_leads_to_its_print(tree, report):
    page = browser("admin_puskesmas", tree["first"]).get(PRINT.removesuffix("cetak/"))
    assert PRINT in page.content.decode()


@pytest.mark.parametrize(
    ("role", "at", "page", "book"),
    [
        ("admin_puskesmas", "first", 200, 200),
        ("kepala_puskesmas", "first", 200, 200),
        ("programmer", "district", 200, 200),
        ("nakes", "first", 200, 403),
        ("lihat", "district", 200, 403),
        ("admin_puskesmas", "second", 404, 404),
    ],
)
def test_who_sees_the_report_prints_it_and_who_exports_takes_it_away(
    tree, report, role, at, page, book
):
    client = browser(role, tree[at])
    assert client.get(PRINT).status_code == page
    assert client.get(BOOK).status_code == book
    assert (BOOK in client.get(PRINT).content.decode()) == (book == 200)


def test_a_download_is_on_record_and_a_refused_one_is_not(tree, report):
    browser("nakes", tree["first"]).get(BOOK)
    assert not AuditEvent.objects.filter(event="report.downloaded").exists()

    answer = browser("admin_puskesmas", tree["first"]).get(BOOK)

    event = AuditEvent.objects.get(event="report.downloaded")
    assert event.detail == {"form": "F1", "month": "2025-03", "version": report.version}
    assert "laporan-F1-P9901010101-2025-03.xlsx" in answer["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row > 30


@pytest.mark.parametrize(
    "path",
    [
        "/laporan/F1/P9901010101/2025-04/cetak/",
        "/laporan/XX/P9901010101/2025-03/cetak/",
        "/laporan/KB/P9901010101/2025-03/unduh.xlsx",
        "/rekap/XX/99.01/2025-03/",
        "/rekap/F1/P9901010101/2025-03/",
        "/rekap/SPM/99.01/2025-04/",
        "/rekap/SPM/99.01/2025-04/unduh.xlsx",
    ],
)
def test_what_is_not_there_cannot_be_printed(tree, report, path):
    assert browser("admin_dinas", tree["district"]).get(path).status_code == 404


@pytest.mark.parametrize(
    ("role", "at", "page", "book"),
    [
        ("admin_dinas", "district", 200, 200),
        ("kepala_dinas", "district", 200, 200),
        ("lihat", "district", 200, 403),
        ("admin_puskesmas", "first", 404, 404),
    ],
)
def test_the_recap_is_for_those_who_see_the_district(tree, report, role, at, page, book):
    client = browser(role, tree[at])
    assert client.get(RECAP).status_code == page
    assert client.get(RECAP_BOOK).status_code == book
    kept = AuditEvent.objects.filter(event="report.gathered").count()
    assert kept == (book == 200)


def test_another_district_is_neither_seen_nor_added(tree):
    other = small_district(2)
    approved(other["first"], MONTH, skdn_s=77)
    client = browser("admin_dinas", tree["district"])
    assert client.get("/rekap/F1/99.02/2025-03/").status_code == 404
    assert "770" not in client.get(RECAP).content.decode()


def test_the_list_leads_to_the_recap_only_for_those_who_may_see_it(tree):
    dinas = browser("programmer", tree["district"])
    assert RECAP in dinas.get("/laporan/?f=F1&p=2025-03").content.decode()
    ours = browser("admin_puskesmas", tree["first"])
    assert "/rekap/" not in ours.get("/laporan/?f=F1&p=2025-03").content.decode()


@pytest.mark.parametrize("code", FORMS)
def test_every_form_has_a_recap_even_where_nothing_was_handed_in(tree, code):
    month = period(code)
    client = browser("admin_dinas", tree["district"])
    page = client.get(f"/rekap/{code}/99.01/{month}/")
    assert page.status_code == 200
    expected = 0 if FORMS[code].voluntary else 2  # who owes none is not missing
    assert f"0 dari {expected} tempat disahkan" in page.content.decode()
    assert client.get(f"/rekap/{code}/99.01/{month}/unduh.xlsx").status_code == 200
