"""A Posyandu day on a phone: a child, a pregnant woman and an elderly man, each in three taps."""

from datetime import date

import pytest

from clusters.models import Adult, Antenatal, Growth
from facilities.models import Facility
from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.actions.targets import set_targets
from tests.clusters import workbooks
from tests.reporting import rows

PHONE = {"width": 360, "height": 740}
DAY, BEFORE = date(2026, 5, 6), date(2026, 4, 8)
AT = "?w=99.01.01.2001-PSY-001&t=2026-05-06"
FULL = ("start", "roster", "form", "saved")  # the others as a thumb sees them
CHILD, MOTHER, MAN = date(2025, 3, 10), date(1997, 2, 3), date(1958, 7, 1)


@pytest.fixture
def registered(district):
    """Three who came last month to Posyandu Melati, and a child who will not come."""
    home = district["melati"]

    def seen(service, number, born, sex, **values):
        row = rows.incoming(
            service, nik=workbooks.nik(number, born, sex), born_on=born, sex=sex, seen_on=BEFORE,
            facility=home, home=home, **values,
        )  # fmt: skip
        rows.write(service, [row], [home])

    seen("growth", 1, CHILD, "L", weight=9.0, height=76.0, measured="l")
    seen("growth", 9, CHILD, "P", weight=8.6, height=74.0, measured="l")
    seen("antenatal", 2, MOTHER, "P", weeks=8, weight=50, height=152, muac=23)
    seen("adult", 3, MAN, "L", weight=60, height=160, waist=80, systole=130, diastole=80)
    desa = Facility.objects.filter(kind=Facility.Kind.DESA)
    set_targets(
        district=district["district"], year=2026, basis="proyeksi", since=Month(2026, 1),
        source="SK contoh", rows=[(d.code, c, 60) for d in desa for c in ("S_BUMIL", "S_BALITA")],
        by=None,
    )  # fmt: skip
    roll_up_changed()


def saved(url):
    return "baru=" in url


class Phone:
    """Counts the taps for one person; typing is not counted."""

    def __init__(self, visitor, pictures):
        self.visitor, self.page, self.pictures, self.taps = visitor, visitor.page, pictures, 0

    def open(self, service):
        assert self.visitor.go(f"/catat/{service}/{AT}") == 200
        self.taps = 0

    def tap(self, what):
        """One tap; each leads to another page."""
        self.visitor.follow(what)
        self.taps += 1

    def type(self, **values):
        for name, value in values.items():
            self.page.fill(f"[name={name}]", value)

    def sees(self, name, text):
        self.page.wait_for_selector(f"[data-results] [data-result={name}]:has-text('{text}')")

    def picture(self, name):
        assert self.visitor.wide <= PHONE["width"], name
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=name in FULL)


def figure(head, code):
    head.go(f"/indikator/{code}/?w=99.01&p=2026-05")
    return head.page.inner_text("main")


@pytest.fixture
def phone(visit, registered, tmp_path):
    return Phone(visit(Role.NAKES, **PHONE), tmp_path)


def a_child(phone):
    phone.open("growth")
    assert "0 dari 2 sudah datang" in phone.visitor.text
    phone.picture("roster")
    phone.tap("#daftar a >> nth=0")
    phone.picture("form")
    phone.type(weight="8,9", height="77,5")
    phone.sees("label", "tidak naik")
    phone.sees("whz_class", "Gizi")
    phone.picture("child")
    phone.tap("button[value=berikutnya]")
    phone.page.wait_for_url(saved)
    assert "Orang 0001 tersimpan" in phone.visitor.text
    phone.picture("next")


def a_pregnant_woman(phone):
    phone.open("antenatal")
    phone.tap("#daftar a")
    phone.type(weeks="12", weight="51", muac="22,5", hb="10,5", systole="145", diastole="80")
    phone.sees("kek", "KEK")
    phone.sees("anaemia", "ringan")
    phone.sees("bp_high", "rujuk")
    phone.picture("mother")
    phone.tap("button[value=daftar]")
    phone.page.wait_for_url(saved)


def an_elderly_man(phone):
    """His weight is mistyped: what is impossible is refused while it is typed."""
    phone.open("adult")
    phone.type(cari="orang 0003")
    phone.tap("#daftar li:not([hidden]) a")
    phone.type(systole="160", diastole="95", weight="650")
    phone.page.wait_for_selector("[data-results] .field-error:has-text('tidak mungkin')")
    phone.sees("bp_class", "Tinggi")
    phone.picture("impossible")
    phone.type(weight="155")
    phone.tap("button[value=daftar]")
    phone.page.wait_for_selector(".field-odd:has-text('tidak lazim')")
    assert phone.page.input_value("[name=systole]") == "160"
    phone.picture("asked")
    phone.tap("button:has-text('Tetap simpan') >> nth=1")
    phone.page.wait_for_url(saved)
    phone.picture("saved")


def test_three_life_stages_in_three_taps_each(visit, worker, phone):
    head = visit(Role.KEPALA_DINAS)
    figures = (("AN18", "1 dari 120"), ("IB02", "1 dari 120"), ("DW06", "1 dari 1"))
    for code, text in figures:
        assert text not in figure(head, code)
    phone.visitor.go("/")
    phone.visitor.follow("nav.main-nav a:has-text('Catat kunjungan')")
    phone.picture("start")

    for record in (a_child, a_pregnant_woman, an_elderly_man):
        record(phone)
        assert phone.taps <= 3

    assert phone.visitor.errors == []
    assert Growth.objects.get(seen_on=DAY).recorded_by.username == Role.NAKES.value
    assert Antenatal.objects.get(seen_on=DAY).kek is True
    assert Adult.objects.get(seen_on=DAY).bp_class == "T"
    for code, text in figures:
        head.go(f"/indikator/{code}/?w=99.01&p=2026-05")
        head.until(text)


def test_the_same_pages_on_a_desk(visit, registered, tmp_path):
    desk = visit(Role.ADMIN_PUSKESMAS)
    assert desk.go(f"/catat/antenatal/{AT}") == 200
    desk.page.screenshot(path=tmp_path / "desk-roster.png")
    desk.follow("#daftar a")
    desk.page.fill("[name=muac]", "22")
    desk.page.fill("[name=weeks]", "12")
    desk.page.wait_for_selector("[data-results] [data-result=kek]:has-text('KEK')")
    desk.page.screenshot(path=tmp_path / "desk-form.png")
    desk.go(f"/catat/antenatal/baru/{AT}")
    desk.page.screenshot(path=tmp_path / "desk-new.png", full_page=True)
    assert desk.errors == []


def test_what_was_typed_outlives_a_lost_page(visit, registered):
    nurse = visit(Role.NAKES, **PHONE)
    nurse.go(f"/catat/growth/{AT}")
    nurse.follow("#daftar a >> nth=0")
    address = nurse.page.url
    nurse.page.fill("[name=weight]", "8,9")
    nurse.page.goto(f"{nurse.site}/")

    nurse.page.goto(address)

    assert nurse.page.input_value("[name=weight]") == "8,9"
    assert "dipulihkan" in nurse.text
    nurse.follow("button[value=daftar]")
    nurse.page.wait_for_url(saved)
    nurse.page.goto(address)
    assert "dipulihkan" not in nurse.text
    assert nurse.errors == []


def test_a_phone_without_javascript_records_too(browser, site, registered):
    context = browser.new_context(viewport=PHONE, locale="id", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/masuk/?next=/catat/growth/{AT.replace('&', '%26')}")
    page.fill("input[name=username]", Role.NAKES.value)
    page.fill("input[name=password]", "melati-kopi-sungai-42")
    page.click("button[type=submit]")
    page.fill("#cari", "0001")
    page.click("main button:has-text('Cari')")
    page.click("#daftar a")
    page.fill("[name=weight]", "8,9")
    page.click("button[value=daftar]")

    assert "Berat badan" in page.inner_text(".entry-saved")
    assert Growth.objects.filter(seen_on=DAY).count() == 1
    context.close()
