"""Typing a report: by keyboard alone, without a signal, without a session, beside somebody else."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.entry import save_cells
from reporting.actions.reports import open_report
from reporting.models import Report, ReportValue
from reporting.selectors.typed import Edit, Entry
from tests.journeys.conftest import PASSWORD

ADDRESS = "/laporan/F1/P9901010101/2025-03/"
MONTH = Month.of(date(2025, 3, 1))
ROWS = ("skdn_s", "skdn_k", "n_naik", "t_tidak_naik", "o_absen", "b_baru", "bgm", "dua_t",
        "gizi_buruk_bbu", "gizi_kurang_bbu")  # fmt: skip
SAVED, OFFLINE = "Tersimpan", "Tanpa sinyal"


@pytest.fixture
def report(district):
    return open_report(facility=district["first"], month=MONTH, form="F1", by=None)


@pytest.fixture
def admin(visit, report):
    visitor = visit(Role.ADMIN_PUSKESMAS)
    assert visitor.go(ADDRESS) == 200
    return visitor


def box(element, part="L:0-5"):
    return f"input.cell-input[name='{element}|{part}']"


def state(visitor, text):
    visitor.page.wait_for_function(
        "text => document.querySelector('[data-state]').textContent.includes(text)", arg=text
    )


def held(**more):
    return {v.element: v.text or v.value for v in ReportValue.objects.filter(part="L:0-5", **more)}


def sign_in_beside(visitor):
    """By the link of the page that was signed out, in a tab of its own; then back to the page."""
    with visitor.context.expect_page() as opened:
        visitor.page.click("[data-signed-out] a")
    other = opened.value
    other.fill("input[name=username]", Role.ADMIN_PUSKESMAS.value)
    other.fill("input[name=password]", PASSWORD)
    other.click("button[type=submit]")
    other.wait_for_url(lambda url: "/masuk/" not in url)
    other.close()
    visitor.page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_ten_rows_by_keyboard_alone(admin):
    page = admin.page
    page.focus(box(ROWS[0]))
    for number in range(10):
        page.keyboard.type(str(20 - number))
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    state(admin, SAVED)

    page.wait_for_function(
        "document.querySelector('#baris-skdn_d [data-sum]').textContent === '66'"
    )
    assert {e: n for e, n in held().items() if e in ROWS} == dict(
        zip(ROWS, range(20, 10, -1), strict=True)
    )
    page.focus(box("skdn_s"))
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    assert page.input_value(box("skdn_s")) == "20"
    page.keyboard.press("Control+ArrowDown")
    assert page.evaluate("document.activeElement.name") == "s36|L"
    assert not admin.errors


def test_what_is_wrong_is_kept_and_said_at_once(admin):
    page = admin.page
    page.fill(box("skdn_s"), "dua")
    page.press(box("skdn_s"), "Tab")
    page.wait_for_selector(".field-error:has-text('bukan bilangan bulat')")
    assert held() == {"skdn_s": "dua"}
    page.fill(box("skdn_s"), "TA")
    page.press(box("skdn_s"), "Tab")
    page.wait_for_selector("#ta-skdn_s")
    page.click("tr[data-note=skdn_s] .chip:has-text('Tidak ada alat')")
    page.press("#ta-skdn_s", "Tab")
    page.wait_for_selector(".field-error", state="detached")
    assert ReportValue.objects.get().absent == "Tidak ada alat"
    page.reload()
    assert page.input_value(box("skdn_s")) == "TA"


def test_a_lost_signal_loses_nothing(admin):
    page = admin.page
    admin.context.set_offline(True)
    for element in ROWS[:3]:
        page.fill(box(element), "7")
        page.press(box(element), "Enter")
    state(admin, f"{OFFLINE} – 3 isian")
    assert not held()

    admin.context.set_offline(False)
    state(admin, SAVED)
    assert held() == dict.fromkeys(ROWS[:3], 7)


def test_a_closed_page_offers_what_it_could_not_send(admin):
    page = admin.page
    Session.objects.all().delete()
    page.fill(box("skdn_s"), "7")
    page.press(box("skdn_s"), "Enter")
    state(admin, "1 isian aman di komputer ini")
    admin.sign_in(Role.ADMIN_PUSKESMAS)

    admin.go(ADDRESS)
    page.wait_for_selector("text=Pulihkan 1 isian?")
    assert page.input_value(box("skdn_s")) == "", "not put in by itself"
    page.click("[data-take]")
    state(admin, SAVED)
    assert held() == {"skdn_s": 7}
    page.reload()
    assert not page.is_visible("[data-restore]")


def test_a_lost_session_loses_nothing(admin):
    page = admin.page
    Session.objects.all().delete()
    for element in ROWS[:2]:
        page.fill(box(element), "7")
        page.press(box(element), "Enter")
    page.wait_for_selector("[data-signed-out]:visible")
    state(admin, "2 isian aman di komputer ini")
    assert not held()

    sign_in_beside(admin)
    state(admin, SAVED)
    assert held() == dict.fromkeys(ROWS[:2], 7)
    assert not page.is_visible("[data-signed-out]")
    page.fill(box("n_naik"), "5")
    admin.follow("button:has-text('Simpan') >> nth=0")
    assert held()["n_naik"] == 5


def test_two_at_one_cell_choose(admin, report):
    page = admin.page
    edits = {("skdn_s", "L:0-5"): Edit(Entry(5), 0)}
    save_cells(report=report.pk, edits=edits, by=None)
    page.fill(box("skdn_s"), "9")
    page.press(box("skdn_s"), "Tab")
    page.wait_for_selector(".cell-choice")
    state(admin, "1 isian diubah orang lain")
    assert page.input_value(box("skdn_s")) == "9"
    assert held() == {"skdn_s": 5}
    page.fill(box("skdn_s", "L:6-11"), "2")  # the row is drawn again, with the choice in it
    page.press(box("skdn_s", "L:6-11"), "Tab")
    page.wait_for_selector("#baris-skdn_s [data-sum]:text-is('7')")
    assert page.is_visible(".cell-choice")

    page.check(".cell-choice input[value^=saya]")
    state(admin, SAVED)
    assert held() == {"skdn_s": 9}
    assert Report.objects.get().version == 4


def test_a_number_that_is_said_twice_stays_a_number(admin):
    page = admin.page
    page.route("**/isian/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    for _round in range(2):
        page.fill(box("skdn_s"), "5")
        page.dispatch_event(box("skdn_s"), "change")
        page.wait_for_timeout(500)  # the first is on its way when the second is said
    state(admin, SAVED)
    page.wait_for_timeout(900)
    assert held() == {"skdn_s": 5}


def test_what_is_offered_waits_while_something_else_is_typed(admin):
    page = admin.page
    Session.objects.all().delete()
    page.fill(box("skdn_s"), "7")
    page.press(box("skdn_s"), "Enter")
    state(admin, "1 isian aman di komputer ini")
    admin.sign_in(Role.ADMIN_PUSKESMAS)
    admin.go(ADDRESS)
    page.fill(box("skdn_k"), "3")
    page.press(box("skdn_k"), "Enter")
    state(admin, SAVED)

    page.reload()
    page.wait_for_selector("text=Pulihkan 1 isian?")
    page.click("[data-take]")
    state(admin, SAVED)
    assert held() == {"skdn_s": 7, "skdn_k": 3}


PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
}"""


def test_a_block_from_excel_is_pasted_after_a_look(admin):
    page = admin.page
    page.focus(box("o_absen"))
    page.evaluate(PASTE, "1\t2\r\n3\t\r\n5\tdua\r\n")
    page.wait_for_selector("text=Tempel 3 × 2 angka mulai baris 5?")
    page.click("[data-cancel]")
    assert page.input_value(box("o_absen")) == ""

    page.evaluate(PASTE, "1\t2\r\n3\t\r\n5\tdua\r\n")
    page.click("[data-put]")
    state(admin, SAVED)
    assert held() == {"o_absen": 1, "b_baru": 3, "bgm": 5}, "past the rows that are computed"
    assert {v.element: v.text or v.value for v in ReportValue.objects.filter(part="L:6-11")} == {
        "o_absen": 2, "bgm": "dua",
    }  # fmt: skip

    page.focus(box("f1_imd", ""))
    page.evaluate(PASTE, "8\r\n9")
    page.wait_for_selector("text=1 angka melewati tepi formulir")
    page.click("[data-put]")
    state(admin, SAVED)
