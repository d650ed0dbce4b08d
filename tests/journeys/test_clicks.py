"""What an office does most, from Beranda to the answer on the screen, in no more clicks than
ux.md §1 allows. Typing is not counted; a choice in a list and a file that is chosen are a click."""

from contextlib import contextmanager

import openpyxl
import pytest
from playwright.sync_api import expect

from facilities.actions.ilp import record_ilp_status, set_ilp_target
from facilities.roles import Role
from reporting.actions.reports import open_report, take_step
from reporting.models import Report, Target
from reporting.workflow import Status, Step
from tests.clusters import workbooks
from tests.clusters.annotating import pregnant
from tests.factories import OPENED
from tests.journeys.test_report_entry import PASTE
from tests.journeys.test_target_table import table
from tests.reporting import agreeing, figures, sheets
from tests.reporting.figures import MAY

PHONE, PROJECTOR = {"width": 360, "height": 740}, {"width": 1024, "height": 768}
# Enter in a box presses the button of its form, which is a click too.
LISTEN = """
  document.addEventListener("click", event => event.isTrusted && window.clicked(), true);
  document.addEventListener(
    "change", event => event.target.matches("select, [type=file]") && window.clicked(), true);
"""
# What a Puskesmas knows of its children; 0 in every other box.
TYPED = """
  for (const box of document.querySelectorAll("input.cell-input"))
    box.value = {skdn_s: 10, skdn_k: 8, n_naik: 4}[box.name.split("|")[0]] ?? 0;
"""


class Desk:
    """Somebody at the pages, whose clicks are counted."""

    def __init__(self, visitor):
        self.visitor, self.page, self.clicks = visitor, visitor.page, 0
        visitor.context.expose_binding("clicked", self.add)
        visitor.context.add_init_script(LISTEN)

    def add(self, _source):
        self.clicks += 1

    @contextmanager
    def task(self, most, start="/"):
        """From the page at `start` on."""
        assert self.visitor.go(start) == 200
        self.clicks = 0
        yield self
        self.page.evaluate("0")  # what was clicked last has been told
        assert min(1, most) <= self.clicks <= most
        assert self.visitor.errors == []

    def follow(self, what):
        self.visitor.follow(what)

    def sees(self, *texts):
        for text in texts:
            assert text in self.visitor.text, text


@pytest.fixture
def numbers(district):
    """Five months of numbers, of which the last is odd at one place."""
    figures.filled(district)
    figures.total(district["first"], MAY, k1=10, k6=14)
    return district


@pytest.fixture
def desk(visit):
    return lambda role, **size: Desk(visit(role, **size))


@pytest.fixture
def sent(numbers):
    """Reports of three months as a Puskesmas has sent them."""
    reports = [sheets.filled(numbers["first"], MAY.plus(-n)) for n in (2, 1, 0)]
    return [take_step(report=one, step=Step.SEND, by=None) for one in reports]


def test_the_head_of_the_dinas_answers_on_a_phone(desk, numbers):
    pustu = numbers["pustu_satu"]
    decided = {"source": "SK contoh", "decided_on": OPENED, "by": None}
    set_ilp_target(district=numbers["district"], kind="pustu", year=2026, number=2, **decided)
    record_ilp_status(
        facility=pustu, state="berjalan", since=OPENED, evidence="SK", decree="", by=None
    )
    agreeing.agreed(numbers["district"])
    head = desk(Role.KEPALA_DINAS, **PHONE)

    with head.task(1):  # which Puskesmas are behind, on what
        head.follow("a:has-text('Buka situasi')")
        head.sees("Paling tertinggal", "terutama", "Cempaka")
    with head.task(2):  # how much is K6, and how much should it be
        head.page.click("[data-search]")
        head.page.keyboard.type("K6")
        with head.page.expect_navigation():
            head.page.keyboard.press("Enter")
        first = head.page.locator("#c-indikator ~ ul a").first
        expect(first).to_contain_text("%")
        expect(first).to_contain_text("Dipantau")  # no target is set for it
    with head.task(1):  # how many run ILP, and how many should
        head.follow("nav.actions a:has-text('Peta jalan ILP')")
        row = head.page.locator("tr:has(th:text-is('Pustu'))").first
        expect(row).to_contain_text("1 dari 2")
        expect(row.locator("data")).to_have_text("50,0%")
    with head.task(2):  # what became of what was agreed last
        head.follow("a:has-text('Buka situasi')")
        head.page.wait_for_selector("#tindak-lanjut")
        head.sees("0 selesai, 1 lewat batas")
        head.follow("a:has-text('Daftar tindakan')")
        head.sees("Sweeping", "Bidan desa")


def test_the_head_of_the_dinas_answers_from_a_desk_and_leads_the_meeting(desk, numbers):
    head = desk(Role.KEPALA_DINAS, **PROJECTOR)
    with head.task(2):
        head.page.keyboard.press("/")
        head.page.keyboard.type("K6")
        with head.page.expect_navigation():
            head.page.keyboard.press("Enter")
        first = head.page.locator("#c-indikator ~ ul a").first
        expect(first).to_contain_text("%")
        with head.page.expect_navigation():
            first.click()
        assert "/indikator/IB04/" in head.page.url
    with head.task(1):  # the meeting through the twelve standards
        head.follow("a:has-text('Mode lokmin')")
        titles = {head.page.inner_text("h1")}
        for _slide in range(11):
            with head.page.expect_navigation():
                head.page.keyboard.press("ArrowRight")
            titles.add(head.page.inner_text("h1"))
        assert len(titles) == 12


def test_who_holds_a_programme_reminds_verifies_and_returns(desk, sent):
    for one in sent[:2]:
        take_step(report=one, step=Step.VERIFY, by=None)
    holder = desk(Role.PROGRAMMER)
    holder.visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])

    with holder.task(2):  # who has not sent; remind them all
        holder.sees("Belum melapor", "Kenanga")
        holder.page.click("summary:has-text('Pesan WA')")
        holder.page.click("button:has-text('Salin pesan WA')")
        holder.page.wait_for_selector("button:has-text('Tersalin')")
        copied = holder.page.evaluate("navigator.clipboard.readText()")
        assert "Kenanga: belum kami terima" in copied
    with holder.task(3):  # a report with nothing odd
        holder.follow("main a:has-text('Periksa') >> nth=0")
        holder.follow("button:has-text('Sahkan')")
        holder.sees("Disahkan")
    with holder.task(4):  # back, with a comment on one cell
        holder.follow("main a:has-text('Periksa') >> nth=0")
        holder.page.click("#baris-n_naik summary:has-text('Komentar')")
        holder.page.select_option("select[name='bagian|n_naik']", "L:0-5")
        holder.page.fill("input[name='komentar|n_naik']", "Cocokkan dengan register")
        holder.follow("button:has-text('Kembalikan')")
        holder.sees("Dikembalikan", "Cocokkan dengan register")


def test_who_holds_a_programme_takes_numbers_along(desk, numbers, tmp_path):
    holder = desk(Role.PROGRAMMER)
    with holder.task(1):  # what looks wrong this month
        holder.follow("nav.actions a:has-text('Temuan mutu data')")
        holder.sees("K6", "Kenanga")
    with holder.task(2):  # an indicator of all Puskesmas, with both parts, in Excel
        holder.follow(".headline a >> nth=0")
        with holder.page.expect_download() as download:
            holder.page.click("a:has-text('Unduh Excel')")
        download.value.save_as(tmp_path / "satu.xlsx")
        book = openpyxl.load_workbook(tmp_path / "satu.xlsx")
        said = " ".join(str(cell) for page in book for row in page.values for cell in row)
        for word in ("Puskesmas Kenanga", "Puskesmas Cempaka", "numerator", "denominator"):
            assert word in said, word


def test_a_dinas_sets_the_sasaran_of_next_year(desk, district):
    admin = desk(Role.ADMIN_DINAS)
    with admin.task(5):
        admin.follow("nav.actions a:has-text('Sasaran')")
        admin.follow("main a:has-text('›')")
        admin.page.fill("input[name=source]", "SK 7")
        kind = "application/octet-stream"
        file = {"name": "s.xlsx", "mimeType": kind, "buffer": table(first="Satu")}
        admin.page.set_input_files("#unggah input[type=file]", file)
        admin.follow("#unggah button[type=submit]")
        admin.follow("button:has-text('Simpan versi baru')")
        admin.sees("Sasaran versi 1 tersimpan")
    assert Target.objects.count() == 4


def test_a_puskesmas_fills_in_its_report(desk, numbers):
    sheets.filled(numbers["first"], MAY.plus(-1))
    admin = desk(Role.ADMIN_PUSKESMAS)
    with admin.task(0):  # what is due, and until when
        admin.sees("belum dikirim", "batas", "Terlambat")
    with admin.task(2):
        admin.follow("main li:has-text('F1 Gizi') button:has-text('Mulai')")
        admin.page.evaluate(TYPED)
        admin.follow("button:has-text('Simpan dan kirim')")
        admin.sees("Dikirim")
    open_report(facility=numbers["first"], month=MAY, form="F1", by=None)
    with admin.task(1, f"/laporan/F1/P9901010101/{MAY}/"):  # a block of numbers out of Excel
        admin.page.focus("input[name='o_absen|L:0-5']")
        admin.page.evaluate(PASTE, "1\t2\r\n3\t4\r\n")
        admin.page.click("[data-put]")
        assert admin.page.input_value("input[name='o_absen|L:6-11']") == "2"
        admin.page.wait_for_selector("[data-state]:has-text('Tersimpan')")


def test_the_head_of_a_puskesmas_verifies_and_approves_on_a_phone(desk, sent):
    head = desk(Role.KEPALA_PUSKESMAS, **PHONE)
    with head.task(3):  # one month
        head.follow("main a:has-text('Periksa') >> nth=0")
        head.follow("button:has-text('Verifikasi')")
        head.sees("Diverifikasi")
    with head.task(2 + 2):  # what waits, one after the other
        head.follow("a:has-text('Buka daftar verifikasi')")
        head.follow("tbody a >> nth=0")
        for _report in range(2):
            head.follow("button:has-text('Verifikasi')")
        head.sees("Tidak ada yang menunggu")
    assert set(Report.objects.values_list("status", flat=True)) == {Status.VERIFIED}


def test_the_head_of_a_puskesmas_leads_a_lokmin_from_a_phone(desk, numbers):
    head = desk(Role.KEPALA_PUSKESMAS, **PHONE)
    with head.task(2):  # the order of the villages
        head.follow(".headline a >> nth=0")
        head.sees("menurut wilayah", "Desa satu")
    with head.task(2):  # the packet on paper
        head.page.add_init_script("window.print = () => { window.printed = true; }")
        head.follow("a:has-text('Paket lokmin')")
        head.page.click("button:has-text('Cetak')")
        assert head.page.evaluate("window.printed")
    with head.task(3):  # a Pustu is to do something
        head.follow(".headline a >> nth=0")
        head.follow("tr:has-text('Desa satu') a[href*='/tindakan/baru/']")
        head.page.fill("textarea[name=problem]", "Tertinggal")
        head.page.fill("textarea[name=action]", "Kunjungan rumah")
        head.page.fill("input[name=owner]", Role.NAKES.value)
        head.follow("button:has-text('Simpan tindakan')")
        head.sees("masuk Beranda")
    pustu = desk(Role.NAKES, **PHONE)
    with pustu.task(0):
        pustu.sees("Kunjungan rumah")


def child(number, weight=9.4):
    nik = f"990101{number + 10:02d}0324{number:04d}"
    return workbooks.GROWTH | {"NIK": nik, "Nama": f"Anak {number}", "Berat badan (kg)": weight}


MOTHERS = [pregnant(n, **({"Berat badan (kg)": 525} if n < 3 else {})) for n in range(1, 7)]
CHILDREN = [child(n, 94 if n < 3 else 9.4) for n in range(1, 7)]


@pytest.mark.parametrize("rows", [MOTHERS, CHILDREN], ids=["antenatal", "growth"])
def test_a_wrong_upload_is_put_right_and_taken_back(desk, worker, district, rows):
    """The last of the file, as its worker stays. Of which service the file is, its titles tell."""
    kind = "application/octet-stream"
    file = {"name": "mei.xlsx", "mimeType": kind, "buffer": workbooks.file(*rows)}
    admin = desk(Role.ADMIN_PUSKESMAS)
    with admin.task(5):
        admin.follow("nav.actions a:has-text('Unggah kunjungan')")
        admin.page.set_input_files("input[type=file]", file)
        admin.follow("main form[enctype] button[type=submit]")
        admin.visitor.until("6 baris dibaca")
        assert admin.visitor.barriers == []
        admin.follow("button:has-text('Bagi 10 untuk 2 baris')")
        admin.visitor.until("Terima 6 baris yang benar")
        admin.follow("text=Terima 6 baris yang benar")
        admin.visitor.until("6 baris diterima")
    with admin.task(3):
        admin.follow("nav.main-nav a:has-text('Unggah')")
        admin.follow("td a:has-text('Batalkan')")
        assert admin.visitor.barriers == []
        admin.page.fill("input[name=kata]", "BATALKAN")
        admin.follow("main form button:has-text('Batalkan unggahan')")
        admin.sees("Dibatalkan")
