"""The monthly report of infectious diseases and surveillance, and what it gives."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import part_of, reported, section, told
from reporting.catalogue.language import FIFTH, Aggregation, Element, Form, Goal, Indicator, Kind
from reporting.catalogue.shorthand import USUAL, by_custom

PROGRAMME = "penyakit"
HIV = {
    "odhiv_hidup": _("ODHIV yang diketahui dan hidup"),
    "odhiv_arv": _("ODHIV dalam pengobatan ARV"),
    "vl_dites": _("ODHIV dites viral load"),
    "vl_tersupresi": _("ODHIV dengan viral load tersupresi"),
}
MOTHERS = {
    "bayi_hbsag": _("Bayi lahir dari ibu HBsAg reaktif"),
    "hbig_24jam": _("Di antaranya mendapat HBIG sebelum 24 jam"),
}
MALARIA = {
    "malaria_suspek": _("Suspek malaria"),
    "malaria_diperiksa": _("Suspek malaria diperiksa laboratorium"),
    "malaria_positif": _("Malaria positif"),
    "malaria_standar": _("Malaria positif diobati standar"),
}
DENGUE = {
    "dbd_kasus": _("Kasus DBD menurut domisili"),
    "dbd_meninggal": _("Di antaranya meninggal"),
}
LEPROSY = {
    "kusta_baru": _("Kasus baru kusta"),
    "kusta_cacat2": _("Kasus baru dengan cacat tingkat 2"),
    "kusta_anak": _("Kasus baru anak di bawah 15 tahun"),
    "kusta_kohort": _("Kusta: kohort PB setahun dan MB dua tahun lalu"),
    "kusta_rft": _("Di antaranya selesai berobat (RFT)"),
    "frambusia": _("Kasus frambusia"),
}
OTHERS = {
    "popm_sasaran": _("Sasaran POPM kecacingan 1–12 tahun"),
    "popm_minum": _("Anak minum obat cacing pada putaran ini"),
    "ghpr_indikasi": _("Gigitan hewan penular rabies dengan indikasi"),
    "ghpr_var": _("Di antaranya diberi VAR"),
}
SURVEILLANCE = {
    "skdr_wajib": _("Laporan mingguan SKDR yang wajib (unit x minggu)"),
    "skdr_masuk": _("Laporan mingguan SKDR diterima"),
    "skdr_tepat": _("Laporan mingguan SKDR diterima tepat waktu"),
    "skdr_alert": _("Alert SKDR"),
    "skdr_verifikasi": _("Alert diverifikasi sebelum 24 jam"),
    "klb": _("Kejadian luar biasa (KLB)"),
    "klb_24jam": _("KLB ditangani sebelum 24 jam"),
    "afp": _("Kasus AFP bukan polio"),
    "campak_bukan": _("Suspek campak terbukti bukan campak"),
}
STOCKS = ("odhiv_hidup", "odhiv_arv", "kusta_kohort", "kusta_rft")
ALL = HIV | MOTHERS | MALARIA | DENGUE | LEPROSY | OTHERS | SURVEILLANCE
ELEMENTS: tuple[Element, ...] = (
    *reported(PROGRAMME, {code: ALL[code] for code in ALL if code not in STOCKS}),
    *reported(PROGRAMME, {code: ALL[code] for code in STOCKS}, Kind.STOCK),
)
PAIRS = (
    *(("odhiv_arv", "odhiv_hidup"), ("vl_tersupresi", "vl_dites"), ("hbig_24jam", "bayi_hbsag")),
    *(("malaria_diperiksa", "malaria_suspek"), ("malaria_positif", "malaria_diperiksa")),
    *(("malaria_standar", "malaria_positif"), ("dbd_meninggal", "dbd_kasus")),
    *(("kusta_cacat2", "kusta_baru"), ("kusta_anak", "kusta_baru"), ("kusta_rft", "kusta_kohort")),
    *(("popm_minum", "popm_sasaran"), ("ghpr_var", "ghpr_indikasi"), ("klb_24jam", "klb")),
    *(("skdr_masuk", "skdr_wajib"), ("skdr_tepat", "skdr_masuk")),
    ("skdr_verifikasi", "skdr_alert"),
)
FORM = Form(
    code="P2P",
    label=_("Penyakit menular dan surveilans"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("HIV"), HIV),
        section("B", _("Hepatitis B pada bayi"), MOTHERS),
        section("C", _("Malaria"), MALARIA),
        section("D", _("Demam berdarah dengue"), DENGUE),
        section("E", _("Kusta dan frambusia"), LEPROSY),
        section("F", _("Kecacingan dan rabies"), OTHERS),
        section("G", _("Surveilans"), SURVEILLANCE),
    ),
    checks=tuple(part_of(part, whole, ALL) for part, whole in PAIRS),
    due=FIFTH,
    source="Permenkes 31/2019; SKDR",
)

of = partial(told, cluster="K4")
MISSING_DENOMINATOR = _("Hanya dari laporan yang sudah disahkan; periksa kelengkapannya dahulu.")
GROWING = _("Angka naik sejak Januari; bandingkan dengan bulan yang sama tahun lalu.")
RATE = Aggregation.RATE
INDICATORS: tuple[Indicator, ...] = (
    of("HI02", _("ODHIV dalam pengobatan ARV"), "odhiv_arv / odhiv_hidup", (
        _("ODHIV yang minum ARV pada akhir bulan, dibagi ODHIV yang diketahui dan hidup."),
        _("ODHIV yang diobati hidup sehat dan tidak menularkan."),
        MISSING_DENOMINATOR), aggregation=Aggregation.STATE, goals=by_custom(95)),
    of("HI03", _("Viral load tersupresi"), "vl_tersupresi / vl_dites", (
        _("ODHIV dengan viral load tersupresi, dibagi yang dites bulan ini."),
        _("Viral load tersupresi menandai pengobatan berhasil."),
        _("ODHIV yang belum dites tidak masuk penyebut.")),
        aggregation=Aggregation.STATE, goals=by_custom(95)),
    of("HI04", _("HBIG sebelum 24 jam"), "hbig_24jam / bayi_hbsag", (
        _("Bayi dari ibu HBsAg reaktif yang mendapat HBIG sebelum 24 jam, dibagi semuanya."),
        _("HBIG dini mencegah penularan hepatitis B dari ibu."),
        _("Vaksin HB0 saja bukan HBIG.")), also=("K2",), goals=by_custom(100)),
    of("ML01", _("Insiden parasit malaria (API)"), "malaria_positif / S_MALARIA", (
        _("Kasus malaria positif sejak Januari per 1.000 penduduk berisiko."),
        _("Di bawah 1 menjadi syarat menuju eliminasi."), GROWING),
        aggregation=RATE, per=1000, unit="per 1.000", higher_is_better=False,
        goals=(Goal(1, USUAL),)),
    of("ML02", _("Konfirmasi laboratorium malaria"), "malaria_diperiksa / malaria_suspek", (
        _("Suspek malaria yang diperiksa laboratorium, dibagi semua suspek."),
        _("Pengobatan tanpa pemeriksaan menimbulkan kekebalan obat."),
        MISSING_DENOMINATOR), goals=by_custom(95)),
    of("ML03", _("Pengobatan standar malaria"), "malaria_standar / malaria_positif", (
        _("Malaria positif yang diobati standar, dibagi semua yang positif."),
        _("Pengobatan standar memutus penularan."), MISSING_DENOMINATOR), goals=by_custom(95)),
    of("DB01", _("Insiden DBD"), "dbd_kasus / S_PDD", (
        _("Kasus DBD sejak Januari menurut domisili, per 100.000 penduduk."),
        _("Menandai wilayah yang perlu pemberantasan sarang nyamuk."), GROWING),
        aggregation=RATE, per=100_000, unit="per 100.000", higher_is_better=False,
        goals=(Goal(10, USUAL),)),
    of("DB02", _("Kematian kasus DBD"), "dbd_meninggal / dbd_kasus", (
        _("Kasus DBD yang meninggal, dibagi semua kasus sejak Januari."),
        _("Menandai keterlambatan menemukan dan merujuk."),
        _("Sedikit kasus membuat persentase mudah berubah.")),
        higher_is_better=False, goals=by_custom(1)),
    of("KU01", _("Penemuan kasus baru kusta"), "kusta_baru / S_PDD", (
        _("Kasus baru kusta sejak Januari per 100.000 penduduk."),
        _("Menunjukkan penularan dan giatnya penemuan."), GROWING),
        aggregation=RATE, per=100_000, unit="per 100.000", higher_is_better=None),
    of("KU02", _("Kusta baru dengan cacat tingkat 2"), "kusta_cacat2 / kusta_baru", (
        _("Kasus baru dengan cacat tingkat 2, dibagi semua kasus baru."),
        _("Cacat saat ditemukan berarti terlambat ditemukan."), MISSING_DENOMINATOR),
        higher_is_better=False, goals=by_custom(5)),
    of("KU03", _("Kusta baru anak"), "kusta_anak / kusta_baru", (
        _("Kasus baru di bawah 15 tahun, dibagi semua kasus baru."),
        _("Anak yang sakit menandai penularan yang masih berjalan."), MISSING_DENOMINATOR),
        higher_is_better=False, goals=by_custom(5)),
    of("KU04", _("Kusta selesai berobat (RFT)"), "kusta_rft / kusta_kohort", (
        _("Pasien PB kohort setahun dan MB dua tahun lalu yang selesai berobat, dibagi kohortnya."),
        _("Pengobatan tuntas mencegah cacat dan penularan."),
        _("Dihitung pada Desember atas kohort, bukan pasien yang sedang berobat.")),
        aggregation=Aggregation.STATE, rounds=(12,), goals=by_custom(90)),
    of("FR01", _("Kasus frambusia"), "frambusia", (
        _("Kasus frambusia sejak Januari."), _("Satu kasus pun berarti belum eradikasi."),
        _("Nol yang dilaporkan berbeda dengan belum lapor.")),
        aggregation=Aggregation.CUMULATIVE, unit="n", per=1, higher_is_better=False,
        source="Permenkes 31/2019", goals=(Goal(0, USUAL),)),
    of("CA01", _("POPM kecacingan"), "popm_minum / popm_sasaran", (
        _("Anak 1–12 tahun yang minum obat cacing pada putaran bulan ini, dibagi sasarannya."),
        _("Cacingan menghambat tumbuh dan belajar."), _("Obat dibagikan belum tentu diminum.")),
        aggregation=Aggregation.MONTHLY, rounds=(2, 8), also=("K2",),
        source="Permenkes 31/2019", goals=by_custom(75)),
    of("RB01", _("Gigitan hewan diberi VAR"), "ghpr_var / ghpr_indikasi", (
        _("Gigitan dengan indikasi yang diberi vaksin antirabies, dibagi semuanya."),
        _("Rabies yang sudah bergejala hampir selalu mematikan."),
        _("Gigitan tanpa indikasi tidak masuk penyebut.")),
        source="Permenkes 31/2019", goals=by_custom(100)),
    of("SK01", _("Kelengkapan SKDR"), "skdr_masuk / skdr_wajib", (
        _("Laporan mingguan yang diterima, dibagi unit x minggu dalam bulan ini."),
        _("Wabah tidak terlihat dari unit yang tidak melapor."),
        _("Laporan nihil juga laporan.")),
        aggregation=Aggregation.MONTHLY, source="SKDR", goals=by_custom(90)),
    of("SK02", _("Ketepatan SKDR"), "skdr_tepat / skdr_wajib", (
        _("Laporan mingguan yang diterima tepat waktu, dibagi unit x minggu."),
        _("Peringatan dini yang terlambat bukan peringatan."),
        _("Minggu epidemiologi berjalan Minggu sampai Sabtu.")),
        aggregation=Aggregation.MONTHLY, source="SKDR", goals=by_custom(80)),
    of("SK03", _("Alert diverifikasi sebelum 24 jam"), "skdr_verifikasi / skdr_alert", (
        _("Alert yang diverifikasi sebelum 24 jam, dibagi semua alert."),
        _("Wabah kecil masih mudah dihentikan."), MISSING_DENOMINATOR),
        source="SKDR", goals=by_custom(80)),
    of("SK04", _("KLB ditangani sebelum 24 jam"), "klb_24jam / klb", (
        _("KLB yang ditangani sebelum 24 jam, dibagi semua KLB."),
        _("Setiap jam menambah kasus."), _("Tanpa KLB tidak ada persentase.")),
        goals=by_custom(100)),
    of("SK05", _("AFP bukan polio"), "afp / S_ANAK15", (
        _("Kasus AFP bukan polio sejak Januari per 100.000 anak di bawah 15 tahun."),
        _("Membuktikan bahwa polio akan ditemukan bila ada."),
        _("Tinggi di sini baik: artinya surveilans bekerja.")),
        aggregation=RATE, per=100_000, unit="per 100.000", goals=(Goal(2, USUAL),)),
    of("SK06", _("Suspek campak bukan campak"), "campak_bukan / S_PDD", (
        _("Suspek campak yang terbukti bukan campak sejak Januari per 100.000 penduduk."),
        _("Menandai kepekaan surveilans campak."),
        _("Tinggi di sini baik: artinya surveilans bekerja.")),
        aggregation=RATE, per=100_000, unit="per 100.000", goals=(Goal(2, USUAL),)),
)  # fmt: skip
