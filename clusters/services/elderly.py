"""Cluster 3: the elderly: daily activities (AKS), simple screening (SKILAS), and measurements."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.free_check import NOT_IMPORTED
from clusters.services.language import (
    Derived,
    Service,
    Values,
    flag,
    small_number,
    whole,
    word,
    yes_no,
)
from clusters.services.shared import (
    DIASTOLE_BELOW,
    bp_class,
    cholesterol,
    education,
    free_check,
    glucose,
    glucose_class,
    limits_on,
    odd,
    pressure,
    referred,
    rule,
)

ACTIVITIES = (  # of the Barthel index, with the most that each can give
    ("aks_bowels", _("AKS 1 BAB"), 2, "mengendalikan bab"),
    ("aks_bladder", _("AKS 2 BAK"), 2, "mengendalikan bak"),
    ("aks_grooming", _("AKS 3 membersihkan diri"), 1, "bersih diri"),
    ("aks_toilet", _("AKS 4 penggunaan WC"), 2, "ke wc"),
    ("aks_feeding", _("AKS 5 makan minum"), 2, "makan"),
    ("aks_transfer", _("AKS 6 berpindah"), 3, "berpindah"),
    ("aks_walking", _("AKS 7 berjalan"), 3, "berjalan"),
    ("aks_dressing", _("AKS 8 berpakaian"), 2, "berpakaian"),
    ("aks_stairs", _("AKS 9 naik turun tangga"), 2, "tangga"),
    ("aks_bathing", _("AKS 10 mandi"), 1, "mandi"),
)
SHORTER = {"aks_bowels": ("bab",), "aks_bladder": ("bak",), "aks_toilet": ("wc",)}
ITEMS = tuple(name for name, *_rest in ACTIVITIES)
GROUPS = (
    ("skilas_cognition", _("SKILAS kognitif"), "penurunan kognitif"),
    ("skilas_mobility", _("SKILAS mobilisasi"), "keterbatasan mobilisasi"),
    ("skilas_nutrition", _("SKILAS malnutrisi"), "malnutrisi"),
    ("skilas_sight", _("SKILAS penglihatan"), "gangguan penglihatan"),
    ("skilas_hearing", _("SKILAS pendengaran"), "gangguan pendengaran"),
    ("skilas_mood", _("SKILAS depresi"), "gejala depresi"),
)
SKILAS = tuple(name for name, *_rest in GROUPS)


def derive(v: Values) -> Values:
    """AKS with class and independence, whether SKILAS found something, classes measured."""
    limits, score = limits_on(v["seen_on"]), aks_score(v)
    return {
        "aks_score": score,
        "aks_class": None if score is None else _aks_class(score, v["seen_on"]),
        "independence": None if score is None else _independence(score, v["seen_on"]),
        "skilas_done": all(v[name] is not None for name in SKILAS),
        "skilas_problem": _skilas_problem(v),
        "bp_class": bp_class(v["systole"], v["diastole"], limits),
        "glucose_class": glucose_class(v["glucose"], limits),
        "cholesterol_high": _cholesterol_high(v),
    }


def aks_score(v: Values) -> int | None:
    """What was typed or, with all ten items scored, their sum."""
    if v["aks"] is not None:
        return int(v["aks"])
    scores = [v[name] for name in ITEMS]
    return None if None in scores else sum(scores)


def _aks_class(score: int, seen) -> str:
    for code in ("M", "R", "S", "B"):
        if score >= cutoff(f"aks_{code.lower()}_from", seen):
            return code
    return "T"


def _independence(score: int, seen) -> str:
    if score >= cutoff("independence_a_from", seen):
        return "A"
    return "B" if score >= cutoff("independence_b_from", seen) else "C"


def _skilas_problem(v: Values) -> bool | None:
    """Any yes is a problem; no problem is known only when all six were asked."""
    answers = [v[name] for name in SKILAS]
    if True in answers:
        return True
    return None if None in answers else False


def _cholesterol_high(v: Values) -> bool | None:
    if v["cholesterol"] is None:
        return None
    return bool(v["cholesterol"] >= cutoff("cholesterol_high", v["seen_on"]))


ELDERLY = Service(
    code="elderly",
    label=_("Skrining lanjut usia (AKS dan SKILAS)"),
    cluster="K3",
    stage="lansia",
    age_months=(60 * 12, 120 * 12),
    source="Permenkes 6/2024 (SPM 7); kartu bantu lansia Posyandu",
    needs_one_of=("aks", *ITEMS, *SKILAS, "systole", "glucose", "cholesterol", "gds15"),
    fields=(
        *pressure(),
        glucose(),
        cholesterol(),
        *(
            whole(
                name,
                label,
                reject=(0, most),
                aliases=(f"aks {alias}", alias, *SHORTER.get(name, ())),
            )
            for name, label, most, alias in ACTIVITIES
        ),
        whole(
            "aks",
            _("Skor AKS"),
            reject=(0, 20),
            aliases=("skor barthel", "barthel", "total barthel", "total aks"),
            hint=_("Boleh dikosongkan bila kesepuluh butirnya diisi."),
        ),
        *(yes_no(name, label, aliases=(alias,)) for name, label, alias in GROUPS),
        whole(
            "gds15",
            _("Skor depresi lansia (GDS-15)"),
            reject=(0, 15),
            aliases=("gds 15", "skor gds"),
        ),
        yes_no(
            "home_care", _("Dirawat di rumah (PJP)"), aliases=("pjp", "perawatan jangka panjang")
        ),
        education(),
        free_check(),
        referred(),
    ),
    ignored=NOT_IMPORTED,
    derived=(
        Derived("aks_score", _("Nilai AKS"), small_number),
        Derived("aks_class", _("Kelas AKS"), word),
        Derived("independence", _("Kemandirian A/B/C"), word),
        Derived("skilas_done", _("SKILAS lengkap"), flag),
        Derived("skilas_problem", _("SKILAS bermasalah"), flag),
        Derived("bp_class", _("Kelas tekanan darah"), word),
        Derived("glucose_class", _("Kelas gula darah"), word),
        Derived("cholesterol_high", _("Kolesterol tinggi"), flag),
    ),
    derive=derive,
    rules=(
        DIASTOLE_BELOW,
        rule(
            "aks-sum-agrees",
            ("aks", *ITEMS),
            _("Skor AKS berbeda dengan jumlah kesepuluh butirnya. Perbaiki salah satunya."),
            lambda v: (
                v["aks"] is not None
                and None not in [v[n] for n in ITEMS]
                and sum(v[n] for n in ITEMS) != v["aks"]
            ),
        ),
        odd(
            "aks-all-scored",
            ITEMS,
            _("AKS baru terisi sebagian, jadi belum dinilai. Lengkapi sepuluh butirnya."),
            lambda v: v["aks"] is None and 0 < sum(v[n] is not None for n in ITEMS) < 10,
        ),
        odd(
            "needs-referral",
            ("referred",),
            _("AKS di bawah 20 atau SKILAS bermasalah perlu dirujuk. Isi kolom Dirujuk."),
            lambda v: (
                v["referred"] is None
                and (v.get("aks_class") not in (None, "M") or v.get("skilas_problem") is True)
            ),
        ),
    ),
)
