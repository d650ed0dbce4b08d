"""Paths of care whose steps are lost on the way: who began, and who arrived. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text


@dataclass(frozen=True)
class Cascade:
    """`steps` are indicators whose numerators since January stand one after the other."""

    code: str
    cluster: str
    label: Text
    steps: tuple[str, ...]


NOT_ONE_COHORT = _(
    "Angka sejak Januari, bukan kelompok orang yang sama: yang mulai di akhir tahun belum sampai "
    "ke langkah berikutnya."
)
CASCADES: tuple[Cascade, ...] = (
    Cascade(
        "ibu",
        "K2",
        _("Ibu: dari kunjungan pertama sampai bayi"),
        ("IB02", "IB03", "IB04", "IB11", "IB14", "AN02"),
    ),
    Cascade("tb", "K4", _("TBC: dari ditemukan sampai sembuh"), ("TB02", "TB03", "TB04")),
    Cascade("imunisasi", "K2", _("Imunisasi bayi"), ("IM03", "IM08", "IM10", "IM19", "IM20")),
)
