"""Cluster 2: health checks of school age and adolescents (penjaringan), and their iron tablets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.growth import classify
from clusters.growth.school import INDEX, bmi_for_age
from clusters.services.language import (
    Choice,
    Derived,
    Field,
    Kind,
    Service,
    Values,
    flag,
    measure,
    score,
    whole,
    word,
    yes_no,
)
from clusters.services.shared import (
    DIASTOLE_BELOW,
    bmi_of,
    bp_class,
    education,
    free_check,
    glucose,
    limits_on,
    odd,
    pressure,
    referred,
    rule,
    weight_and_height,
)

LAST_BASIC_CLASS = 9
BIAS = (
    Choice("MR", _("BIAS MR"), ("bias campak rubela", "campak rubela")),
    Choice("DT", _("BIAS DT"), ("dt",)),
    Choice("TD", _("BIAS Td"), ("td bias",)),
    Choice("HPV1", _("BIAS HPV 1"), ("hpv 1", "hpv", "hpv dosis 1")),
    Choice("HPV2", _("BIAS HPV 2"), ("hpv 2", "hpv dosis 2")),
)
REPRODUCTIVE_FROM = 7  # class, or its usual age in months where there is no class
USUAL_AGE_OF_CLASS_7 = 12 * 12


def derive(v: Values) -> Values:
    """BMI for age, pressure, anaemia and mental class; None where not measured."""
    seen, bmi = v["seen_on"], bmi_of(v)
    z = None if bmi is None else bmi_for_age(v["sex"], v["age_months"], bmi)
    found: Values = {
        "bmi": None if bmi is None else round(bmi, 2),
        "bmi_z": z,
        "bmi_class": None if z is None else classify(INDEX, z, seen),
        "bp_class": bp_class(v["systole"], v["diastole"], limits_on(seen)),
        "anaemia": _anaemia(v),
        "mental_odd": None if v["srq"] is None else v["srq"] >= cutoff("srq_positive", seen),
        "basic_age": _is_of_basic_age(v),
        "senior": is_senior(v),
    }
    return found | {"finding": any(_findings(v, found))}


def _is_of_basic_age(v: Values) -> bool:
    """Pupils of class 1 to 9; without a class, children of 7 to 15 years."""
    if v["grade"] is not None:
        return bool(v["grade"] <= LAST_BASIC_CLASS)
    return bool(7 * 12 <= v["age_months"] < 16 * 12)


def is_senior(v: Values) -> bool:
    """Whether reproductive health belongs to the check."""
    if v["grade"] is not None:
        return bool(v["grade"] >= REPRODUCTIVE_FROM)
    return bool(v["age_months"] >= USUAL_AGE_OF_CLASS_7)


def _anaemia(v: Values) -> bool | None:
    """By age and sex: 6 to 11 years, 12 to 14, girls and boys from 15."""
    if v["hb"] is None:
        return None
    group = "5_11" if v["age_months"] < 144 else "12_14" if v["age_months"] < 180 else v["sex"]
    return bool(float(v["hb"]) < cutoff(f"anaemia_{group.lower()}", v["seen_on"]))


def _findings(v: Values, found: Values) -> tuple[bool, ...]:
    return (
        v["caries"] is True,
        v["sight_ok"] is False,
        v["hearing_ok"] is False,
        found["bmi_class"] not in (None, "gizi_baik"),
        found["bp_class"] == "T",
        found["anaemia"] is True,
        found["mental_odd"] is True,
    )


SCHOOL = Service(
    code="school",
    label=_("Penjaringan usia sekolah dan remaja"),
    cluster="K2",
    stage="remaja",
    age_months=(6 * 12, 19 * 12),
    source="Permenkes 6/2024 (SPM 5); rekap Posyandu usia sekolah dan remaja",
    needs_one_of=(
        *("weight", "systole", "caries", "sight_ok", "hearing_ok", "srq", "hb", "tablets", "bias"),
    ),
    fields=(
        whole("grade", _("Kelas"), reject=(1, 12), aliases=("kelas sekolah", "tingkat kelas")),
        *weight_and_height(low_kg=8, low_cm=70),
        *pressure(),
        glucose(),
        measure(
            "hb",
            _("Hb"),
            "g/dL",
            1,
            reject=(2, 25),
            warn=(5, 18),
            aliases=("hemoglobin", "kadar hb"),
        ),
        yes_no("caries", _("Karies gigi"), aliases=("karies", "gigi berlubang")),
        yes_no("sight_ok", _("Penglihatan baik"), aliases=("mata", "penglihatan", "visus")),
        yes_no("hearing_ok", _("Pendengaran baik"), aliases=("telinga", "pendengaran")),
        whole("srq", _("Skor skrining jiwa"), reject=(0, 20), aliases=("skor jiwa", "srq")),
        yes_no(
            "reproductive",
            _("Skrining kesehatan reproduksi"),
            aliases=("kesehatan reproduksi", "kespro"),
        ),
        yes_no("smoker", _("Merokok"), aliases=("perokok",)),
        whole("tb_signs", _("Gejala TBC"), reject=(0, 4), aliases=("gejala tb", "skrining tb")),
        whole(
            "tablets",
            _("TTD diberikan"),
            "tablet",
            reject=(0, 60),
            warn=(0, 14),
            aliases=("ttd", "jumlah ttd"),
        ),
        whole(
            "tablets_taken",
            _("TTD diminum"),
            "tablet",
            reject=(0, 60),
            warn=(0, 14),
            aliases=("ttd dikonsumsi", "ttd dimakan"),
        ),
        Field(
            "bias",
            _("Imunisasi anak sekolah (BIAS)"),
            Kind.CODES,
            choices=BIAS,
            hint=_("Beri tanda v pada imunisasi yang diberikan hari itu; isi juga kelasnya."),
        ),
        education(),
        yes_no("followed_up", _("Temuan ditindaklanjuti"), aliases=("tindak lanjut",)),
        free_check(),
        referred(),
    ),
    derived=(
        Derived("bmi", _("IMT"), score),
        Derived("bmi_z", _("z-score IMT/U"), score),
        Derived("bmi_class", _("Kelas IMT/U"), word),
        Derived("bp_class", _("Kelas tekanan darah"), word),
        Derived("anaemia", _("Anemia"), flag),
        Derived("mental_odd", _("Skrining jiwa positif"), flag),
        Derived("basic_age", _("Usia pendidikan dasar"), flag),
        Derived("senior", _("Kelas 7 ke atas"), flag),
        Derived("finding", _("Ada temuan"), flag),
    ),
    derive=derive,
    rules=(
        DIASTOLE_BELOW,
        rule(
            "tablets-girls",
            ("tablets", "tablets_taken"),
            _("TTD remaja hanya untuk perempuan. Periksa jenis kelamin atau kosongkan TTD."),
            lambda v: v["sex"] == "L" and bool(v["tablets"] or v["tablets_taken"]),
        ),
        odd(
            "dose-needs-class",
            ("bias", "grade"),
            _("Imunisasi BIAS tanpa kelas tidak dihitung. Isi kelasnya."),
            lambda v: bool(v["bias"]) and v["grade"] is None,
        ),
        odd(
            "hpv-girls",
            ("bias",),
            _("HPV pada BIAS untuk siswi. Periksa jenis kelamin atau imunisasinya."),
            lambda v: v["sex"] == "L" and any(code.startswith("HPV") for code in v["bias"] or ()),
        ),
        odd(
            "class-of-age",
            ("grade",),
            _("Kelas jauh dari umur anak. Periksa kelas atau tanggal lahir."),
            lambda v: v["grade"] is not None and abs(v["age_months"] // 12 - 6 - v["grade"]) > 3,
        ),
        odd(
            "finding-followed-up",
            ("followed_up",),
            _("Ada temuan tanpa tindak lanjut atau rujukan. Isi salah satunya."),
            lambda v: bool(v.get("finding")) and not (v["followed_up"] or v["referred"]),
        ),
    ),
)
