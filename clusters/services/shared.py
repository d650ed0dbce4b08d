"""Fields and classes that several services have in common, declared once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.free_check import DONE
from clusters.services.language import Field, Rule, Values, measure, whole, yes_no

LIMITS = (
    *("bmi_severe_thin", "bmi_thin", "bmi_over", "bmi_obese"),
    *("systole_high", "diastole_high", "systole_low", "diastole_low"),
    *("glucose_high", "glucose_watch", "waist_male_cm", "waist_female_cm"),
)
Limits = dict[str, float]


@lru_cache(maxsize=8192)
def limits_on(on: date) -> Limits:
    """Every cut-off of adults in force on a day: looked up once a day, not once a row."""
    return {code: cutoff(code, on) for code in LIMITS}


def bmi_of(v: Values) -> float | None:
    """kg/m2; None without weight or height."""
    if not v["weight"] or not v["height"]:
        return None
    return float(v["weight"]) / (float(v["height"]) / 100) ** 2


def bp_class(systole: int | None, diastole: int | None, limits: Limits) -> str | None:
    """T, N or R; None where not measured."""
    if systole is None or diastole is None:
        return None
    if systole >= limits["systole_high"] or diastole >= limits["diastole_high"]:
        return "T"
    low = systole < limits["systole_low"] or diastole < limits["diastole_low"]
    return "R" if low else "N"


def glucose_class(glucose: int | None, limits: Limits) -> str | None:
    """T, W or N of a random glucose; None where not measured."""
    if glucose is None:
        return None
    if glucose >= limits["glucose_high"]:
        return "T"
    return "W" if glucose >= limits["glucose_watch"] else "N"


def weight_and_height(low_kg: float = 20, low_cm: float = 80) -> tuple[Field, Field]:
    """Weight and height of those who are no toddlers any more."""
    return (
        measure(
            "weight",
            _("Berat badan"),
            "kg",
            1,
            reject=(low_kg, 250),
            warn=(low_kg + 10, 150),
            aliases=("bb", "berat", "bb kg"),
        ),
        measure(
            "height",
            _("Tinggi badan"),
            "cm",
            1,
            reject=(low_cm, 230),
            warn=(low_cm + 50, 190),
            aliases=("tb", "tinggi", "tb cm"),
        ),
    )


def pressure() -> tuple[Field, Field]:
    """Systole and diastole."""
    return (
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
    )


def glucose() -> Field:
    """Random blood glucose."""
    return whole(
        "glucose",
        _("Gula darah sewaktu"),
        "mg/dL",
        reject=(10, 1000),
        warn=(50, 500),
        aliases=("gds", "gula darah", "gula darah sewaktu mg dl"),
    )


def cholesterol() -> Field:
    """Total cholesterol."""
    return whole(
        "cholesterol",
        _("Kolesterol total"),
        "mg/dL",
        reject=(50, 800),
        warn=(100, 400),
        aliases=("kolesterol",),
    )


def education() -> Field:
    return yes_no("education", _("Edukasi"), aliases=("penyuluhan", "konseling"))


def referred() -> Field:
    return yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan"))


def free_check() -> Field:
    """Whether the visit finished a free health check (CKG)."""
    return yes_no(
        "ckg",
        _("CKG selesai"),
        aliases=("cek kesehatan gratis", "status ckg"),
        yes=DONE,
        hint=_("Isi ya bila seluruh pemeriksaan CKG selesai dilayani hari itu."),
    )


def rule(
    code: str, fields: tuple[str, ...], message: Any, broken: Callable[[Values], bool]
) -> Rule:
    """A rule that refuses the row."""
    return Rule(code, fields, message, broken)


def odd(code: str, fields: tuple[str, ...], message: Any, broken: Callable[[Values], bool]) -> Rule:
    """A rule that only warns."""
    return Rule(code, fields, message, broken, warning=True)


DIASTOLE_BELOW = rule(
    "diastole-below-systole",
    ("systole", "diastole"),
    _("Diastole harus lebih kecil daripada sistole. Periksa kembali tekanan darah."),
    lambda v: bool(v["systole"] and v["diastole"] and v["diastole"] >= v["systole"]),
)
