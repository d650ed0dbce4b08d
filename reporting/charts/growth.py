"""The growth of a child against the WHO standards: weight and height for age, weight for height.

Curves of -3 to +3 standard deviations as in Permenkes 2/2020; without them points say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from clusters.growth.standards import (
    FIRST_STANDING_DAY,
    LAST_DAY,
    LYING_FROM,
    LYING_MINUS_STANDING_CM,
    STANDING_FROM,
    Lms,
    standards,
)

SDS = (-3, -2, 0, 2, 3)
DAYS_A_MONTH = 30.4375
LEAST_MONTHS, STEP_MONTHS = 12, 12
CM_AROUND = 6.0

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Measured:
    """One measurement of a child; z-scores and classes as they were worked out at the visit."""

    on: date
    age_days: int
    weight: float | None
    height: float | None
    lying: bool | None
    z: dict[str, float | None]


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    on: date
    z: float | None


@dataclass(frozen=True)
class Curve:
    """One chart: the child's points and, for each standard deviation, the line of the standard."""

    index: str
    title: str
    x_unit: str
    y_unit: str
    x_step: float
    dots: tuple[Dot, ...]
    lines: dict[int, Line]

    @property
    def last(self) -> Dot:
        return self.dots[-1]


def curves(sex: str, measured: Sequence[Measured]) -> list[Curve]:
    """The charts for which the child has at least one point."""
    standard = standards()[sex]
    found = [
        _by_age("waz", _("BB/U: berat menurut umur"), _("kg"), standard.weight, measured),
        _by_age(
            "haz", _("TB/U: panjang atau tinggi menurut umur"), _("cm"), standard.height, measured
        ),
        _by_size(sex, measured),
    ]
    return [one for one in found if one is not None]


def _by_age(
    index: str, title: str, unit: str, table: Sequence[Lms], measured: Iterable[Measured]
) -> Curve | None:
    dots = tuple(
        Dot(m.age_days / DAYS_A_MONTH, value, m.on, m.z[index])
        for m in measured
        if (value := m.weight if index == "waz" else _compared(m)) is not None
        and 0 <= m.age_days <= LAST_DAY
    )
    if not dots:
        return None
    months = max(LEAST_MONTHS, -(-int(dots[-1].x + 1) // STEP_MONTHS) * STEP_MONTHS)
    days = [min(round(month * DAYS_A_MONTH), LAST_DAY) for month in range(months + 1)]
    lines = {sd: tuple((day / DAYS_A_MONTH, at(table[day], sd)) for day in days) for sd in SDS}
    return Curve(index, title, _("bulan"), unit, months / 6, dots, lines)


def _by_size(sex: str, measured: Sequence[Measured]) -> Curve | None:
    """Weight for length while the child lies, for height once it stands, as at its last visit."""
    both = [m for m in measured if m.weight is not None and m.height is not None]
    both = [m for m in both if 0 <= m.age_days <= LAST_DAY]
    if not both:
        return None
    lying = both[-1].age_days < FIRST_STANDING_DAY
    standard = standards()[sex]
    table, first = (standard.lying, LYING_FROM) if lying else (standard.standing, STANDING_FROM)
    shift = {True: 0.0, False: -LYING_MINUS_STANDING_CM}[lying]
    dots = []
    for m in both:
        size = _compared(m) or 0.0
        if not lying and m.age_days < FIRST_STANDING_DAY:
            size += shift  # it lay then; the chart is of standing children
        dots.append(Dot(size, m.weight or 0.0, m.on, m.z["whz"]))
    # A child that stands now lay when it was shorter than the standard of standing children begins.
    dots = [d for d in dots if 0 <= d.x * 10 - first < len(table)]
    if not dots:
        return None
    low = max(0, int((min(d.x for d in dots) - CM_AROUND) * 10) - first)
    high = min(len(table) - 1, int((max(d.x for d in dots) + CM_AROUND) * 10) - first)
    rows = range(low, high + 1, 5)
    lines = {sd: tuple(((first + r) / 10, at(table[r], sd)) for r in rows) for sd in SDS}
    name = _("BB/PB: berat menurut panjang") if lying else _("BB/TB: berat menurut tinggi")
    return Curve("whz", name, _("cm"), _("kg"), 5, tuple(dots), lines)


def _compared(m: Measured) -> float | None:
    """The height as it is compared: lying below two years, standing from then on."""
    if m.height is None:
        return None
    under_two = m.age_days < FIRST_STANDING_DAY
    if under_two and m.lying is False:
        return m.height + LYING_MINUS_STANDING_CM
    if not under_two and m.lying is True:
        return m.height - LYING_MINUS_STANDING_CM
    return m.height


def at(row: Lms, sd: float) -> float:
    """The measure of a child that many standard deviations from the median."""
    power, median, spread = row
    return float(median * (1 + power * spread * sd) ** (1 / power))
