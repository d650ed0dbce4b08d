"""Cluster 3: health screening of couples who are about to marry (calon pengantin)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.antenatal import TD
from clusters.services.language import (
    Derived,
    Rule,
    Service,
    Values,
    choice,
    flag,
    measure,
    score,
    whole,
    yes_no,
)

LAWFUL_AGE_MONTHS = 19 * 12


def derive(v: Values) -> Values:
    """BMI, KEK of brides, anaemia by the limit of the sex; None where not measured."""
    weight, height, seen = v["weight"], v["height"], v["seen_on"]
    bmi = float(weight) / (float(height) / 100) ** 2 if weight and height else None
    limit = "anaemia_groom" if v["sex"] == "L" else "anaemia_bride"
    slim = None if v["muac"] is None else float(v["muac"]) < cutoff("kek_muac_cm", seen)
    return {
        "bmi": None if bmi is None else round(bmi, 2),
        "kek": None if v["sex"] == "L" else slim,
        "anaemic": None if v["hb"] is None else float(v["hb"]) < cutoff(limit, seen),
    }


PREMARITAL = Service(
    code="premarital",
    label=_("Skrining calon pengantin (catin)"),
    cluster="K3",
    stage="catin",
    age_months=(15 * 12, 80 * 12),
    source="Permenkes 21/2021 (masa sebelum hamil)",
    needs_one_of=("weight", "systole", "hb", "muac", "counselling"),
    aliases={"name": ("nama catin", "nama calon pengantin")},
    fields=(
        measure(
            "weight",
            _("Berat badan"),
            "kg",
            1,
            reject=(20, 250),
            warn=(30, 150),
            aliases=("bb", "bb kg", "berat"),
        ),
        measure(
            "height",
            _("Tinggi badan"),
            "cm",
            1,
            reject=(80, 230),
            warn=(130, 190),
            aliases=("tb", "tb cm", "tinggi"),
        ),
        measure("muac", _("LILA"), "cm", 1, reject=(12, 60), warn=(17, 40), aliases=("lila cm",)),
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
        measure("hb", _("Hb"), "g/dL", 1, reject=(2, 25), warn=(5, 18), aliases=("hemoglobin",)),
        yes_no("hiv_test", _("Tes HIV"), aliases=("hiv",)),
        yes_no("syphilis_test", _("Tes sifilis"), aliases=("sifilis",)),
        yes_no("hbsag_test", _("Tes HBsAg"), aliases=("hbsag", "hepatitis b")),
        choice(
            "td_status", _("Status imunisasi Td"), *TD, aliases=("status td", "status tt", "td")
        ),
        yes_no("mental_screening", _("Skrining jiwa"), aliases=("skrining kesehatan jiwa",)),
        yes_no("counselling", _("Konseling catin"), aliases=("konseling", "kie catin", "edukasi")),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan")),
    ),
    derived=(
        Derived("bmi", _("IMT"), score),
        Derived("kek", _("Catin perempuan kurang energi kronik"), flag),
        Derived("anaemic", _("Catin anemia"), flag),
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
            "lawful-age",
            ("seen_on",),
            _("Calon pengantin belum 19 tahun. Periksa tanggal lahir dan surat dispensasinya."),
            lambda v: v["age_months"] < LAWFUL_AGE_MONTHS,
            warning=True,
        ),
    ),
)
