"""Twenty thousand rows from a browser, dropped or chosen, over a line that breaks."""

import os
import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from clusters.models import Growth
from facilities.roles import Role
from tests.clusters import workbooks

ROWS = 20_000
SHOTS = os.environ.get("ILP_SHOTS")


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A workbook of so many children, each weighed once."""
    rows = []
    for number in range(ROWS):
        born = date(2022, 1, 1) + timedelta(days=number % 900)
        rows.append(
            workbooks.GROWTH | {
                "NIK": workbooks.nik(number // 900 + 1, born, "L"), "Nama": f"Anak {number}",
                "Tanggal lahir": born, "Tanggal kunjungan": date(2025, 5, 1 + number % 28),
                "Berat badan (kg)": 9 + number % 40 / 10, "Panjang/tinggi badan (cm)": 80,
            }
        )  # fmt: skip
    path = tmp_path_factory.mktemp("large") / "timbang.xlsx"
    path.write_bytes(workbooks.file(*rows))
    return path


DROP = """async ([selector, name, address]) => {
  const bytes = await (await fetch(address)).arrayBuffer();
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { lastModified: 1 }));
  const at = document.querySelector(selector);
  at.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def put(visitor, path, dropped):
    if not dropped:
        visitor.page.set_input_files("input[type=file]", path)
        return
    visitor.page.route("**/contoh-berkas", lambda route: route.fulfill(path=path))
    visitor.page.evaluate(DROP, ["form[data-pieces]", path.name, "/contoh-berkas"])
    chosen = visitor.page.evaluate("document.querySelector('input[type=file]').files[0].size")
    assert chosen == path.stat().st_size


def bad_line(fates):
    """Loses pieces as told, and takes a moment for each of the others."""
    coming = iter(fates)

    def carry(route):
        if next(coming, "") == "lost":
            route.abort()
        else:
            time.sleep(0.2)
            route.continue_()

    return carry


@pytest.mark.parametrize(("width", "height", "dropped"), [(1366, 768, True), (360, 740, False)])
def test_it_is_seen_on_its_way_and_comes_in_whole(
    visit, worker, district, large, width, height, dropped
):
    nakes = visit(Role.ADMIN_PUSKESMAS, width=width, height=height)
    nakes.go("/unggah/baru/")
    nakes.page.select_option("select[name=service]", "growth")
    put(nakes, large, dropped)
    nakes.page.route("**/unggah/bagian/", bad_line(["lost", "", "lost"]))
    nakes.page.click("main form[enctype] button[type=submit]")
    nakes.page.wait_for_selector("text=Sambungan terputus")
    if SHOTS:
        nakes.page.screenshot(path=Path(SHOTS) / f"sending-{width}.png")
    nakes.page.wait_for_selector("text=Mengirim…")
    nakes.page.wait_for_url(re.compile(r"/unggah/\d+/"), timeout=60_000)
    nakes.page.wait_for_selector("progress")
    nakes.until("20.000 baris dibaca", seconds=120)
    assert nakes.wide <= width
    nakes.follow("text=Terima 20.000 baris yang benar")
    nakes.until("20.000 baris diterima", seconds=120)
    assert Growth.objects.count() == ROWS
    assert [e for e in nakes.errors if "net::ERR_FAILED" not in e] == []
