"""The quarterly report of environmental health, and what it gives."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import part_of, reported, section, told
from reporting.catalogue.language import TENTH, Aggregation, Element, Form, Indicator, Kind
from reporting.catalogue.shorthand import by_custom

PROGRAMME = "kesling"
QUARTERS = (3, 6, 9, 12)
HOUSES = {
    "desa_sbs": _("Desa/kelurahan terverifikasi SBS/ODF"),
    "desa_stbm": _("Desa/kelurahan dengan 5 pilar STBM"),
    "kk_jamban": _("KK dengan akses jamban sehat"),
    "kk_air": _("KK dengan akses air minum layak"),
    "rumah_diperiksa": _("Rumah diperiksa"),
    "rumah_sehat": _("Rumah sehat"),
}
WATER = {
    "sam_terdaftar": _("Sarana air minum terdaftar"),
    "sam_diinspeksi": _("Sarana air minum diinspeksi sejak Januari"),
    "air_sampel": _("Sampel air diperiksa triwulan ini"),
    "air_memenuhi": _("Sampel air memenuhi syarat"),
}
PLACES = {
    "tpp_terdaftar": _("Tempat pengelolaan pangan terdaftar"),
    "tpp_memenuhi": _("Tempat pengelolaan pangan memenuhi syarat"),
    "tfu_terdaftar": _("Tempat dan fasilitas umum terdaftar"),
    "tfu_memenuhi": _("Tempat dan fasilitas umum memenuhi syarat"),
    "limbah_faskes": _("Fasilitas kesehatan yang dinilai limbahnya"),
    "limbah_sesuai": _("Fasilitas dengan limbah medis dikelola sesuai standar"),
}
ALL = HOUSES | WATER | PLACES
FLOWS = ("air_sampel", "air_memenuhi")
ELEMENTS: tuple[Element, ...] = (
    *reported(PROGRAMME, {c: ALL[c] for c in ALL if c not in FLOWS}, Kind.STOCK),
    *reported(PROGRAMME, {c: ALL[c] for c in FLOWS}),
)
PAIRS = (
    *(("desa_stbm", "desa_sbs"), ("rumah_sehat", "rumah_diperiksa")),
    *(("sam_diinspeksi", "sam_terdaftar"), ("air_memenuhi", "air_sampel")),
    *(("tpp_memenuhi", "tpp_terdaftar"), ("tfu_memenuhi", "tfu_terdaftar")),
    ("limbah_sesuai", "limbah_faskes"),
)
FORM = Form(
    code="KESLING",
    label=_("Kesehatan lingkungan"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("Desa dan rumah"), HOUSES),
        section("B", _("Air minum"), WATER),
        section("C", _("Pangan, tempat umum, dan limbah"), PLACES),
    ),
    checks=tuple(part_of(part, whole, ALL) for part, whole in PAIRS),
    due=TENTH,
    source="Permenkes 31/2019; Permenkes 3/2014",
    rounds=QUARTERS,
)

UKM = "Permenkes 31/2019"
of = partial(told, cluster="K4", aggregation=Aggregation.STATE, rounds=QUARTERS)
AT_THE_END = _("Keadaan akhir triwulan; bulan lain tidak jatuh tempo.")
places = partial(of, aggregation=Aggregation.FACILITIES)
INDICATORS: tuple[Indicator, ...] = (
    places("KL01", _("Desa/kelurahan SBS"), "desa_sbs / F_DESA", (
        _("Desa yang terverifikasi stop buang air besar sembarangan, dibagi semua desa."),
        _("Tinja yang tidak terkelola menyebarkan diare dan cacingan."),
        _("Deklarasi tanpa verifikasi belum dihitung.")), goals=by_custom(90)),
    of("KL02", _("KK dengan jamban sehat"), "kk_jamban / S_KK", (
        _("Keluarga dengan akses jamban sehat, dibagi semua keluarga."),
        _("Jamban sehat memutus penularan lewat tinja."), AT_THE_END),
        source="Ceklis kunjungan rumah kader"),
    places("KL03", _("Desa/kelurahan 5 pilar STBM"), "desa_stbm / F_DESA", (
        _("Desa yang memenuhi lima pilar STBM, dibagi semua desa."),
        _("Lima pilar melengkapi jamban dengan cuci tangan, air, sampah, dan limbah."),
        _("Satu pilar belum terpenuhi membuat desa belum dihitung."))),
    of("KL04", _("KK dengan air minum layak"), "kk_air / S_KK", (
        _("Keluarga dengan akses air minum layak, dibagi semua keluarga."),
        _("Air yang layak mencegah diare."), _("Layak belum tentu aman: mutunya diuji sendiri.")),
        source="Ceklis kunjungan rumah kader", goals=by_custom(100)),
    of("KL05", _("Sarana air minum diinspeksi"), "sam_diinspeksi / sam_terdaftar", (
        _("Sarana yang diinspeksi sejak Januari, dibagi sarana terdaftar."),
        _("Risiko pencemaran ditemukan sebelum orang sakit."),
        _("Isian sudah kumulatif; jangan dijumlahkan antartriwulan.")),
        aggregation=Aggregation.SNAPSHOT, source=UKM),
    of("KL06", _("Kualitas air memenuhi syarat"), "air_memenuhi / air_sampel", (
        _("Sampel air yang memenuhi syarat, dibagi sampel yang diperiksa triwulan ini."),
        _("Air jernih pun dapat mengandung kuman."), _("Sampel tidak mewakili semua sarana.")),
        aggregation=Aggregation.MONTHLY),
    of("KL07", _("Tempat pangan memenuhi syarat"), "tpp_memenuhi / tpp_terdaftar", (
        _("Tempat pengelolaan pangan yang memenuhi syarat, dibagi yang terdaftar."),
        _("Keracunan pangan dicegah di tempat pengolahannya."), AT_THE_END), source=UKM),
    of("KL08", _("Tempat umum memenuhi syarat"), "tfu_memenuhi / tfu_terdaftar", (
        _("Tempat dan fasilitas umum yang memenuhi syarat, dibagi yang terdaftar."),
        _("Sekolah dan pasar yang sehat melindungi banyak orang."), AT_THE_END), source=UKM),
    of("KL09", _("Rumah sehat"), "rumah_sehat / rumah_diperiksa", (
        _("Rumah yang memenuhi syarat, dibagi rumah yang diperiksa."),
        _("Ventilasi dan cahaya mengurangi penularan TBC dan ISPA."),
        _("Hanya rumah yang diperiksa, bukan semua rumah.")), source=UKM),
    places("KL10", _("Limbah medis sesuai standar"), "limbah_sesuai / limbah_faskes", (
        _("Fasilitas yang mengelola limbah medis sesuai standar, dibagi yang dinilai."),
        _("Limbah tajam dan infeksius membahayakan petugas dan warga."), AT_THE_END),
        goals=by_custom(100)),
)  # fmt: skip
