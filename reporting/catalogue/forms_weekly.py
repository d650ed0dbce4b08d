"""The weekly report of diseases that can become an outbreak (W2), and what it gives."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_language import COMPARISONS, Check
from reporting.catalogue.form_shorthand import reported, section
from reporting.catalogue.language import MONDAY, Element, Form, Indicator

PROGRAMME = "skdr"
# The letters by which SKDR names them: reference.md 5.5.
DISEASES = {
    "sk_a": _("Diare akut"),
    "sk_b": _("Malaria terkonfirmasi"),
    "sk_c": _("Suspek dengue"),
    "sk_d": _("Pneumonia"),
    "sk_e": _("Diare berdarah atau disentri"),
    "sk_f": _("Suspek demam tifoid"),
    "sk_g": _("Sindrom jaundis akut"),
    "sk_h": _("Suspek chikungunya"),
    "sk_j": _("Suspek flu burung pada manusia"),
    "sk_k": _("Suspek campak"),
    "sk_l": _("Suspek difteri"),
    "sk_m": _("Suspek pertusis"),
    "sk_n": _("AFP (lumpuh layu mendadak)"),
    "sk_p": _("Gigitan hewan penular rabies"),
    "sk_q": _("Suspek antraks"),
    "sk_r": _("Suspek leptospirosis"),
    "sk_s": _("Suspek kolera"),
    "sk_t": _("Klaster penyakit yang tidak lazim"),
    "sk_u": _("Suspek meningitis atau ensefalitis"),
    "sk_v": _("Suspek tetanus neonatorum"),
    "sk_w": _("Suspek tetanus"),
    "sk_y": _("Penyakit serupa influenza (ILI)"),
    "sk_z": _("Suspek penyakit tangan, kaki, dan mulut"),
    "sk_aa": _("ISPA"),
    "sk_ac": _("Suspek COVID-19"),
}
VISITS = {"sk_kunjungan": _("Semua kunjungan minggu ini")}
ELEMENTS: tuple[Element, ...] = reported(PROGRAMME, DISEASES | VISITS)
INDICATORS: tuple[Indicator, ...] = ()
AT_MOST = tuple(COMPARISONS)[0]
FORM = Form(
    code="SKDR",
    label=_("SKDR mingguan (W2)"),
    kinds=("puskesmas",),
    sections=(
        section("", _("Kasus baru; tulis 0 bila tidak ada"), DISEASES),
        section("K", _("Kunjungan"), VISITS),
    ),
    checks=(
        Check(
            " + ".join(DISEASES),
            AT_MOST,
            "sk_kunjungan",
            _("Kasus melebihi semua kunjungan minggu ini. Periksa keduanya."),
            warning=True,
        ),
    ),
    due=MONDAY,
    source="SKDR; W2",
    weekly=True,
)
