"""Cluster 3: screening of adults and the elderly for non-communicable diseases."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
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

IVA = (
    Choice("negatif", _("Negatif"), ("-", "neg")),
    Choice("positif", _("Positif"), ("+", "pos")),
    Choice("curiga", _("Curiga kanker"), ()),
)


LIMITS = (
    *("bmi_severe_thin", "bmi_thin", "bmi_over", "bmi_obese"),
    *("systole_high", "diastole_high", "systole_low", "diastole_low"),
    *("glucose_high", "glucose_watch", "waist_male_cm", "waist_female_cm"),
)
Limits = dict[str, float]


@lru_cache(maxsize=8192)
def _limits(on: date) -> Limits:
    """Every cut-off of this service in force on a day: looked up once a day, not once a row."""
    return {code: cutoff(code, on) for code in LIMITS}


def derive(v: Values) -> Values:
    """BMI with its class, classes of pressure, glucose and waist; None where not measured."""
    weight, height, limits = v["weight"], v["height"], _limits(v["seen_on"])
    bmi = float(weight) / (float(height) / 100) ** 2 if weight and height else None
    return {
        "bmi": None if bmi is None else round(bmi, 2),
        "bmi_class": None if bmi is None else _bmi_class(bmi, limits),
        "bp_class": _bp_class(v["systole"], v["diastole"], limits),
        "glucose_class": _glucose_class(v["glucose"], limits),
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


def _bp_class(systole: int | None, diastole: int | None, limits: Limits) -> str | None:
    if systole is None or diastole is None:
        return None
    if systole >= limits["systole_high"] or diastole >= limits["diastole_high"]:
        return "T"
    low = systole < limits["systole_low"] or diastole < limits["diastole_low"]
    return "R" if low else "N"


def _glucose_class(glucose: int | None, limits: Limits) -> str | None:
    if glucose is None:
        return None
    if glucose >= limits["glucose_high"]:
        return "T"
    return "W" if glucose >= limits["glucose_watch"] else "N"


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
        measure(
            "weight",
            _("Berat badan"),
            "kg",
            1,
            reject=(20, 250),
            warn=(30, 150),
            aliases=("bb", "berat", "bb kg"),
        ),
        measure(
            "height",
            _("Tinggi badan"),
            "cm",
            1,
            reject=(80, 230),
            warn=(130, 190),
            aliases=("tb", "tinggi", "tb cm"),
        ),
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
        whole(
            "systole",
            _("Sistole"),
            "mmHg",
            reject=(50, 300),
            warn=(80, 200),
            aliases=("td sistole", "sistolik", "sistol"),
        ),
        whole(
            "diastole",
            _("Diastole"),
            "mmHg",
            reject=(30, 200),
            warn=(50, 120),
            aliases=("td diastole", "diastolik", "diastol"),
        ),
        whole(
            "glucose",
            _("Gula darah sewaktu"),
            "mg/dL",
            reject=(10, 1000),
            warn=(50, 500),
            aliases=("gds", "gula darah", "gula darah sewaktu mg dl"),
        ),
        whole(
            "cholesterol",
            _("Kolesterol total"),
            "mg/dL",
            reject=(50, 800),
            warn=(100, 400),
            aliases=("kolesterol",),
        ),
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
        yes_no("education", _("Edukasi"), aliases=("penyuluhan", "konseling")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("bmi", _("IMT"), score),
        Derived("bmi_class", _("Kelas IMT"), word),
        Derived("bp_class", _("Kelas tekanan darah"), word),
        Derived("glucose_class", _("Kelas gula darah"), word),
        Derived("central_obesity", _("Obesitas sentral"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "diastole-below-systole",
            ("systole", "diastole"),
            _("Diastole harus lebih kecil daripada sistole. Periksa kembali tekanan darah."),
            lambda v: bool(v["systole"] and v["diastole"] and v["diastole"] >= v["systole"]),
        ),
        Rule(
            "iva-women",
            ("iva", "breast_exam"),
            _("IVA dan SADANIS hanya untuk perempuan. Periksa jenis kelamin atau kosongkan."),
            lambda v: v["sex"] == "L" and bool(v["iva"] or v["breast_exam"]),
        ),
    ),
)
