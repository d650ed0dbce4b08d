"""SKDN: how many of a Posyandu's children have a card, came, and gained weight; and drop-out.

S all children, K with a KMS, D weighed, N gained; O absent last month, B first weighing, T not
gained. Ratios as in "Pedoman Pemantauan Pertumbuhan", Kementerian Kesehatan; N/(D-O-B) counts only
those whose gain could be judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.scales import Scale, rounded_up, ticks
from reporting.charts.told import Told

LEFT, TOP, PLOT, MONTH, LINE = 118, 22, 190, 66, 22
BAR = 13
STEPS = ("S", "K", "D", "N")


@dataclass(frozen=True)
class Skdn:
    """One place and month; None where nothing was reported."""

    label: str
    s: int | None
    k: int | None
    d: int | None
    n: int | None
    o: int | None = None
    b: int | None = None
    bgm: int | None = None
    t2: int | None = None  # not gained twice running

    @property
    def ratios(self) -> dict[str, float | None]:
        """All in percent, in the order in which they are read."""
        return {
            "K/S": ratio(self.k, self.s),
            "D/K": ratio(self.d, self.k),
            "D/S": ratio(self.d, self.s),
            "N/D": ratio(self.n, self.d),
            "N/(D−O−B)": ratio(self.n, self.judged),
            "N/S": ratio(self.n, self.s),
            "BGM/D": ratio(self.bgm, self.d),
            "2T/D": ratio(self.t2, self.d),
        }

    @property
    def is_missing(self) -> bool:
        """Nothing was reported: not the same as nobody."""
        return all(count is None for count in (self.s, self.k, self.d, self.n))

    @property
    def judged(self) -> int | None:
        if self.d is None or self.o is None or self.b is None:
            return None
        return self.d - self.o - self.b

    @property
    def violations(self) -> tuple[str, ...]:
        """What cannot be: more with a card or weighed than there are, more gained than judged."""
        pairs = (
            ("K > S", self.k, self.s),
            ("D > S", self.d, self.s),
            ("N > D", self.n, self.d),
            ("N > D−O−B", self.n, self.judged),
        )
        return tuple(
            name
            for name, part, most in pairs
            if part is not None and most is not None and part > most
        )


@dataclass(frozen=True)
class DropOut:
    """percent None: no first dose given. negative: more last doses than first ones, never good."""

    percent: float | None
    negative: bool
    good: bool | None


def ratio(part: int | None, whole: int | None) -> float | None:
    """The part in percent of the whole; None when one is unknown or the whole is not positive."""
    if part is None or whole is None or whole <= 0:
        return None
    return float(Fraction(100 * part, whole))


def drop_out(first: int | None, last: int | None, good_below: float) -> DropOut:
    """Who began and did not finish: (first - last) / first, also left-out with births as first.

    good_below: percent under which it is good. More last than first doses is a catch-up or a
    mistake in the register: it is shown as it is and never counted as good.
    """
    lost = None if first is None or last is None else first - last
    percent = ratio(lost, first)
    if percent is None:
        return DropOut(None, negative=False, good=None)
    return DropOut(percent, negative=percent < 0, good=0 <= percent < good_below)


def told(months: Sequence[Skdn]) -> Told:
    """The rows of the picture: counts, ratios in percent, what cannot be."""
    counts = ("S", "K", "D", "N", "O", "B", "BGM", "2T")
    names = Skdn("", None, None, None, None).ratios
    return Told(
        (_("Bulan"), *counts, *(f"{name} (%)" for name in names), _("Tanda")),
        tuple(
            (
                *(one.label, one.s, one.k, one.d, one.n, one.o, one.b, one.bgm, one.t2),
                *one.ratios.values(),
                ", ".join(one.violations),
            )
            for one in months
        ),
    )


def draw(months: Sequence[Skdn], title: str) -> Markup:
    """The picture in a region that scrolls where it is wider than the page."""
    region = Markup('<div class="chart-scroll" tabindex="0" role="region" aria-label="{}">{}</div>')
    return region.format(title, picture(months, title))


def picture(months: Sequence[Skdn], title: str) -> Markup:
    """Four bars a month, side by side in the order S K D N, and the ratios under them."""
    counts = [v for m in months for v in (m.s, m.k, m.d, m.n) if v is not None]
    y = Scale(0, rounded_up(max(counts, default=1) * 1.05, 4), TOP + PLOT, TOP)
    width = LEFT + MONTH * len(months) + 8
    names = list(Skdn("", None, None, None, None).ratios)
    height = TOP + PLOT + 44 + LINE * len(names)
    return svg.chart(
        width,
        float(height),
        grid(y, width),
        ratio_names(names),
        *(month_part(month, index, y) for index, month in enumerate(months)),
        title=title,
        desc=_("Untuk setiap bulan: sasaran S, punya KMS K, ditimbang D, naik N, dan rasionya."),
    )


def grid(y: Scale, width: int) -> Markup:
    marks = [
        svg.line(LEFT, y(value), width, y(value), "c-grid")
        + svg.text(
            formats.whole(value), LEFT - 8, y(value) + 5, text_anchor="end", class_="t-muted"
        )
        for value in ticks(y.high, 4)
    ]
    return svg.group(*marks, svg.line(LEFT, y(0), width, y(0), "c-axis"))


def ratio_names(names: Sequence[str]) -> Markup:
    first = TOP + PLOT + 44 + 14
    return svg.group(
        *(
            svg.text(
                f"{name} %", LEFT - 8, first + LINE * index, text_anchor="end", class_="t-muted"
            )
            for index, name in enumerate(names)
        )
    )


def month_part(month: Skdn, index: int, y: Scale) -> Markup:
    """The bars with their letters, the month's name, a flag when the counts cannot be."""
    left = LEFT + MONTH * index + (MONTH - 4 * (BAR + 2)) / 2
    middle = LEFT + MONTH * (index + 0.5)
    parts: list[object] = []
    for step, (letter, value) in enumerate(
        zip(STEPS, (month.s, month.k, month.d, month.n), strict=True)
    ):
        x = left + step * (BAR + 2)
        if value is not None:
            parts.append(svg.rect(x, y(value), BAR, y(0) - y(value), f"bar f-{letter.lower()}"))
        parts.append(
            svg.text(letter, x + BAR / 2, y(0) + 16, text_anchor="middle", class_="t-muted")
        )
    if month.is_missing:
        parts.append(svg.text("BL", middle, y(0) - 8, text_anchor="middle", class_="t-strong"))
    flag = " ⚑" if month.violations else ""
    parts.append(
        svg.text(month.label + flag, middle, y(0) + 36, text_anchor="middle", class_="t-strong")
    )
    for line, ratio in enumerate(month.ratios.values()):
        place = TOP + PLOT + 44 + 14 + LINE * line
        parts.append(svg.text(formats.share(ratio), middle, place, text_anchor="middle"))
    words = ", ".join((month.label, *month.violations))
    return svg.group(svg.el("title", words), *parts)
