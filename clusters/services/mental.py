"""Cluster 3: mental health: SRQ-20, depression, and people with severe mental disorder (ODGJ)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import cutoff
from clusters.services.language import Derived, Service, Values, flag, whole, yes_no
from clusters.services.shared import education, odd, referred, rule

ONLY_OF_SEVERE = ("mental_exam", "interview", "drug_given", "shackled")


def derive(v: Values) -> Values:
    """Whether SRQ-20 is positive: by its score, or by question 17 whatever the score."""
    return {"srq_positive": _positive(v), "treated": bool(v["drug_given"] or v["referred"])}


def _positive(v: Values) -> bool | None:
    if v["srq_17"]:
        return True
    return None if v["srq"] is None else bool(v["srq"] >= cutoff("srq_positive", v["seen_on"]))


MENTAL = Service(
    code="mental",
    label=_("Kesehatan jiwa (SRQ-20 dan ODGJ)"),
    cluster="K3",
    stage="produktif",
    age_months=(15 * 12, 120 * 12),
    sensitive=True,
    source="Permenkes 6/2024 (SPM 10); rekap Posyandu",
    needs_one_of=("srq", "srq_17", "depression", "severe"),
    fields=(
        whole("srq", _("Skor SRQ-20"), reject=(0, 20), aliases=("srq", "skor srq", "srq20")),
        yes_no("srq_17", _("SRQ nomor 17 ya"), aliases=("srq17",)),
        yes_no("depression", _("Depresi"), aliases=("diagnosis depresi",)),
        yes_no("depression_care", _("Depresi ditangani"), aliases=("layanan depresi",)),
        yes_no("severe", _("ODGJ berat"), aliases=("odgj", "gangguan jiwa berat")),
        yes_no("mental_exam", _("Pemeriksaan status mental"), aliases=("status mental",)),
        yes_no("interview", _("Wawancara"), aliases=("wawancara klinis",)),
        education(),
        yes_no("drug_given", _("Obat diberikan"), aliases=("obat", "diberi obat")),
        yes_no("adherent", _("Minum obat teratur"), aliases=("patuh minum obat",)),
        yes_no("shackled", _("Dipasung"), aliases=("pasung",)),
        referred(),
    ),
    derived=(
        Derived("srq_positive", _("SRQ-20 positif"), flag),
        Derived("treated", _("Diberi obat atau dirujuk"), flag),
    ),
    derive=derive,
    rules=(
        rule(
            "question-17-scores",
            ("srq", "srq_17"),
            _("Nomor 17 dijawab ya, jadi skor SRQ-20 paling sedikit 1. Periksa skornya."),
            lambda v: bool(v["srq_17"]) and v["srq"] == 0,
        ),
        rule(
            "only-of-severe",
            ("severe", *ONLY_OF_SEVERE),
            _("Pemeriksaan, obat, dan pasung adalah isian ODGJ berat. Isi ya pada ODGJ berat."),
            lambda v: not v["severe"] and any(v[name] for name in ONLY_OF_SEVERE),
        ),
        rule(
            "care-of-depression",
            ("depression", "depression_care"),
            _("Depresi ditangani tetapi depresinya tidak ditandai. Isi ya pada Depresi."),
            lambda v: bool(v["depression_care"]) and not v["depression"],
        ),
        odd(
            "question-17-referred",
            ("srq_17", "referred"),
            _("SRQ nomor 17 ya: ada pikiran mengakhiri hidup. Rujuk segera, berapa pun skornya."),
            lambda v: bool(v["srq_17"]) and not v["referred"],
        ),
    ),
)
