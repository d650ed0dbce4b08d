"""A Puskesmas fills in for three Pustu, the Dinas verifies, the assessment is printed."""

import os
import re
from itertools import cycle
from pathlib import Path

import pytest

from facilities.models import Assessment
from facilities.roles import Role
from tests.facilities.needing import entry, sent, standard, this_year, worker_standard
from tests.factories import place

SHOTS = os.environ.get("ILP_SHOTS")
WIDTHS = [(360, 740), (1366, 768)]


@pytest.fixture
def pustu(district):
    """Three Pustu below one Puskesmas, with two things and two workers asked of each."""
    for group, name in (("prasarana", "Listrik 24 jam"), ("alat", "Tensimeter")):
        standard(district["district"], group=group, name=name, number=2)
    for kind in ("perawat", "bidan"):
        worker_standard(district["district"], kind)
    more = [place("pustu", network=district["first"], area=district["desa_satu"]) for _ in "ab"]
    return [district["pustu_satu"], *more]


def shot(visitor, name):
    if SHOTS:
        size = visitor.page.viewport_size["width"]
        target = Path(SHOTS) / f"{name}_{size}.png"
        visitor.page.screenshot(path=target, full_page=True)


def sheet(at):
    return f"/kebutuhan/penilaian/{at.code}/{this_year()}/"


def look(visitor, name):
    """It fits both widths, and nothing on it keeps somebody out."""
    for width, height in reversed(WIDTHS):
        visitor.resize(width, height)
        assert visitor.wide <= width, name
        assert visitor.barriers == [], name
        shot(visitor, name)


def fill(visitor, at, good):
    """Of each item two are there, so many of them good."""
    assert visitor.go(sheet(at)) == 200
    for row in visitor.page.query_selector_all("tr[id^=barang-]"):
        numbers = (2, good, 2 - good, 0)
        for box, number in zip(row.query_selector_all(".cell-input"), numbers, strict=True):
            box.fill(str(number))
    if good == 0:
        look(visitor, "isi")
    visitor.follow("button[value=kirim]")
    assert "terkirim ke Dinas" in visitor.text


def entered(visit, pustu):
    """Three self-assessments and the staff of one; the second Pustu on a desk."""
    admin = visit(Role.ADMIN_PUSKESMAS)
    for at, good, size in zip(pustu, (0, 1, 2), cycle(WIDTHS), strict=False):
        admin.resize(*size)
        fill(admin, at, good)
    assert admin.go("/kebutuhan/penilaian/") == 200
    look(admin, "daftar-puskesmas")
    assert admin.go(f"/tenaga/{pustu[0].code}/") == 200
    look(admin, "tenaga")
    admin.page.click("summary:has-text('Catat jumlah tenaga')")
    admin.page.fill("input[name=perawat]", "1")
    admin.page.fill("input[name=bidan]", "0")
    admin.follow("button:has-text('Simpan jumlah')")
    assert "1 dari 2 jenis tenaga" in admin.text
    return admin


def test_three_pustu_are_entered_verified_and_printed(visit, pustu, district):
    admin = entered(visit, pustu)
    dinas = visit(Role.ADMIN_DINAS)
    assert dinas.go("/kebutuhan/penilaian/?status=dikirim") == 200
    look(dinas, "daftar")
    for at, size in zip(pustu, cycle(WIDTHS), strict=False):
        dinas.resize(*size)
        assert dinas.go(sheet(at)) == 200
        dinas.follow("button[value=verifikasi]")
    assert set(Assessment.objects.values_list("state", flat=True)) == {"diverifikasi"}

    for part in ("", "alat", "prasarana", "sdm", "prioritas"):
        assert dinas.go(f"/kebutuhan/?bagian={part}") == 200
        look(dinas, f"s10_{part or 'ringkasan'}")
    assert dinas.go("/kebutuhan/?barang=tensimeter") == 200
    dinas.follow(f"a[href*='{pustu[0].code}']")
    assert "#barang-tensimeter" in dinas.page.url

    assert dinas.go(f"/kebutuhan/{district['first'].code}/{this_year()}/cetak/") == 200
    look(dinas, "kajian")
    assert "Tensimeter kurang 3 buah di 2 tempat" in dinas.text
    data = dinas.page.pdf(prefer_css_page_size=True)
    assert 1 <= max(int(n) for n in re.findall(rb"/Count (\d+)", data)) <= 3
    assert dinas.errors == admin.errors == []


def test_enter_in_a_comment_neither_verifies_nor_loses_it(visit, pustu):
    sent(pustu[0], entry(1), entry(1))
    dinas = visit(Role.ADMIN_DINAS)
    assert dinas.go(sheet(pustu[0])) == 200
    comment = dinas.page.locator("input[name$=-komentar]").first
    comment.fill("Hitung lagi")
    comment.press("Enter")
    dinas.follow("button[value=kembalikan]")
    assert "dikembalikan dengan komentar" in dinas.text
    assert Assessment.objects.get().rows.get(comment="Hitung lagi").present == 1


def test_standards_innovations_and_weights_fit_the_screen(visit, pustu, district):
    dinas = visit(Role.ADMIN_DINAS)
    code = district["district"].code
    pages = {
        "standar": f"/kebutuhan/standar/{code}/",
        "inovasi": f"/upaya/inovasi/{code}/",
        "mitra": f"/upaya/mitra/{code}/",
        "bobot": f"/kebutuhan/bobot/{code}/",
        "tenaga_kab": f"/tenaga/{code}/",
        "excel": "/daftar/sarana/",
    }
    for name, address in pages.items():
        assert dinas.go(address) == 200
        for summary in dinas.page.query_selector_all(".explain > summary"):
            summary.click()
        look(dinas, name)
    assert dinas.errors == []
