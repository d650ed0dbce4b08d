"""What was found of a child's growth, and whether something was done about it."""

from __future__ import annotations

from django.db.models import Q

from clusters.cutoffs import PERMENKES_29_2019
from clusters.growth.classes import PERMENKES_2_2020
from clusters.milestone_language import Milestone, Need, Scope

SEVERE = Q(whz_class="gizi_buruk")
MODERATE = Q(whz_class="gizi_kurang")
SHORT = Q(haz_class__in=["pendek", "sangat_pendek"])
# Food given to a child that was measured as well nourished is no treatment of what was found.
FED = Q(extra_food=True) & (
    Q(whz_class__isnull=True) | Q(whz_class__in=["gizi_kurang", "gizi_buruk"])
)


def _year(code: str, source: str, *needs: Q) -> Milestone:
    return Milestone(code, "growth", Scope.YEAR, tuple(Need(when) for when in needs), source)


CARED: tuple[Milestone, ...] = (
    _year("gizi_buruk_ditemukan", PERMENKES_29_2019, SEVERE),
    _year("gizi_buruk_dirawat", PERMENKES_29_2019, SEVERE, Q(severe_care=True)),
    _year("gizi_kurang_ditemukan", PERMENKES_29_2019, MODERATE),
    _year("gizi_kurang_mt", PERMENKES_29_2019, MODERATE, FED),
    _year("stunting_pasti", PERMENKES_2_2020, SHORT & Q(confirmed=True)),
    _year(
        "stunting_dirujuk",
        PERMENKES_2_2020,
        SHORT & Q(confirmed=True),
        SHORT & Q(referred=True),
    ),
)
