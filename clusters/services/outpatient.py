"""Across clusters: general outpatient care with diagnoses in ICD-10."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.services import icd10
from clusters.services.language import (
    Choice,
    Derived,
    Rule,
    Service,
    Values,
    choice,
    diagnosis,
    flag,
    whole,
    yes_no,
)
from clusters.services.sick_child_classes import fast_breathing

CASES = (
    Choice("baru", _("Baru"), ("b", "kasus baru", "1")),
    Choice("lama", _("Lama"), ("l", "kasus lama", "2")),
    Choice("kunjungan", _("Kunjungan kasus"), ("kk", "kontrol", "3")),
)
PAYERS = (
    Choice("jkn", _("JKN"), ("bpjs", "pbi", "non pbi", "jkn pbi", "jkn non pbi")),
    Choice("umum", _("Umum"), ("bayar", "tunai")),
    Choice("lain", _("Lainnya"), ("gratis", "asuransi lain")),
)
DIAGNOSES = ("diagnosis", "diagnosis_2", "diagnosis_3")


def derive(v: Values) -> Values:
    """The groups of diseases that are followed, from any of the diagnoses."""
    codes = [v[name] for name in DIAGNOSES if v[name]]
    if not codes:
        return dict.fromkeys(("diarrhoea", "pneumonia", "cough_cold", "fast_breathing"))
    lungs = any(icd10.between(c, "J12", "J18") for c in codes)
    upper = any(icd10.between(c, "J00", "J06") or icd10.between(c, "J20", "J22") for c in codes)
    return {
        "diarrhoea": any(icd10.between(c, "A00", "A09") for c in codes),
        "pneumonia": lungs,
        "cough_cold": upper and not lungs,
        "fast_breathing": fast_breathing(v),
    }


def _twice(v: Values) -> bool:
    codes = [v[name] for name in DIAGNOSES if v[name]]
    return len(codes) != len(set(codes))


def _not_for_sex(v: Values) -> bool:
    codes = [v[name] for name in DIAGNOSES if v[name]]
    if v["sex"] == "L":
        return any(icd10.between(c, "O00", "O99") or icd10.between(c, "N70", "N98") for c in codes)
    return any(icd10.between(c, "N40", "N51") for c in codes)


OUTPATIENT = Service(
    code="outpatient",
    label=_("Rawat jalan umum"),
    cluster="LK",
    stage="produktif",
    age_months=(0, 120 * 12),
    source="LB1 SP2TP; ICD-10",
    needs_one_of=("diagnosis",),
    fields=(
        diagnosis(
            "diagnosis",
            _("Diagnosis utama (ICD-10)"),
            hint=_("Kode ICD-10, misalnya J06.9"),
            aliases=("icd 10", "icd10", "kode icd", "diagnosa", "diagnosis", "diagnosa 1", "icd x"),
        ),
        diagnosis("diagnosis_2", _("Diagnosis 2 (ICD-10)"), aliases=("diagnosa 2", "diagnosis 2")),
        diagnosis("diagnosis_3", _("Diagnosis 3 (ICD-10)"), aliases=("diagnosa 3", "diagnosis 3")),
        choice("case_kind", _("Kasus"), *CASES, aliases=("baru lama", "jenis kasus")),
        choice("payer", _("Pembiayaan"), *PAYERS, aliases=("cara bayar", "penjamin")),
        whole(
            "breaths",
            _("Hitung napas"),
            "x/menit",
            reject=(5, 120),
            warn=(10, 70),
            aliases=("rr", "respirasi", "frekuensi napas", "napas"),
        ),
        yes_no("standard", _("Tata laksana standar"), aliases=("sesuai standar", "mtbs")),
        yes_no("ors", _("Oralit"), aliases=("diberi oralit",)),
        yes_no("zinc", _("Zink"), aliases=("zinc", "diberi zink")),
        yes_no("antibiotic", _("Antibiotik"), aliases=("diberi antibiotik",)),
        whole("teeth_filled", _("Gigi tetap ditumpat"), "gigi", reject=(0, 32), warn=(0, 6)),
        whole("teeth_pulled", _("Gigi tetap dicabut"), "gigi", reject=(0, 32), warn=(0, 6)),
        yes_no("referred", _("Dirujuk"), aliases=("rujuk", "rujukan", "rujuk fktl")),
    ),
    derived=(
        Derived("diarrhoea", _("Diare"), flag),
        Derived("pneumonia", _("Pneumonia"), flag),
        Derived("cough_cold", _("ISPA bukan pneumonia"), flag),
        Derived("fast_breathing", _("Napas cepat"), flag),
    ),
    derive=derive,
    rules=(
        Rule(
            "diagnosis-twice",
            DIAGNOSES,
            _("Diagnosis yang sama ditulis dua kali. Kosongkan salah satunya."),
            _twice,
        ),
        Rule(
            "second-needs-no-gap",
            ("diagnosis_3", "diagnosis_2"),
            _("Diagnosis 3 terisi tetapi diagnosis 2 kosong. Pindahkan ke diagnosis 2."),
            lambda v: bool(v["diagnosis_3"]) and not v["diagnosis_2"],
        ),
        Rule(
            "diagnosis-of-the-other-sex",
            DIAGNOSES,
            _("Diagnosis ini tidak untuk jenis kelamin itu. Periksa kode atau jenis kelaminnya."),
            _not_for_sex,
        ),
        Rule(
            "fast-but-no-pneumonia",
            ("breaths", "diagnosis"),
            _("Napas cepat pada balita tetapi bukan pneumonia. Pastikan diagnosisnya."),
            lambda v: bool(v["fast_breathing"] and v["cough_cold"]),
            warning=True,
        ),
        Rule(
            "zinc-for-diarrhoea",
            ("zinc", "diagnosis"),
            _("Zink atau oralit diberikan tanpa diagnosis diare. Periksa kodenya."),
            lambda v: bool(v["zinc"] or v["ors"]) and v["diarrhoea"] is False,
            warning=True,
        ),
    ),
)
