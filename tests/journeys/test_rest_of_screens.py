"""The PWS graph on the projector, readiness typed in, the printed kajian, files of charts."""

import os
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from facilities.models import Facility, Obstacle, Readiness
from facilities.roles import Role
from tests.facilities.needing import entry, sent, standard, this_year
from tests.factories import place
from tests.journeys.test_finding import NAMES
from tests.journeys.test_lokmin import PROJECTOR
from tests.reporting.agreeing import late
from tests.reporting.figures import MAY, PEOPLE, filled, sasaran, total

PHONE = {"width": 360, "height": 740}
SHOTS = os.environ.get("ILP_SHOTS")  # a folder, for looking at the pages
NAMED = "drg. Sri Wahyuningsih, M.Kes. – Kepala Puskesmas – Puskesmas Aik Darek"


def shot(visitor, name, **more):
    if SHOTS:
        visitor.page.screenshot(path=f"{SHOTS}/rest-{name}.png", **more)


def many(district, count):
    """So many Puskesmas with five months, one of them without the last."""
    random = Random(11)
    filled(district)
    listed = [*NAMES, *(f"{name} Dua" for name in NAMES)][: count - 2]
    more = []
    for name in listed:
        one = place("puskesmas", network=district["district"], label=district["kec_one"])
        Facility.objects.filter(pk=one.pk).update(name=name)
        for month in MAY.of_year:
            if month != MAY or name != NAMES[3]:
                total(one, month, spm4_balita=random.randint(25, 75))
        more.append(one)
    sasaran(district["second"], dict.fromkeys(more, PEOPLE))
    return more


def slide(district, code="SPM04"):
    day = timezone.localdate()
    return f"/lokmin/{district['district'].code}/2025-05/{day}/?i={code}"


@pytest.mark.parametrize("count", [5, 18, 38])
def test_the_graph_and_what_is_typed_below_it_fit_the_projector(visit, district, count):
    many(district, count)
    late(district["district"])
    host = visit(Role.KEPALA_DINAS, **PROJECTOR)
    assert host.go(slide(district)) == 200
    shot(host, f"slide-{count}")
    assert host.wide <= PROJECTOR["width"]
    high = host.page.evaluate("document.documentElement.scrollHeight")
    assert high <= PROJECTOR["height"], "nothing has to be scrolled for"
    sizes = host.page.evaluate(
        """[...document.querySelectorAll('.lokmin-pws .chart-wide text')].map((one) =>
           parseFloat(getComputedStyle(one).fontSize)
           * one.ownerSVGElement.getBoundingClientRect().width / 984)"""
    )
    assert min(sizes) >= 17.5, "read from the last row of chairs"
    host.page.click(".lokmin-before summary")
    shot(host, f"slide-{count}-before")
    host.page.keyboard.press("Escape")
    host.page.keyboard.press("t")
    host.page.keyboard.press("Tab")
    host.page.keyboard.press("Tab")
    host.page.keyboard.type(NAMED)
    host.page.keyboard.press("Escape")
    whole = host.page.locator("[data-whole]").first
    assert whole.inner_text() == NAMED
    box = whole.bounding_box()
    inside = whole.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")
    assert inside
    assert box["height"] > 40
    shot(host, f"slide-{count}-typed", full_page=True)
    assert host.errors == []


def test_the_slide_is_read_on_a_phone_too(visit, district):
    many(district, 20)
    phone = visit(Role.KEPALA_DINAS, **PHONE)
    phone.go(slide(district))
    assert phone.wide <= PHONE["width"]
    shot(phone, "slide-phone", full_page=True)


@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, PHONE])
def test_readiness_is_typed_in_and_stands_on_the_road_map(visit, district, size):
    visitor = visit(Role.ADMIN_PUSKESMAS, **size)
    at = f"/ilp/kesiapan/{district['first'].code}/"
    assert visitor.go(at) == 200
    shot(visitor, f"ready-empty-{size['width']}", full_page=True)
    assert visitor.wide <= size["width"]
    for code, answer in (("sk-klaster", "ya"), ("alur", "proses"), ("rme", "belum")):
        visitor.page.select_option(f"[name=jawab-{code}]", answer)
    visitor.page.fill("[name=bukti-sk-klaster]", "SK Kepala Puskesmas 4/2025")
    visitor.follow("button:has-text('Simpan jawaban')")
    assert "Tersimpan: 3 jawaban" in visitor.text
    visitor.page.fill("[name=text]", "Rekam medis elektronik belum tersambung")
    visitor.page.fill("[name=promised_on]", f"{timezone.localdate() + timedelta(days=20)}")
    visitor.follow("button:has-text('Simpan hambatan')")
    shot(visitor, f"ready-{size['width']}", full_page=True)
    assert Readiness.objects.count() == 3
    today = timezone.localdate()
    Obstacle.objects.update(since=today - timedelta(days=30), promised_on=today - timedelta(days=4))
    for path in ("/peta-jalan/", f"/tempat/{district['first'].code}/?v=kesiapan"):
        assert visitor.go(path) == 200
        assert "Lewat 4 hari" in visitor.text
        assert visitor.wide <= size["width"]
        shot(visitor, f"{path.strip('/').split('/')[0]}-{size['width']}", full_page=True)
    assert visitor.errors == []


def test_the_kajian_is_printed_with_its_gaps_in_grey(visit, district):
    names = ("Antropometri kit", "Tensimeter", "Timbangan bayi", "Doppler", "Alat cek Hb")
    items = [standard(district["district"], number=4, name=name) for name in names]
    sent(district["pustu_satu"], *(entry(at) for at in range(len(items))))
    desk = visit(Role.ADMIN_DINAS)
    desk.go(f"/kebutuhan/{district['district'].code}/{this_year()}/cetak/")
    shot(desk, "kajian-screen", full_page=True)
    desk.page.emulate_media(media="print")
    desk.page.evaluate("document.documentElement.style.filter = 'grayscale(1)'")
    assert desk.page.locator(".leaf-picture .print-hatch").first.is_visible()
    shot(desk, "kajian-grey", full_page=True)


def test_the_pages_offer_their_charts_as_files(visit, district):
    filled(district)
    desk = visit(Role.KEPALA_DINAS)
    for path, name in (("/klaster/K2/?p=2025-05", "cluster"), ("/peta-jalan/", "roadmap"),
                       (f"/tempat/{district['district'].code}/?p=2025-05", "place")):  # fmt: skip
        desk.go(path)
        button = desk.page.locator("button[data-png]").first
        with desk.page.expect_download() as taken:
            button.click()
        assert taken.value.suggested_filename.endswith(".png")
        shot(desk, name, full_page=True)
    assert desk.errors == []
