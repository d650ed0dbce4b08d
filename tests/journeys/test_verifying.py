"""The head of a Puskesmas works through what waits, on a phone."""

import pytest

from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.reports import take_step
from reporting.models import Report
from reporting.workflow import Status, Step
from tests.reporting.sheets import filled

PHONE = {"width": 360, "height": 740}
MONTH = Month(2025, 3)


@pytest.fixture
def waiting(district):
    """Three months, of which the last has much less than the one before."""
    reports = [filled(district["first"], MONTH.plus(n)) for n in (0, 1)]
    reports.append(filled(district["first"], MONTH.plus(2), skdn_s=4, skdn_k=4))
    return [take_step(report=one, step=Step.SEND, by=None) for one in reports]


def test_one_card_a_report_and_those_without_flags_at_once(visit, waiting):
    head = visit(Role.KEPALA_PUSKESMAS, **PHONE)
    assert head.go("/") == 200
    head.follow("a:has-text('Buka daftar verifikasi')")
    assert "Menunggu verifikasi (3)" in head.text
    assert head.wide <= PHONE["width"]
    cards = head.page.query_selector_all("tbody tr")
    assert len({card.bounding_box()["x"] for card in cards}) == 1, "one below the other"
    assert "Mei 2025" in cards[0].inner_text(), "the flagged one comes first"
    assert "100 → 40" in cards[0].inner_text()

    for box in head.page.query_selector_all("tbody input[type=checkbox]"):
        box.check()
    head.follow("button:has-text('Teruskan yang dicentang')")

    assert "2 laporan diteruskan." in head.text
    left = Report.objects.get(status=Status.SENT)
    assert left == waiting[2]

    head.follow("tbody a:has-text('Mei 2025')")
    assert head.wide <= PHONE["width"]
    assert head.page.query_selector("#baris-skdn_s")
    assert not head.page.query_selector("#baris-n_naik")
    head.follow("a:has-text('Tampilkan semua baris')")
    assert head.page.query_selector("#baris-n_naik")
    head.follow("button:has-text('Verifikasi')")
    assert "Tidak ada yang menunggu" in head.text
    assert head.errors == []
