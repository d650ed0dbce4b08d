"""How an element is split into cells, and what the cells are called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text


class Breakdown(StrEnum):
    """How an element is split; the parts add up to the element, save those of columns."""

    NONE = ""
    SEX = "L/P"
    SEX_AGE_F1 = "L/P x umur F1"  # 0–5, 6–11, 12–23, 24–35, 36–59 months
    LB1 = "LB1: kasus baru L/P x umur, kasus lama L/P"
    STOCK = "LPLPO: kolom stok"


F1_AGES: tuple[tuple[str, int, int], ...] = (
    ("0-5", 0, 6),
    ("6-11", 6, 12),
    ("12-23", 12, 24),
    ("24-35", 24, 36),
    ("36-59", 36, 60),
)


@dataclass(frozen=True)
class Age:
    """An age group of LB1: from these days and completed months on, until the next begins."""

    code: str
    label: Text
    days: int = 0
    months: int = 0


# Source: LB1 SP2TP; domain reference 3.3. The first month of life is told apart by days.
LB1_AGES: tuple[Age, ...] = (
    Age("0-7h", _("0–7 hari")),
    Age("8-28h", _("8–28 hari"), days=8),
    Age("1-11b", _("1–11 bulan"), days=29),
    Age("1-4", _("1–4 tahun"), months=12),
    Age("5-9", _("5–9 tahun"), months=60),
    Age("10-14", _("10–14 tahun"), months=120),
    Age("15-19", _("15–19 tahun"), months=180),
    Age("20-44", _("20–44 tahun"), months=240),
    Age("45-54", _("45–54 tahun"), months=540),
    Age("55-59", _("55–59 tahun"), months=660),
    Age("60-69", _("60–69 tahun"), months=720),
    Age("70+", _("≥ 70 tahun"), months=840),
)
OLD = "lama"  # a known case that came again; of any age
YOUNG = ("0-7h", "8-28h", "1-11b", "1-4")  # children under five


@dataclass(frozen=True)
class Column:
    """A named cell of a row; `computed` is a sum of other columns of the same row."""

    part: str
    label: Text
    computed: str = ""


# Source: LPLPO; domain reference 5.4.
STOCK_COLUMNS: tuple[Column, ...] = (
    Column("awal", _("Stok awal")),
    Column("terima", _("Penerimaan")),
    Column("sedia", _("Persediaan"), "awal + terima"),
    Column("pakai", _("Pemakaian")),
    Column("rusak", _("Rusak/kedaluwarsa")),
    Column("sisa", _("Sisa stok"), "awal + terima - pakai - rusak"),
    Column("optimum", _("Stok optimum")),
    Column("minta", _("Permintaan")),
)
COLUMNS: dict[Breakdown, dict[str, Column]] = {
    Breakdown.STOCK: {column.part: column for column in STOCK_COLUMNS},
}
PARTS: dict[Breakdown, tuple[str, ...]] = {
    Breakdown.NONE: ("",),
    Breakdown.SEX: ("L", "P"),
    Breakdown.SEX_AGE_F1: tuple(f"{sex}:{age}" for sex in "LP" for age, _low, _high in F1_AGES),
    Breakdown.LB1: tuple(
        f"{sex}:{age}" for sex in "LP" for age in (*(a.code for a in LB1_AGES), OLD)
    ),
    Breakdown.STOCK: tuple(COLUMNS[Breakdown.STOCK]),
}
LABELS: dict[str, Text] = {
    **{age.code: age.label for age in LB1_AGES},
    OLD: _("kasus lama"),
    **{column.part: column.label for column in STOCK_COLUMNS},
}


SEXES: dict[str, Text] = {"L": _("Laki-laki"), "P": _("Perempuan")}


def add_up(parts: tuple[str, ...]) -> bool:
    """Whether they are parts of one number, not columns of their own."""
    return not computed_columns(parts)


def computed_columns(parts: tuple[str, ...]) -> dict[str, str]:
    """Part -> the sum of other cells of its row that it is."""
    held = next((c for c in COLUMNS.values() if tuple(c) == parts), {})
    return {part: column.computed for part, column in held.items() if column.computed}


def part_label(part: str) -> str:
    """ "L:12-23" as people read it: "L 12–23 bulan"."""
    if part in LABELS:
        return str(LABELS[part])
    sex, _colon, age = part.partition(":")
    if age in LABELS:
        return f"{sex} {LABELS[age]}"
    told = {"sex": sex, "ages": age.replace("-", "–")}
    return now("%(sex)s %(ages)s bulan") % told if age else sex


def part_path(part: str) -> tuple[str, ...]:
    """What stands above its column on paper, the widest heading first: "Laki-laki", "12–23 bln"."""
    steps = part.split(":") if part else []
    return tuple(str(SEXES.get(step) or LABELS.get(step) or _in_months(step)) for step in steps)


def _in_months(step: str) -> str:
    """An age of F1, or a word as it stands."""
    first, dash, last = step.partition("-")
    if not (dash and first.isdigit() and last.isdigit()):
        return step
    return now("%(ages)s bln") % {"ages": f"{first}–{last}"}
