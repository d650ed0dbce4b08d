"""Draws the funnel: small places at the left, where chance is wide, large ones at the right."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.funnel import BANDS, FAR, Band, Dot, Funnel
from reporting.charts.scales import Scale, around, nice_step, rounded_up, ticks, ticks_between

WIDE, NARROW, HEIGHT = 920, 290, 400
LEFT, TOP, BOTTOM = 52, 18, 48
STEPS = 80  # of a curve
LETTER, LINE = 7.4, 17  # pixels of a letter and of a line of words
MOST_LINKS = 100  # above it only those outside can be gone to: nobody tabs through a thousand
SHAPES = {
    Band.INSIDE: "c-dot",
    Band.ABOVE: "f-kurang c-sign",
    Band.BELOW: "f-cukup c-sign",
    Band.FAR_ABOVE: "f-baik c-sign",
    Band.FAR_BELOW: "f-jelek c-sign",
}
PLAIN = {
    Band.ABOVE: "f-ta c-sign",
    Band.BELOW: "f-ta c-sign",
    Band.FAR_ABOVE: "f-total c-sign",
    Band.FAR_BELOW: "f-total c-sign",
}


def draw(chart: Funnel, title: str, *, higher_is_better: bool | None = True) -> Markup:
    """Wide and narrow; the style sheet shows the one that fits."""
    pair = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>')
    drawn = (picture(chart, title, width, higher_is_better) for width in (WIDE, NARROW))
    return pair.format(*drawn)


def picture(chart: Funnel, title: str, width: int, higher_is_better: bool | None = True) -> Markup:
    assert chart.mean is not None
    right = 12 if width == NARROW else 96
    most = rounded_up(max(dot.bottom for dot in chart.dots) * 1.04)
    x = Scale(0, most, LEFT, width - right)
    low, high = _ends(chart)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    many = len(chart.dots) > MOST_LINKS
    ordered = sorted(chart.dots, key=lambda dot: dot.band is not Band.INSIDE)
    labels = [] if chart.is_wide or width == NARROW else [d for d in ordered if d.band in FAR]
    return svg.chart(
        width,
        float(HEIGHT),
        _grid(y, (low, high), width - right),
        _sizes(x, width),
        *_curves(chart, x, y),
        _mean(chart, y, width, right),
        _crowd(ordered, x, y) if many else "",
        *(
            _dot(d, x, y, _look(d, higher_is_better), small=many)
            for d in ordered
            if not many or d.band is not Band.INSIDE
        ),
        *_names(labels, x, y, width),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )


def _ends(chart: Funnel) -> tuple[float, float]:
    """All places, the inner limits of the smallest and the outer ones of the largest, where their
    names stand, as far as they lie between 0 and 100."""
    smallest = chart.limits(min(dot.bottom for dot in chart.dots))
    largest = chart.limits(max(dot.bottom for dot in chart.dots))
    values = [dot.percent for dot in chart.dots]
    low = min(*values, smallest.low_inner, largest.low_outer)
    high = max(*values, smallest.high_inner, largest.high_outer)
    ends = around(low, high)
    return max(ends[0], 0.0), min(ends[1], 100.0)


def _grid(y: Scale, ends: tuple[float, float], right: float) -> Markup:
    marks = [
        svg.line(LEFT, y(value), right, y(value), "c-grid")
        + svg.text(f"{value:g}%", LEFT - 6, y(value) + 5, text_anchor="end", class_="t-muted")
        for value in ticks_between(*ends)
    ]
    return svg.group(*marks, svg.line(LEFT, y(ends[0]), right, y(ends[0]), "c-axis"))


def _sizes(x: Scale, width: int) -> Markup:
    wanted = 6 if width == WIDE else 3
    marks = [
        svg.text(
            formats.whole(int(value)),
            x(value),
            HEIGHT - BOTTOM + 19,
            text_anchor="middle",
            class_="t-muted",
        )
        for value in ticks(x.high, wanted)
        if nice_step(x.high, wanted) >= 1
    ]
    name = svg.text(
        _("Penyebut (orang)"),
        (LEFT + x.end) / 2,
        HEIGHT - 8,
        text_anchor="middle",
        class_="t-muted",
    )
    return svg.group(*marks, name)


def _curves(chart: Funnel, x: Scale, y: Scale) -> list[Markup]:
    """The four limits, cut where they leave the picture."""
    sizes = [x.high * (step / STEPS) ** 2 for step in range(1, STEPS + 1)]
    held = [chart.limits(max(size, 1.0)) for size in sizes]
    parts = []
    for name, class_ in (
        *(("low_outer", "c-limit"), ("high_outer", "c-limit")),
        *(("low_inner", "c-limit is-inner"), ("high_inner", "c-limit is-inner")),
    ):
        points = [(x(max(h.people, 1.0)), getattr(h, name)) for h in held]
        inside = [(a, y(value)) for a, value in points if y.low <= value <= y.high]
        if inside:
            parts.append(svg.path(inside, class_))
    return parts


def _mean(chart: Funnel, y: Scale, width: int, right: int) -> Markup:
    assert chart.mean is not None
    here = svg.line(LEFT, y(chart.mean), width - right, y(chart.mean), "c-target")
    if width == NARROW:
        return here
    at = chart.limits(max(dot.bottom for dot in chart.dots))
    told = [(y(chart.mean), formats.percent(chart.mean), "t-target")]
    told += [(y(at.high_outer), "99,8%", "t-muted"), (y(at.low_outer), "99,8%", "t-muted")]
    parts, lowest = [here], -99.0
    for height, words, class_ in sorted(told):
        lowest = max(height + 5, lowest + LINE)
        parts.append(svg.text(words, width - right + 8, lowest, class_=class_))
    return svg.group(*parts)


def _look(dot: Dot, higher_is_better: bool | None) -> str:
    """The class of a dot; where low is good, below is what is praised."""
    if higher_is_better is None:
        return PLAIN.get(dot.band, SHAPES[dot.band])
    turned = {
        Band.ABOVE: Band.BELOW,
        Band.BELOW: Band.ABOVE,
        Band.FAR_ABOVE: Band.FAR_BELOW,
        Band.FAR_BELOW: Band.FAR_ABOVE,
    }
    return SHAPES[dot.band if higher_is_better else turned.get(dot.band, dot.band)]


def _dot(dot: Dot, x: Scale, y: Scale, look: str, *, small: bool) -> Markup:
    """A circle inside the limits, a square beyond the inner, a larger diamond beyond the outer."""
    a, b = x(dot.bottom), y(dot.percent)
    if dot.band is Band.INSIDE:
        shape = svg.el("circle", cx=a, cy=b, r=5.0, class_=f"bar {look}")
    elif dot.band in FAR:
        d = f"M{a:.1f} {b - 8:.1f}L{a + 8:.1f} {b:.1f}L{a:.1f} {b + 8:.1f}L{a - 8:.1f} {b:.1f}Z"
        shape = svg.el("path", d=d, class_=f"bar {look}")
    else:
        shape = svg.rect(a - 4.5, b - 4.5, 9, 9, f"bar {look}")
    leads = dot.url if not small or dot.band in FAR else ""
    return svg.link(leads, said(dot), shape)


def _crowd(dots: Sequence[Dot], x: Scale, y: Scale) -> Markup:
    """Those inside the limits, of many: one shape, as nobody points at one of a thousand dots."""
    inside = (dot for dot in dots if dot.band is Band.INSIDE)
    places = dict.fromkeys((round(x(dot.bottom)), round(y(dot.percent))) for dot in inside)
    return svg.el("path", d="".join(f"M{a} {b}h.1" for a, b in places), class_="c-crowd")


def _names(dots: Sequence[Dot], x: Scale, y: Scale, width: int) -> list[Markup]:
    """Names beside those outside, each on a place where no other name stands; else none."""
    taken: list[tuple[float, float, float]] = []  # left, right, height
    parts = []
    for dot in sorted(dots, key=lambda d: -d.bottom):
        words = dot.name if len(dot.name) <= 22 else f"{dot.name[:21]}…"
        a, b, length = x(dot.bottom), y(dot.percent), len(words) * LETTER
        right = a + 12 + length < width
        left = a + 12 if right else a - 12 - length
        for height in (b + 5, b - 12, b + 20):
            box = (left, left + length, height)
            free = all(
                box[1] + LETTER < l or r + LETTER < box[0] or abs(box[2] - h) >= LINE
                for l, r, h in taken  # noqa: E741
            )
            if free and TOP < height < HEIGHT - BOTTOM:
                taken.append(box)
                parts.append(svg.text(words, left, height))
                break
    return parts


def said(dot: Dot) -> str:
    """What a place says, in words."""
    return _("%(name)s: %(percent)s (%(top)s dari %(bottom)s), %(where)s") % {
        "name": dot.name,
        "percent": formats.percent(dot.percent),
        "top": formats.whole(dot.top),
        "bottom": formats.whole(dot.bottom),
        "where": BANDS[dot.band],
    }


def description(chart: Funnel) -> str:
    """The mean and how many lie outside, in one sentence."""
    return _(
        "%(all)d tempat menurut besarnya, rata-rata %(mean)s; %(outside)d di luar batas 99,8%%."
    ) % {
        "all": len(chart.dots),
        "mean": formats.percent(chart.mean),
        "outside": chart.outside,
    }
