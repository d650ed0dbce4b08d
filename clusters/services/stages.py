"""Clusters of integrated primary care (ILP) and the stages of life. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text


@dataclass(frozen=True)
class Cluster:
    code: str  # K1 … K4, LK
    label: Text
    source: str = "KMK HK.01.07/MENKES/2015/2023"


@dataclass(frozen=True)
class Stage:
    """A stage of life; ages are half-open, in months."""

    code: str
    label: Text
    cluster: str
    from_months: int | None = None
    to_months: int | None = None


CLUSTERS: dict[str, Cluster] = {
    c.code: c
    for c in (
        Cluster("K1", _("Manajemen")),
        Cluster("K2", _("Ibu, anak, dan remaja")),
        Cluster("K3", _("Usia dewasa dan lanjut usia")),
        Cluster("K4", _("Penanggulangan penyakit menular")),
        Cluster("LK", _("Lintas klaster")),
    )
}

STAGES: dict[str, Stage] = {
    s.code: s
    for s in (
        Stage("bumil", _("Ibu hamil"), "K2"),
        Stage("bulin", _("Ibu bersalin dan nifas"), "K2"),
        Stage("neonatus", _("Bayi baru lahir 0–28 hari"), "K2", 0, 1),
        Stage("bayi", _("Bayi 0–11 bulan"), "K2", 0, 12),
        Stage("balita", _("Balita 0–59 bulan"), "K2", 0, 60),
        Stage("apras", _("Anak prasekolah 60–72 bulan"), "K2", 60, 73),
        Stage("remaja", _("Usia sekolah dan remaja"), "K2", 73, 18 * 12),
        Stage("wus", _("Wanita dan pasangan usia subur"), "K2", 15 * 12, 50 * 12),
        Stage("catin", _("Calon pengantin"), "K3"),
        Stage("produktif", _("Usia produktif 15–59 tahun"), "K3", 15 * 12, 60 * 12),
        Stage("lansia", _("Lanjut usia 60 tahun ke atas"), "K3", 60 * 12, 130 * 12),
    )
}
