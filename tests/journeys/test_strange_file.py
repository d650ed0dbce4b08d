"""A file with titles of its own goes in from the browser, at both widths, as it is."""

import os
from pathlib import Path

import pytest

from facilities.roles import Role
from tests.clusters import workbooks

SHOTS = os.environ.get("ILP_SHOTS")
TITLES = {
    "Nama": "Anak ditimbang",
    "Tanggal lahir": "Hari jadi",
    "Tanggal kunjungan": "Datang pada",
}


def strange():
    """Fourteen children: two weights lack their comma, three live in a Posyandu that is not."""
    rows = []
    for number in range(1, 15):
        row = workbooks.GROWTH | {
            "NIK": workbooks.nik(number, workbooks.GROWTH["Tanggal lahir"], "L"),
            "Nama": f"Anak Contoh {number}",
            "Berat badan (kg)": 92 if number < 3 else 9.4,
            "Posyandu": "Melatti" if number > 11 else "Melati",
            "Keterangan lain": "hadir",
        }
        rows.append({TITLES.get(title, title): value for title, value in row.items()})
    return workbooks.workbook(MEI=workbooks.sheet(rows, above=[["PENIMBANGAN MEI"], []]))


def shot(visitor, name):
    width = visitor.page.viewport_size["width"]
    if width == 360:
        assert visitor.barriers == [], name
    if SHOTS:
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_its_columns_are_told_and_its_cells_put_right(visit, worker, district, width, height):
    nakes = visit(Role.ADMIN_PUSKESMAS, width=width, height=height)
    nakes.go("/unggah/baru/")
    nakes.page.select_option("select[name=service]", "growth")
    nakes.page.set_input_files(
        "input[type=file]",
        {"name": "timbang.xlsx", "mimeType": "application/octet-stream", "buffer": strange()},
    )
    nakes.follow("main form[enctype] button[type=submit]")
    nakes.until("Berkas ini belum dapat dibaca")
    shot(nakes, "asking")
    nakes.follow("main a:has-text('Cocokkan kolom')")
    shot(nakes, "mapping")
    assert nakes.wide <= width
    for title, name in (
        ("Anak ditimbang", "name"), ("Hari jadi", "born_on"), ("Datang pada", "seen_on"),
    ):  # fmt: skip
        nakes.page.select_option(f"tr:has(th:text-is('{title}')) select", name)
    nakes.follow("button:has-text('Pakai pemetaan ini')")
    nakes.until("14 baris dibaca")
    shot(nakes, "preview")
    assert nakes.wide <= width

    nakes.follow("button:has-text('Bagi 10 untuk 2 baris')")
    nakes.until("3 baris")
    assert nakes.page.is_visible("text=Melatti")
    nakes.follow("button:has-text('Ya, untuk semua')")
    nakes.until("Terima 14 baris yang benar")
    nakes.follow("text=Terima 14 baris yang benar")
    nakes.until("14 baris diterima")
    shot(nakes, "done")
    assert nakes.errors == []
