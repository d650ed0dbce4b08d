"""The definition of a form as a workbook: taken, changed, sent back, looked at, used."""

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from facilities.roles import Role
from ilp.core.errors import DomainError
from ilp.core.months import Month
from reporting.catalogue import FORMS, ROWS
from reporting.catalogue.definitions import RowSaid, RuleSaid, can_be_said
from reporting.catalogue.language import Kind
from reporting.excel.definitions import EXAMPLE, of_form, read_definition
from reporting.models import FormVersion
from tests.factories import small_district, worker
from tests.reporting.own_forms import changed, define, sent_back

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = Month(2025, 1), Month(2025, 2), Month(2025, 3)
LAB = {"uji_darah": 7, "uji_urine": 4, "uji_rujuk": 2}


@pytest.fixture
def places():
    return small_district()


@pytest.fixture
def admin(places):
    return worker(Role.ADMIN_DINAS, places["district"])


def parcel_of(page) -> str:
    return re.search(r'name="isi" value="([^"]+)"', page.content.decode())[1]


def table(page, title: str) -> list[dict[str, str]]:
    """The rows of the cards that have a column of this title."""
    rows = []
    for row in re.findall(r"<tr>(.*?)</tr>", page.content.decode(), re.DOTALL):
        cells = re.findall(r'<td data-label="([^"]+)"[^>]*>(.*?)</td>', row, re.DOTALL)
        held = {name: re.sub(r"<[^>]+>", "", text).strip() for name, text in cells}
        if title in held:
            rows.append(held)
    return rows


class TestWorkbook:
    @pytest.mark.parametrize("code", [c for c in FORMS if can_be_said(FORMS[c], ROWS)])
    def test_every_form_goes_out_and_comes_back_the_same(self, code):
        said = of_form(FORMS[code])
        read = read_definition(sent_back(said))
        assert read.faults == ()
        assert read.said.as_json() == said.as_json()

    def test_a_form_with_a_shape_of_its_own_is_not_taken(self, client, places, admin):
        client.force_login(admin)
        assert client.get(reverse("reporting:form-workbook", args=["LPLPO"])).status_code == 404
        said = replace(EXAMPLE, code="LPLPO")
        with pytest.raises(DomainError, match="bentuk khusus"):
            define(said=said, since=FEBRUARY, by=admin)

    def test_what_has_no_such_sheets_is_refused(self):
        book = openpyxl.Workbook()
        book.active.append(["Nama"])
        buffer = BytesIO()
        book.save(buffer)
        with pytest.raises(DomainError, match="Formulir"):
            read_definition(buffer.getvalue())

    def test_words_of_excel_are_understood(self):
        data = changed(EXAMPLE, sheet="Aturan", cell="B2", value="≤")
        assert read_definition(data).said.rules[0].operator == "<="

    def test_a_cumulative_row(self):
        data = changed(EXAMPLE, sheet="Baris", cell="E2", value="Kumulatif")
        assert read_definition(data).said.rows[0].kind == Kind.CUMULATIVE


class TestPages:
    def post(self, client, data: bytes, since="2025-02"):
        file = SimpleUploadedFile("formulir.xlsx", data)
        return client.post(reverse("reporting:form-upload"), {"since": since, "file": file})

    def test_from_the_workbook_to_the_form(self, client, places, admin):
        client.force_login(admin)
        taken = client.get(reverse("reporting:form-workbook", args=["contoh"]))
        page = self.post(client, b"".join(taken.streaming_content))
        assert "Pemeriksaan darah" in page.content.decode()
        assert not FormVersion.objects.exists()
        kept = client.post(reverse("reporting:form-confirm"), {"isi": parcel_of(page)})
        assert kept.status_code == 302
        page = client.get(reverse("reporting:form-list")).content.decode()
        assert "Pemeriksaan di lapangan" in page
        assert "Februari 2025" in page
        filler = worker(Role.ADMIN_PUSKESMAS, places["first"])
        client.force_login(filler)
        address = reverse("reporting:report", args=["UJI-1", places["first"].code, FEBRUARY])
        client.post(address)
        assert "Pemeriksaan urine" in client.get(address).content.decode()

    def test_a_changed_row_is_shown_beside_what_there_is(self, client, places, admin):
        client.force_login(admin)
        said = of_form(FORMS["F1"])
        data = changed(said, sheet="Baris", cell="D4", value="N: berat naik (KBM)")
        page = self.post(client, data)
        rows = [row for row in table(page, "Keadaan") if row["Keadaan"] != "tetap"]
        assert [(row["Kode"], row["Keadaan"]) for row in rows] == [("n_naik", "berubah")]

    @pytest.mark.parametrize(
        ("sheet", "cell", "value", "sentence"),
        [
            ("Formulir", "B2", "uji 1", "Kode formulir"),
            ("Formulir", "B3", None, "Isi nama formulir"),
            ("Formulir", "B4", "apotek", "Pengisi"),
            ("Formulir", "B5", "Maret", "Bulan pengisian"),
            ("Formulir", "B5", "13", "Bulan pengisian"),
            ("Formulir", "B6", 31, "Batas kirim"),
            ("Formulir", "B6", "lima", "Batas kirim"),
            ("Formulir", "B7", None, "dasar atau sumber"),
            ("Baris", "A2", None, "bagian"),
            ("Baris", "C2", "Uji Darah", "Kode baris"),
            ("Baris", "C2", "komentar", "Kode baris"),
            ("Baris", "C2", "uji_urine", "dipakai di dua baris"),
            ("Baris", "C2", "n_naik", "sudah ditanyakan di F1 Gizi"),
            ("Baris", "C2", "k1", "sudah berjenis"),
            ("Baris", "E2", "harian", "Jenis"),
            ("Baris", "F2", "desa", "Rincian"),
            ("Baris", "G4", "uji_darah * ", "bukan penjumlahan"),
            ("Baris", "G4", "uji_darah + uji_x", "uji_x"),
            ("Baris", "H2", "banyak", "Paling banyak"),
            ("Aturan", "A2", "uji_x", "uji_x"),
            ("Aturan", "B2", "kurang dari", "Pembanding"),
            ("Aturan", "D2", "keras", "Kekuatan"),
            ("Aturan", "E2", "biar", "Bila kosong"),
            ("Aturan", "F2", None, "pesan"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(
        self, client, places, admin, sheet, cell, value, sentence
    ):
        client.force_login(admin)
        said = replace(EXAMPLE, rules=EXAMPLE.rules)
        if value == "k1":
            said = replace(said, kinds=("pustu",), rows=(replace(said.rows[0], breakdown="L/P"),))
            said = replace(said, rules=())
        page = self.post(client, changed(said, sheet=sheet, cell=cell, value=value))
        assert page.status_code == 422
        faults = table(page, "Perbaikan")
        assert any(sentence in fault["Perbaikan"] for fault in faults), faults
        lines = {"–"} if sheet == "Formulir" else {cell[1:]} | ({"3"} if value in LAB else set())
        assert {(f["Lembar"], f["Baris Excel"]) for f in faults} == {(sheet, at) for at in lines}
        assert not FormVersion.objects.exists()

    def test_rules_do_not_mix_breakdowns(self, client, places, admin):
        client.force_login(admin)
        rows = (
            RowSaid("A", "1", "satu_angka", "Satu"),
            RowSaid("A", "2", "dua_angka", "Dua", breakdown="L/P"),
        )
        rules = (RuleSaid("satu_angka", "<=", "dua_angka", "Tidak boleh."),)
        page = self.post(client, sent_back(replace(EXAMPLE, rows=rows, rules=rules)))
        assert "mencampur" in page.content.decode()

    @pytest.mark.parametrize("row", [{"code": "antenatal_visits"}, {"kind": Kind.STOCK}])
    def test_a_weekly_form_counts_only_what_happens_and_is_reported(
        self, client, places, admin, row
    ):
        client.force_login(admin)
        said = replace(EXAMPLE, weekly=True, rules=(), rows=(replace(EXAMPLE.rows[0], **row),))
        page = self.post(client, sent_back(said))
        assert "Formulir mingguan hanya untuk kejadian" in page.content.decode()

    def test_a_sum_is_not_said_under_a_code_of_another_form(self, client, places, admin):
        client.force_login(admin)
        rows = (*EXAMPLE.rows[:2], replace(EXAMPLE.rows[2], code="f1_nifas"))
        page = self.post(client, sent_back(replace(EXAMPLE, rules=(), rows=rows)))
        assert "sudah ditanyakan di F1 Gizi" in page.content.decode()

    def test_no_workbook_at_all(self, client, places, admin):
        client.force_login(admin)
        page = self.post(client, b"ini bukan excel")
        assert page.status_code == 422
        assert "Lembar “Formulir”" in page.content.decode()

    def test_a_month_that_is_none(self, client, places, admin):
        client.force_login(admin)
        page = self.post(client, sent_back(EXAMPLE), since="besok")
        assert page.status_code == 422
        assert "2026-01" in page.content.decode()

    def test_a_preview_of_another_is_not_taken(self, client, places, admin):
        client.force_login(admin)
        parcel = parcel_of(self.post(client, sent_back(EXAMPLE)))
        other = worker(Role.ADMIN_DINAS, places["district"])
        client.force_login(other)
        answer = client.post(reverse("reporting:form-confirm"), {"isi": parcel}, follow=True)
        assert "Pratinjau sudah kedaluwarsa" in answer.content.decode()
        assert not FormVersion.objects.exists()

    def test_an_end_on_the_page(self, client, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        client.force_login(admin)
        address = reverse("reporting:form-end", args=["UJI-1"])
        assert "2026-01" in client.post(address, {"bulan": "x"}, follow=True).content.decode()
        client.post(address, {"bulan": "2025-03"})
        assert FormVersion.objects.get().until == MARCH

    @pytest.mark.parametrize("role", [Role.KEPALA_DINAS, Role.ADMIN_PUSKESMAS, Role.LIHAT])
    def test_others_do_not_see_it(self, client, places, role):
        client.force_login(worker(role, places["district"]))
        assert client.get(reverse("reporting:form-list")).status_code == 403
