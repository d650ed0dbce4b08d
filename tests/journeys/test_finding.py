"""Finding a number, a place, help: by keyboard, on a desk and on a phone; maps and paper."""

import json
import os
from itertools import product
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import expect

from facilities.actions.maps import upload_boundaries
from facilities.models import Facility
from facilities.roles import Role
from ilp.core.months import Month
from tests.factories import place
from tests.reporting.figures import filled, sasaran, total

PHONE, DESK = (360, 740), (1366, 768)
SHOTS = os.environ.get("ILP_SHOTS")  # a folder, for looking at the pages
NAMES = ("Batujai Selatan", "Kopang", "Ubung", "Teratak Lama", "Mujur", "Sengkol", "Kuta",
         "Penujak", "Aik Darek", "Mantang", "Bonjeruk", "Pringgarata", "Wajageseng", "Ganti",
         "Langko", "Janapria", "Tanak Beak", "Puyung", "Darek", "Batunyala")  # fmt: skip
MAY = "p=2025-05"
PATHS = (
    "/cari/?q=k6", "/cari/", "/tempat/P9901010101/?p=2025-05",
    *(f"/tempat/P9901010101/?p=2025-05&v={v}"
      for v in ("jejaring", "laporan", "indikator", "riwayat", "cetak")),
    f"/peta/?{MAY}", f"/indikator/SPM04/?{MAY}&v=peta", "/peta/petak/", "/peta/batas/",
    f"/paket/?{MAY}", f"/unduhan/?{MAY}", "/bantuan/", "/bantuan/peta/", "/bantuan/kamus/",
    "/bantuan/baru/", "/peta-jalan/",
)  # fmt: skip


@pytest.fixture
def many(district):
    """Twenty-two Puskesmas with numbers of May, some behind, some without a report."""
    random = Random(7)
    filled(district)
    more = {}
    for number, name in enumerate(NAMES):
        one = place("puskesmas", network=district["district"], label=district["kec_one"])
        Facility.objects.filter(pk=one.pk).update(name=name)
        more[one] = {"S_BALITA": 600, "S_BUMIL": 120, "S_PROD": 4000}
        if number % 7 == 6:
            continue
        for month in Month(2025, 5).of_year:
            total(one, month, spm4_balita=random.randint(25, 75), k6=random.randint(3, 14),
                  k1=random.randint(6, 16), skdn_d=random.randint(300, 600))  # fmt: skip
    sasaran(district["second"], more)
    return district


def cells(codes):
    """A grid of uneven fields, one for each code, whose corners meet."""
    random = Random(3)
    corners = {
        (x, y): [116 + x / 10 + random.random() / 25, -8 - y / 10 - random.random() / 25]
        for x, y in product(range(7), range(6))
    }
    features = []
    for at, code in enumerate(codes):
        x, y = at % 6, at // 6
        ring = [corners[spot] for spot in ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y))]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"kode": code}, "geometry": shape})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def shoot(visitor, path, size):
    if SHOTS:
        name = path.strip("/").translate(str.maketrans("/?=&", "____"))
        target = Path(SHOTS) / f"{name}_{size[0]}.png"
        visitor.page.screenshot(path=target, full_page=True)


def test_a_slash_that_is_typed_is_a_slash_and_the_key_can_be_turned_off(visit, many):
    desk = visit(Role.KEPALA_DINAS)
    desk.go("/cari/?q=kopang")
    desk.page.click(".search-again input")
    desk.page.keyboard.type("/")
    assert desk.page.input_value(".search-again input").endswith("/")

    desk.page.click("[data-shortcut]")
    desk.page.click("h1")
    desk.page.keyboard.press("/")

    assert desk.page.evaluate("document.activeElement.dataset.search") is None
    expect(desk.page.locator("[data-shortcut]")).to_contain_text("Nyalakan")


def test_pages_fit_and_have_no_serious_barrier(visit, many):
    visitor, wrong = visit(Role.ADMIN_DINAS), []
    for path in PATHS:
        assert visitor.go(path) == 200, path
        for size in (PHONE, DESK):
            visitor.resize(*size)
            shoot(visitor, path, size)
            if visitor.wide > size[0]:
                wrong.append(f"{path}: {visitor.wide} wide")
            wrong += [f"{path} at {size[0]}: {one}" for one in visitor.barriers]

    assert wrong == []
    assert visitor.errors == []


def test_a_map_with_boundaries_leads_on_and_its_list_comes_first_on_a_phone(visit, many):
    puskesmas = Facility.objects.filter(kind="puskesmas").order_by("name")
    upload_boundaries(
        district=many["district"], content=cells(puskesmas.values_list("code", flat=True)),
        source="Rekaan", by=None,
    )  # fmt: skip
    for size in (PHONE, DESK):
        visitor = visit(Role.KEPALA_DINAS, width=size[0], height=size[1])
        visitor.go(f"/peta/?{MAY}&i=SPM04")
        shoot(visitor, "/peta/batas-rekaan", size)

        listed = visitor.page.locator(".table-map").bounding_box()
        drawn = visitor.page.locator("svg.map").bounding_box()

        if size == PHONE:
            assert listed["y"] + listed["height"] <= drawn["y"]
        else:
            assert listed["x"] + listed["width"] <= drawn["x"]
        assert visitor.wide <= size[0]
        with visitor.page.expect_navigation():
            visitor.page.locator("svg.map a").first.click()
        assert "/indikator/SPM04/" in visitor.page.url


def test_paper_holds_the_whole_page(visit, many):
    desk = visit(Role.KEPALA_DINAS, width=1047, height=718)
    for path in (f"/paket/?{MAY}", "/tempat/P9901010101/?p=2025-05&v=cetak", f"/peta/?{MAY}"):
        assert desk.go(path) == 200

        desk.page.emulate_media(media="print")

        assert desk.wide <= 1047, path
        assert not desk.page.is_visible(".search")
        assert not desk.page.is_visible(".help-link")
        shoot(desk, path, ("paper",))
        desk.page.emulate_media(media="screen")
