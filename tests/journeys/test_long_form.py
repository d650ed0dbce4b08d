"""LB1 with every row filled: one section is open, the others lead on, and nothing typed is lost."""

import pytest
from django.contrib.sessions.models import Session

from facilities.roles import Role
from ilp.core.months import Month
from reporting.catalogue.diseases import COMMON
from reporting.models import ReportValue
from tests.journeys.test_report_entry import state
from tests.reporting.papers import written

ADDRESS = "/laporan/LB1/P9901010101/2026-04/"
SECOND = [disease.code for disease in COMMON.chapters[1].diseases]


def box(row, part="L:1-4"):
    return f"input.cell-input[name='{row}|{part}']"


@pytest.fixture
def admin(visit, district):
    written(district["first"], Month(2026, 4), "LB1", most=9)
    visitor = visit(Role.ADMIN_PUSKESMAS)
    assert visitor.go(ADDRESS) == 200
    return visitor


def test_a_row_of_a_closed_section_is_opened_changed_and_kept(admin):
    page = admin.page
    assert admin.barriers == []
    assert not page.query_selector(box(SECOND[1]))

    admin.follow(f"#baris-{SECOND[1]} a")

    assert page.is_visible(box(SECOND[1]))
    assert admin.barriers == []
    page.fill(box(SECOND[1]), "banyak")
    page.press(box(SECOND[1]), "Enter")
    page.wait_for_selector(f"{box(SECOND[1])}[aria-invalid]")
    told = page.get_attribute(box(SECOND[1]), "aria-describedby")
    assert "bukan bilangan bulat" in page.inner_text(f"[id='{told}']")

    page.fill(box(SECOND[1]), "77")
    page.press(box(SECOND[1]), "Enter")
    state(admin, "Tersimpan")
    page.wait_for_selector(f"{box(SECOND[1])}:not([aria-invalid])")
    assert page.get_attribute(box(SECOND[1]), "aria-describedby") is None
    assert ReportValue.objects.get(element=SECOND[1], part="L:1-4").value == 77
    admin.follow(".sheet-actions button >> nth=0")
    assert page.is_visible(box(SECOND[1])), "still open after a save"
    assert admin.errors == []


def test_what_a_closed_section_could_not_send_is_led_to(admin):
    page = admin.page
    admin.go(f"{ADDRESS}?buka=2")
    Session.objects.all().delete()
    page.fill(box(SECOND[0]), "88")
    page.press(box(SECOND[0]), "Enter")
    state(admin, "1 isian aman di komputer ini")
    admin.sign_in(Role.ADMIN_PUSKESMAS)

    admin.go(ADDRESS)
    page.wait_for_selector("text=1 isian di bagian yang tertutup belum sampai ke server")
    page.fill(box("lb1_a00"), "5")  # what is kept here does not push out what waits there
    page.press(box("lb1_a00"), "Enter")
    state(admin, "Tersimpan")
    admin.follow("[data-elsewhere] a")
    page.click("[data-take]")
    state(admin, "Tersimpan")

    assert ReportValue.objects.get(element=SECOND[0], part="L:1-4").value == 88
    admin.go(ADDRESS)
    assert not page.is_visible("[data-elsewhere]")


def test_what_reached_the_server_after_all_is_not_told_of_again(admin):
    page = admin.page
    shown = ReportValue.objects.get(element=SECOND[0], part="L:1-4")
    name = f"{SECOND[0]}|L:1-4"
    page.evaluate(
        "entry => localStorage.setItem('laporan:' + "
        "document.querySelector('form[data-save]').dataset.save, JSON.stringify([entry]))",
        [name, str(shown.value), [shown.version, ""]],
    )
    admin.go(ADDRESS)
    admin.follow("[data-elsewhere] a")
    assert not page.is_visible("[data-restore]")

    admin.go(ADDRESS)

    assert not page.is_visible("[data-elsewhere]")
