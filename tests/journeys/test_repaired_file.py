"""The file comes back with its faults marked, is repaired as it says, and goes in whole."""

import os
from pathlib import Path

import pytest

from facilities.roles import Role
from tests.clusters.annotating import LILA, laid_out, opened, pregnant, saved, shown, titled

SHOTS = os.environ.get("ILP_SHOTS")
ROWS = [pregnant(1), pregnant(2), pregnant(3, **{LILA: 999.0})]


def send(visitor, name, content):
    visitor.go("/unggah/baru/")
    visitor.page.select_option("select[name=service]", "antenatal")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.set_input_files("input[type=file]", file)
    visitor.follow("main form[enctype] button[type=submit]")
    visitor.until("3 baris dibaca")


def download(visitor, words):
    with visitor.page.expect_download() as coming:
        visitor.page.click(f"main a:has-text('{words}')")
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_downloaded_repaired_and_sent_again(visit, worker, district, width, height):
    bidan = visit(Role.ADMIN_PUSKESMAS, width=width, height=height)
    send(bidan, "KIA Mei.xlsx", laid_out(*ROWS))
    assert bidan.wide <= width
    if SHOTS:
        bidan.page.screenshot(path=Path(SHOTS) / f"repair-{width}.png", full_page=True)
    bidan.follow("text=Terima 2 baris yang benar")
    bidan.until("2 baris diterima")
    name, content = download(bidan, "Unduh berkas dengan tanda kesalahan")
    assert name == "KIA Mei - perlu diperbaiki.xlsx"
    assert download(bidan, "Hanya baris bermasalah")[0] == "KIA Mei - hanya baris bermasalah.xlsx"
    book = opened(content)
    (row,) = shown(book["Mei 2025"])
    page = book["Mei 2025"]
    page.cell(row, titled(page, LILA).column).value = 24.5

    send(bidan, name, saved(book))
    bidan.follow("text=Terima 3 baris yang benar")
    bidan.until("1 baris diterima")
    assert bidan.errors == []
