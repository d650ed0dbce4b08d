"""Who began and who finished, place by place: two dots and the line that is lost between them.

Who began are 100 at every place, so that the lines of small and large places can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.ends import Ends, ends
from reporting.charts.narrow import named, only_wide
from reporting.charts.scales import Scale
from reporting.charts.skdn import DropOut, drop_out
from reporting.charts.told import Told

ROW, TOP = 46, 28
MOST_LOW = 80  # percent at which the axis begins at the latest


@dataclass(frozen=True)
class Pair:
    """A place: how many had the first dose, how many the last. None: not reported."""

    name: str
    first: int | None
    last: int | None
    good_below: float
    url: str = ""
    is_total: bool = False

    @property
    def lost(self) -> DropOut:
        return drop_out(self.first, self.last, self.good_below)


@dataclass(frozen=True)
class Dumbbell:
    """Places by how many they lose, the worst first; those without a number last, by name."""

    pairs: tuple[Pair, ...]
    total: Pair | None = None

    @property
    def everyone(self) -> tuple[Pair, ...]:
        return (*self.pairs, *([self.total] if self.total else []))

    @property
    def told(self) -> Told:
        return Told(
            (_("Tempat"), _("Dosis awal"), _("Dosis akhir"), _("Putus (%)"), _("Tanda")),
            tuple((p.name, p.first, p.last, p.lost.percent, _mark(p)) for p in self.everyone),
        )


def dumbbell(pairs: Sequence[Pair], total: Pair | None = None) -> Dumbbell:
    def place(pair: Pair) -> tuple[bool, float, str]:
        percent = pair.lost.percent
        return percent is None, -(percent or 0.0), pair.name

    return Dumbbell(tuple(sorted(pairs, key=place)), total)


def _mark(pair: Pair) -> str:
    if pair.lost.percent is None:
        return "BL" if pair.first is None else ""
    if pair.lost.negative:
        return _("dosis akhir lebih banyak: susulan atau salah catat")
    return "" if pair.lost.good else _("di atas batas %s") % formats.percent(pair.good_below)


def draw(chart: Dumbbell, title: str, ident: str = "putus") -> Markup:
    """One place under the other, as wide as the surroundings."""
    reached = [100 - p.lost.percent for p in chart.everyone if p.lost.percent is not None]
    low = min([MOST_LOW, *(10 * floor(share / 10) for share in reached)])
    # No dot is cut off at the ends.
    x = Scale(max(low, 0.0), max([100.0, *reached]), 2, 98)
    limit = chart.everyone[0].good_below if chart.everyone else 0
    listed, end = ends_of(chart), [chart.total] if chart.total else []
    places = [(pair, listed.at(n)) for n, pair in enumerate(listed.shown)]
    places += [(pair, listed.lines) for pair in end]
    heading = _("○ awal = 100%%  ● akhir · baik bila < %s") % (formats.percent(limit))
    return svg.chart(
        "100%",
        float(TOP + ROW * (listed.lines + len(end))),
        svg.hatch(ident),
        svg.text(heading, 0, 15, class_="t-muted"),
        *(_row(pair, TOP + ROW * at, x, ident) for pair, at in places),
        listed.gap(TOP + ROW * len(listed.first)),
        title=title,
        desc=description(chart),
        class_="chart chart-rows",
    )


def ends_of(chart: Dumbbell) -> Ends[Pair]:
    """The places that are drawn: all of them, or those that lose most and least."""
    return ends(chart.pairs, lambda pair: pair.lost.percent is not None)


def said(pair: Pair) -> str:
    """What a place says, in words."""
    if pair.first is None or pair.last is None:
        return f"{pair.name}: BL"
    mark = _mark(pair)
    told = _("%(name)s: putus %(percent)s (%(first)s menjadi %(last)s)") % {
        "name": pair.name,
        "percent": formats.percent(pair.lost.percent),
        "first": formats.whole(pair.first),
        "last": formats.whole(pair.last),
    }
    return f"{told}, {mark}" if mark else told


def _row(pair: Pair, y: int, x: Scale, ident: str) -> Markup:
    first, last = pair.first, pair.last
    percent = pair.lost.percent
    if first is None or last is None:
        parts = [svg.rect(0, y + 22, "100%", 12, "bar f-bl", fill=f"url(#{ident})")]
        text = "BL"
    elif percent is None:
        parts, text = [svg.rect(0, y + 26, "100%", 4, "c-track")], formats.MISSING
    else:
        a, b = f"{x(100.0):.2f}%", f"{x(100 - percent):.2f}%"
        parts = [
            svg.rect(0, y + 26, "100%", 4, "c-track"),
            svg.line(a, y + 28, b, y + 28, "c-lost"),
            svg.el("circle", cx=a, cy=y + 28, r=6.0, class_="bar c-dot-hollow"),
            svg.el("circle", cx=b, cy=y + 28, r=6.0, class_=f"bar c-sign {_colour(pair)}"),
        ]
        text = f"{formats.percent(percent)}{' ⚑' if pair.lost.negative else ''}"
    both = "" if first is None else f" ({formats.whole(first)} → {formats.whole(last)})"
    look = {"text_anchor": "end", "class_": "t-strong"}
    return svg.link(
        pair.url,
        said(pair),
        named(pair.name, text, y + 15, strong=pair.is_total),
        svg.text(Markup("{}{}").format(text, only_wide(both)), "100%", y + 15, **look),
        *parts,
    )


def _colour(pair: Pair) -> str:
    """More last doses than first ones are never good and never bad: they are to be looked at."""
    if pair.lost.negative:
        return "f-total"
    return "f-baik" if pair.lost.good else "f-jelek"


def description(chart: Dumbbell) -> str:
    known = [p for p in chart.pairs if p.lost.percent is not None]
    if not known:
        return _("Belum ada tempat yang melapor.")
    return _("Terbanyak putus di %(worst)s, %(percent)s; paling sedikit di %(best)s.") % {
        "worst": known[0].name,
        "percent": formats.percent(known[0].lost.percent),
        "best": known[-1].name,
    }
