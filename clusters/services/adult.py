"""Cluster 3: screening of adults and the elderly for non-communicable diseases."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.services.free_check import NOT_IMPORTED
from clusters.services.language import (
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    flag,
    measure,
    score,
    whole,
    word,
    yes_no,
)
from clusters.services.shared import (
    DIASTOLE_BELOW,
    Limits,
    bmi_of,
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
    weight_and_height,
)

IVA = (
    Choice("negatif", _("Negatif"), ("-", "neg")),
    Choice("positif", _("Positif"), ("+", "pos")),
    Choice("curiga", _("Curiga kanker"), ()),
)


def derive(v: Values) -> Values:
    """BMI with its class, classes of pressure, glucose and waist; None where not measured."""
    bmi, limits = bmi_of(v), limits_on(v["seen_on"])
    return {
        "bmi": None if bmi is None else round(bmi, 2),
        "bmi_class": None if bmi is None else _bmi_class(bmi, limits),
        "bp_class": bp_class(v["systole"], v["diastole"], limits),
        "glucose_class": glucose_class(v["glucose"], limits),
        "central_obesity": _central_obesity(v["waist"], v["sex"], limits),
    }


def _bmi_class(bmi: float, limits: Limits) -> str:
    if bmi < limits["bmi_severe_thin"]:
        return "SK"
    if bmi < limits["bmi_thin"]:
        return "K"
    if bmi <= limits["bmi_over"]:
        return "N"
    return "G" if bmi <= limits["bmi_obese"] else "O"


def _central_obesity(waist: Any, sex: str, limits: Limits) -> bool | None:
    if waist is None:
        return None
    return float(waist) > limits["waist_male_cm" if sex == "L" else "waist_female_cm"]


ADULT = Service(
    code="adult",
    label=_("Skrining usia dewasa dan lansia (PTM)"),
    cluster="K3",
    stage="produktif",
    age_months=(15 * 12, 120 * 12),
    source="Permenkes 6/2024 (SPM 6); kartu bantu dewasa dan lansia Posyandu",
    needs_one_of=("weight", "waist", "systole", "glucose", "smoker", "srq"),
    fields=(
        *weight_and_height(),
        measure(
            "waist",
            _("Lingkar perut"),
            "cm",
            1,
            reject=(30, 200),
            warn=(50, 140),
            aliases=("lp", "lingkar perut cm"),
        ),
        measure("muac", _("LILA"), "cm", 1, reject=(12, 60), warn=(17, 45), aliases=("lila cm",)),
        *pressure(),
        glucose(),
        cholesterol(),
        yes_no("smoker", _("Merokok"), aliases=("perokok",)),
        yes_no("inactive", _("Kurang aktivitas fisik"), aliases=("kurang aktivitas",)),
        yes_no("sugar", _("Gula berlebih"), aliases=("konsumsi gula",)),
        yes_no("salt", _("Garam berlebih"), aliases=("konsumsi garam",)),
        yes_no("fat", _("Lemak berlebih"), aliases=("konsumsi lemak",)),
        yes_no("family_history", _("Riwayat PTM keluarga"), aliases=("riwayat keluarga",)),
        yes_no("known_hypertension", _("Riwayat hipertensi"), aliases=("riwayat ht",)),
        yes_no("known_diabetes", _("Riwayat diabetes"), aliases=("riwayat dm",)),
        yes_no("on_treatment", _("Minum obat teratur"), aliases=("minum obat",)),
        yes_no("sight_ok", _("Penglihatan baik"), aliases=("mata", "penglihatan")),
        yes_no("hearing_ok", _("Pendengaran baik"), aliases=("telinga", "pendengaran")),
        whole("puma", _("Skor PUMA"), reject=(0, 9), aliases=("puma",)),
        whole("srq", _("Skor SRQ-20"), reject=(0, 20), aliases=("srq", "skor srq", "srq20")),
        yes_no("srq_17", _("SRQ nomor 17 ya"), aliases=("srq17",)),
        whole("tb_signs", _("Gejala TBC"), reject=(0, 4), aliases=("gejala tb", "skrining tb")),
        choice("iva", _("IVA"), *IVA, aliases=("hasil iva",)),
        yes_no("breast_exam", _("SADANIS"), aliases=("periksa payudara klinis",)),
        yes_no("married", _("Menikah"), aliases=("sudah menikah", "kawin")),
        education(),
        referred(),
        free_check(),
    ),
    ignored=NOT_IMPORTED,
    derived=(
        Derived("bmi", _("IMT"), score),
        Derived("bmi_class", _("Kelas IMT"), word),
        Derived("bp_class", _("Kelas tekanan darah"), word),
        Derived("glucose_class", _("Kelas gula darah"), word),
        Derived("central_obesity", _("Obesitas sentral"), flag),
    ),
    derive=derive,
    rules=(
        DIASTOLE_BELOW,
        Rule(
            "iva-women",
            ("iva", "breast_exam"),
            _("IVA dan SADANIS hanya untuk perempuan. Periksa jenis kelamin atau kosongkan."),
            lambda v: v["sex"] == "L" and bool(v["iva"] or v["breast_exam"]),
        ),
        odd(
            "ckg-elderly",
            ("ckg",),
            _("CKG lansia dihitung dari layanan lanjut usia. Isi CKG di sana untuk orang ini."),
            lambda v: bool(v["ckg"]) and v["age_months"] >= 60 * 12,
        ),
    ),
)
