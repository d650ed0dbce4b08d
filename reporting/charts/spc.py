"""Months against their own past (XmR): is a change real, or what always happens?

Limits and signals as in Wheeler, "Understanding Variation", and NHS England, "Making data count".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from ilp.core import formats
from ilp.core.months import Month
from reporting.catalogue.comparing import ControlRules
from reporting.charts.told import Told

UP, DOWN = 1, -1


class Signal(StrEnum):
    """What tells a month from chance, the strongest first."""

    OUTSIDE = "luar"
    OUTER = "tepi"
    RUN = "sisi"
    TREND = "arah"


SIGNALS: dict[Signal, Text] = {
    Signal.OUTSIDE: _("di luar batas"),
    Signal.OUTER: _("dua dari tiga bulan dekat batas"),
    Signal.RUN: _("tujuh bulan berturut-turut di satu sisi rata-rata"),
    Signal.TREND: _("tujuh bulan naik atau turun terus"),
}


class Sign(StrEnum):
    """What the last month comes to, in the direction in which the indicator is good."""

    BETTER = "membaik"
    WORSE = "memburuk"
    RISING = "naik"  # where neither direction is good
    FALLING = "turun"
    USUAL = "wajar"
    NONE = ""  # nothing can be said


SIGNS: dict[Sign, tuple[str, Text]] = {
    Sign.BETTER: ("▲", _("membaik nyata")),
    Sign.WORSE: ("▼", _("memburuk nyata")),
    Sign.RISING: ("▲", _("naik nyata")),
    Sign.FALLING: ("▼", _("turun nyata")),
    Sign.USUAL: ("•", _("perubahan wajar")),
}
TOO_FEW = _(
    "Belum cukup data: batas wajar dihitung dari %(wanted)d bulan, di sini baru %(found)d bulan "
    "yang berangka. Garisnya digambar tanpa batas."
)
NEVER_VARIED = _(
    "Bulan-bulan dasarnya selalu sama, jadi batas wajar tidak dapat dihitung. Garisnya digambar "
    "tanpa batas."
)
ADDS_UP = _(
    "Angka ini di laporannya sudah dijumlahkan sejak Januari, jadi bulan-bulannya tidak dapat "
    "dibandingkan satu per satu."
)
OF_REGISTERS = _(
    "Angka ini keadaan menurut daftar pada akhir bulan, bukan hitungan tiap bulan, jadi tidak "
    "diuji."
)


def mark(sign: Sign) -> str:
    """ "▲ membaik nyata"; empty where nothing can be said."""
    return " ".join(str(part) for part in SIGNS[sign]) if sign else ""


@dataclass(frozen=True)
class Limits:
    """What the first months say of all others."""

    mean: float
    moving: float  # the mean moving range
    lower: float
    upper: float


@dataclass(frozen=True)
class Point:
    """One month; `way` is where its strongest signal points, 0 without one."""

    month: Month
    value: float | None
    signals: tuple[Signal, ...] = ()
    way: int = 0


@dataclass(frozen=True)
class ControlChart:
    """Months in order, and the limits unless `why` says why there are none."""

    points: tuple[Point, ...]
    limits: Limits | None
    why: str
    higher_is_better: bool | None
    unit: str = "%"
    baseline: int = 0  # how many of the points, from the first on, made the limits

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None

    def meaning(self, way: int) -> Sign:
        """What a signal in that direction is worth."""
        if self.higher_is_better is None:
            return Sign.RISING if way == UP else Sign.FALLING
        return Sign.BETTER if (way == UP) is self.higher_is_better else Sign.WORSE

    @property
    def sign(self) -> Sign:
        """Of the last month; nothing where it has no number or there are no limits."""
        last = self.last
        if self.limits is None or last is None or last.value is None:
            return Sign.NONE
        return self.meaning(last.way) if last.signals else Sign.USUAL

    def of_year(self, year: int) -> ControlChart:
        """The same limits, the months of one year."""
        return replace(self, points=tuple(p for p in self.points if p.month.year == year))

    @property
    def told(self) -> Told:
        held = self.limits
        ends = (held.mean, held.lower, held.upper) if held else (None, None, None)
        return Told(
            (
                *(str(_("Bulan")), str(_("Nilai bulan ini"))),
                *(str(_("Rata-rata")), str(_("Batas bawah")), str(_("Batas atas"))),
                str(_("Tanda")),
            ),
            tuple(
                (
                    formats.month(p.month),
                    p.value,
                    *ends,
                    ", ".join(str(SIGNALS[s]) for s in p.signals),
                )
                for p in self.points
            ),
        )


def undrawn(why: Text) -> ControlChart:
    """For an indicator whose months say nothing by themselves."""
    return ControlChart((), None, str(why), None)


def xmr(
    months: Sequence[Month],
    values: Sequence[float | None],
    rules: ControlRules,
    *,
    higher_is_better: bool | None = True,
    unit: str = "%",
) -> ControlChart:
    """The chart of a place's months, from the first with a number on."""
    known = [at for at, value in enumerate(values) if value is not None]
    start = known[0] if known else len(values)
    months, values = months[start:], values[start:]
    base = [value for value in values if value is not None][: rules.baseline]
    limits, why = limits_of(base, rules), ""
    if len(base) < rules.baseline:
        said = {"wanted": rules.baseline, "found": len(base)}
        limits, why = None, str(TOO_FEW) % said
    elif limits is None:
        why = str(NEVER_VARIED)
    found = signals(values, limits, rules) if limits else {}
    points = tuple(
        Point(month, value, tuple(found.get(at, {})), next(iter(found.get(at, {}).values()), 0))
        for at, (month, value) in enumerate(zip(months, values, strict=True))
    )
    ends = _length(values, rules.baseline) if limits else 0
    return ControlChart(points, limits, why, higher_is_better, unit, ends)


def _length(values: Sequence[float | None], wanted: int) -> int:
    """How many months it takes until so many of them have a number."""
    for at, value in enumerate(values, start=1):
        wanted -= value is not None
        if not wanted:
            return at
    return len(values)


def limits_of(base: Sequence[float], rules: ControlRules) -> Limits | None:
    """Mean and limits of months that vary; None of others."""
    if len(base) < 2:
        return None
    mean = sum(base) / len(base)
    moving = sum(abs(b - a) for a, b in pairwise(base)) / (len(base) - 1)
    if not moving:
        return None
    return Limits(mean, moving, mean - rules.width * moving, mean + rules.width * moving)


Found = dict[int, dict[Signal, int]]  # place in the row -> signal -> where it points


def signals(values: Sequence[float | None], limits: Limits, rules: ControlRules) -> Found:
    """The four signals, and no more: others cry wolf. A month without a number ends a run."""
    out = (limits.upper - limits.mean) * 2 / 3
    third = limits.mean + out, limits.mean - out
    beyond = [_side(value, limits.upper, limits.lower) for value in values]
    each = (
        (Signal.OUTSIDE, {at: way for at, way in enumerate(beyond) if way}),
        (Signal.OUTER, _crowded([_side(v, *third) for v in values], rules)),
        (Signal.RUN, _runs([_side(v, limits.mean, limits.mean) for v in values], rules.run)),
        (Signal.TREND, _trends(values, rules.run)),
    )
    found: Found = {}
    for signal, ways in each:
        for at, way in ways.items():
            found.setdefault(at, {})[signal] = way
    return found


def _side(value: float | None, above: float, below: float) -> int:
    if value is None:
        return 0
    return UP if value > above else DOWN if value < below else 0


def _runs(ways: Sequence[int], length: int) -> dict[int, int]:
    """Neighbours that point the same way, as many as `length` or more."""
    found: dict[int, int] = {}
    start = 0
    for at in range(1, len(ways) + 1):
        if at == len(ways) or ways[at] != ways[start]:
            if ways[start] and at - start >= length:
                found |= dict.fromkeys(range(start, at), ways[start])
            start = at
    return found


def _trends(values: Sequence[float | None], length: int) -> dict[int, int]:
    """Months each higher, or each lower, than the one before: seven months are six steps."""
    steps = [0 if a is None else _side(b, a, a) for a, b in pairwise(values)]
    found: dict[int, int] = {}
    for at, way in _runs(steps, length - 1).items():
        found |= {at: way, at + 1: way}
    return found


def _crowded(ways: Sequence[int], rules: ControlRules) -> dict[int, int]:
    """Those in the outer third on one side, where two of three neighbours are."""
    found: dict[int, int] = {}
    for start in range(len(ways) - rules.among + 1):
        window = range(start, start + rules.among)
        for way in (UP, DOWN):
            here = [at for at in window if ways[at] == way]
            if len(here) >= rules.near:
                found |= dict.fromkeys(here, way)
    return found
