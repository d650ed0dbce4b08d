"""What the codes of worked-out columns are called, and which of them ask for care at once.

By the name of the column: a class means the same wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.growth import label
from clusters.services.language import Derived
from ilp.core import formats


@dataclass(frozen=True)
class Word:
    """`watch`: somebody has to do something about it."""

    text: Text
    watch: bool = False


SCORES = frozenset({"waz", "haz", "whz", "bmiz"})
WELL = frozenset({"normal", "gizi_baik", "tinggi"})
# Truth values that ask for care when they are true.
FINDINGS = frozenset(
    {"deviation", "behaviour_odd", "skilas_problem", "cholesterol_high", "srq_positive"}
    | {"mental_odd", "finding", "has_finding", "low_weight", "preterm", "pneumonia"}
    | {"fast_breathing", "presumed", "to_refer", "reactive", "anaemic"}
)
WORDS: dict[str, dict[Any, Word]] = {
    "bmi_class": {
        "SK": Word(_("Sangat kurus"), watch=True),
        "K": Word(_("Kurus"), watch=True),
        "N": Word(_("Normal")),
        "G": Word(_("Gemuk"), watch=True),
        "O": Word(_("Obesitas"), watch=True),
        "gizi_buruk": Word(_("Gizi buruk: rujuk"), watch=True),  # of pupils, by BMI for age
        "gizi_kurang": Word(_("Gizi kurang"), watch=True),
        "gizi_baik": Word(_("Gizi baik")),
        "gizi_lebih": Word(_("Gizi lebih"), watch=True),
        "obesitas": Word(_("Obesitas"), watch=True),
    },
    "bp_class": {
        "R": Word(_("Rendah"), watch=True),
        "N": Word(_("Normal")),
        "T": Word(_("Tinggi: ulangi, lalu rujuk"), watch=True),
    },
    "glucose_class": {
        "N": Word(_("Normal")),
        "W": Word(_("Perlu diperhatikan"), watch=True),
        "T": Word(_("Tinggi: rujuk"), watch=True),
    },
    "anaemia": {
        "tidak": Word(_("Tidak anemia")),
        "ringan": Word(_("Anemia ringan"), watch=True),
        "sedang": Word(_("Anemia sedang"), watch=True),
        "berat": Word(_("Anemia berat: rujuk segera"), watch=True),
        True: Word(_("Ya: rujuk"), watch=True),
        False: Word(_("Tidak anemia")),
    },
    "kpsp_class": {
        "sesuai": Word(_("Sesuai umur")),
        "meragukan": Word(_("Meragukan: ulangi dua minggu lagi"), watch=True),
        "penyimpangan": Word(_("Kemungkinan penyimpangan: rujuk"), watch=True),
    },
    "aks_class": {
        "M": Word(_("Mandiri")),
        "R": Word(_("Ketergantungan ringan"), watch=True),
        "S": Word(_("Ketergantungan sedang"), watch=True),
        "B": Word(_("Ketergantungan berat"), watch=True),
        "T": Word(_("Ketergantungan total"), watch=True),
    },
    "independence": {
        "A": Word(_("A: mandiri")),
        "B": Word(_("B: dibantu sebagian"), watch=True),
        "C": Word(_("C: bergantung pada orang lain"), watch=True),
    },
    "cough_class": {
        "pneumonia_berat": Word(_("Pneumonia berat: rujuk segera"), watch=True),
        "pneumonia": Word(_("Pneumonia"), watch=True),
        "bukan_pneumonia": Word(_("Batuk bukan pneumonia")),
    },
    "dehydration": {
        "berat": Word(_("Dehidrasi berat: rujuk segera"), watch=True),
        "ringan_sedang": Word(_("Dehidrasi ringan/sedang"), watch=True),
        "tanpa": Word(_("Tanpa dehidrasi")),
    },
    "fever_class": {
        "berat": Word(_("Penyakit berat dengan demam: rujuk segera"), watch=True),
        "malaria": Word(_("Malaria"), watch=True),
        "bukan_malaria": Word(_("Demam bukan malaria")),
    },
    "young_class": {
        "berat": Word(_("Infeksi bakteri berat: rujuk segera"), watch=True),
        "lokal": Word(_("Infeksi bakteri lokal"), watch=True),
        "tidak_ada": Word(_("Mungkin bukan infeksi")),
    },
    "muac_class": {
        "gizi_buruk": Word(_("Gizi buruk: rujuk"), watch=True),
        "gizi_kurang": Word(_("Gizi kurang"), watch=True),
        "gizi_baik": Word(_("Gizi baik")),
    },
    "death_class": {
        "neonatal": Word(_("Neonatal")),
        "postneonatal": Word(_("Post neonatal")),
        "balita": Word(_("Anak balita")),
        "lain": Word(_("Lainnya")),
    },
    "kek": {True: Word(_("Ya, KEK"), watch=True), False: Word(_("Tidak"))},
    "bp_high": {True: Word(_("Ya: ulangi, lalu rujuk"), watch=True), False: Word(_("Tidak"))},
    "central_obesity": {True: Word(_("Ya"), watch=True), False: Word(_("Tidak"))},
    "implausible": {True: Word(_("Ya: ukur ulang"), watch=True), False: Word(_("Tidak"))},
}


def word_for(derived: Derived, value: Any, on: date) -> Word:
    """A worked-out value as it is read; a code without a word of its own is said as it is."""
    if value in WORDS.get(derived.name, {}):
        return WORDS[derived.name][value]
    if derived.name in FINDINGS and isinstance(value, bool):
        return Word(plain(value), watch=value)
    if derived.name == "bmi_class":  # of school children, in the words for z-scores
        return Word(label("bmiz", value, on), watch=value not in WELL)
    index = derived.name.removesuffix("_class")
    if index in SCORES and isinstance(value, str):
        return Word(label(index, value, on), watch=value not in WELL)
    if derived.name in SCORES:
        return Word(now("%(z)s SD") % {"z": formats.signed(value, 2)})
    return Word(plain(value))


def plain(value: Any) -> str:
    """A value without a vocabulary of its own; empty when unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return now("ya") if value else now("tidak")
    if isinstance(value, date):
        return formats.day(value)
    return value if isinstance(value, str) else str(value).replace(".", ",")
