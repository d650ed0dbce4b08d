"""Places by one indicator that has no months to add up: a bar each, with the target as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.ends import Ends, ends
from reporting.charts.narrow import HALF_A_SLIDE, named
from reporting.charts.scales import Scale
from reporting.charts.told import Told

ROW, TOP = 44, 24
COLOURS = {
    "tercapai": "f-baik",
    "mendekati": "f-cukup",
    "tertinggal": "f-jelek",
    "pantau": "f-total",
    "minus": "f-total",
}
SYMBOLS = {"tercapai": "✓", "mendekati": "~", "tertinggal": "!", "minus": "⚑"}


@dataclass(frozen=True)
class Bar:
    """One place. standing: tercapai, mendekati, tertinggal, pantau, minus, bl, ta or tj."""

    name: str
    value: float | None
    standing: str
    url: str = ""
    is_total: bool = False

    @property
    def reported(self) -> bool:
        return self.standing != "bl"

    @property
    def absent(self) -> str:
        return {"bl": "BL", "tj": "TJ"}.get(self.standing, "")


def in_order(bars: Sequence[Bar], *, higher_is_better: bool | None) -> list[Bar]:
    """Best first, ties by name; those without a report or a value last, by name."""
    sign = 1 if higher_is_better is False else -1

    def place(bar: Bar) -> tuple[bool, float, str]:
        unrated = not bar.reported or bar.value is None
        return (unrated, 0 if unrated else sign * (bar.value or 0), bar.name)

    return sorted(bars, key=place)


def told(bars: Sequence[Bar], target: float | None) -> Told:
    """The rows of the picture, in its order."""
    return Told(
        (_("Tempat"), _("Nilai"), _("Target"), _("Status")),
        tuple((bar.name, bar.value, target, bar.standing) for bar in bars),
    )


def ends_of(bars: Sequence[Bar]) -> Ends[Bar]:
    """The places that are drawn, without the total: all of them, or the best and the worst."""
    return ends([b for b in bars if not b.is_total], lambda b: b.reported and b.value is not None)


SHORT_UNITS = ("%", "n")


def draw(
    bars: Sequence[Bar],
    *,
    target: float | None,
    title: str,
    ident: str = "ranking",
    unit: str = "%",
    beside: Sequence[Bar] = (),
) -> Markup:
    """In the order given, as wide as the surroundings. ident: unique on the page.

    beside: bars of another drawing on the same scale, each of which has half a slide.
    """
    highest = max([b.value or 0 for b in (*bars, *beside)] + [target or 0], default=0)
    x = Scale(0, highest * 1.04 or 1, 0, 100)
    listed, totals = ends_of(bars), [one for one in bars if one.is_total]
    places = [(one, listed.at(n)) for n, one in enumerate(listed.shown)]
    places += [(one, listed.lines + n) for n, one in enumerate(totals)]
    most = HALF_A_SLIDE if beside else 99
    parts = [_row(one, TOP + ROW * at, x, (target, unit), (ident, most)) for one, at in places]
    goal = _heading(target, unit)
    known = [b for b in bars if b.value is not None and not b.is_total]
    best, worst = (known[0].name, known[-1].name) if known else ("–", "–")
    return svg.chart(
        "100%",
        float(TOP + ROW * (listed.lines + len(totals))),
        svg.hatch(ident),
        svg.text(goal, 0, 17, class_="t-target") if goal else "",
        *parts,
        listed.gap(TOP + ROW * len(listed.first)),
        title=title,
        desc=_("Dari %(first)s sampai %(last)s.") % {"first": best, "last": worst},
        class_="chart chart-rows",
    )


def _heading(target: float | None, unit: str) -> str:
    """The target; where there is none, the unit that the short numbers of the bars are in."""
    if target is not None:
        return _("Target bulan ini: %s") % formats.amount(target, unit)
    said = formats.unit_name(unit)
    return "" if unit in SHORT_UNITS else said[:1].upper() + said[1:]


def _short(value: float | None, unit: str, target: float | None) -> str:
    """The value beside a name: a long unit would run into it on a phone."""
    if unit in SHORT_UNITS:
        return formats.amount(value, unit, target)
    return formats.share(value, target)


def _row(one: Bar, y: int, x: Scale, aim: tuple[float | None, str], how: tuple[str, int]) -> Markup:
    target, unit = aim
    ident, most = how
    text = one.absent or formats.amount(one.value, unit, target)
    short = one.absent or _short(one.value, unit, target)
    symbol = SYMBOLS.get(one.standing, "")
    beside = f"{short} {symbol}".strip()
    look = {"y": y + 21, "height": 13}
    width = f"{x(max(one.value or 0, 0)):.2f}%"  # what is below zero has no bar
    bar = svg.rect(0, width=width, class_=_colour(one), **look)
    if not one.reported:
        bar = svg.rect(0, width="100%", class_="bar f-bl", fill=f"url(#{ident})", **look)
    elif one.standing == "tertinggal":
        bar += svg.rect(0, width=width, class_="print-hatch", fill=f"url(#{ident})", **look)
    tick = "" if target is None else f"{x(target):.2f}%"
    return svg.link(
        one.url,
        f"{one.name}: {text} {symbol}".strip(),
        named(one.name, beside, y + 15, strong=one.is_total, most=most),
        svg.text(beside, "100%", y + 15, text_anchor="end", class_="t-strong"),
        svg.rect(0, width="100%", class_="c-track", **look),
        bar,
        svg.line(tick, y + 18, tick, y + 37, "c-target") if tick else "",
    )


def _colour(one: Bar) -> str:
    if one.is_total and one.standing == "pantau":
        return "bar f-total"
    return f"bar {COLOURS.get(one.standing, 'f-ta')}"
