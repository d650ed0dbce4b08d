"""A month's report: filled by one, checked by another, approved by a third, then counted."""

from datetime import date
from random import Random

import pytest

from facilities.roles import Role
from ilp.core.months import Month
from reporting import totals
from reporting.actions.roll_up import roll_up_changed
from tests.reporting import rows

ADDRESS = "/laporan/F1/P9901010101/2025-03/"


@pytest.fixture
def weighings(district):
    places = [district["melati"], district["pustu_satu"]]
    rows.write("growth", rows.random_growth(Random(5), places, first=date(2025, 1, 1)), places)
    roll_up_changed()


def begin(visitor, address=ADDRESS):
    """Open the sheet; where it has to be begun first, begin it."""
    assert visitor.go(address) == 200
    if not visitor.page.query_selector("input.cell-input"):
        visitor.follow("main form button[type=submit]")
    visitor.page.wait_for_selector("input.cell-input")


def fill(visitor, skip=()):
    """Keep what the visits say, 0 where they say nothing."""
    for box in visitor.page.query_selector_all("input.cell-input"):
        if not box.input_value() and box.get_attribute("name") not in skip:
            box.fill("0")


def test_fill_send_verify_approve(visit, weighings, district):
    admin = visit(Role.ADMIN_PUSKESMAS)
    begin(admin)
    fill(admin)
    box = admin.page.query_selector("input.cell-input[name='n_naik|L:0-5']")
    box.fill("dua")
    admin.follow("button:has-text('Simpan') >> nth=0")
    assert admin.page.input_value("input.cell-input[name='n_naik|L:0-5']") == "dua"
    admin.page.fill("input.cell-input[name='n_naik|L:0-5']", "9")
    admin.follow("button:has-text('Simpan') >> nth=0")
    for name in ("skdn_s", "skdn_k"):
        admin.page.fill(f"input.cell-input[name='{name}|L:0-5']", "40")
    for reason in admin.page.query_selector_all("input[name^='alasan|']"):
        reason.fill("diperiksa di klinik swasta")
    admin.follow("button:has-text('Simpan') >> nth=0")
    for reason in admin.page.query_selector_all("input[name^='alasan|']"):
        reason.fill("diperiksa di klinik swasta")
    admin.follow("button:has-text('Simpan dan kirim')")
    assert "Dikirim" in admin.text

    head = visit(Role.KEPALA_PUSKESMAS)
    assert head.go(ADDRESS) == 200
    head.follow("button:has-text('Verifikasi')")
    assert "Diverifikasi" in head.text

    programmer = visit(Role.PROGRAMMER)
    assert programmer.go(ADDRESS) == 200
    programmer.follow("button:has-text('Sahkan')")
    assert "Disahkan" in programmer.text

    roll_up_changed()
    cells = totals.read([district["district"].pk], [Month(2025, 3)], ["n_naik"], by_part=True)
    assert cells.get(district["district"].pk, Month(2025, 3), "n_naik|L:0-5") == 9


def test_a_returned_report_says_why(visit, weighings):
    admin = visit(Role.ADMIN_PUSKESMAS)
    begin(admin)

    programmer = visit(Role.PROGRAMMER)
    programmer.go(ADDRESS)

    assert not programmer.page.query_selector("input.cell-input")
