"""Cluster 3: follow-up of people with hypertension or diabetes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.language import (
    Derived,
    Service,
    Values,
    flag,
    measure,
    on_day,
    whole,
    yes_no,
)
from clusters.services.shared import (
    DIASTOLE_BELOW,
    education,
    glucose,
    limits_on,
    odd,
    pressure,
    referred,
    rule,
)

SUGARS = ("glucose", "fasting", "hba1c")


def derive(v: Values) -> Values:
    """What was measured, whether it is controlled, and whether the month's service is whole."""
    pressed = v["systole"] is not None and v["diastole"] is not None
    sugar = any(v[name] is not None for name in SUGARS)
    treated = bool(v["drug_given"] or v["referred"]) and v["adherent"] is not None
    cared = bool(v["education"]) and treated
    return {
        "ht_measured": bool(v["hypertension"]) and pressed,
        "dm_measured": bool(v["diabetes"]) and sugar,
        "ht_controlled": _ht_controlled(v) if v["hypertension"] and pressed else None,
        "dm_controlled": _dm_controlled(v) if v["diabetes"] and sugar else None,
        "ht_served": bool(v["hypertension"]) and pressed and cared,
        "dm_served": bool(v["diabetes"]) and sugar and cared,
    }


def _ht_controlled(v: Values) -> bool:
    limits = limits_on(v["seen_on"])
    high = v["systole"] >= limits["systole_high"] or v["diastole"] >= limits["diastole_high"]
    return not high


def _dm_controlled(v: Values) -> bool:
    """By the best of what was measured: HbA1c, then fasting, then random glucose."""
    seen = v["seen_on"]
    if v["hba1c"] is not None:
        return bool(float(v["hba1c"]) < cutoff("hba1c_controlled_below", seen))
    if v["fasting"] is not None:
        low, high = cutoff("fasting_controlled_from", seen), cutoff("fasting_controlled_to", seen)
        return bool(low <= v["fasting"] <= high)
    return bool(v["glucose"] < cutoff("glucose_high", seen))


CHRONIC = Service(
    code="chronic",
    label=_("Tindak lanjut hipertensi dan diabetes"),
    cluster="K3",
    stage="produktif",
    age_months=(15 * 12, 120 * 12),
    source="Permenkes 6/2024 (SPM 8 dan 9)",
    needs_one_of=("hypertension", "diabetes"),
    fields=(
        yes_no("hypertension", _("Hipertensi"), aliases=("ht", "penderita hipertensi")),
        yes_no("diabetes", _("Diabetes melitus"), aliases=("dm", "penderita dm", "diabetes")),
        on_day("diagnosed_on", _("Didiagnosis sejak"), aliases=("sejak", "tanggal diagnosis")),
        *pressure(),
        glucose(),
        whole(
            "fasting",
            _("Gula darah puasa"),
            "mg/dL",
            reject=(10, 800),
            warn=(50, 400),
            aliases=("gdp", "gula puasa"),
        ),
        measure("hba1c", _("HbA1c"), "%", 1, reject=(3, 20), warn=(4, 15), aliases=("a1c",)),
        yes_no("drug_given", _("Obat diberikan"), aliases=("obat", "diberi obat")),
        yes_no("adherent", _("Minum obat teratur"), aliases=("patuh minum obat", "minum obat")),
        education(),
        referred(),
    ),
    derived=(
        Derived("ht_measured", _("Hipertensi, tekanan darah diukur"), flag),
        Derived("dm_measured", _("Diabetes, gula darah diperiksa"), flag),
        Derived("ht_controlled", _("Tekanan darah terkendali"), flag),
        Derived("dm_controlled", _("Gula darah terkendali"), flag),
        Derived("ht_served", _("Hipertensi dilayani sesuai standar"), flag),
        Derived("dm_served", _("Diabetes dilayani sesuai standar"), flag),
    ),
    derive=derive,
    rules=(
        DIASTOLE_BELOW,
        rule(
            "one-illness",
            ("hypertension", "diabetes"),
            _("Tidak ada penyakit yang ditandai. Isi ya pada hipertensi atau diabetes melitus."),
            lambda v: not (v["hypertension"] or v["diabetes"]),
        ),
        rule(
            "diagnosed-before-visit",
            ("diagnosed_on",),
            _("Tanggal diagnosis harus sesudah lahir dan tidak sesudah kunjungan. Periksa."),
            lambda v: (
                bool(v["diagnosed_on"])
                and not 0 <= (v["seen_on"] - v["diagnosed_on"]).days <= v["age_days"]
            ),
        ),
        odd(
            "adherent-without-drug",
            ("adherent", "drug_given"),
            _("Minum obat teratur tetapi obat tidak diberikan. Periksa bila obatnya habis."),
            lambda v: bool(v["adherent"]) and v["drug_given"] is False,
        ),
    ),
)
