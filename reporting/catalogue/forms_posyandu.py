"""The monthly recap of a Posyandu for all ages, by groups of the life cycle.

A row that visits count in the same sense is their element, so visits propose it and the approved
recap stands in their place. Others lie in a programme of their own: what visits count once a year
(blood pressure, deworming) is not what a kader adds up in a month.

Left out are columns that only say what another leaves over (class no, vitamin A no, not daily),
weight and length above normal, of which the paper does not say the limits, and COVID-19
immunisation, which has no programme of its own any more. Source: reference.md 6.4.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import REKAP_POSYANDU
from ilp.core.languages import filled
from reporting.catalogue.form_shorthand import Rows, part_of, reported
from reporting.catalogue.forms_programmes import SINCE
from reporting.catalogue.language import (
    END_OF_MONTH,
    Check,
    Element,
    Form,
    Indicator,
    Item,
    Kind,
    Section,
)

PROGRAMME = "posyandu"
FORM_CODE = "POSYANDU"
# Who is served, by completed months of age; None: told by no age.
GROUPS: dict[str, tuple[Text, tuple[int, int] | None]] = {
    "bumil": (_("Ibu hamil"), None),
    "busui": (_("Ibu nifas dan menyusui"), None),
    "bayi": (_("Bayi 0–11 bulan"), (0, 12)),
    "anbal": (_("Balita 12–59 bulan"), (12, 60)),
    "apras": (_("Anak prasekolah 60–72 bulan"), (60, 73)),
    "sekolah": (_("Usia sekolah 6–14 tahun"), (73, 180)),
    "remaja": (_("Remaja 15–18 tahun"), (180, 228)),
    "dewasa": (_("Dewasa 19–59 tahun"), (228, 720)),
    "lansia": (_("Lansia 60 tahun ke atas"), (720, 1800)),
}
TARGET, PRESENT, ABSENT = "sasaran", "hadir", "absen"


def code(group: str, what: str) -> str:
    return f"pos_{group}_{what}"


# The register of people knows how many of an age live there: selectors/counted.py.
AGES = {code(group, TARGET): ages for group, (_label, ages) in GROUPS.items() if ages}
TARGETS: Rows = {
    code(g, TARGET): filled(_("%s: sasaran"), label) for g, (label, _a) in GROUPS.items()
}
ATTENDED: Rows = {
    code(g, what): filled(text, label)
    for g, (label, _ages) in GROUPS.items()
    for what, text in ((PRESENT, _("%s: hadir")), (ABSENT, _("%s: tidak hadir")))
}
MOTHERS: Rows = {
    "pos_bumil_bb_hijau": _("Ibu hamil: berat badan pada kurva hijau"),
    "pos_bumil_bb_merah": _("Ibu hamil: berat badan pada kurva merah"),
    "pos_bumil_lila_hijau": _("Ibu hamil: LILA 23,5 cm atau lebih (hijau)"),
    "f1_bumil_kek": _("Ibu hamil: LILA di bawah 23,5 cm (merah)"),
    "pos_bumil_td_hijau": _("Ibu hamil: tekanan darah pada kurva hijau"),
    "pos_bumil_td_merah": _("Ibu hamil: tekanan darah pada kurva merah"),
    "pos_bumil_tb": _("Ibu hamil: dua tanda TBC atau lebih"),
    "f1_bumil_ttd": _("Ibu hamil: mendapat tablet tambah darah"),
    "pos_bumil_ttd_minum": _("Di antaranya minum setiap hari"),
    "pos_bumil_mt": _("Ibu hamil KEK: mendapat makanan tambahan"),
    "pos_bumil_mt_makan": _("Di antaranya makan setiap hari"),
    "pos_bumil_kelas": _("Ibu hamil: ikut kelas ibu"),
    "pos_bumil_edukasi": _("Ibu hamil: mendapat edukasi"),
    "pos_bumil_rujuk": _("Ibu hamil: dirujuk"),
    "f1_nifas_vit_a": _("Ibu nifas: mendapat vitamin A"),
    "pos_busui_kb": _("Ibu nifas: memakai KB pasca salin"),
    "pos_busui_edukasi": _("Ibu nifas dan menyusui: mendapat edukasi"),
    "pos_busui_rujuk": _("Ibu nifas dan menyusui: dirujuk"),
}
WEIGHED: Rows = {
    "n_naik": _("N: berat badan naik"),
    "t_tidak_naik": _("T: berat badan tidak naik"),
    "o_absen": _("O: bulan lalu tidak ditimbang"),
    "b_baru": _("B: baru pertama kali ditimbang"),
    "skdn_d": _("D: balita ditimbang"),
    "bgm": _("BGM: di bawah garis merah"),
}
# By sex, as visits are.
FED: Rows = {
    "diukur_bbu": _("Balita dengan BB/U"),
    "underweight": _("Di antaranya berat badan kurang atau sangat kurang"),
    "diukur_tbu": _("Balita dengan PB/U atau TB/U"),
    "stunting": _("Di antaranya pendek atau sangat pendek"),
    "asi_ditanya": _("Bayi 0–5 bulan ditanya ASI"),
    "asi_eksklusif": _("Di antaranya hanya diberi ASI"),
    "mpasi_ditanya": _("Anak 6–23 bulan ditanya MPASI"),
    "mpasi_beragam": _("Di antaranya MPASI beragam"),
    "vit_a_biru": _("Bayi 6–11 bulan: kapsul vitamin A biru"),
    "vit_a_merah": _("Anak 12–59 bulan: kapsul vitamin A merah"),
}
CHILDREN: Rows = {
    "pos_anak_oranye": _("Ditimbang: di atas garis oranye"),
    "pos_apras_imt": _("Anak prasekolah diukur IMT/U"),
    "pos_apras_imt_lain": _("Di antaranya bukan gizi baik"),
    "pos_anak_lk": _("Bayi dan balita diukur lingkar kepalanya"),
    "pos_anak_lk_lain": _("Di antaranya tidak normal"),
    "pos_anak_lila": _("Bayi dan balita diukur LILA"),
    "pos_anak_lila_merah": _("Di antaranya kuning atau merah"),
    "pos_anak_tb": _("Dua tanda TBC atau lebih"),
    "pos_anak_ceklis": _("Ceklis perkembangan diisi"),
    "pos_anak_ceklis_belum": _("Di antaranya belum lengkap"),
    "pos_anak_imunisasi": _("Mendapat imunisasi bulan ini"),
    "pos_anak_cacing": _("Mendapat obat cacing bulan ini"),
    "pos_anak_mt": _("Mendapat makanan tambahan berbahan pangan lokal"),
    "pos_anak_edukasi": _("Orang tua mendapat edukasi"),
    "pos_anak_sakit": _("Anak dengan gejala sakit"),
    "pos_bayi_rujuk": _("Bayi dirujuk"),
    "pos_anbal_rujuk": _("Balita dirujuk"),
    "pos_apras_rujuk": _("Anak prasekolah dirujuk"),
}


def _classes(group: str) -> Rows:
    """IMT, blood pressure and blood sugar, in the classes of the paper."""
    imt = {"sk": _("sangat kurus"), "k": _("kurus"), "n": _("normal"), "g": _("gemuk"),
           "o": _("obesitas")}  # fmt: skip
    three = {"r": _("rendah"), "n": _("normal"), "t": _("tinggi")}
    return {
        **{f"pos_{group}_imt_{c}": filled(_("IMT %s"), word) for c, word in imt.items()},
        **{f"pos_{group}_td_{c}": filled(_("Tekanan darah %s"), word) for c, word in three.items()},
        **{f"pos_{group}_gds_{c}": filled(_("Gula darah %s"), word) for c, word in three.items()},
    }


YOUNG: Rows = {
    **_classes("us"),
    "pos_us_lp": _("Lingkar perut di atas batas"),
    "pos_us_hb": _("Remaja putri diperiksa Hb"),
    "pos_us_anemia": _("Di antaranya anemia"),
    "pos_us_tb": _("Dua tanda TBC atau lebih"),
    "pos_us_jiwa": _("Diskrining kesehatan jiwa"),
    "pos_us_jiwa_6": _("Di antaranya skor 6 atau lebih"),
    "pos_us_edukasi": _("Mendapat edukasi"),
    "pos_us_rujuk": _("Dirujuk"),
}
ADULTS: Rows = {
    **_classes("dw"),
    "pos_dw_lp_l": _("Lingkar perut laki-laki di atas 90 cm"),
    "pos_dw_lp_p": _("Lingkar perut perempuan di atas 80 cm"),
    "pos_dw_kol_n": _("Kolesterol normal"),
    "pos_dw_kol_t": _("Kolesterol tinggi"),
    "pos_dw_jiwa": _("Diskrining kesehatan jiwa"),
    "pos_dw_jiwa_6": _("Di antaranya skor 6 atau lebih"),
    "pos_dw_jiwa_17": _("Di antaranya menjawab ya pada nomor 17"),
    "pos_dw_puma_n": _("PUMA di bawah 6"),
    "pos_dw_puma_t": _("PUMA 6 atau lebih"),
    "pos_dw_edukasi": _("Mendapat edukasi"),
    "pos_dw_rujuk": _("Dirujuk"),
}
ELDERLY: Rows = {
    "pos_la_aks_m": _("AKS: mandiri"),
    "pos_la_aks_r": _("AKS: ketergantungan ringan"),
    "pos_la_aks_s": _("AKS: ketergantungan sedang"),
    "pos_la_aks_b": _("AKS: ketergantungan berat"),
    "pos_la_aks_t": _("AKS: ketergantungan total"),
    "pos_la_kognitif": _("SKILAS: penurunan kognitif"),
    "pos_la_mobilisasi": _("SKILAS: keterbatasan mobilisasi"),
    "pos_la_malnutrisi": _("SKILAS: malnutrisi"),
    "pos_la_penglihatan": _("SKILAS: gangguan penglihatan"),
    "pos_la_pendengaran": _("SKILAS: gangguan pendengaran"),
    "pos_la_depresi": _("SKILAS: gejala depresi"),
}
ALL: Rows = {
    **TARGETS, **ATTENDED, **MOTHERS, **CHILDREN, **WEIGHED, **FED, **YOUNG, **ADULTS, **ELDERLY,
}  # fmt: skip
OWN = {row: label for row, label in ALL.items() if row.startswith("pos_")}
ELEMENTS: tuple[Element, ...] = (
    *reported(PROGRAMME, TARGETS, Kind.STOCK),
    *reported(PROGRAMME, {row: label for row, label in OWN.items() if row not in TARGETS}),
)
INDICATORS: tuple[Indicator, ...] = ()
COMPUTED = {
    **{code(g, ABSENT): f"{code(g, TARGET)} - {code(g, PRESENT)}" for g in GROUPS},
    "skdn_d": "n_naik + t_tidak_naik + o_absen + b_baru",
}


def _section(letter: str, label: Text, groups: tuple[str, ...], rows: Rows) -> Section:
    seen = [code(g, what) for g in groups for what in (TARGET, PRESENT, ABSENT)]
    named = [*seen, *rows]
    return Section(
        label,
        tuple(
            Item(f"{letter}{number}", row, ALL[row], COMPUTED.get(row, ""))
            for number, row in enumerate(named, start=1)
        ),
    )


def _at_most(parts: str, whole: str, message: Text) -> Check:
    return Check(parts, "<=", whole, message)


def _of_present(group: str, letters: str, present: str, what: Text) -> Check:
    """Nobody is in two classes of one measurement."""
    said = filled(_("%s: semua kelas bersama tidak boleh melebihi yang hadir."), what)
    return _at_most(" + ".join(f"pos_{group}_{one}" for one in letters.split()), present, said)


MEASUREMENTS: tuple[tuple[str, Text], ...] = (
    ("imt_sk imt_k imt_n imt_g imt_o", _("IMT")),
    ("td_r td_n td_t", _("Tekanan darah")),
    ("gds_r gds_n gds_t", _("Gula darah")),
)
YOUNG_PRESENT = "pos_sekolah_hadir + pos_remaja_hadir"
ADULTS_PRESENT = "pos_dewasa_hadir + pos_lansia_hadir"
CHILDREN_PRESENT = "pos_bayi_hadir + pos_anbal_hadir + pos_apras_hadir"
PAIRS = (
    *((code(g, PRESENT), code(g, TARGET)) for g in GROUPS),
    *(("pos_bumil_ttd_minum", "f1_bumil_ttd"), ("pos_bumil_mt_makan", "pos_bumil_mt")),
    *((row, "pos_bumil_hadir") for row in MOTHERS if row.startswith("pos_bumil_")
      if row not in ("pos_bumil_ttd_minum", "pos_bumil_mt_makan")),
    *((row, "pos_bumil_hadir") for row in ("f1_bumil_kek", "f1_bumil_ttd")),
    *((row, "pos_busui_hadir") for row in ("pos_busui_kb", "pos_busui_edukasi", "pos_busui_rujuk")),
    *(("bgm", "skdn_d"), ("underweight", "diukur_bbu"), ("stunting", "diukur_tbu")),
    *(("asi_eksklusif", "asi_ditanya"), ("mpasi_beragam", "mpasi_ditanya")),
    *(("pos_apras_imt", "pos_apras_hadir"), ("pos_apras_imt_lain", "pos_apras_imt")),
    *(("pos_anak_lk_lain", "pos_anak_lk"), ("pos_anak_lila_merah", "pos_anak_lila")),
    ("pos_anak_ceklis_belum", "pos_anak_ceklis"),
    *((code(g, "rujuk"), code(g, PRESENT)) for g in ("bayi", "anbal", "apras")),
    *(("pos_us_anemia", "pos_us_hb"), ("pos_us_jiwa_6", "pos_us_jiwa")),
    *(("pos_dw_jiwa_6", "pos_dw_jiwa"), ("pos_dw_jiwa_17", "pos_dw_jiwa")),
    *((row, "pos_lansia_hadir") for row in ELDERLY if "aks" not in row),
)  # fmt: skip
FORM = Form(
    code=FORM_CODE,
    label=_("Rekap Posyandu ILP"),
    kinds=("posyandu",),
    sections=(
        _section("A", _("Ibu hamil, nifas, dan menyusui"), ("bumil", "busui"), MOTHERS),
        _section("B", _("Bayi, balita, dan anak prasekolah"), ("bayi", "anbal", "apras"), CHILDREN),
        _section("C", _("Penimbangan balita"), (), WEIGHED),
        _section("D", _("Status gizi, ASI, MPASI, dan vitamin A"), (), FED),
        _section("E", _("Usia sekolah dan remaja"), ("sekolah", "remaja"), YOUNG),
        _section("F", _("Dewasa dan lansia"), ("dewasa", "lansia"), {**ADULTS, **ELDERLY}),
    ),
    checks=(
        *(part_of(part, whole, ALL) for part, whole in PAIRS),
        *(
            _at_most(
                row,
                CHILDREN_PRESENT,
                filled(_("“%s” tidak boleh melebihi anak yang hadir."), label),
            )
            for row, label in ALL.items()
            if row.startswith("pos_anak_") and row not in dict(PAIRS)
            if row != "pos_anak_oranye"
        ),
        _of_present("bumil", "bb_hijau bb_merah", "pos_bumil_hadir", _("Berat badan")),
        _of_present("bumil", "td_hijau td_merah", "pos_bumil_hadir", _("Tekanan darah")),
        *(_of_present("us", letters, YOUNG_PRESENT, what) for letters, what in MEASUREMENTS),
        *(_of_present("dw", letters, ADULTS_PRESENT, what) for letters, what in MEASUREMENTS),
        _of_present("dw", "kol_n kol_t", ADULTS_PRESENT, _("Kolesterol")),
        _of_present("dw", "puma_n puma_t", ADULTS_PRESENT, _("PUMA")),
        _of_present("la", "aks_m aks_r aks_s aks_b aks_t", "pos_lansia_hadir", _("AKS")),
    ),
    due=END_OF_MONTH,
    source=REKAP_POSYANDU,
    pages=4,
    since=SINCE,
    voluntary=True,
)
