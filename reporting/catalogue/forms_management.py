"""The monthly report of management of a Puskesmas, and what it gives."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import part_of, reported, section, told
from reporting.catalogue.language import FIFTH, Aggregation, Element, Form, Goal, Indicator, Kind
from reporting.catalogue.shorthand import USUAL, by_custom

PROGRAMME = "manajemen"
RENSTRA = "Renstra Kemenkes 2025–2029"
STANDARD = {
    "pkm_tenaga": _("Puskesmas memenuhi jenis tenaga standar"),
    "pkm_vaksin": _("Lima vaksin IDL tersedia pada hari laporan"),
    "pkm_inm": _("Semua target indikator nasional mutu (INM) tercapai"),
    "pkm_rme": _("Rekam medis elektronik terhubung SATUSEHAT"),
    "lokmin_bulanan": _("Lokmin bulanan dilaksanakan dengan notula"),
    "lokmin_lintas": _("Lokmin lintas sektor dilaksanakan bulan ini"),
}
SUPPLIES = {
    "pustu_tenaga": _("Pustu dengan tenaga standar"),
    "obat_indikator": _("Jenis obat indikator yang dinilai"),
    "obat_tersedia": _("Jenis obat indikator yang tersedia"),
    "pagu": _("Pagu anggaran dan BOK (juta rupiah)"),
    "realisasi": _("Realisasi sejak Januari (juta rupiah)"),
}
INSURANCE = {
    "jkn_peserta": _("Penduduk terdaftar peserta JKN"),
    "jkn_aktif": _("Peserta JKN aktif"),
    "jkn_terdaftar": _("Peserta JKN terdaftar di Puskesmas"),
    "jkn_kontak": _("Peserta terdaftar yang kontak bulan ini"),
    "prolanis": _("Peserta Prolanis HT dan DM"),
    "prolanis_terkendali": _("Peserta Prolanis terkendali"),
    "rujukan": _("Rujukan peserta JKN"),
    "rujukan_nonspesialistik": _("Rujukan nonspesialistik"),
}
COMMUNITY = {
    "keluarga_iks": _("Keluarga yang dinilai indeks keluarga sehat (IKS)"),
    "keluarga_sehat": _("Keluarga dengan IKS di atas 0,800"),
    "penyuluhan_rencana": _("Penyuluhan yang direncanakan bulan ini"),
    "penyuluhan": _("Penyuluhan yang dilaksanakan bulan ini"),
    "tempat_tidur_hari": _("Tempat tidur x hari bulan ini"),
    "hari_rawat": _("Hari perawatan pasien rawat inap bulan ini"),
}
ALL = STANDARD | SUPPLIES | INSURANCE | COMMUNITY
FLOWS = (
    *("lokmin_bulanan", "lokmin_lintas", "jkn_kontak", "rujukan", "rujukan_nonspesialistik"),
    *("penyuluhan_rencana", "penyuluhan", "tempat_tidur_hari", "hari_rawat"),
)
ELEMENTS: tuple[Element, ...] = (
    *reported(PROGRAMME, {c: ALL[c] for c in ALL if c not in FLOWS}, Kind.STOCK),
    *reported(PROGRAMME, {c: ALL[c] for c in FLOWS}),
)
PAIRS = (
    *(("obat_tersedia", "obat_indikator"), ("jkn_aktif", "jkn_peserta")),
    *(("jkn_kontak", "jkn_terdaftar"), ("prolanis_terkendali", "prolanis")),
    *(("rujukan_nonspesialistik", "rujukan"), ("keluarga_sehat", "keluarga_iks")),
    ("hari_rawat", "tempat_tidur_hari"),
)
FORM = Form(
    code="MANAJEMEN",
    label=_("Manajemen Puskesmas"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("Standar Puskesmas: isi 1 bila ya, 0 bila tidak"), STANDARD, yes_no=True),
        section("B", _("Tenaga, obat, dan anggaran"), SUPPLIES),
        section("C", _("Jaminan kesehatan"), INSURANCE),
        section("D", _("Masyarakat dan rawat inap"), COMMUNITY),
    ),
    checks=tuple(part_of(part, whole, ALL) for part, whole in PAIRS),
    due=FIFTH,
    compared=_("LPLPO bulan ini"),
    source="Permenkes 19/2024; kapitasi berbasis kinerja",
)

of = partial(told, cluster="K1")
centres = partial(of, aggregation=Aggregation.FACILITIES)
monthly = partial(of, aggregation=Aggregation.MONTHLY)
state = partial(of, aggregation=Aggregation.STATE)
EVERY_CENTRE = _("Puskesmas yang belum lapor dihitung belum memenuhi.")
APPROVED = _("Hanya dari laporan yang sudah disahkan; periksa kelengkapannya dahulu.")
INDICATORS: tuple[Indicator, ...] = (
    centres("MJ01", _("Puskesmas dengan tenaga lengkap"), "pkm_tenaga / F_PUSKESMAS", (
        _("Puskesmas yang memenuhi jenis tenaga standar, dibagi semua Puskesmas."),
        _("Layanan tidak berjalan tanpa tenaganya."), EVERY_CENTRE),
        source="Permenkes 19/2024", goals=by_custom(83)),
    centres("MJ02", _("Pustu dengan tenaga standar"), "pustu_tenaga / F_PUSTU", (
        _("Pustu dengan perawat, bidan, dan dua kader, dibagi semua Pustu."),
        _("Pustu adalah ujung tombak layanan di desa."), EVERY_CENTRE), source=RENSTRA),
    monthly("MJ04", _("Ketersediaan obat indikator"), "obat_tersedia / obat_indikator", (
        _("Jenis obat indikator yang tersedia pada hari laporan, dibagi yang dinilai."),
        _("Obat yang kosong memaksa pasien membeli atau pulang tanpa obat."),
        _("Tersedia satu tablet pun dihitung tersedia.")), goals=by_custom(95)),
    centres("MJ05", _("Ketersediaan vaksin IDL"), "pkm_vaksin / F_PUSKESMAS", (
        _("Puskesmas dengan lima vaksin IDL tersedia, dibagi semua Puskesmas."),
        _("Vaksin kosong membuat anak terlambat diimunisasi."), EVERY_CENTRE),
        goals=by_custom(100)),
    centres("MJ08", _("Indikator nasional mutu tercapai"), "pkm_inm / F_PUSKESMAS", (
        _("Puskesmas yang mencapai semua target INM, dibagi semua Puskesmas."),
        _("Mutu diukur, bukan dirasa."), EVERY_CENTRE), source=RENSTRA),
    of("MJ10", _("Lokmin bulanan"), "lokmin_bulanan / 12 * F_PUSKESMAS", (
        _("Lokmin bulanan yang dilaksanakan sejak Januari, dibagi 12 kali tiap Puskesmas."),
        _("Masalah bulan ini dibahas bulan ini juga."),
        _("Lokmin tanpa notula belum dihitung.")),
        aggregation=Aggregation.CUMULATIVE, goals=by_custom(100)),
    of("MJ11", _("Lokmin lintas sektor"), "lokmin_lintas / 4 * F_PUSKESMAS", (
        _("Lokmin lintas sektor sejak Januari, dibagi 4 kali tiap Puskesmas."),
        _("Sanitasi, gizi, dan sekolah tidak dapat diurus Puskesmas sendiri."),
        _("Lebih dari sekali dalam satu triwulan tetap dihitung.")),
        aggregation=Aggregation.CUMULATIVE, goals=by_custom(100)),
    centres("MJ16", _("Rekam medis terhubung SATUSEHAT"), "pkm_rme / F_PUSKESMAS", (
        _("Puskesmas dengan rekam medis elektronik terhubung, dibagi semua Puskesmas."),
        _("Data pasien mengikuti pasien."), EVERY_CENTRE), goals=by_custom(100)),
    of("MJ17", _("Realisasi anggaran"), "realisasi / pagu", (
        _("Realisasi anggaran dan BOK sejak Januari menurut laporan terakhir, dibagi pagu."),
        _("Anggaran yang tidak terserap berarti kegiatan yang tidak jalan."),
        _("Isian sudah kumulatif; angka bulan tidak dijumlahkan.")),
        aggregation=Aggregation.SNAPSHOT, goals=by_custom(95)),
    state("MJ26", _("Keluarga sehat (IKS)"), "keluarga_sehat / keluarga_iks", (
        _("Keluarga dengan IKS di atas 0,800, dibagi keluarga yang dinilai."),
        _("Menunjukkan masalah keluarga yang perlu intervensi."),
        _("Tepat 0,800 adalah pra-sehat.")), source="Permenkes 39/2016"),
    state("MJ27", _("Kepesertaan JKN"), "jkn_peserta / S_PDD", (
        _("Penduduk terdaftar peserta JKN, dibagi penduduk."),
        _("Warga yang terjamin tidak menunda berobat."), APPROVED),
        source="RPJMD kabupaten; dasbor JKN", goals=by_custom(98)),
    state("MJ28", _("Peserta JKN aktif"), "jkn_aktif / jkn_peserta", (
        _("Peserta JKN aktif, dibagi semua peserta."),
        _("Peserta tidak aktif tidak terjamin saat sakit."), APPROVED), goals=by_custom(80)),
    monthly("MJ29", _("Angka kontak"), "jkn_kontak / jkn_terdaftar", (
        _("Peserta terdaftar yang kontak bulan ini per 1.000 peserta."),
        _("Menentukan kapitasi dan menunjukkan jangkauan."),
        _("Orang, bukan kunjungan: kontak kedua tidak dihitung.")),
        per=1000, unit="per 1.000", goals=(Goal(150, USUAL),)),
    monthly("MJ30", _("Peserta Prolanis terkendali"), "prolanis_terkendali / prolanis", (
        _("Peserta Prolanis HT dan DM yang terkendali, dibagi semua peserta Prolanis."),
        _("Terkendali berarti komplikasi tercegah."), APPROVED), goals=by_custom(5)),
    monthly("MJ31", _("Rujukan nonspesialistik"), "rujukan_nonspesialistik / rujukan", (
        _("Rujukan nonspesialistik, dibagi semua rujukan peserta JKN bulan ini."),
        _("Kasus yang dapat ditangani di Puskesmas tidak perlu ke rumah sakit."), APPROVED),
        higher_is_better=False, goals=by_custom(2)),
    of("MJ32", _("Penyuluhan terlaksana"), "penyuluhan / penyuluhan_rencana", (
        _("Penyuluhan dalam dan luar gedung yang dilaksanakan, dibagi rencananya."),
        _("Warga yang tahu mencegah lebih dahulu."), _("Jumlah penyuluhan bukan jumlah peserta.")),
        source="Permenkes 31/2019"),
    monthly("LK04", _("Pemakaian tempat tidur (BOR)"), "hari_rawat / tempat_tidur_hari", (
        _("Hari perawatan, dibagi tempat tidur x hari bulan ini."),
        _("Menunjukkan apakah rawat inap dipakai sewajarnya."),
        _("Puskesmas tanpa rawat inap mengisi 0 dan tidak mempunyai angka.")),
        cluster="LK", higher_is_better=None),
)  # fmt: skip
