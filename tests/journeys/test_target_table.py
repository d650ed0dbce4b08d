"""A Dinas admin sends the table of sasaran that the office keeps, at both widths."""

import os
from pathlib import Path

import openpyxl
import pytest

from facilities.roles import Role
from reporting.models import Target
from tests.clusters.workbooks import workbook

SHOTS = os.environ.get("ILP_SHOTS")
TITLES = [
    ["PEMERINTAH KABUPATEN CONTOH"], ["SASARAN PROGRAM KESEHATAN TAHUN 2025"], [],
    ["NO", "PUSKESMAS", "DESA / KEL", "SASARAN", "", "", "", "Ibu hamil (%)"],
    ["", "", "", "BUMIL", "Balita", "", "", ""],
    ["", "", "", "", "L", "P", "L+P", ""],
]  # fmt: skip


def table(first="Setu", bumil="1.234"):
    rows = [
        [1, "Kenanga", first, bumil, 10, 12, 22, 90],
        [2, "Cempaka", "Dua", 25, 7, 8, 15, 80],
        ["", "JUMLAH", "", 1260, 17, 20, 37, 85],
    ]
    return workbook(Sasaran=[*TITLES, *rows, [], ["", "", "Mengetahui,"]])


def send(admin, content):
    admin.go("/sasaran/?tahun=2025")
    admin.page.fill("input[name=source]", "SK 7/2025")
    admin.page.set_input_files(
        "input[type=file]",
        {"name": "sasaran.xlsx", "mimeType": "application/octet-stream", "buffer": content},
    )
    admin.follow("#unggah button[type=submit]")


def shot(visitor, name):
    if SHOTS:
        width = visitor.page.viewport_size["width"]
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_a_table_of_sasaran_is_put_right_and_kept(visit, district, tmp_path, width, height):
    admin = visit(Role.ADMIN_DINAS, width=width, height=height)
    send(admin, table(bumil="banyak"))
    assert "Tidak ada yang disimpan" in admin.text
    assert admin.wide <= width
    shot(admin, "targets-refused")
    with admin.page.expect_download() as download:
        admin.page.click("button:has-text('Unduh berkas dengan tanda kesalahan')")
    download.value.save_as(tmp_path / "marked.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert marked["Sasaran"]["I7"].value.startswith("PERBAIKI")
    send(admin, table())
    admin.follow("button:has-text('Ingat dan periksa lagi')")
    assert "Simpan sebagai versi baru?" in admin.text
    assert "berjumlah 1.259" in admin.text
    assert "kolom “Ibu hamil (%)” tidak dikenal" in admin.text
    assert admin.wide <= width
    shot(admin, "targets-preview")
    admin.follow("button:has-text('Simpan versi baru')")
    assert "Sasaran versi 1 tersimpan" in admin.text
    assert Target.objects.count() == 4
    assert all("422" in one for one in admin.errors), admin.errors  # what a refusal answers
