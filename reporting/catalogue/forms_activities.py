"""LB4, the monthly report of what a Puskesmas did, and the rows of UKM that no other form has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import part_of, reported, section
from reporting.catalogue.forms_programmes import SINCE
from reporting.catalogue.language import TENTH, Check, Element, Form, Indicator

PROGRAMME = "kegiatan"
VISITS = {  # counted by outpatient care
    "outpatient_visits": _("Kunjungan rawat jalan"),
    "rj_baru": _("Di antaranya kasus baru"),
    "rj_jkn": _("Di antaranya peserta JKN"),
    "rj_dirujuk": _("Di antaranya dirujuk"),
}
OTHER_VISITS = {
    "rj_lama": _("Kunjungan kasus lama dan kontrol"),
    "rj_umum": _("Kunjungan bayar sendiri (umum)"),
    "rj_lain": _("Kunjungan dengan pembiayaan lain"),
}
INPATIENT = {
    "ri_masuk": _("Pasien rawat inap masuk"),
    "ri_pulang": _("Pasien rawat inap pulang atau sembuh"),
    "ri_dirujuk": _("Pasien rawat inap dirujuk"),
    "ri_meninggal": _("Pasien rawat inap meninggal"),
}
TEETH = {"gigi_ditumpat": _("Gigi tetap ditumpat"), "gigi_dicabut": _("Gigi tetap dicabut")}
OTHER_TEETH = {
    "gigi_kunjungan": _("Kunjungan poli gigi"),
    "gigi_karang": _("Pembersihan karang gigi"),
    "gigi_sulung": _("Gigi sulung dicabut"),
}
LABORATORY = {
    "lab_pasien": _("Pasien diperiksa laboratorium"),
    "lab_darah": _("Pemeriksaan darah"),
    "lab_urine": _("Pemeriksaan urine"),
    "lab_tinja": _("Pemeriksaan tinja"),
    "lab_dahak": _("Pemeriksaan dahak (mikroskopis dan TCM)"),
    "lab_lain": _("Pemeriksaan lain"),
}
OUTREACH = {
    "uks_dibina": _("Sekolah dibina UKS bulan ini"),
    "uks_dokter_kecil": _("Dokter kecil dan kader kesehatan remaja dilatih"),
    "penyuluhan_hadir": _("Peserta penyuluhan"),
    "advokasi": _("Pertemuan advokasi kesehatan"),
    "kemitraan": _("Kemitraan dengan organisasi atau dunia usaha"),
    "ukbm_dibina": _("UKBM dibina"),
    "sanitasi_konseling": _("Konseling kesehatan lingkungan"),
    "sanitasi_kunjungan": _("Kunjungan lapangan sanitarian"),
    "perkesmas_keluarga": _("Keluarga rawan dibina perkesmas"),
    "perkesmas_mandiri": _("Di antaranya mencapai keluarga mandiri (KM) IV"),
    "perkesmas_kunjungan": _("Kunjungan perkesmas"),
}
REPORTED = OTHER_VISITS | INPATIENT | OTHER_TEETH | LABORATORY | OUTREACH
ALL = VISITS | TEETH | REPORTED
ELEMENTS: tuple[Element, ...] = reported(PROGRAMME, REPORTED)
INDICATORS: tuple[Indicator, ...] = ()
FORM = Form(
    code="LB4",
    label=_("LB4 Kegiatan Puskesmas"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("Rawat jalan"), VISITS | OTHER_VISITS),
        section("B", _("Rawat inap (0 bila tidak ada)"), INPATIENT),
        section("C", _("Gigi dan mulut"), TEETH | OTHER_TEETH),
        section("D", _("Laboratorium"), LABORATORY),
        section("E", _("UKS, promosi, lingkungan, dan perkesmas"), OUTREACH),
    ),
    checks=(
        *(part_of(part, "outpatient_visits", ALL) for part in [*VISITS, *OTHER_VISITS][1:]),
        part_of("perkesmas_mandiri", "perkesmas_keluarga", ALL),
        Check(
            "rj_jkn + rj_umum + rj_lain",
            "=",
            "outpatient_visits",
            _("Kunjungan menurut pembiayaan biasanya sama dengan semua kunjungan rawat jalan."),
            warning=True,
        ),
        Check(
            "rj_baru + rj_lama",
            "=",
            "outpatient_visits",
            _("Kasus baru dan lama biasanya sama dengan semua kunjungan rawat jalan."),
            warning=True,
        ),
    ),
    due=TENTH,
    source="LB4 SP2TP; Permenkes 31/2019",
    since=SINCE,
)
