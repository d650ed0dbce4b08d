"""A messy workbook becomes a number on the dashboard, and the number opens down to its row."""

from datetime import date

import pytest

from facilities.models import Facility
from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.targets import set_targets
from tests.clusters import workbooks

MAY = date(2026, 5, 6)


def messy():
    """Title rows, other spellings, mixed dates and decimals, and three rows that cannot go in."""

    def born(day):
        return f"{day:%d/%m/%Y}"

    mothers = [
        {
            "NIK": workbooks.nik(n, date(1995, 4, n)), "NAMA IBU HAMIL": None,
            "Nama": f"Contoh {n}", "TGL LHR": born(date(1995, 4, n)), "JK": "Perempuan",
            "Posyandu": "Melati", "Tgl Kunjungan": f"{n:02d} Mei 2026", "UK": 8,
            "BB": "52,5", "LILA": "24,1", "Hb": "11.2", "Pemeriksa": "Dokter", "USG": "v",
        }
        for n in range(1, 7)
    ]  # fmt: skip
    bad = [
        mothers[0] | {"NIK": workbooks.nik(90, date(1995, 4, 1)), "Tgl Kunjungan": "06/05/2099"},
        mothers[1] | {"NIK": workbooks.nik(91, date(1995, 4, 2)), "Posyandu": "Tidak Ada"},
        mothers[2] | {"NIK": workbooks.nik(92, date(1995, 4, 3)), "BB": "525"},
    ]
    rows = [{k: v for k, v in row.items() if k != "NAMA IBU HAMIL"} for row in [*mothers, *bad]]
    above = [["REGISTER IBU HAMIL"], ["PUSKESMAS KENANGA"], []]
    return workbooks.workbook(MEI=workbooks.sheet(rows, above=above))


@pytest.fixture
def sasaran(district):
    desa = Facility.objects.filter(kind=Facility.Kind.DESA)
    set_targets(
        district=district["district"], year=2026, basis="proyeksi", since=Month(2026, 1),
        source="SK contoh", rows=[(d.code, c, 60) for d in desa for c in ("S_BUMIL", "S_BULIN")],
        by=None,
    )  # fmt: skip


def test_from_workbook_to_number_and_back_to_the_row(visit, worker, sasaran, site):
    nakes = visit(Role.ADMIN_PUSKESMAS)
    assert nakes.go("/unggah/baru/") == 200
    nakes.page.select_option("select[name=service]", "antenatal")
    nakes.page.set_input_files(
        "input[type=file]",
        {"name": "register mei.xlsx", "mimeType": "application/octet-stream", "buffer": messy()},
    )
    nakes.follow("main form[enctype] button[type=submit]")
    nakes.until("9 baris dibaca")
    assert "6" in nakes.text
    nakes.follow("text=Terima 6 baris yang benar")
    nakes.until("6 baris diterima")
    assert nakes.errors == []

    head = visit(Role.KEPALA_DINAS)
    head.go("/indikator/IB02/?w=99.01&p=2026-05")
    head.until("6 dari 120")
    assert head.page.get_attribute("data.figure[data-indicator=IB02]", "value") == "5.0"

    drilled = visit(Role.ADMIN_PUSKESMAS)
    for code in ("P9901010101", "99.01.01.2001"):
        assert drilled.go(f"/indikator/IB02/?w={code}&p=2026-05") == 200
        assert "6 dari 60" in drilled.text
    assert drilled.go("/indikator/IB02/?w=99.01.01.2001-PSY-001&p=2026-05") == 200
    drilled.follow("a[href*='/kunjungan/?']")
    drilled.follow("main table a[href*='/kunjungan/antenatal/']")
    assert "register mei.xlsx" in drilled.text
    assert "baris" in drilled.text
    assert workbooks.nik(1, date(1995, 4, 1)) not in drilled.page.content()


def test_drilling_ends_where_names_begin(visit, sasaran):
    head = visit(Role.KEPALA_DINAS)

    head.go("/indikator/IB02/?w=99.01.01.2001-PSY-001&p=2026-05")

    assert not head.page.query_selector_all("a[href*='/kunjungan/?']")
    assert head.go("/kunjungan/?w=99.01.01.2001-PSY-001&s=antenatal&p=2026-05") in (403, 404)
