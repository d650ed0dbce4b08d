"""A meeting on the projector, by keyboard alone, to the printed minutes and the owners' home."""

import os
import time

import pytest
from django.utils import timezone

from facilities.models import DataVersion
from facilities.roles import Role
from reporting.models import FollowUp, Meeting
from tests.journeys.test_prints import printed
from tests.reporting import figures

PROJECTOR = {"width": 1024, "height": 768}
PHONE = {"width": 360, "height": 740}
CODE = "SPM04"
SHOTS = os.environ.get("ILP_SHOTS")  # a folder, for looking at the pages
SAVED = "document.querySelector('[data-state]').textContent.startsWith('Tersimpan')"


@pytest.fixture
def numbers(district):
    """Five months of 2025, as the pages of numbers have them."""
    for month in figures.MAY.of_year:
        for name, times in {"district": 3, "first": 2, "second": 1}.items():
            figures.total(district[name], month, k1=5 * times, k6=3 * times, spm4_balita=30 * times)
    people = {district[name]: figures.PEOPLE for name in ("first", "second")}
    figures.sasaran(district["district"], people)
    DataVersion.objects.filter(district=district["district"]).update(number=1)
    return district


def slide(place, number=1, codes=f"{CODE},AN18"):
    return f"/lokmin/{place.code}/2025-05/{timezone.localdate()}/?i={codes}&slide={number}"


def shot(visitor, name):
    if SHOTS:
        visitor.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def until(visitor, holds, seconds=20):
    """Wait for what the page comes to say; its policy forbids Playwright's own way to ask."""
    end = time.monotonic() + seconds
    while not visitor.page.evaluate(holds):
        assert time.monotonic() < end, f"{holds}:\n{visitor.text[:800]}"
        time.sleep(0.1)


def at(visitor):
    return visitor.page.evaluate("new URL(location.href).searchParams.get('slide')")


def press(visitor, key, slide):
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
    assert at(visitor) == slide


def write(visitor, *texts):
    """Into the first empty row, box by box; the day reads the same in every order."""
    visitor.page.keyboard.press("t")
    for text in texts:
        visitor.page.keyboard.type(text)
        visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.type("12122030")
    until(visitor, "document.body.innerText.includes('di Beranda PJ')")
    visitor.page.keyboard.press("Escape")


def test_keys_lead_through_the_slides_and_leave_boxes_alone(visit, numbers):
    host = visit(Role.KEPALA_DINAS, **PROJECTOR)
    assert host.go(slide(numbers["district"])) == 200
    assert host.wide <= PROJECTOR["width"]
    high = host.page.evaluate("document.documentElement.scrollHeight")
    assert high <= PROJECTOR["height"], "nothing has to be scrolled for"
    shot(host, "lokmin-1024")
    for key, to in (("ArrowRight", "2"), ("ArrowLeft", "1"), ("Space", "2"), ("PageUp", "1")):
        press(host, key, to)
    dark = "document.body.classList.contains('is-blank')"
    host.page.keyboard.press("b")
    assert host.page.evaluate(dark)
    host.page.keyboard.press("b")
    assert not host.page.evaluate(dark)
    with host.page.expect_navigation():
        host.page.keyboard.press("n")
    assert "Kenanga" not in host.text
    assert "Tempat ke-1" in host.text
    host.page.keyboard.press("t")
    host.page.keyboard.type("b n")
    host.page.keyboard.press("ArrowLeft")
    assert host.page.evaluate("document.activeElement.value") == "b n"
    assert host.errors == []


def finish(owner, action):
    """The owner finds it at home and says what was done; then it is gone from there."""
    owner.go("/")
    assert action in owner.text
    shot(owner, "home-360")
    owner.follow(f"li:has-text('{action}') a:has-text('Buka')")
    assert owner.wide <= PHONE["width"]
    shot(owner, "task-360")
    owner.page.fill("textarea[name=done-words]", "Empat puluh ibu hamil diperiksa")
    owner.follow("button:has-text('Tandai selesai')")
    owner.go("/")
    assert action not in owner.text
    assert owner.errors == []


def test_by_keyboard_to_the_minutes_and_to_the_owners_home(visit, numbers):
    host = visit(Role.KEPALA_DINAS, **PROJECTOR)
    host.go(slide(numbers["district"]))
    write(host, "Dua desa tertinggal", "Sweeping ibu hamil", "kepala_puskesmas")
    shot(host, "agreed-1024")
    press(host, "ArrowRight", "2")
    press(host, "ArrowRight", "3")
    assert "1 kesepakatan" in host.text
    shot(host, "end-1024")
    host.page.keyboard.press("t")
    for text, key in (("Aula Dinas", "Tab"), ("Budi", "Enter"), ("Sri", "Escape")):
        host.page.keyboard.type(text)
        host.page.keyboard.press(key)
    with host.page.expect_navigation():
        host.page.keyboard.press("c")
    assert "Sweeping ibu hamil" in host.text
    assert "Aula Dinas" in host.text
    assert Meeting.objects.get().attendants == "Budi\nSri"
    shot(host, "minutes-1024")
    paper = printed(host, host.page.evaluate("location.pathname"))
    assert (paper.pages, paper.sizes) == (1, {(595, 842)})
    assert host.errors == []

    finish(visit(Role.KEPALA_PUSKESMAS, **PHONE), "Sweeping ibu hamil")


def test_what_is_typed_while_the_line_is_down_is_kept_and_sent_later(visit, numbers):
    host = visit(Role.KEPALA_DINAS, **PROJECTOR)
    host.go(slide(numbers["district"]))
    host.context.route("**/isian/**", lambda route: route.abort())
    host.page.keyboard.press("t")
    host.page.keyboard.type("Diketik tanpa sinyal")
    until(host, "document.body.innerText.includes('Belum terkirim')")
    assert not FollowUp.objects.exists()
    host.page.keyboard.press("Escape")
    press(host, "ArrowRight", "2")  # the next slide sends what the first could not

    host.context.unroute("**/isian/**")
    press(host, "ArrowLeft", "1")

    until(host, "localStorage.length === 0")
    assert FollowUp.objects.get().problem == "Diketik tanpa sinyal"
    assert host.page.locator("textarea[name$='|problem']").first.input_value().startswith("Diketik")


def test_two_who_type_see_each_other_and_choose(visit, numbers):
    first = visit(Role.KEPALA_DINAS, **PROJECTOR)
    second = visit(Role.PROGRAMMER, **PROJECTOR)
    first.go(slide(numbers["district"]))
    first.page.keyboard.press("t")
    first.page.keyboard.type("Kata pertama")
    until(first, SAVED)
    second.context.route(
        "**/isian/**", lambda r: r.abort() if r.request.method == "GET" else r.continue_()
    )  # it looks for what is new now and then
    second.go(slide(numbers["district"]))
    box = second.page.locator("textarea[name$='|problem']").first
    assert box.input_value() == "Kata pertama"
    mine = first.page.locator("textarea[name$='|problem']").first
    mine.fill("Kata pertama, lagi")
    until(first, SAVED)
    until(first, "localStorage.length === 0")

    box.fill("Kata kedua")
    second.page.wait_for_selector("button:has-text('Pakai ketikan saya')")
    assert box.input_value() == "Kata kedua"
    second.page.keyboard.press("Tab")
    second.page.click("button:has-text('Pakai ketikan saya')")
    until(second, "localStorage.length === 0")

    assert FollowUp.objects.get().problem == "Kata kedua"


def test_the_form_fits_a_phone_and_is_opened_from_the_table(visit, numbers):
    visitor = visit(Role.ADMIN_PUSKESMAS, **PHONE)
    visitor.go(f"/indikator/{CODE}/?p=2025-05&w={numbers['first'].code}")
    assert visitor.wide <= PHONE["width"]
    link = visitor.page.locator("a[href*='/tindakan/baru/']").first
    with visitor.page.expect_navigation():
        link.click()
    assert visitor.wide <= PHONE["width"]
    shot(visitor, "form-360")
    assert visitor.page.evaluate("document.querySelector('datalist').options.length") > 0
    visitor.page.fill("textarea[name=problem]", "Masalah")
    visitor.page.fill("textarea[name=action]", "Kunjungan rumah")
    visitor.page.fill("input[name=owner]", "admin_puskesmas")
    visitor.follow("button:has-text('Simpan tindakan')")
    assert "masuk Beranda" in visitor.text
    visitor.go("/")
    assert "Kunjungan rumah" in visitor.text
    assert visitor.errors == []


def test_slides_pages_and_minutes_have_no_serious_barrier(visit, numbers):
    host = visit(Role.KEPALA_DINAS, **PROJECTOR)
    host.go(slide(numbers["district"]))
    host.page.keyboard.press("t")
    host.page.keyboard.type("Masalah")
    until(host, SAVED)
    place = numbers["district"].code
    minutes = f"/lokmin/{place}/2025-05/{timezone.localdate()}/notulen/"
    new = f"/tindakan/baru/?i={CODE}&p=2025-05"
    for path in (slide(numbers["district"]), slide(numbers["district"], 3), "/lokmin/",
                 "/tindakan/", new, minutes):  # fmt: skip
        assert host.go(path) == 200
        shot(host, path.strip("/").split("/")[-1].split("?")[0] or path.split("/")[1])
        assert host.barriers == [], path
