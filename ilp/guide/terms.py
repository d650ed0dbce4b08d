"""Abbreviations and words of the programmes: one list for the glossary and for every <abbr>."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text
from markupsafe import Markup, escape


@dataclass(frozen=True)
class Term:
    """A word as it stands on pages, written out, and what it means where that is not enough."""

    word: str
    long: Text
    meaning: Text = ""


TERMS = (
    Term("ASIK", _("Aplikasi Sehat IndonesiaKu"), _("Aplikasi nasional pencatatan layanan.")),
    Term("BB/TB", _("Berat menurut tinggi badan"), _("Di bawah −2 SD: gizi kurang (wasting).")),
    Term("BB/U", _("Berat menurut umur"), _("Di bawah −2 SD: berat badan kurang.")),
    Term("BBLR", _("Berat badan lahir rendah"), _("Kurang dari 2.500 gram.")),
    Term("BGM", _("Bawah garis merah"), _("Berat anak di bawah garis merah KMS.")),
    Term("BIAS", _("Bulan Imunisasi Anak Sekolah"), _("Imunisasi di kelas 1, 2, 5, dan 6.")),
    Term("BL", _("Belum lapor"), _("Tidak ada kunjungan atau laporan bulan itu. Bukan nol.")),
    Term("CKG", _("Cek Kesehatan Gratis")),
    Term("D/S", _("Ditimbang dibanding sasaran"), _("Partisipasi: balita ditimbang dari semua.")),
    Term("DBD", _("Demam berdarah dengue")),
    Term("DM", _("Diabetes melitus")),
    Term("DO", _("Drop-out, putus layanan"), _("Mulai tetapi tidak sampai tuntas.")),
    Term("GDS", _("Gula darah sewaktu")),
    Term("HT", _("Hipertensi"), _("Tekanan darah 140/90 mmHg atau lebih.")),
    Term("IDL", _("Imunisasi dasar lengkap"), _("Semua dosis dasar sebelum umur 12 bulan.")),
    Term("ILP", _("Integrasi Layanan Primer"), _("Layanan menurut siklus hidup dan klaster.")),
    Term("IMD", _("Inisiasi menyusu dini"), _("Menyusu dalam satu jam sesudah lahir.")),
    Term("IVA", _("Inspeksi visual asam asetat"), _("Deteksi dini kanker leher rahim.")),
    Term("K1", _("Kunjungan pertama ibu hamil")),
    Term("K4", _("Empat kali pemeriksaan kehamilan"), _("1-1-2 menurut trimester.")),
    Term("K6", _("Enam kali pemeriksaan kehamilan"), _("1-2-3 menurut trimester.")),
    Term("KBM", _("Kenaikan berat minimal"), _("Gram sebulan menurut umur dan jenis kelamin.")),
    Term("KEK", _("Kurang energi kronik"), _("LiLA ibu hamil kurang dari 23,5 cm.")),
    Term("KF", _("Kunjungan nifas"), _("KF1 sampai KF4: 6 jam sampai 42 hari.")),
    Term("KIA", _("Kesehatan ibu dan anak")),
    Term("KMS", _("Kartu Menuju Sehat")),
    Term("KN", _("Kunjungan neonatal"), _("KN1 sampai KN3: 6 jam sampai 28 hari.")),
    Term("LB1", _("Laporan bulanan penyakit"), _("Kasus menurut kode ICD-10 dan umur.")),
    Term("LiLA", _("Lingkar lengan atas")),
    Term("LPLPO", _("Laporan pemakaian dan lembar permintaan obat")),
    Term("MKJP", _("Metode kontrasepsi jangka panjang"), _("IUD, implan, MOW, MOP.")),
    Term("MTBM", _("Manajemen terpadu bayi muda")),
    Term("MTBS", _("Manajemen terpadu balita sakit")),
    Term("N/D", _("Naik dibanding ditimbang"), _("Balita yang berat badannya naik cukup.")),
    Term("ODGJ", _("Orang dengan gangguan jiwa")),
    Term("PMT", _("Pemberian makanan tambahan")),
    Term("PTM", _("Penyakit tidak menular")),
    Term("PUS", _("Pasangan usia subur"), _("Istri berumur 15–49 tahun.")),
    Term("PWS", _("Pemantauan wilayah setempat"), _("Membandingkan tempat tiap bulan.")),
    Term("SDIDTK", _("Stimulasi, deteksi, dan intervensi dini tumbuh kembang")),
    Term("SHK", _("Skrining hipotiroid kongenital"), _("Darah tumit bayi 48–72 jam.")),
    Term("SKDN", _("Sasaran, KMS, ditimbang, naik"), _("Balok penimbangan balita.")),
    Term("SKILAS", _("Skrining lansia sederhana")),
    Term("SPM", _("Standar Pelayanan Minimal"), _("Dua belas layanan wajib kabupaten/kota.")),
    Term("TA", _("Tidak ada layanan, atau tidak ada penyebut"), _("Tanpa persen.")),
    Term("TB/U", _("Tinggi menurut umur"), _("Di bawah −2 SD: pendek (stunting).")),
    Term("TBC", _("Tuberkulosis")),
    Term("TJ", _("Tidak jatuh tempo"), _("Indikator hanya ada pada bulan putaran.")),
    Term("TPMB", _("Tempat praktik mandiri bidan")),
    Term("TTD", _("Tablet tambah darah")),
    Term("UCI", _("Universal Child Immunization"), _("Desa berimunisasi dasar sedikitnya 80%.")),
    Term("2T", _("Dua kali tidak naik"), _("Berat tidak naik dua bulan berturut-turut.")),
    Term("4T", _("Terlalu muda, tua, banyak, dekat"), _("Risiko kehamilan.")),
)
LONG: dict[str, Text] = {term.word: term.long for term in TERMS}
LONGEST_FIRST = "|".join(sorted(map(re.escape, LONG), key=len, reverse=True))
WORDS = re.compile(rf"(?<![\w/])(?:{LONGEST_FIRST})(?![\w/])")


def abbr(text: object) -> Markup:
    """The text with every known abbreviation written out for those who point at it or hear it."""
    plain, pieces, at = str(text), [], 0
    for found in WORDS.finditer(plain):
        word = found.group()
        pieces += [
            escape(plain[at : found.start()]),
            Markup('<abbr title="{}">{}</abbr>').format(LONG[word], word),
        ]
        at = found.end()
    return Markup("").join([*pieces, escape(plain[at:])])
