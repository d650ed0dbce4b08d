"""A month from the first key to its second revision, by everybody who has a part in it."""

from random import Random

import pytest
from django.contrib.sessions.models import Session

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Report
from reporting.workflow import Status
from tests.journeys.test_monthly_report import begin
from tests.journeys.test_release import figures, open_again
from tests.journeys.test_report_entry import OFFLINE, PASTE, SAVED, sign_in_beside, state
from tests.reporting import rows
from tests.reporting.releasing import targets

MONTH = Month(2026, 3)
RELEASE, SITUATION = f"/laporan/rilis/{MONTH}/", f"/situasi/?p={MONTH}"
ADDRESS = f"/laporan/LB3/P9901010101/{MONTH}/"
PHONE = {"width": 360, "height": 740}
PASTED = [(n + 3, n + 1) for n in range(12)]  # L, P of twelve rows from BCG on
TESTED = "input.cell-input[name='hiv_dites|L']"


@pytest.fixture
def visits(district):
    places = [district["melati"], district["first"]]
    first, early = MONTH.plus(-2).first_day, MONTH.plus(-8).first_day
    rows.write("growth", rows.random_growth(Random(5), places, months=4, first=first), places)
    rows.write("antenatal", rows.random_antenatal(Random(5), places, first=early), places)
    targets(district, 40, MONTH.plus(-2), codes=("S_BALITA", "S_BUMIL", "S_HIVR"))
    roll_up_changed()


@pytest.fixture
def admin(visit, visits):
    """At the sheet of the month, which was just begun."""
    visitor = visit(Role.ADMIN_PUSKESMAS)
    begin(visitor, ADDRESS)
    return visitor


def by_keyboard(page):
    """From the first box to the button: Tab keeps what is there, 0 is typed where nothing is."""
    page.focus("input.cell-input >> nth=0")
    rows_met, kept = set(), 0
    while not page.evaluate("document.activeElement.matches('.sheet-actions button')"):
        name, value = page.evaluate(
            "(({classList, name, value}) => classList.contains('cell-input') ? [name, value]"
            " : ['', ''])(document.activeElement)"
        )
        if name:
            rows_met.add(name.partition("|")[0])
            kept += bool(value)
            if not value:
                page.keyboard.type("0")
        page.keyboard.press("Tab")
    return rows_met, kept


def kept_now(visitor):
    """What was typed last has been sent and is kept."""
    visitor.page.wait_for_timeout(600)
    visitor.page.wait_for_load_state("networkidle")
    state(visitor, SAVED)


def lose_signal_and_session(admin):
    """Two boxes are typed without a signal, one without a session; nothing has to be typed anew."""
    page = admin.page
    admin.context.set_offline(True)
    for element in ("kb_baru", "kb_berhenti"):
        page.fill(f"input[name='{element}|']", "2")
        page.press(f"input[name='{element}|']", "Enter")
    state(admin, f"{OFFLINE} – 2 isian")
    admin.context.set_offline(False)
    kept_now(admin)

    Session.objects.all().delete()
    page.fill("input[name='tb_terduga|L']", "6")
    page.press("input[name='tb_terduga|L']", "Enter")
    page.wait_for_selector("[data-signed-out]:visible")
    sign_in_beside(admin)
    kept_now(admin)


def give_reasons_and_send(admin):
    """Every number that differs from the visits is explained, as the page asks; then it goes."""
    for _time in range(3):
        for reason in admin.page.query_selector_all("input[name^='alasan|']"):
            if not reason.input_value():
                reason.fill("diperiksa di klinik swasta")
        admin.follow("button:has-text('Simpan') >> nth=0")
    admin.follow("button:has-text('Simpan dan kirim')")
    assert "Dikirim" in admin.text


def head_approves_on_a_phone(visit):
    head = visit(Role.KEPALA_PUSKESMAS, **PHONE)
    assert head.go("/") == 200
    head.follow("a:has-text('Buka daftar verifikasi')")
    head.follow("tbody a:has-text('Maret 2026')")
    assert head.wide <= PHONE["width"]
    head.follow("button:has-text('Verifikasi')")
    assert Report.objects.get().status == Status.VERIFIED


def types_and_pastes(admin):
    page = admin.page
    rows_met, kept = by_keyboard(page)
    assert len(rows_met) >= 80
    assert kept > 10, "what the visits say was there already"
    kept_now(admin)
    page.focus("input[name='bcg|L']")
    page.evaluate(PASTE, "".join(f"{left}\t{right}\r\n" for left, right in PASTED))
    page.wait_for_selector("text=Tempel 12 × 2 angka")
    page.click("[data-put]")
    kept_now(admin)


def returns_one_cell(holder):
    assert holder.go(ADDRESS) == 200
    holder.page.click("#baris-hiv_dites summary:has-text('Komentar')")
    holder.page.select_option("select[name='bagian|hiv_dites']", "L")
    holder.page.fill("input[name='komentar|hiv_dites']", "Cocokkan dengan buku laboratorium")
    holder.follow("button:has-text('Kembalikan')")


def puts_right(visit, admin, holder, number):
    """One number, and all the way up again."""
    assert admin.go(ADDRESS) == 200
    admin.page.fill(TESTED, str(number))
    give_reasons_and_send(admin)
    head_approves_on_a_phone(visit)
    assert holder.go(ADDRESS) == 200
    holder.follow("button:has-text('Sahkan')")
    roll_up_changed()


def a_correction_is_revision_2(visit, admin, holder):
    dinas = visit(Role.KEPALA_DINAS)
    before = figures(dinas, SITUATION)
    assert dinas.go(RELEASE) == 200
    dinas.follow("button:has-text('Rilis dan kunci')")
    assert figures(dinas, SITUATION) == before

    open_again(dinas, RELEASE)
    returns_one_cell(holder)
    puts_right(visit, admin, holder, 34)
    assert figures(dinas, SITUATION) == before, "a release stays"
    assert dinas.go(RELEASE) == 200
    dinas.page.fill("input[name='rilis-reason']", "Dites HIV Kenanga")
    dinas.follow("button:has-text('Terbitkan rev. 2')")
    assert "Alasan: Dites HIV Kenanga" in dinas.text
    shown = {row.get_attribute("data-change") for row in dinas.page.query_selector_all("tr")}
    after = figures(dinas, SITUATION)
    moved = {code for code in before if before[code] != after[code]}
    assert "HI01" in moved
    assert {f"{code}|99.01" for code in moved} <= shown


def test_a_month_from_the_first_key_to_its_second_revision(visit, admin):
    types_and_pastes(admin)
    lose_signal_and_session(admin)
    give_reasons_and_send(admin)
    values = {(v.element, v.part): v.value for v in Report.objects.get().values.all()}
    assert (values["bcg", "L"], values["bcg", "P"]) == PASTED[0]
    assert (values["kb_baru", ""], values["tb_terduga", "L"]) == (2, 6)

    head_approves_on_a_phone(visit)
    holder = visit(Role.PROGRAMMER)
    returns_one_cell(holder)
    assert admin.go(ADDRESS) == 200
    said = admin.page.inner_text("tr[data-note=hiv_dites]")
    assert "Perbaiki L" in said
    assert "Cocokkan dengan buku laboratorium" in said
    puts_right(visit, admin, holder, 33)
    a_correction_is_revision_2(visit, admin, holder)
