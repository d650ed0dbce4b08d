"""LB3, the monthly report of nutrition, mothers and children, immunisation and infections.

Every row is an element that visits count, so they propose it and the approved report stands in its
place. What F1, KB, SDL, BIAS or P2P ask for is left out: one place says a thing once.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from ilp.core.languages import filled
from reporting.catalogue.form_shorthand import part_of, section
from reporting.catalogue.language import TENTH, Check, Element, Form, Indicator

SINCE = date(2026, 1, 1)
NUTRITION = {
    "gizi_buruk_ditemukan": _("Balita yang tahun ini ditemukan gizi buruk"),
    "gizi_buruk_dirawat": _("Balita gizi buruk yang dirawat"),
    "gizi_kurang_ditemukan": _("Balita yang tahun ini ditemukan gizi kurang"),
    "gizi_kurang_mt": _("Balita gizi kurang yang mendapat makanan tambahan"),
    "obat_cacing": _("Anak 12–59 bulan mendapat obat cacing"),
}
PREGNANT = {
    "k1": _("K1: kontak pertama"),
    "k1_murni": _("K1 murni: kontak pertama sampai 12 minggu"),
    "k4": _("K4"),
    "k6": _("K6"),
    "ttd_90": _("Ibu hamil menerima 90 tablet tambah darah"),
    "ttd_180": _("Ibu hamil menerima 180 TTD/MMS"),
    "hb_diperiksa": _("Ibu hamil diperiksa Hb"),
    "anemia": _("Ibu hamil anemia"),
    "kek": _("Ibu hamil KEK"),
    "kek_mt": _("Ibu hamil KEK mendapat makanan tambahan"),
    "td2_plus": _("Ibu hamil berstatus Td2 atau lebih"),
    "risti_masyarakat": _("Ibu hamil berisiko ditemukan masyarakat"),
    "risti_nakes": _("Ibu hamil berisiko ditemukan tenaga kesehatan"),
}
BIRTHS = {
    "bersalin": _("Ibu bersalin"),
    "bersalin_nakes": _("Di antaranya ditolong tenaga kesehatan"),
    "bersalin_faskes": _("Di antaranya di fasilitas kesehatan"),
    "bersalin_komplikasi": _("Ibu bersalin dengan komplikasi"),
    "bersalin_kompl_ditangani": _("Komplikasi persalinan ditangani sampai selesai"),
    "kf1": _("KF1: 6 jam sampai 2 hari"),
    "kf_lengkap": _("KF1 sampai KF4"),
    "kematian_ibu": _("Kematian ibu"),
    "lahir_mati": _("Bayi lahir mati"),
}
PLANNING = {
    "kb_baru": _("Peserta KB baru"),
    "kb_pasca_salin": _("Ibu nifas memakai KB dalam 42 hari"),
    "kb_berhenti": _("Peserta KB berhenti"),
}
CHILDREN = {
    "kelahiran_hidup": _("Lahir hidup"),
    "lahir_ditimbang": _("Bayi lahir hidup ditimbang"),
    "bblr": _("Berat lahir rendah (di bawah 2.500 gram)"),
    "kn1": _("KN1: 6–48 jam"),
    "kn_lengkap": _("KN lengkap"),
    "shk": _("Diambil sampel SHK sampai umur 14 hari"),
    "neo_komplikasi": _("Neonatus dengan komplikasi"),
    "neo_kompl_ditangani": _("Neonatus dengan komplikasi ditangani atau dirujuk"),
    "balita_dipantau": _("Balita dipantau pertumbuhan dan perkembangannya"),
    "mtbs_ditangani": _("Kunjungan balita sakit menurut MTBS/MTBM"),
    "kematian_neonatal": _("Kematian 0–28 hari"),
    "kematian_postneonatal": _("Kematian 29 hari–11 bulan"),
    "kematian_anak_balita": _("Kematian 12–59 bulan"),
}
DOSES = {
    "hb0_24jam": _("HB0 sampai 24 jam"),
    "hb0_7hari": _("HB0 sampai 7 hari, termasuk yang sampai 24 jam"),
    "bcg": _("BCG"),
    "opv1": _("OPV 1"),
    "opv2": _("OPV 2"),
    "opv3": _("OPV 3"),
    "opv4": _("OPV 4"),
    "dpt1": _("DPT-HB-Hib 1"),
    "dpt2": _("DPT-HB-Hib 2"),
    "dpt3": _("DPT-HB-Hib 3"),
    "ipv1": _("IPV 1"),
    "ipv2": _("IPV 2"),
    "pcv1": _("PCV 1"),
    "pcv2": _("PCV 2"),
    "pcv3": _("PCV 3"),
    "rv1": _("Rotavirus 1"),
    "rv2": _("Rotavirus 2"),
    "rv3": _("Rotavirus 3"),
    "mr1": _("MR 1"),
    "idl": _("Imunisasi dasar lengkap"),
    "dpt4": _("DPT-HB-Hib 4"),
    "mr2": _("MR 2"),
    "baduta_lengkap": _("Imunisasi baduta lengkap"),
}
INFECTIONS = {
    "diare_balita": _("Diare balita, kasus baru"),
    "diare_balita_kunjungan": _("Kunjungan diare balita"),
    "diare_oralit_zink": _("Di antaranya mendapat oralit dan zink"),
    "pneumonia_balita": _("Pneumonia balita, kasus baru"),
    "ispa_balita": _("Kunjungan ISPA dan pneumonia balita"),
    "ispa_balita_standar": _("Di antaranya napas dihitung dan tata laksana standar"),
    "tb_ditemukan": _("Kasus TBC ditemukan"),
    "tb_mulai": _("Di antaranya mulai diobati"),
    "tb_tahu_hiv": _("Di antaranya diketahui status HIV-nya"),
    "tb_investigasi": _("Di antaranya kontaknya diperiksa"),
    "tpt_layak": _("Kontak layak TPT"),
    "tpt_mulai": _("Kontak mulai TPT"),
}
SCREENED = {
    "tb_terduga": _("Orang terduga TBC"),
    "spm11_tb": _("Terduga TBC diperiksa, diberi pemeriksaan penunjang, dan edukasi"),
    "hiv_dites": _("Orang berisiko dites HIV"),
}
ALL = NUTRITION | PREGNANT | BIRTHS | PLANNING | CHILDREN | DOSES | INFECTIONS | SCREENED
# What counts the same events of the same month; coverage of a cohort may catch up in a later one.
PAIRS = (
    *(("bersalin_nakes", "bersalin"), ("bersalin_faskes", "bersalin")),
    *(("bersalin_komplikasi", "bersalin"), ("anemia", "hb_diperiksa")),
    *(("bblr", "lahir_ditimbang"), ("hb0_24jam", "hb0_7hari")),
    *(("diare_oralit_zink", "diare_balita_kunjungan"), ("ispa_balita_standar", "ispa_balita")),
    *(("tb_mulai", "tb_ditemukan"), ("tb_tahu_hiv", "tb_ditemukan")),
    ("tb_investigasi", "tb_ditemukan"),
)
SELDOM = _("“%(part)s” lebih besar daripada “%(whole)s”. Periksa keduanya.")
DOUBTS = (
    *(("k6", "k4"), ("k1_murni", "k1"), ("dpt3", "dpt1"), ("kn_lengkap", "kn1")),
    *(("lahir_ditimbang", "kelahiran_hidup"), ("neo_kompl_ditangani", "neo_komplikasi")),
    *(("bersalin_kompl_ditangani", "bersalin_komplikasi"), ("kek_mt", "kek")),
    *(("gizi_buruk_dirawat", "gizi_buruk_ditemukan"), ("tpt_mulai", "tpt_layak")),
)
ELEMENTS: tuple[Element, ...] = ()
INDICATORS: tuple[Indicator, ...] = ()
FORM = Form(
    code="LB3",
    label=_("LB3 Gizi, KIA-KB, imunisasi, dan P2M"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("Gizi balita"), NUTRITION),
        section("B", _("Ibu hamil"), PREGNANT),
        section("C", _("Ibu bersalin dan nifas"), BIRTHS),
        section("D", _("Keluarga berencana"), PLANNING),
        section("E", _("Bayi dan balita"), CHILDREN),
        section("F", _("Imunisasi"), DOSES),
        section("G", _("Diare, ISPA, dan TBC"), INFECTIONS),
        section("H", _("Penapisan TBC dan HIV"), SCREENED),
    ),
    checks=(
        *(part_of(part, whole, ALL) for part, whole in PAIRS),
        *(
            Check(p, "<=", w, filled(SELDOM, {"part": ALL[p], "whole": ALL[w]}), warning=True)
            for p, w in DOUBTS
        ),
    ),
    due=TENTH,
    source="LB3 SP2TP; Permenkes 31/2019",
    pages=3,
    since=SINCE,
)
