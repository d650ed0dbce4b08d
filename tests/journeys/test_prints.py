"""Every report printed by a real browser takes the pages that its declaration promises."""

import re
from collections import namedtuple
from datetime import date

import pytest

from facilities.actions.letterheads import record_letterhead, record_signatory
from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Axis
from facilities.roles import Role
from ilp.core.months import Month
from reporting.catalogue import FORMS
from tests.factories import OPENED
from tests.reporting.papers import approved, filler, period, written

MONTH = Month(2025, 3)
A4 = {(595, 842), (842, 595)}  # points
PUSKESMAS = 29  # as many as a large district has
Pdf = namedtuple("Pdf", "pages sizes")
PHONE = {"width": 360, "height": 740}
LYING = {"width": 1032, "height": 710}  # pixels of A4 lying, between its margins
# Figures whose text does not fit into their cell.
CUT = """() => [...document.querySelectorAll(".leaf-table :is(td, thead th)")]
  .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent.trim())"""
# A head higher than a quarter of the page is not repeated on the next.
HEADS = "() => [...document.querySelectorAll('thead')].map(h => h.getBoundingClientRect().height)"


def printed(visitor, path):
    """The page as the browser's print dialogue would save it."""
    assert visitor.go(path) == 200
    data = visitor.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    counted = max(int(n) for n in re.findall(rb"/Count (\d+)", data))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == counted
    return Pdf(counted, {(round(float(w)), round(float(h))) for w, h in boxes})


@pytest.fixture
def headed(district):
    """A long letterhead and long names, as a place may have them."""
    for place in (district["district"], district["first"]):
        record_letterhead(
            facility=place, lines=f"PEMERINTAH KABUPATEN CONTOH\n{place}".upper(),
            address="Jl. Raya Contoh Panjang No. 1, Contoh 90901, telp. (0999) 123456",
            town="Contoh", since=OPENED, by=None,
        )  # fmt: skip
        for duty in ("kepala", "petugas"):
            person = ("dr. Siti Rahayu Kusumawardhani, M.Kes", "197513992000011001", duty)
            record_signatory(
                facility=place, duty=duty, programme="", person=person, since=OPENED, by=None
            )
    return district


def test_a_report_takes_the_pages_that_it_promises(visit, headed):
    for code, form in FORMS.items():
        place = filler(headed, code)
        written(place, period(code), code, most=2_000)  # as a large Puskesmas has
        visitor = visit(Role.ADMIN_PUSKESMAS)

        paper = printed(visitor, f"/laporan/{code}/{place.code}/{period(code)}/cetak/")

        assert paper.pages == form.pages, code
        assert len(paper.sizes) == 1, code
        assert paper.sizes <= A4, code
        visitor.page.emulate_media(media="print")
        assert visitor.page.evaluate(CUT) == [], code
        assert visitor.errors == [], code


def test_a_phone_shows_it_and_paper_shows_neither_menu_nor_buttons(visit, headed):
    written(headed["first"], MONTH, "F1")
    phone = visit(Role.ADMIN_PUSKESMAS, **PHONE)
    assert phone.go("/laporan/F1/P9901010101/2025-03/cetak/") == 200
    assert phone.wide <= PHONE["width"]
    assert phone.page.is_visible("button[data-print]")

    phone.page.emulate_media(media="print")

    assert not phone.page.is_visible("button[data-print]")
    assert not phone.page.is_visible(".main-nav")
    assert phone.page.is_visible(".draft-mark")


def test_the_button_opens_the_dialogue_of_the_browser(visit, headed):
    written(headed["first"], MONTH, "F1")
    visitor = visit(Role.ADMIN_PUSKESMAS)
    visitor.page.add_init_script("window.print = () => { window.printed = true; }")
    visitor.go("/laporan/F1/P9901010101/2025-03/cetak/")
    visitor.page.click("button[data-print]")
    assert visitor.page.evaluate("window.printed")


def test_the_recap_of_a_large_district_fits_and_repeats_its_heads(visit, headed):
    above = {Axis.NETWORK: headed["district"].code, Axis.LABEL: headed["kec_one"].code}
    more = [
        NewPlace(f"P99{number:04d}0101", f"Puskesmas Rimba {number}", "puskesmas", OPENED, above)
        for number in range(10, 10 + PUSKESMAS - 2)
    ]
    for place in [*bulk_open(places=more, by=None)[:3], headed["first"], headed["second"]]:
        approved(place, MONTH, skdn_s=9_999)
    visitor = visit(Role.ADMIN_DINAS, **LYING)

    assert printed(visitor, "/rekap/SPM/99.01/2025-03/").pages == 4, "48 columns, three tables"
    paper = printed(visitor, "/rekap/F1/99.01/2025-03/")

    assert paper.pages == 3, "two for the places, one for the district in the form's shape"
    assert paper.sizes == {(842, 595)}
    visitor.page.emulate_media(media="print")
    assert visitor.page.evaluate(CUT) == []
    heads = visitor.page.evaluate(HEADS)
    assert len(heads) == 4
    assert max(heads) < LYING["height"] / 4


def test_the_letterhead_is_set_in_the_browser_and_stands_on_the_print(visit, district):
    written(district["first"], MONTH, "F1")
    admin = visit(Role.ADMIN_PUSKESMAS)
    admin.go("/laporan/F1/P9901010101/2025-03/cetak/")
    admin.follow("a:has-text('Atur kop')")
    admin.page.fill("input[name=name]", "Siti Rahayu, SKM")
    admin.page.fill("input[name=nip]", "197513992000011001")
    admin.page.fill("input[name=position]", "Kepala UPTD Puskesmas Kenanga")
    admin.page.fill("form:has(input[name=name]) input[name=since]", date(2025, 1, 1).isoformat())
    admin.follow("button:has-text('Simpan penanda tangan')")
    admin.page.fill("textarea[name=lines]", "UPTD PUSKESMAS KENANGA")
    admin.page.fill("input[name=town]", "Contoh")
    admin.page.fill("form:has(textarea) input[name=since]", date(2025, 1, 1).isoformat())
    admin.follow("button:has-text('Simpan kop')")

    admin.go("/laporan/F1/P9901010101/2025-03/cetak/")

    for text in ("UPTD PUSKESMAS KENANGA", "Siti Rahayu, SKM", "197513992000011001"):
        assert text in admin.text
    assert admin.errors == []
