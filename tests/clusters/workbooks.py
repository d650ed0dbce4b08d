"""Rows and workbooks of visits as people would send them. NIK begin 990101: nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

WOMAN = {
    "NIK": "9901015203900001",
    "Nama": "Contoh Satu",
    "Tanggal lahir": date(1990, 3, 12),
    "Jenis kelamin": "P",
    "Desa": "Satu",
    "Posyandu": "Melati",
}
ANTENATAL = WOMAN | {
    "Tanggal kunjungan": date(2025, 5, 6),
    "HPHT": date(2025, 3, 4),
    "Usia kehamilan (minggu)": 9,
    "Berat badan (kg)": 52.5,
    "LILA (cm)": 24.1,
    "Sistole (mmHg)": 110,
    "Diastole (mmHg)": 70,
    "Hb (g/dL)": 11.2,
    "Pemeriksa": "Bidan",
    "TTD/MMS diberikan (tablet)": 30,
}
CHILD = {
    "NIK": "9901011003240002",
    "Nama": "Anak Contoh",
    "Nama ibu": "Ibu Contoh",
    "Tanggal lahir": date(2024, 3, 10),
    "Jenis kelamin": "L",
    "Posyandu": "Melati",
    "Tanggal kunjungan": date(2025, 5, 6),
}
GROWTH = CHILD | {
    "Berat badan (kg)": 9.4,
    "Panjang/tinggi badan (cm)": 76.5,
    "Cara ukur": "Berbaring",
    "Vitamin A": "Tidak",
}
SICK_CHILD = CHILD | {
    "Jenis kunjungan": "Kunjungan pertama",
    "Berat badan (kg)": 9.4,
    "Suhu badan (°C)": 37.9,
    "Tanda bahaya umum": "tidak",
    "Batuk atau sukar bernapas": "ya",
    "Hitung napas (x/menit)": 44,
    "Diare": "tidak",
    "Demam": "ya",
    "Pemeriksaan malaria": "Negatif",
    "Masalah telinga": "tidak",
    "LILA (cm)": 12.1,
    "Status imunisasi diperiksa": "ya",
    "Antibiotik": "ya",
    "Tindakan atau obat diberikan": "ya",
}
IMMUNISATION = CHILD | {"MR 1": "v", "IPV 2": "v"}
ADULT = WOMAN | {
    "NIK": "9901011203800003",
    "Jenis kelamin": "L",
    "Tanggal lahir": date(1980, 3, 12),
    "Tanggal kunjungan": date(2025, 5, 6),
    "Berat badan (kg)": 70,
    "Tinggi badan (cm)": 165,
    "Tekanan darah": "150/95",
    "Gula darah sewaktu (mg/dL)": 120,
    "Merokok": "ya",
}
DELIVERY = WOMAN | {
    "Tanggal kunjungan": date(2025, 12, 9),
    "HPHT": date(2025, 3, 4),
    "Tempat bersalin": "Puskesmas",
    "Penolong 1": "Bidan",
    "Penolong 2": "Perawat",
    "Cara persalinan": "Normal",
    "Persalinan sesuai standar": "ya",
    "Bayi lahir hidup (bayi)": 1,
    "Bayi lahir mati (bayi)": 0,
    "Komplikasi": "Tidak ada",
}
POSTNATAL = WOMAN | {
    "Tanggal kunjungan": date(2025, 12, 10),
    "Tanggal bersalin": date(2025, 12, 9),
    "Sistole (mmHg)": 110,
    "Diastole (mmHg)": 70,
    "Vitamin A kapsul 1": "ya",
    "KB pasca salin": "IUD",
    "Tanda bahaya": "Tidak ada",
}
NEWBORN = CHILD | {
    "NIK": "9901010912250004",
    "Tanggal lahir": date(2025, 12, 9),
    "Tanggal kunjungan": date(2025, 12, 10),
    "Berat lahir (gram)": 3100,
    "Panjang lahir (cm)": 49.5,
    "Usia kehamilan saat lahir (minggu)": 39,
    "IMD": "ya",
    "Vitamin K1": "ya",
    "Salep mata": "ya",
    "HB0": "ya",
}
FAMILY_PLANNING = WOMAN | {
    "Tanggal kunjungan": date(2026, 1, 20),
    "Cara KB": "Implan",
    "Status peserta": "Peserta baru",
    "Jumlah anak hidup (anak)": 2,
    "Umur anak terkecil (bulan)": 1,
    "Tanggal bersalin terakhir": date(2025, 12, 9),
}
PREMARITAL = WOMAN | {
    "Tanggal kunjungan": date(2025, 5, 6),
    "Berat badan (kg)": 48,
    "Tinggi badan (cm)": 155,
    "LILA (cm)": 23.2,
    "Hb (g/dL)": 11.8,
    "Tes HIV": "ya",
    "Konseling catin": "ya",
}
MAN = WOMAN | {
    "NIK": "9901011203800003",
    "Jenis kelamin": "L",
    "Tanggal lahir": date(1980, 3, 12),
    "Tanggal kunjungan": date(2025, 5, 6),
}
TB_SCREENING = MAN | {
    "Batuk 2 minggu atau lebih": "ya",
    "Pemeriksaan klinis": "ya",
    "Pemeriksaan penunjang": "TCM",
    "Edukasi": "ya",
}
TB_CASE = MAN | {
    "Tipe pasien": "Baru",
    "Tanggal diagnosis": date(2025, 5, 2),
    "Mulai pengobatan": date(2025, 5, 3),
    "Bulan pengobatan ke": 0,
}
HIV_TEST = MAN | {"Kelompok": "Pasien IMS", "Edukasi": "ya", "Tes 1 (R1)": "Nonreaktif"}
OUTPATIENT = MAN | {"Diagnosis utama (ICD-10)": "J06.9", "Kasus": "Baru", "Dirujuk": "tidak"}
HOME_VISIT = MAN | {"Sasaran kunjungan": "Keluarga", "Indikator PHBS terpenuhi (dari 10)": 10}
VITAL = MAN | {"Peristiwa": "Meninggal", "Penyebab kematian": "Penyakit tidak menular"}
OF_SERVICE = {
    "tb_screening": TB_SCREENING,
    "tb_case": TB_CASE,
    "hiv_test": HIV_TEST,
    "outpatient": OUTPATIENT,
    "home_visit": HOME_VISIT,
    "vital": VITAL,
}


def nik(number: int, born: date, sex: str = "P") -> str:
    """A valid NIK of that birth date and sex in Kabupaten Contoh."""
    day = born.day + (40 if sex == "P" else 0)
    return f"990101{day:02d}{born:%m%y}{number:04d}"


def sheet(
    rows: Sequence[Mapping[str, Any]], *, above: Iterable[Sequence[Any]] = ()
) -> list[list[Any]]:
    """A header from the keys of all rows, in order, and the rows below it."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    return [*map(list, above), titles, *[[row.get(t) for t in titles] for row in rows]]


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """An xlsx with these sheets; dates are real dates, None is an empty cell."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, (date, datetime)):
                        page.write_datetime(number, column, value)
                    elif value is not None:
                        page.write(number, column, value)
    return target.getvalue()


def file(*rows: Mapping[str, Any]) -> bytes:
    """A workbook of one sheet with these rows."""
    return workbook(Data=sheet(rows))


def refused(result):
    """(Excel row, column, code) of what keeps rows out."""
    return [(i.row, i.column, i.code) for i in result.issues if not i.is_warning]


def warned(result):
    """The same of what is only warned of."""
    return [(i.row, i.column, i.code) for i in result.issues if i.is_warning]
