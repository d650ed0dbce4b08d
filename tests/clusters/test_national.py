"""Files that staff export from the national applications, sent without being changed."""

from datetime import date
from io import BytesIO

import xlsxwriter

from clusters.models import Adult, Elderly, Growth
from tests.clusters.workbooks import nik, refused, sheet

BORN = date(2024, 3, 10)
MEASURED = {
    **{"No": 1, "NIK": nik(2, BORN, "L"), "Nama": "ANAK CONTOH", "JK": "L"},
    **{"Tgl Lahir": "2024-03-10", "BB Lahir": 3.1, "TB Lahir": 49, "Nama Ortu": "IBU CONTOH"},
    **{"Prov": "CONTOH", "Kab/Kota": "CONTOH", "Kec": "SATU", "Pukesmas": "KENANGA"},
    **{"Desa/Kel": "SATU", "Posyandu": "MELATI", "RT": "001", "RW": "002", "Alamat": "JL CONTOH"},
    **{"Usia Saat Ukur": "1 Tahun - 1 Bulan - 26 Hari", "Tanggal Pengukuran": "2025-05-06"},
    **{"Berat": 9.4, "Tinggi": 76.5, "Cara Ukur": "Terlentang", "LiLA": 14.2},
    **{"BB/U": "Berat Badan Normal", "ZS BB/U": -0.4, "TB/U": "Normal", "ZS TB/U": -0.9},
    **{"BB/TB": "Gizi Baik", "ZS BB/TB": 0.1, "Naik Berat Badan": "N"},
    **{"PMT Diterima (kg)": 2.5, "Jml Vit A": 1, "KPSP": None, "KIA": "Ya", "Detail": "Detail"},
}
INFANT = MEASURED | {
    **{"No": 2, "NIK": nik(3, date(2024, 8, 2)), "Nama": "BAYI CONTOH", "JK": "P"},
    **{"Tgl Lahir": "2024-08-02", "Tanggal Pengukuran": "2025-05-06", "Berat": "7,9"},
    **{"Tinggi": 68.0, "Cara Ukur": "Terlentang", "PMT Diterima (kg)": 0, "Jml Vit A": 1},
    **{"Kelas Ibu Balita": "Tidak", "MBG": "Ya"},
}
NO_CAPSULE = MEASURED | {
    **{"No": 3, "NIK": nik(4, date(2022, 1, 5)), "Nama": "BALITA CONTOH", "JK": "P"},
    **{"Tgl Lahir": "2022-01-05", "Berat": 13.1, "Tinggi": 94.0, "Cara Ukur": "Berdiri"},
    **{"PMT Diterima (kg)": "-", "Jml Vit A": "-"},
}


def exported(rows, *, above=(), hidden=()):
    """A workbook as a portal writes it: titles above, and columns that somebody hid."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Worksheet")
        table = sheet(rows, above=above)
        for number, row in enumerate(table):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    day = book.add_format({"num_format": "dd/mm/yyyy"})
                    page.write_datetime(number, at, value, day)
                elif value is not None:
                    page.write(number, at, value)
        for title in hidden:
            at = table[len(above)].index(title)
            page.set_column(at, at, None, None, {"hidden": True})
    return target.getvalue()


def test_measurements_of_e_ppgbm_go_in_as_they_were_exported(take, tree):
    above = [["DATA PENGUKURAN BALITA"], ["PUSKESMAS KENANGA"], ["BULAN MEI 2025"], []]
    content = exported(
        [MEASURED, INFANT, NO_CAPSULE], above=above, hidden=("NIK", "RT", "Tanggal Pengukuran")
    )
    result = take(content=content)
    assert (result.service, result.read, result.new) == ("growth", 3, 3), result.issues
    assert (result.headers["unknown"], result.headers["guessed"]) == ([], {})
    assert {"ZS BB/U", "Usia Saat Ukur", "Pukesmas", "MBG"} <= set(result.headers["ignored"])
    toddler, infant, child = Growth.objects.order_by("row")
    assert (float(toddler.weight), float(toddler.height), float(toddler.muac)) == (9.4, 76.5, 14.2)
    assert [v.measured for v in (toddler, infant, child)] == ["l", "l", "h"]
    assert {visit.home for visit in (toddler, infant, child)} == {tree["melati"]}
    assert {visit.seen_on for visit in (toddler, infant, child)} == {date(2025, 5, 6)}
    assert infant.mothers_class is False


def test_a_number_of_capsules_is_the_capsule_of_the_age_and_food_by_weight_is_food(take):
    take(content=exported([MEASURED, INFANT, NO_CAPSULE]))
    visits = Growth.objects.order_by("row")
    assert [visit.vitamin_a for visit in visits] == ["merah", "biru", "tidak"]
    assert [visit.extra_food for visit in visits] == [True, False, False]


def test_an_amount_that_is_none_is_refused_with_a_sentence(take):
    for said in ("banyak sekali", -2):
        result = take(content=exported([MEASURED | {"PMT Diterima (kg)": said}]))
        assert refused(result) == [(2, "PMT Diterima (kg)", "not-yes-no")]


CHECKED = {
    **{"No": 1, "NIK": nik(8, date(1958, 6, 3)), "Nama Pasien": "LANSIA CONTOH", "JK": "P"},
    **{"Tgl Lahir": "03/06/1958", "Nama Wali": "WALI", "Kelurahan": "SATU"},
    **{"Kode Posyandu": "MELATI", "Tanggal Pemeriksaan": "06/05/2025", "Status CKG": "SUDAH CKG"},
    **{"Status Perkawinan": "Kawin", "Hamil": "Tidak", "Disabilitas": "Tidak", "Minat": 0},
    **{"Sedih": 0, "Cemas": 1, "Khawatir": 0, "Frekuensi Olahraga": 3, "Durasi Olahraga": 30},
    **{"Riwayat HT": "ya", "Riwayat DM": "tidak", "Riwayat Hepatitis": "tidak"},
    **{"TB": 150, "BB": 52, "LP": 84, "Sistole": 150, "Diastole": 95, "GDS": 130, "GDP": 99},
    **{"Kolesterol": 210, "Trigliserida": 140, "Karies": "tidak", "Gigi Hilang": "ya"},
    **{"BAB": 2, "BAK": 2, "Bersih Diri": 1, "WC": 2, "Makan": 2, "Berpindah": 3, "Berjalan": 3},
    **{"Berpakaian": 2, "Tangga": 2, "Mandi": 1, "Total Barthel": 20},
    **{"Tingkat Kemandirian": "Mandiri"},
}


def test_a_table_of_free_checks_goes_in_as_screening_of_the_elderly(take, tree):
    result = take(content=exported([CHECKED]), service="elderly")
    assert (result.read, result.new) == (1, 1), result.issues
    assert (result.headers["unknown"], result.headers["guessed"]) == ([], {})
    assert {"Nama Wali", "GDP", "BB", "Tingkat Kemandirian"} <= set(result.headers["ignored"])
    visit = Elderly.objects.get()
    assert (visit.ckg, visit.aks_score, visit.systole, visit.cholesterol) == (True, 20, 150, 210)
    assert (visit.aks_bowels, visit.aks_toilet, visit.home) == (2, 2, tree["melati"])


def test_the_same_table_goes_in_as_screening_of_adults(take):
    young = CHECKED | {"NIK": nik(9, date(1985, 6, 3)), "Tgl Lahir": "03/06/1985"}
    result = take(content=exported([young]), service="adult")
    assert (result.read, result.new) == (1, 1), result.issues
    assert (result.headers["unknown"], result.headers["guessed"]) == ([], {})
    visit = Adult.objects.get()
    assert (float(visit.weight), float(visit.waist), visit.ckg) == (52, 84, True)
    assert (visit.known_hypertension, visit.known_diabetes) == (True, False)


def test_a_status_that_is_no_finished_check_is_refused_with_a_sentence(take):
    result = take(content=exported([CHECKED | {"Status CKG": "GAGAL DUKCAPIL"}]), service="elderly")
    assert refused(result) == [(2, "Status CKG", "not-yes-no")]
