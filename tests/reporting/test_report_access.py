"""Who reaches a report and who does not, and addresses that lead nowhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.models import Report
from tests.factories import worker
from tests.reporting.sheets import posted
from tests.reporting.test_report_pages import MONTH, PAGE, browser


@pytest.fixture
def admin(tree):
    return browser("admin_puskesmas", tree["first"])


@pytest.fixture
def report(tree):
    return actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def test_what_lies_outside_does_not_exist(tree, report):
    beside = browser("admin_puskesmas", tree["second"])

    assert beside.get(PAGE).status_code == 404
    assert beside.post(PAGE, posted(report)).status_code == 404
    assert beside.post(f"/laporan/{report.pk}/send/").status_code == 404


@pytest.mark.parametrize("role", ["nakes", "kepala_puskesmas", "lihat"])
def test_those_who_only_read_may_not_write(tree, report, role):
    reader = browser(role, tree["first"])

    assert reader.get(PAGE).status_code == 200
    assert reader.post(PAGE, posted(report)).status_code == 403
    assert reader.post(f"/laporan/{report.pk}/send/").status_code == 403
    assert reader.post(PAGE.replace("2025-03", "2025-02")).status_code == 403


def test_it_staff_have_no_business_here(tree):
    assert browser("ti", tree["district"]).get("/laporan/").status_code == 403


def test_whoever_has_no_report_to_fill_in_is_told_why_and_where_to_go(tree):
    page = browser("kader", tree["melati"]).get("/laporan/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Anda tidak perlu mengisi laporan ini" in text
    assert "Kunjungan di tempat Anda sudah terhitung di dalamnya." in text
    assert 'href="/situasi/"' in text
    assert "Lebih lama" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/laporan/F9/P9901010101/2025-03/",
        "/laporan/F1/P9901010101/2025-13/",
        "/laporan/F1/99.01.01.2001/2025-03/",
        "/laporan/F1/nowhere/2025-03/",
    ],
)
def test_nonsense_in_the_address_is_not_found(admin, path):
    assert admin.get(path).status_code == 404


def test_no_such_step(admin, report):
    assert admin.post(f"/laporan/{report.pk}/burn/").status_code == 404
    assert admin.get(f"/laporan/{report.pk}/send/").status_code == 405


def test_a_month_to_come_waits(admin):
    future = Month.of(timezone.localdate() + timedelta(days=40))
    page = PAGE.replace("2025-03", str(future))

    assert "belum mulai" in admin.get(page).content.decode()
    assert "belum mulai" in admin.post(page).content.decode()
    assert not Report.objects.exists()


def test_a_lost_session_leads_back_here(report):
    answer = Client().post(PAGE, posted(report))

    assert answer.status_code == 302
    assert answer["Location"] == f"/masuk/?next={PAGE}"


def test_a_form_from_elsewhere_is_refused(tree, report):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker("admin_puskesmas", tree["first"]))

    assert client.post(PAGE, posted(report)).status_code == 403
    assert not report.values.exists()
