"""A month is released, corrected later, and released again: the numbers of the pages follow."""

from facilities.roles import Role
from reporting.actions.roll_up import roll_up_changed
from tests.reporting.releasing import MONTH, with_visits, write_late

RELEASE = f"/laporan/rilis/{MONTH}/"
SITUATION = f"/situasi/?p={MONTH}"


def figures(visitor, address=SITUATION):
    """What the situation page says, code -> value."""
    assert visitor.go(address) == 200
    found = visitor.page.query_selector_all("main data.figure")
    return {one.get_attribute("data-indicator"): one.get_attribute("value") for one in found}


def open_again(visitor, address=RELEASE):
    assert visitor.go(address) == 200
    visitor.page.click("summary:has-text('Buka kunci')")
    visitor.page.fill("input[name='buka-reason']", "Melati menyusulkan satu balita")
    visitor.follow("button:has-text('Buka kunci')")


def test_release_correct_and_revise(visit, district):
    with_visits(district)
    head = visit(Role.KEPALA_DINAS)
    before = figures(head)
    assert "Data sementara" in head.text

    assert head.go("/laporan/rilis/") == 200
    head.follow(f"a[href*='{MONTH}']")
    head.follow("button:has-text('Rilis dan kunci')")
    assert "dirilis sebagai revisi 1 dan dikunci" in head.text
    assert figures(head) == before
    assert "rev. 1" in head.text

    open_again(head)
    write_late(district)
    roll_up_changed()
    assert figures(head) == before, "the release stays"
    live = figures(head, f"{SITUATION}&d=sementara")
    assert live != before
    assert "Data sementara" in head.text
    head.follow(".context-state a")
    assert "rev. 1" in head.text

    assert head.go(RELEASE) == 200
    head.page.fill("input[name='rilis-reason']", "Melati menyusul")
    head.follow("button:has-text('Terbitkan rev. 2')")
    assert "Alasan: Melati menyusul" in head.text
    shown = {row.get_attribute("data-change") for row in head.page.query_selector_all("tr")}
    moved = {code for code in before if before[code] != live[code]}
    assert moved
    assert {f"{code}|99.01" for code in moved} <= shown
    assert figures(head) == live
    assert "rev. 2" in head.text
