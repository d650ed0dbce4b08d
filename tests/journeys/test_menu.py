"""The bar of destinations: one row, a group that unfolds by keyboard and without a script."""

import os

from playwright.sync_api import expect

from facilities.roles import Role
from tests.journeys.conftest import Visitor

SIZES = {"desk": (1366, 768), "phone": (360, 740)}
SHOTS = os.environ.get("ILP_SHOTS")  # a folder, for looking at the pages


def shot(visitor, name):
    if SHOTS:
        visitor.page.screenshot(path=f"{SHOTS}/menu-{name}.png")


def test_everybody_has_one_row_and_reaches_all_of_it(visit):
    for role in Role:
        visitor = visit(role)
        for name, (width, height) in SIZES.items():
            visitor.page.set_viewport_size({"width": width, "height": height})
            visitor.go("/bantuan/")
            assert visitor.page.locator(".main-nav-row").bounding_box()["height"] < 60
            assert visitor.wide <= width
            if visitor.page.locator(".main-nav-more").count():
                leads_on(visitor, width, f"{role.value}-{name}")
            else:
                shot(visitor, f"{role.value}-{name}")
        assert visitor.errors == [], role


def leads_on(visitor, width, name):
    """The group unfolds within the window, and marks itself on the page that it led to."""
    group = visitor.page.locator(".main-nav-more")
    group.locator("summary").click()
    last = group.locator("a").last
    expect(last).to_be_visible()
    box = last.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    shot(visitor, name)
    with visitor.page.expect_navigation():
        last.click()
    expect(group).not_to_have_attribute("open", "")
    assert group.locator("summary").get_attribute("aria-current") == "true"
    assert visitor.page.evaluate("scrollY") == 0
    shot(visitor, f"{name}-after")


def test_the_keyboard_opens_it_and_escape_or_going_on_closes_it(visit, district):
    desk = visit(Role.ADMIN_DINAS)
    desk.go("/")
    group = desk.page.locator(".main-nav-more")
    group.locator("summary").focus()
    desk.page.keyboard.press("Enter")
    expect(group).to_have_attribute("open", "")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Escape")
    expect(group).not_to_have_attribute("open", "")
    assert desk.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    desk.page.keyboard.press("Enter")
    for _step in range(group.locator("a").count() + 1):
        desk.page.keyboard.press("Tab")
    expect(group).not_to_have_attribute("open", "")
    group.locator("summary").click()
    desk.page.mouse.click(600, 600)
    expect(group).not_to_have_attribute("open", "")
    assert desk.errors == []


def test_without_a_script_it_opens_and_leads_on(browser, site, district):
    visitor = Visitor(browser, site)
    visitor.context.close()
    visitor.context = browser.new_context(java_script_enabled=False)
    visitor.page = visitor.context.new_page()
    visitor.sign_in(Role.ADMIN_DINAS)
    visitor.page.click(".main-nav-more summary")
    with visitor.page.expect_navigation():
        visitor.page.click(".main-nav-more a:has-text('Pengguna')")
    assert visitor.page.url.endswith("/pengguna/")
    visitor.context.close()
