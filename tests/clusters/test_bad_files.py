"""Every file that cannot be used, sent through the page: a sentence to act on, and nothing kept."""

from datetime import date, timedelta
from io import BytesIO

import msoffcrypto
import pytest
import xlwt
from django.urls import reverse
from django.utils import timezone
from msoffcrypto.format.ooxml import OOXMLFile

from clusters.actions.locks import lock_month
from clusters.models import Antenatal, Person, Upload
from ilp.core.months import Month
from tests.clusters.excel import files
from tests.clusters.sending import send, sent
from tests.clusters.workbooks import ANTENATAL, file, sheet, workbook


def locked_with_a_password() -> bytes:
    """A workbook that Excel would ask a password for."""
    target = BytesIO()
    OOXMLFile(BytesIO(file(ANTENATAL))).encrypt("rahasia-42", target)
    return target.getvalue()


def old_workbook(*rows) -> bytes:
    """An xls as Excel 97 wrote it."""
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    as_date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate(sheet(rows)):
        for column, value in enumerate(row):
            look = [as_date] if isinstance(value, date) else []
            page.write(number, column, value, *look)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


UNUSABLE = {
    "not an Excel": (lambda: b"%PDF-1.7 surat", "Berkas ini PDF, bukan Excel"),
    "a web page": (lambda: b"<html><table><tr><td>1", "halaman web yang diberi nama Excel"),
    "corrupt": (lambda: file(ANTENATAL)[:-300], "Berkas rusak dan tidak dapat dibaca"),
    "cut off": (lambda: old_workbook(ANTENATAL)[:700], "Berkas rusak dan tidak dapat dibaca"),
    "locked": (locked_with_a_password, "Berkas terkunci sandi. Buka di Excel, hapus sandi"),
    "no rows": (lambda: files.workbook([]), "Berkas kosong. Isi lembar data dahulu"),
    "too many rows": (lambda: files.many_rows(200_001), "baris. Bagi menjadi beberapa berkas"),
    "a bomb": (lambda: files.handmade(" " * 50_000_000), "membengkak"),
    "unknown titles": (lambda: workbook(Data=[["a", "b"], [1, 2]]), "Baris judul"),
}


@pytest.mark.parametrize(("made", "sentence"), UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_file_is_told_of_in_a_sentence_and_leaves_nothing(page, tree, made, sentence):
    upload = sent(page, tree, made())
    is_read = sentence == "Baris judul"  # and what its columns are can be said on a page
    assert upload.status == (Upload.Status.ASKING if is_read else Upload.Status.FAILED)
    shown = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    assert sentence in shown
    assert "Tidak ada yang disimpan dari berkas ini" in shown
    assert "Traceback" not in shown
    assert not Antenatal.objects.exists()
    assert not Person.objects.exists()


def test_the_password_of_the_test_is_a_real_one():
    locked = msoffcrypto.OfficeFile(BytesIO(locked_with_a_password()))
    assert locked.is_encrypted()


@pytest.mark.parametrize("name", ["mei.xls", "mei.xlsx"])
def test_an_old_workbook_is_read_whatever_it_is_called(page, tree, name):
    upload = sent(page, tree, old_workbook(ANTENATAL), name=name)
    assert (upload.status, upload.new, upload.rejected) == ("previewed", 1, 0)


def test_an_empty_file_and_a_foreign_facility_do_not_even_start(page, tree):
    assert "Berkas kosong" in send(page, tree, b"").content.decode()
    answer = send(page, tree, file(ANTENATAL), at="second")
    assert "Faskes itu bukan wilayah kerja Anda" in answer.content.decode()
    assert not Upload.objects.exists()


TOMORROW = timezone.localdate() + timedelta(days=1)
BAD_ROWS = {
    "unknown facility": ({"Kode faskes": "X-99"}, "Kode faskes tidak dikenal. Pakai kode"),
    "foreign facility": (
        {"Kode faskes": "99.01.02.2001-PSY-001"},
        "Faskes ini bukan wilayah kerja Anda",
    ),
    "in the future": ({"Tanggal kunjungan": TOMORROW}, "Tanggal kunjungan sesudah hari ini"),
    "before birth": (
        {"Tanggal kunjungan": date(1990, 3, 11)},
        "Tanggal kunjungan sebelum tanggal lahir",
    ),
    "locked month": ({"Tanggal kunjungan": date(2025, 4, 8)}, "sudah dikunci Dinas Kesehatan"),
    "no number": ({"LILA (cm)": "dua puluh"}, "LILA (cm)"),
    "impossible": ({"LILA (cm)": 999}, "tidak mungkin"),
}


@pytest.mark.parametrize(("change", "sentence"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_told_of_in_a_sentence_beside_the_good_one(page, tree, change, sentence):
    lock_month(district=tree["district"], month=Month(2025, 4), by=None)
    bad = ANTENATAL | {"NIK": None, "Nama": "Contoh Dua"} | change
    upload = sent(page, tree, file(ANTENATAL, bad))
    assert (upload.status, upload.new, upload.rejected) == ("previewed", 1, 1)
    shown = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    assert sentence in shown
    assert "Terima 1 baris yang benar" in shown
    assert not Antenatal.objects.exists(), "a preview writes nothing"


def test_a_column_of_american_dates_is_explained_as_a_whole(page, tree):
    rows = [ANTENATAL | {"NIK": None, "Tanggal kunjungan": d} for d in ("05/06/2025", "05/25/2025")]
    upload = sent(page, tree, file(*rows))
    assert (upload.new, upload.rejected) == (0, 2)
    shown = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    assert "(cara Amerika)" in shown


def test_a_nik_kept_as_a_number_and_a_decimal_comma_are_taken_with_a_word(page, tree):
    upload = sent(page, tree, file(ANTENATAL | {"NIK": 9901015203900001, "LILA (cm)": "24,1"}))
    assert (upload.new, upload.rejected) == (1, 0)
    shown = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    assert "Ubah format kolom menjadi Teks" in shown
