"""Files as they come: layouts, totals, several sheets, other programs' exports."""

from datetime import date

import pytest

from clusters.excel.errors import (
    MissingColumns,
    NoHeader,
    NothingOfTheService,
    ServiceNotRecognised,
)
from clusters.models import Adult, Antenatal, Growth, Immunisation, Person
from tests.clusters.workbooks import (
    ADULT,
    ANTENATAL,
    CHILD,
    IMMUNISATION,
    refused,
    sheet,
    workbook,
)


def test_duplicate_rows_in_the_file(take):
    result = take(ANTENATAL, ANTENATAL, ANTENATAL | {"LILA (cm)": 25})
    assert (result.read, result.new, result.same, result.rejected) == (3, 1, 1, 1)
    assert refused(result) == [(4, "Tanggal kunjungan", "twice-in-file")]
    assert "baris 2" in result.issues[0].reason


def test_titles_totals_blank_rows_and_signatures_are_skipped(take):
    rows = sheet([ANTENATAL], above=[["LAPORAN ANC"], ["Puskesmas Kenanga"], []])
    width = len(rows[3])
    rows.insert(4, [*range(1, width + 1)])
    rows += [[], ["Jumlah", None, 1], [], ["Mengetahui"], ["Kepala Puskesmas"], ["NIP 19700101"]]
    result = take(content=workbook(Mei=rows))
    assert (result.read, result.new) == (1, 1), result.issues
    assert Antenatal.objects.get().row == 6  # as Excel numbers it


def test_several_sheets_of_the_same_layout(take):
    june = ANTENATAL | {"Tanggal kunjungan": date(2025, 6, 3), "Usia kehamilan (minggu)": 13}
    content = workbook(
        Petunjuk=[["Isi lembar Mei dan Juni"]], Mei=sheet([ANTENATAL]), Juni=sheet([june])
    )
    result = take(content=content)
    assert (result.read, result.new) == (2, 2)
    assert result.headers["skipped_sheets"] == ["Petunjuk"]
    assert set(Antenatal.objects.values_list("sheet", flat=True)) == {"Mei", "Juni"}


def test_unknown_headers_are_listed_and_known_ones_said_not_to_be_imported(take):
    result = take(ANTENATAL | {"Warna mata": "coklat", "No": 1, "Alamat": "Jalan"})
    assert result.headers["unknown"] == ["Warna mata"]
    assert set(result.headers["ignored"]) == {"No", "Alamat"}
    assert result.new == 1


def test_blood_pressure_in_one_cell(take):
    take(ADULT)
    visit = Adult.objects.get()
    assert (visit.systole, visit.diastole, visit.bp_class) == (150, 95, "T")


def test_td_in_an_antenatal_file_is_pressure_when_it_looks_so(take):
    row = {k: v for k, v in ANTENATAL.items() if "stole" not in k}
    take(row | {"TD": "120/80"})
    assert Antenatal.objects.get().systole == 120
    take(row | {"TD": "T2", "Tanggal kunjungan": date(2025, 5, 20), "HPHT": None})
    assert Antenatal.objects.latest("seen_on").td_status == "T2"


def test_ticks_become_codes(take):
    take(IMMUNISATION | {"BCG": "√", "OPV 1": "tidak"})
    assert Immunisation.objects.get().antigens == ["BCG", "IPV2", "MR1"]


def test_an_antenatal_file_may_call_the_woman_ibu_and_lack_a_sex(take):
    row = {k: v for k, v in ANTENATAL.items() if k not in ("Nama", "Jenis kelamin")}
    result = take(row | {"Nama Ibu": "Contoh Satu"}, service="antenatal")
    assert result.new == 1, result.issues
    assert Person.objects.get().name == "Contoh Satu"


def test_the_export_of_e_ppgbm(take, tree):
    row = {
        **{"No": 1, "NIK": "9901011003240002", "Nama": "Anak Contoh", "JK": "L"},
        **{"Tgl Lahir": "2024-03-10", "BB Lahir": 3.1, "TB Lahir": 49, "Nama Ortu": "IBU"},
        **{"Prov": "CONTOH", "Kab/Kota": "CONTOH", "Kec": "SATU", "Pukesmas": "KENANGA"},
        **{"Desa/Kel": "SATU", "Posyandu": "MELATI", "RT": 1, "RW": 2, "Alamat": "-"},
        **{"Usia Saat Ukur": "1 Tahun - 1 Bulan - 26 Hari", "Tanggal Pengukuran": "2025-05-06"},
        **{"Berat": 9.4, "Tinggi": 76.5, "Cara Ukur": "Terlentang", "LiLA": 14.2},
        **{"BB/U": "Normal", "ZS BB/U": -0.4, "TB/U": "Normal", "ZS TB/U": -0.9},
        **{"BB/TB": "Gizi Baik", "ZS BB/TB": 0.1, "Naik Berat Badan": "N", "Detail": "lihat"},
        **{"PMT Diterima (kg)": None, "Jml Vit A": "-", "KPSP": None, "KIA": "Ya"},
    }
    result = take(row)
    assert (result.service, result.new, result.headers["unknown"]) == ("growth", 1, []), result
    visit = Growth.objects.get()
    assert (float(visit.weight), float(visit.height), visit.measured) == (9.4, 76.5, "l")
    assert (float(visit.muac), visit.kia_book, visit.home) == (14.2, True, tree["melati"])
    assert "ZS BB/U" in result.headers["ignored"]


def test_what_cannot_be_a_file_of_visits(take):
    fruit = workbook(Data=[["Apel", "Jeruk"], [1, 2]])
    with pytest.raises(ServiceNotRecognised):
        take(content=fruit)
    with pytest.raises(NoHeader):
        take(content=fruit, service="growth")
    with pytest.raises(MissingColumns) as missing:
        take({"Nama": "A", "Berat badan": 3, "Tinggi badan": 4}, service="growth")
    assert "Tanggal lahir" in missing.value.sentence
    with pytest.raises(NothingOfTheService):
        take(CHILD | {"Catatan": "x"}, service="growth")
