"""The PWS graph (Pemantauan Wilayah Setempat): who is where against the running target.

Order, arrows and the four verdicts follow the guideline "Pedoman PWS KIA", Kementerian Kesehatan;
where it is silent (below the target and unchanged) a place counts as Jelek.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from reporting.charts.pws_words import said
from reporting.charts.told import Told

MONTHS = 12
VERTICAL_UP_TO = 20  # more columns than this no longer fit beside each other
SMALL = 20  # fewer people than this: a percentage jumps with each one


class Trend(StrEnum):
    UP = "↑"
    DOWN = "↓"
    SAME = "–"
    NONE = "·"


class Verdict(StrEnum):
    BAIK = "Baik"
    KURANG = "Kurang"
    CUKUP = "Cukup"
    JELEK = "Jelek"
    ABOVE = "Di atas target"  # January has no month before it to compare with
    BELOW = "Di bawah target"
    BL = "BL"
    NONE = "–"


class Flag(StrEnum):
    OVER = "capaian melebihi sasaran"
    SMALL = "sasaran kurang dari 20"
    NO_SASARAN = "sasaran belum ditetapkan"


@dataclass(frozen=True)
class Unit:
    """A place. counts: January to the month shown, None where nothing was reported."""

    code: str
    name: str
    sasaran: int | None
    counts: tuple[int | None, ...]
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One place in the graph; all percentages are shares of the year's sasaran, unrounded."""

    unit: Unit
    rank: int | None
    known: int
    cumulative: float | None
    this_month: float | None
    last_month: float | None
    trend: Trend
    verdict: Verdict
    needed: int | None  # people a month until December; None when nothing can be said
    met: bool | None
    flags: tuple[Flag, ...]

    @property
    def reported(self) -> bool:
        return self.verdict is not Verdict.BL

    @property
    def on_pace(self) -> bool | None:
        """Whether a month like this one, twelve times, makes the year's target."""
        if self.this_month is None or self.needed is None:
            return None
        return self.needed == 0 or (self.unit.counts[-1] or 0) >= self.needed

    @property
    def has_sasaran(self) -> bool:
        return bool(self.unit.sasaran)


@dataclass(frozen=True)
class PwsChart:
    """Places in their order, the total beside them, and what they are measured against."""

    rows: tuple[Row, ...]
    total: Row
    reporting_only: float | None  # the total over the places that have reported this month
    goal: float  # percent of the sasaran due by the end of the month shown
    annual_target: float
    month: int
    axis_max: float
    higher_is_better: bool

    @property
    def layout(self) -> str:
        return "vertical" if len(self.rows) <= VERTICAL_UP_TO else "rows"

    @property
    def met(self) -> int:
        return sum(1 for row in self.rows if row.met and row.reported)

    @property
    def reported(self) -> int:
        return sum(1 for row in self.rows if row.reported)

    @property
    def told(self) -> Told:
        names = (_("Peringkat"), _("Tempat"), _("Sasaran"), _("Kumulatif"), _("% kumulatif"))
        shares = (_("Bulan ini (%)"), _("Bulan lalu (%)"))
        rest = (_("Tren"), _("Status"), _("Perlu per bulan"), _("Tanda"))
        return Told(
            (*names, *shares, *rest),
            tuple(
                (
                    *(row.rank, row.unit.name or _("Jumlah"), row.unit.sasaran, row.known),
                    *(row.cumulative, row.this_month, row.last_month, row.trend, said(row.verdict)),
                    *(row.needed, ", ".join(map(said, row.flags))),
                )
                for row in (*self.rows, self.total)
            ),
        )


@dataclass(frozen=True)
class Rules:
    """What every row is measured with, as exact fractions: 9/12 of 80 is 60."""

    annual: Fraction
    goal: Fraction
    month: int
    higher: bool

    def met(self, cumulative: Fraction) -> bool:
        return cumulative >= self.goal if self.higher else cumulative <= self.goal

    def verdict(self, cumulative: Fraction, trend: Trend) -> Verdict:
        met = self.met(cumulative)
        if trend is Trend.NONE:
            above = cumulative >= self.goal
            return Verdict.ABOVE if above else Verdict.BELOW
        better, worse = (Trend.UP, Trend.DOWN) if self.higher else (Trend.DOWN, Trend.UP)
        if met:
            return Verdict.KURANG if trend is worse else Verdict.BAIK
        return Verdict.CUKUP if trend is better else Verdict.JELEK

    def needed(self, known: int, sasaran: int) -> int | None:
        if not self.higher or self.month >= MONTHS:
            return None
        return max(0, ceil((self.annual * sasaran / 100 - known) / (MONTHS - self.month)))


def pws(
    units: Sequence[Unit],
    annual_target: float,
    month: int,
    higher_is_better: bool = True,
    goal: float | None = None,
    total_unit: Unit | None = None,
) -> PwsChart:
    """The graph of a month (1-12). annual_target: percent of the sasaran in the whole year.

    goal: percent due by this month, when the indicator has a curve of its own; otherwise
    annual_target x month / 12, not rounded on the way. total_unit names the place that the total
    is of; its own numbers are not read.
    """
    annual = Fraction(str(annual_target))
    due = annual * month / MONTHS if goal is None else Fraction(str(goal))
    rules = Rules(annual, due, month, higher_is_better)
    rows = in_order([row_of(unit, rules) for unit in units], higher_is_better)
    usable = [unit for unit in units if unit.sasaran]
    total = row_of(sum_of(usable, month, total_unit), rules, like_for_like(usable))
    present = sum_of([unit for unit in usable if unit.counts[-1] is not None], month, None)
    heights = [row.cumulative for row in (*rows, total) if row.cumulative is not None]
    return PwsChart(
        rows=tuple(rows),
        total=total,
        reporting_only=as_float(share_of(known_of(present), present.sasaran)),
        goal=float(due),
        annual_target=float(annual),
        month=month,
        axis_max=max(1.08 * max(heights, default=0.0), 1.15 * float(due)) or 1.0,
        higher_is_better=higher_is_better,
    )


def row_of(unit: Unit, rules: Rules, trend: Trend | None = None) -> Row:
    """The place measured; its rank comes later, from its neighbours."""
    this, last = unit.counts[-1], unit.counts[-2] if len(unit.counts) > 1 else None
    known = known_of(unit)
    cumulative = share_of(known, unit.sasaran)
    if not any(count is not None for count in unit.counts):
        cumulative = None
    trend = trend or trend_of(this, last)
    return Row(
        unit=unit,
        rank=None,
        known=known,
        cumulative=as_float(cumulative),
        this_month=as_float(share_of(this, unit.sasaran)),
        last_month=as_float(share_of(last, unit.sasaran)),
        trend=trend,
        verdict=verdict_of(this, cumulative, trend, rules),
        needed=rules.needed(known, unit.sasaran) if unit.sasaran and this is not None else None,
        met=None if cumulative is None else rules.met(cumulative),
        flags=flags_of(unit, cumulative),
    )


def verdict_of(
    this: int | None, cumulative: Fraction | None, trend: Trend, rules: Rules
) -> Verdict:
    if this is None:
        return Verdict.BL
    return Verdict.NONE if cumulative is None else rules.verdict(cumulative, trend)


def flags_of(unit: Unit, cumulative: Fraction | None) -> tuple[Flag, ...]:
    if not unit.sasaran:
        return (Flag.NO_SASARAN,)
    over = (Flag.OVER,) if cumulative is not None and cumulative > 100 else ()
    small = (Flag.SMALL,) if unit.sasaran < SMALL else ()
    return over + small


def trend_of(this: int | None, last: int | None) -> Trend:
    """Compares counts, not shares: the denominator is the same in both months."""
    if this is None or last is None:
        return Trend.NONE
    if this == last:
        return Trend.SAME
    return Trend.UP if this > last else Trend.DOWN


def like_for_like(units: Sequence[Unit]) -> Trend:
    """The trend of the total over the places that reported in both months: a missing report
    is no decline."""
    both = [unit.counts[-2:] for unit in units if None not in unit.counts[-2:]]
    pairs = [pair for pair in both if len(pair) > 1]
    if not pairs:
        return Trend.NONE
    return trend_of(sum(pair[1] or 0 for pair in pairs), sum(pair[0] or 0 for pair in pairs))


def in_order(rows: list[Row], higher_is_better: bool) -> list[Row]:
    """Best first and ranked; then, without a rank, those that did not report or cannot be rated."""
    sign = -1 if higher_is_better else 1

    def place(row: Row) -> tuple[float, float, str]:
        return (sign * (row.cumulative or 0.0), sign * (row.this_month or 0.0), row.unit.name)

    rated = sorted((row for row in rows if row.reported and row.cumulative is not None), key=place)
    others = [row for row in rows if not row.reported or row.cumulative is None]
    ranked = [replace(row, rank=position) for position, row in enumerate(rated, start=1)]
    return ranked + sorted(others, key=lambda row: (row.cumulative is None, place(row)))


def sum_of(units: Sequence[Unit], month: int, named: Unit | None) -> Unit:
    """All places as one: sums over sums, never a mean of percentages.

    The last two months are summed as they are; a month in which nobody reported stays missing.
    """
    columns = [[unit.counts[index] for unit in units] for index in range(month)]
    counts = tuple(
        sum(known) if (known := [count for count in column if count is not None]) else None
        for column in columns
    )
    return Unit(
        code=named.code if named else "",
        name=named.name if named else "",
        sasaran=sum(unit.sasaran or 0 for unit in units) or None,
        counts=counts,
        url=named.url if named else "",
    )


def known_of(unit: Unit) -> int:
    return sum(count for count in unit.counts if count is not None)


def share_of(part: int | None, whole: int | None) -> Fraction | None:
    """The part in percent of the whole; None when there is no part or no whole."""
    return None if part is None or not whole else Fraction(100 * part, whole)


def as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
