"""The quarterly report of standards and quality, and what registers of the system give."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import part_of, reported, section, told
from reporting.catalogue.language import TENTH, Aggregation, Element, Form, Goal, Indicator, Kind
from reporting.catalogue.shorthand import USUAL, by_custom

PROGRAMME = "mutu"
RENSTRA = "Renstra Kemenkes 2025–2029"
QUARTERS = (3, 6, 9, 12)
STANDARD = {
    "pkm_aspak": _("Sarana, prasarana, dan alat memenuhi standar (ASPAK)"),
    "pkm_akreditasi": _("Terakreditasi dan masih berlaku"),
    "pkm_paripurna": _("Terakreditasi paripurna"),
    "pkm_blud": _("Berstatus BLUD"),
}
SCORES = {
    "pkp_nilai": _("PKP: nilai yang dicapai"),
    "pkp_maksimum": _("PKP: nilai paling tinggi"),
    "ikm_jumlah": _("Survei kepuasan: jumlah nilai semua responden (0–100)"),
    "ikm_responden": _("Survei kepuasan: responden"),
}
COMMUNITY = {
    "posyandu_maju": _("Posyandu purnama dan mandiri"),
    "kader": _("Kader aktif"),
    "kader_kompeten": _("Kader dengan 25 keterampilan dasar"),
}
ALL = STANDARD | SCORES | COMMUNITY
ELEMENTS: tuple[Element, ...] = reported(PROGRAMME, ALL, Kind.STOCK)
PAIRS = (
    ("pkm_paripurna", "pkm_akreditasi"),
    ("pkp_nilai", "pkp_maksimum"),
    ("kader_kompeten", "kader"),
)
FORM = Form(
    code="MUTU",
    label=_("Standar dan mutu Puskesmas"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("Standar Puskesmas: isi 1 bila ya, 0 bila tidak"), STANDARD, yes_no=True),
        section("B", _("Penilaian"), SCORES),
        section("C", _("Posyandu dan kader"), COMMUNITY),
    ),
    checks=tuple(part_of(part, whole, ALL) for part, whole in PAIRS),
    due=TENTH,
    source="Permenkes 19/2024; pedoman PKP",
    rounds=QUARTERS,
)

of = partial(told, cluster="K1", aggregation=Aggregation.STATE, rounds=QUARTERS)
centres = partial(of, aggregation=Aggregation.FACILITIES)
EVERY_CENTRE = _("Puskesmas yang belum lapor dihitung belum memenuhi.")
system = partial(told, cluster="K1", aggregation=Aggregation.FACILITIES)
sent = partial(told, cluster="K1", aggregation=Aggregation.MONTHLY)
INDICATORS: tuple[Indicator, ...] = (
    centres("MJ03", _("Sarana sesuai standar (ASPAK)"), "pkm_aspak / F_PUSKESMAS", (
        _("Puskesmas yang memenuhi ambang ASPAK, dibagi semua Puskesmas."),
        _("Alat dan ruang menentukan apa yang dapat dilayani."), EVERY_CENTRE),
        source=RENSTRA, goals=by_custom(90)),
    centres("MJ06", _("Puskesmas terakreditasi"), "pkm_akreditasi / F_PUSKESMAS", (
        _("Puskesmas dengan sertifikat akreditasi yang berlaku, dibagi semua Puskesmas."),
        _("Akreditasi menjaga mutu dan keselamatan."), _("Sertifikat lewat masa tidak dihitung.")),
        source="Cetak biru klaster 2", goals=by_custom(100)),
    centres("MJ07", _("Akreditasi paripurna"), "pkm_paripurna / F_PUSKESMAS", (
        _("Puskesmas terakreditasi paripurna, dibagi semua Puskesmas."),
        _("Tingkat tertinggi menandai mutu yang terjaga."), EVERY_CENTRE), source=RENSTRA),
    centres("MJ09", _("Puskesmas BLUD"), "pkm_blud / F_PUSKESMAS", (
        _("Puskesmas berstatus BLUD, dibagi semua Puskesmas."),
        _("BLUD dapat memakai pendapatannya untuk layanan."), EVERY_CENTRE),
        goals=by_custom(100)),
    of("MJ14", _("Penilaian kinerja Puskesmas (PKP)"), "pkp_nilai / pkp_maksimum", (
        _("Nilai manajemen, UKM, dan UKP yang dicapai, dibagi nilai paling tinggi, kali 100."),
        _("Membandingkan kinerja antar-Puskesmas dengan satu ukuran."),
        _("Nilai kabupaten dihitung dari jumlah nilai, bukan rata-rata persentase.")),
        rounds=(12,), unit="skor", goals=(Goal(91, USUAL),)),
    of("MJ15", _("Indeks kepuasan masyarakat"), "ikm_jumlah / ikm_responden", (
        _("Jumlah nilai kepuasan semua responden, dibagi banyaknya responden."),
        _("Pengguna tahu apa yang perlu diperbaiki."),
        _("Responden sedikit membuat indeks mudah berubah.")),
        rounds=(6, 12), unit="skor", per=1, goals=(Goal(76.61, USUAL),)),
    centres("MJ22", _("Posyandu purnama dan mandiri"), "posyandu_maju / F_POSYANDU", (
        _("Posyandu berstrata purnama dan mandiri, dibagi semua Posyandu."),
        _("Posyandu yang mandiri bertahan tanpa dorongan."),
        _("Strata lama diganti aktif/siklus hidup di sebagian daerah.")),
        source="Kamus indikator promosi kesehatan"),
    of("MJ23", _("Kader kompeten"), "kader_kompeten / kader", (
        _("Kader dengan 25 keterampilan dasar, dibagi semua kader aktif."),
        _("Kunjungan rumah hanya sebaik kadernya."), _("Kader terlatih belum tentu kompeten.")),
        source="Kamus indikator promosi kesehatan"),
    sent("MJ12", _("Kelengkapan laporan"), "F_LAPORAN_MASUK / F_LAPORAN_WAJIB", (
        _("Laporan bulan ini yang sudah dikirim, dibagi laporan yang wajib."),
        _("Angka dari laporan yang belum lengkap menyesatkan."),
        _("Dihitung sistem; draf dan laporan yang dikembalikan belum dihitung.")),
        source="Dihitung sistem dari laporan", goals=by_custom(100)),
    sent("MJ13", _("Ketepatan laporan"), "F_LAPORAN_TEPAT / F_LAPORAN_WAJIB", (
        _("Laporan bulan ini yang dikirim sampai batasnya, dibagi laporan yang wajib."),
        _("Keputusan bulan ini memerlukan angka bulan ini."),
        _("Laporan yang dikirim ulang dinilai menurut kiriman terakhirnya.")), goals=by_custom(80)),
    system("MJ18", _("Puskesmas menerapkan ILP"), "F_PUSKESMAS_ILP / F_PUSKESMAS", (
        _("Puskesmas berstatus berjalan atau terverifikasi, dibagi semua Puskesmas."),
        _("ILP menyatukan layanan menurut siklus hidup."), _("Direncanakan belum menerapkan.")),
        source="KMK HK.01.07/MENKES/2015/2023", goals=by_custom(100)),
    system("MJ19", _("Pustu menerapkan ILP"), "F_PUSTU_ILP / F_PUSTU", (
        _("Pustu berstatus berjalan atau terverifikasi, dibagi semua Pustu."),
        _("Layanan terpadu harus sampai ke desa."), _("Direncanakan belum menerapkan.")),
        source="KMK HK.01.07/MENKES/2015/2023", goals=by_custom(100)),
    system("MJ20", _("Posyandu siklus hidup"), "F_POSYANDU_SIKLUS / F_POSYANDU", (
        _("Posyandu yang bulan ini melayani ibu hamil, balita, dan dewasa atau lansia, dibagi "
          "semua Posyandu."),
        _("Satu Posyandu untuk semua umur."),
        _("Bulan tanpa sasaran ibu hamil membuat Posyandu tidak dihitung.")),
        source="Dasbor Posyandu", goals=by_custom(75)),
    system("MJ21", _("Posyandu aktif bulan ini"), "F_POSYANDU_AKTIF / F_POSYANDU", (
        _("Posyandu dengan paling sedikit satu kunjungan tercatat bulan ini, dibagi semuanya."),
        _("Posyandu yang tidak buka tidak menemukan siapa pun."),
        _("Buka tanpa data yang diunggah terlihat tidak aktif.")),
        source="Dasbor Posyandu", goals=by_custom(80)),
)  # fmt: skip
