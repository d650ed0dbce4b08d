"""Children under five: what is counted of weighing, measuring and what is given with it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from reporting.catalogue.language import Breakdown, Children, Element, Kind, Reported, Visits
from reporting.catalogue.shorthand import attendance, reached

PROGRAMME = "growth"
STUNTED, LIGHT = ("pendek", "sangat_pendek"), ("kurang", "sangat_kurang")
THIN, HEAVY = ("gizi_kurang", "gizi_buruk"), ("gizi_lebih", "obesitas")
VITAMIN_A_MONTHS = (2, 8)


def _f1(code: str, label: Text, when: Q, kind: Kind = Kind.FLOW) -> Element:
    """Children at their last weighing of the month, by sex and the age groups of F1."""
    return Element(
        code, label, PROGRAMME, Children(when), kind=kind, breakdown=Breakdown.SEX_AGE_F1
    )


def _state(code: str, label: Text, **when: object) -> Element:
    """Children by how they stood at the last measurement of the month."""
    return Element(
        code, label, PROGRAMME, Children(Q(**when)), kind=Kind.STOCK, breakdown=Breakdown.SEX
    )


def _given(code: str, label: Text, **when: object) -> Element:
    return Element(code, label, PROGRAMME, Visits(PROGRAMME, Q(**when)), breakdown=Breakdown.SEX)


def _typed(code: str, label: Text, breakdown: Breakdown, kind: Kind = Kind.FLOW) -> Element:
    return Element(code, label, PROGRAMME, Reported(), kind=kind, breakdown=breakdown)


SKDN: tuple[Element, ...] = (
    _typed("skdn_s", _("S: semua balita di wilayah"), Breakdown.SEX_AGE_F1, Kind.STOCK),
    _typed("skdn_k", _("K: balita yang punya KMS/buku KIA"), Breakdown.SEX_AGE_F1, Kind.STOCK),
    _f1("skdn_d", _("D: balita ditimbang"), Q(label__in=["N", "T", "O", "B"])),
    _f1("n_naik", _("N: berat badan naik"), Q(label="N")),
    _f1("t_tidak_naik", _("T: berat badan tidak naik"), Q(label="T")),
    _f1("o_absen", _("O: bulan lalu tidak ditimbang"), Q(label="O")),
    _f1("b_baru", _("B: baru pertama kali ditimbang"), Q(label="B")),
    _f1("bgm", _("BGM: di bawah garis merah"), Q(below_red_line=True)),
    _f1("dua_t", _("2T: dua kali berturut-turut tidak naik"), Q(twice_t=True)),
    _typed("tidak_hadir", _("Punya KMS tetapi tidak ditimbang (K - D)"), Breakdown.SEX_AGE_F1),
    _f1(
        "gizi_buruk_bbu",
        _("Berat badan sangat kurang (gizi buruk menurut BB/U)"),
        Q(waz_class="sangat_kurang"),
        Kind.STOCK,
    ),
    _f1(
        "gizi_kurang_bbu",
        _("Berat badan kurang (gizi kurang menurut BB/U)"),
        Q(waz_class="kurang"),
        Kind.STOCK,
    ),
)
NUTRITION: tuple[Element, ...] = (
    _state("diukur_bbu", _("Balita dengan BB/U sahih"), waz_class__isnull=False),
    _state("underweight", _("Balita berat badan kurang (BB/U < -2 SD)"), waz_class__in=LIGHT),
    _state("diukur_tbu", _("Balita dengan TB/U sahih"), haz_class__isnull=False),
    _state("stunting", _("Balita pendek (TB/U < -2 SD)"), haz_class__in=STUNTED),
    _state("diukur_bbtb", _("Balita dengan BB/TB sahih"), whz_class__isnull=False),
    _state("wasting", _("Balita kurus (BB/TB < -2 SD)"), whz_class__in=THIN),
    _state("gizi_buruk", _("Balita gizi buruk (BB/TB < -3 SD atau edema)"), whz_class="gizi_buruk"),
    _state("gizi_lebih", _("Balita gizi lebih dan obesitas (BB/TB > +2 SD)"), whz_class__in=HEAVY),
    Element(
        "stunting_berisiko",
        _("Balita tidak pendek pada pengukuran sebelumnya, diukur lagi"),
        PROGRAMME,
        Children(Q(newly_stunted__isnull=False)),
        breakdown=Breakdown.SEX,
    ),
    Element(
        "stunting_baru",
        _("Balita yang baru menjadi pendek"),
        PROGRAMME,
        Children(Q(newly_stunted=True)),
        breakdown=Breakdown.SEX,
    ),
)
GIVEN: tuple[Element, ...] = (
    _given(
        "asi_ditanya",
        _("Bayi 0–5 bulan ditanya ASI"),
        age_months__lt=6,
        exclusive_milk__isnull=False,
    ),
    _given(
        "asi_eksklusif", _("Bayi 0–5 bulan hanya diberi ASI"), age_months__lt=6, exclusive_milk=True
    ),
    _given(
        "mpasi_ditanya",
        _("Anak 6–23 bulan ditanya MPASI"),
        age_months__gte=6,
        age_months__lt=24,
        complementary_food__isnull=False,
    ),
    _given(
        "mpasi_beragam",
        _("Anak 6–23 bulan mendapat MPASI beragam"),
        age_months__gte=6,
        age_months__lt=24,
        complementary_food=True,
    ),
    _given(
        "vit_a_biru",
        _("Bayi 6–11 bulan mendapat kapsul vitamin A biru"),
        vitamin_a="biru",
        age_months__gte=6,
        age_months__lt=12,
        seen_on__month__in=VITAMIN_A_MONTHS,
    ),
    _given(
        "vit_a_merah",
        _("Anak 12–59 bulan mendapat kapsul vitamin A merah"),
        vitamin_a="merah",
        age_months__gte=12,
        age_months__lt=60,
        seen_on__month__in=VITAMIN_A_MONTHS,
    ),
)
YEAR: tuple[Element, ...] = reached(
    PROGRAMME,
    {
        "ditimbang_8x": _("Balita ditimbang 8 kali dalam setahun"),
        "spm4_balita": _("Anak 12–59 bulan dilayani sesuai standar SPM 4"),
        "balita_dipantau": _("Balita dipantau pertumbuhan dan perkembangannya"),
        "obat_cacing": _("Anak 12–59 bulan mendapat obat cacing"),
    },
    breakdown=Breakdown.SEX,
)
OF_F1: tuple[Element, ...] = (
    _typed("s36", _("Balita mencapai umur 36 bulan (S36)"), Breakdown.SEX),
    _typed("s36_cukup", _("S36 dengan berat badan 11,5 kg atau lebih"), Breakdown.SEX),
    _typed("f1_nifas", _("Ibu nifas"), Breakdown.NONE),
    _typed("f1_nifas_vit_a", _("Ibu nifas mendapat vitamin A"), Breakdown.NONE),
    _typed("f1_bumil", _("Ibu hamil"), Breakdown.NONE, Kind.STOCK),
    _typed("f1_bumil_kek", _("Ibu hamil dengan LILA di bawah 23,5 cm"), Breakdown.NONE, Kind.STOCK),
    _typed("f1_bumil_ttd", _("Ibu hamil mendapat tablet tambah darah"), Breakdown.NONE),
    _typed("f1_imd", _("Bayi lahir dengan inisiasi menyusu dini"), Breakdown.NONE),
)
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *SKDN,
    *NUTRITION,
    *GIVEN,
    *YEAR,
    *OF_F1,
)
