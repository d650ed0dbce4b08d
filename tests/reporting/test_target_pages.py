"""Sasaran on the page: seen by all, set by workbook by those who may."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ilp.core.months import Month
from reporting.models import Target, TargetSet
from tests.factories import worker
from tests.reporting.sasaran import FIRST, HEAD, ONE, TWO, book, put, read


@pytest.fixture
def admin(tree):
    client = Client()
    client.force_login(worker("admin_dinas", tree["district"]))
    return client


def send(client, file, **more):
    data = {"year": 2025, "month": 1, "basis": "proyeksi", "source": "SK 7", **more}
    upload = SimpleUploadedFile("sasaran.xlsx", file.read())
    return client.post("/sasaran/periksa/", data | {"file": upload})


def boxed(page):
    """The file that the page carries for its sender."""
    return page.content.decode().split('name="berkas" value="')[1].split('"')[0]


def parcel(page):
    return page.content.decode().split('name="isi" value="')[1].split('"')[0]


def test_a_workbook_is_shown_first_and_kept_when_confirmed(tree, admin):
    put(tree, [(ONE, "S_BUMIL", 30)])

    look = send(admin, book(HEAD, (FIRST, "x", 50, None), (ONE, "x", 40, None), (TWO, "y", 25, 7)))

    assert look.status_code == 200
    assert TargetSet.objects.count() == 1, "a preview writes nothing"
    shown = " ".join(look.content.decode().split())
    assert '<td class="num">30</td> <td class="num"><strong>75</strong></td>' in shown

    answer = admin.post("/sasaran/simpan/", {"isi": parcel(look)}, follow=True)
    assert "versi 2 tersimpan" in answer.content.decode()
    assert read(tree)["district"] == 75
    made = TargetSet.objects.get(version=2)
    assert (made.source, made.since, made.targets.count()) == ("SK 7", Month(2025, 1), 4)


def test_a_workbook_with_one_wrong_cell_sets_nothing(tree, admin):
    page = send(admin, book(HEAD, (ONE, "x", 40, "tujuh"), (TWO, "y", 25, 7)))

    assert page.status_code == 422
    assert "Tidak ada yang disimpan: 1 sel" in page.content.decode()
    assert "<td>S_LH</td>" in page.content.decode()
    assert not Target.objects.exists()


def test_a_preview_belongs_to_its_uploader_and_cannot_be_changed(tree, admin):
    sealed = parcel(send(admin, book(HEAD, (ONE, "x", 40, 7))))
    other = Client()
    other.force_login(worker("admin_dinas", tree["district"]))

    for client, text in ((other, sealed), (admin, sealed[:-2] + "xx"), (admin, "")):
        answer = client.post("/sasaran/simpan/", {"isi": text}, follow=True)
        assert "kedaluwarsa" in answer.content.decode()
    assert not TargetSet.objects.exists()


@pytest.mark.parametrize("role", ["programmer", "lihat"])
def test_readers_see_the_table_and_no_upload(tree, role):
    put(tree, [(ONE, "S_BUMIL", 1234), (ONE, "S_BULIN", 1300)])
    client = Client()
    client.force_login(worker(role, tree["district"]))

    page = client.get("/sasaran/?tahun=2025").content.decode()

    assert "1.234" in page
    assert "lebih kecil daripada ibu bersalin" in page
    assert "Unduh templat" not in page
    assert client.get("/sasaran/templat.xlsx").status_code == 403
    assert send(client, book(HEAD, (ONE, "x", 1, 1))).status_code == 403


def test_the_page_of_a_year_without_sasaran(admin):
    page = admin.get("/sasaran/?tahun=2024")

    assert page.status_code == 200
    assert "Belum ada sasaran 2024" in page.content.decode()
    assert admin.get("/sasaran/?w=88.88").status_code == 404
    assert admin.get("/sasaran/templat.xlsx?tahun=2024").status_code == 200


def test_a_puskesmas_reads_its_districts_sasaran(tree):
    client = Client()
    client.force_login(worker("admin_puskesmas", tree["first"]))

    assert client.get("/sasaran/").status_code == 200
    client.force_login(worker("ti", tree["district"]))
    assert client.get("/sasaran/").status_code == 403


def test_an_unknown_name_is_chosen_once_and_known_from_then_on(tree, admin):
    file = book(("Desa", "Bumil"), ("Setu", 40), ("Desa dua", 25)).read()

    page = send(admin, BytesIO(file))

    assert page.status_code == 422
    text = page.content.decode()
    assert "Maksudnya Desa/kelurahan Desa satu?" in text
    assert f'<option value="{ONE}" selected>' in text
    sent = {"berkas": boxed(page), "tempat-0": ONE}
    look = admin.post("/sasaran/nama/?tahun=2025", sent)
    assert "Simpan sebagai versi baru?" in look.content.decode()
    assert not TargetSet.objects.exists()
    admin.post("/sasaran/simpan/", {"isi": parcel(look)})
    assert read(tree)["desa_satu"] == 40
    assert send(admin, BytesIO(file)).status_code == 200, "the name is known"


def test_a_refused_file_comes_back_with_its_faults_marked(tree, admin):
    page = send(admin, book(HEAD, (ONE, "x", 40, "tujuh"), (TWO, "y", 25, 7)))

    answer = admin.post("/sasaran/tanda/?tahun=2025", {"berkas": boxed(page)})

    assert answer["Content-Disposition"].endswith('filename="sasaran - perlu diperbaiki.xlsx"')
    marked = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    assert marked.sheetnames == ["Ringkasan", "Sasaran"]
    sheet = marked["Sasaran"]
    assert sheet["E1"].value == "KESALAHAN – MOHON PERBAIKI"
    assert sheet["E2"].value.startswith("PERBAIKI – S_LH: ")
    assert "bukan bilangan bulat" in sheet["D2"].comment.text
    sheet["D2"] = 7
    repaired = BytesIO()
    marked.save(repaired)
    assert send(admin, BytesIO(repaired.getvalue())).status_code == 200


def test_a_file_between_two_pages_is_its_senders_alone(tree, admin):
    sealed = boxed(send(admin, book(HEAD, (ONE, "x", 40, "tujuh"))))
    other = Client()
    other.force_login(worker("admin_dinas", tree["district"]))
    for client, text in ((other, sealed), (admin, f"{sealed[:-8]}AAAAAAA="), (admin, "")):
        for path in ("nama", "tanda"):
            answer = client.post(f"/sasaran/{path}/", {"berkas": text}, follow=True)
            assert "kedaluwarsa" in answer.content.decode()
    reader = Client()
    reader.force_login(worker("programmer", tree["district"]))
    for path in ("nama", "tanda"):
        assert reader.post(f"/sasaran/{path}/", {"berkas": sealed}).status_code == 403


def test_what_is_odd_is_said_before_it_is_kept(tree, admin):
    page = send(admin, book(("Desa", "Bumil", "Baduta"), ("Desa satu", 40, 3), ("Jumlah", 44, 3)))
    text = page.content.decode()
    assert "Jumlah Ibu hamil tertulis 44, sedangkan baris-barisnya berjumlah 40" in text
    assert "kolom “Baduta” tidak dikenal" in text


def test_a_list_goes_through_the_same_door(tree, admin):
    put(tree, [(ONE, "S_BUMIL", 30)])
    head = ("Desa", "Sasaran", "Tahun", "Jumlah")
    rows = ("Setu", "Bumil", 2025, 40), ("Desa dua", "Bumil", 2025, 25), ("Setu", "Bumil", 2025, 41)

    page = send(admin, book(head, *rows))
    text = page.content.decode()
    assert "Maksudnya Desa/kelurahan Desa satu?" in text
    page = admin.post("/sasaran/nama/?tahun=2025", {"berkas": boxed(page), "tempat-0": ONE})
    assert "Sasaran Ibu hamil untuk Desa/kelurahan Desa satu sudah ada di baris 2." in (
        page.content.decode()
    )
    marked = admin.post("/sasaran/tanda/?tahun=2025", {"berkas": boxed(page)}).getvalue()
    sheet = openpyxl.load_workbook(BytesIO(marked))["Sasaran"]
    assert sheet["E4"].value.startswith("PERBAIKI – Jumlah: ")
    look = send(admin, book(head, *rows[:2], ("Desa dua", "Bayi kembar", 2025, 1)))
    shown = " ".join(look.content.decode().split())
    assert '<td class="num">30</td> <td class="num"><strong>65</strong></td>' in shown
    assert "sasaran “Bayi kembar” tidak dikenal, jadi 1 baris dilewati." in shown
    admin.post("/sasaran/simpan/", {"isi": parcel(look)})
    assert read(tree)["district"] == 65
