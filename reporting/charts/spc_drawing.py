"""Draws months against their limits: a line over years, or the bars of one year."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from ilp.core.months import Month
from reporting.charts import svg
from reporting.charts.scales import Scale, around, runs, ticks_between
from reporting.charts.spc import SIGNALS, UP, ControlChart, Point, mark
from reporting.charts.spc import Sign as Meaning

WIDE, NARROW, HEIGHT = 920, 290, 340
LEFT, TOP, BOTTOM = 52, 22, 46
RIGHT = 140  # for the names of the lines, where there is room
COLOURS = {
    Meaning.BETTER: "f-baik",
    Meaning.WORSE: "f-jelek",
    Meaning.RISING: "f-total",
    Meaning.FALLING: "f-total",
}
Address = Callable[[Month], str]


def draw(chart: ControlChart, title: str, address: Address | None = None) -> Markup:
    """Wide and narrow; the style sheet shows the one that fits. address: where a month leads."""
    pair = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>')
    drawn = (picture(chart, title, width, address) for width in (WIDE, NARROW))
    return pair.format(*drawn)


def picture(chart: ControlChart, title: str, width: int, address: Address | None = None) -> Markup:
    right = RIGHT if width == WIDE else 12
    points = chart.points
    x = Scale(0, max(len(points) - 1, 1), LEFT + 12, width - right - 8)
    low, high = _ends(chart)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    values = [point.value for point in points]
    return svg.chart(
        width,
        float(HEIGHT),
        _grid(chart, y, (low, high), width - right),
        _months(points, x, wanted=8 if width == WIDE else 4),
        _base(chart, x, y, width == WIDE),
        _lines(chart, y, width - right, named=width == WIDE),
        *(svg.path([(x(at), y(v)) for at, v in run], "c-this c-thin") for run in runs(values)),
        *(
            _point(chart, p, (x(at), y(p.value)), address)
            for at, p in enumerate(points)
            if p.value is not None
        ),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )


def bars(chart: ControlChart, title: str, year: int) -> Markup:
    """The months of a year as bars from 0, before the limits of their past."""
    pair = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>')
    return pair.format(*(year_bars(chart, title, year, width) for width in (WIDE, NARROW)))


def year_bars(chart: ControlChart, title: str, year: int, width: int) -> Markup:
    """The same in one size."""
    right = RIGHT if width == WIDE else 12
    here = {p.month.number: p for p in chart.points if p.month.year == year}
    low, high = _ends(chart, from_zero=True)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    step = (width - right - LEFT) / 12
    months = [here.get(number) for number in range(1, 13)]
    return svg.chart(
        width,
        float(HEIGHT),
        svg.hatch(f"bulan-{width}"),
        _grid(chart, y, (low, high), width - right),
        *(_bar(chart, p, LEFT + step * at, step, y, width) for at, p in enumerate(months)),
        *(
            svg.text(
                formats.short_name(at + 1),
                LEFT + step * (at + 0.5),
                HEIGHT - BOTTOM + 20,
                text_anchor="middle",
                class_="t-muted",
            )
            for at in range(0, 12, 1 if width == WIDE else 2)
        ),
        _lines(chart, y, width - right, named=width == WIDE),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )


def _bar(
    chart: ControlChart, point: Point | None, left: float, step: float, y: Scale, width: int
) -> Markup:
    """The bar of a month, hatched up to the mean where a month before others is missing."""
    if point is None:
        return Markup("")
    wide, start = step * 0.66, left + step * 0.17
    if point.value is None:
        box = (start, y(0) - 40, wide, 40.0)
        return svg.group(
            svg.el("title", said(chart, point)),
            svg.rect(*box, "bar f-bl", fill=f"url(#bulan-{width})"),
            svg.text("BL", start + wide / 2, y(0) - 46, text_anchor="middle", class_="t-muted"),
        )
    top = y(point.value)
    parts = [svg.rect(start, min(top, y(0)), wide, abs(y(0) - top), "bar f-d")]
    if point.signals:
        parts.append(
            _triangle(start + wide / 2, min(top, y(0)) - 10, point.way, _colour(chart, point))
        )
    return svg.group(svg.el("title", said(chart, point)), *parts)


def _ends(chart: ControlChart, *, from_zero: bool = False) -> tuple[float, float]:
    """The axis holds every value and every limit; below 0 only where a value is."""
    values = [p.value for p in chart.points if p.value is not None]
    if chart.limits:
        values += [chart.limits.upper, max(chart.limits.lower, min([0.0, *values]))]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if from_zero:
        low = min(low, 0.0)
    room = (high - low) * 0.06 or abs(high) * 0.2 or 1.0
    ends = around(low - (0 if from_zero or low == 0 else room), high + room)
    return (max(ends[0], 0.0), ends[1]) if low >= 0 else ends


def _grid(chart: ControlChart, y: Scale, ends: tuple[float, float], right: float) -> Markup:
    sign = "%" if chart.unit == "%" else ""
    marks = [
        svg.line(LEFT, y(value), right, y(value), "c-grid")
        + svg.text(
            f"{formats.decimal(value, 1) if value % 1 else formats.whole(int(value))}{sign}",
            LEFT - 6,
            y(value) + 5,
            text_anchor="end",
            class_="t-muted",
        )
        for value in ticks_between(*ends)
    ]
    return svg.group(*marks, svg.line(LEFT, y(ends[0]), right, y(ends[0]), "c-axis"))


def _months(points: Sequence[Point], x: Scale, wanted: int) -> Markup:
    """As many names as there is room for, with the year below the first of each."""
    every = max(1, -(-len(points) // wanted))
    parts, year = [], 0
    for at in range(0, len(points), every):
        month = points[at].month
        place = {"text_anchor": "middle", "class_": "t-muted"}
        parts.append(svg.text(formats.short_month(month), x(at), HEIGHT - BOTTOM + 20, **place))
        if month.year != year:
            parts.append(svg.text(month.year, x(at), HEIGHT - BOTTOM + 37, **place))
            year = month.year
    return svg.group(*parts)


def _base(chart: ControlChart, x: Scale, y: Scale, named: bool) -> Markup:
    """Where the months end that made the limits."""
    if not chart.limits or chart.baseline >= len(chart.points):
        return svg.group()
    at = x(chart.baseline - 0.5)
    words = svg.text(
        _("dasar %d bulan") % chart.baseline, at - 6, TOP - 6, text_anchor="end", class_="t-muted"
    )
    return svg.group(
        svg.line(at, TOP - 16, at, HEIGHT - BOTTOM, "c-divider"), words if named else ""
    )


def _lines(chart: ControlChart, y: Scale, right: float, *, named: bool) -> Markup:
    if not chart.limits:
        return svg.group()
    held = chart.limits
    each = [(held.mean, _("Rata-rata"), "c-target"), (held.upper, _("Batas atas"), "c-limit")]
    if held.lower > y.low:
        each.append((held.lower, _("Batas bawah"), "c-limit"))
    parts = []
    for value, name, class_ in each:
        parts.append(svg.line(LEFT, y(value), right, y(value), class_))
        if named:
            told = formats.share(value) if chart.unit == "%" else formats.decimal(value, 1)
            parts.append(svg.text(f"{name} {told}", right + 6, y(value) + 5, class_="t-muted"))
    return svg.group(*parts)


def _point(
    chart: ControlChart, point: Point, at: tuple[float, float], address: Address | None
) -> Markup:
    """A dot; a triangle that points where a real change went."""
    if point.signals:
        shape = _triangle(*at, point.way, _colour(chart, point))
    else:
        shape = svg.el("circle", cx=at[0], cy=at[1], r=4.0, class_="c-dot bar")
    return svg.link(address(point.month) if address else "", said(chart, point), shape)


def _triangle(x: float, y: float, way: int, colour: str) -> Markup:
    tip, foot = (y - 8, y + 6) if way == UP else (y + 8, y - 6)
    d = f"M{x:.1f} {tip:.1f}L{x + 8:.1f} {foot:.1f}L{x - 8:.1f} {foot:.1f}Z"
    return svg.el("path", d=d, class_=f"bar c-sign {colour}")


def _colour(chart: ControlChart, point: Point) -> str:
    return COLOURS[chart.meaning(point.way)]


def said(chart: ControlChart, point: Point) -> str:
    """What a month says, in words."""
    value = "BL" if point.value is None else formats.amount(point.value, chart.unit)
    why = ", ".join(str(SIGNALS[one]) for one in point.signals)
    sign = f" – {mark(chart.meaning(point.way))}: {why}" if why else ""
    return f"{formats.month(point.month)}: {value}{sign}"


def description(chart: ControlChart) -> str:
    """The last month and the limits in one sentence."""
    last = next((p for p in reversed(chart.points) if p.value is not None), None)
    if last is None:
        return _("Belum ada bulan yang berangka.")
    if chart.limits is None:
        return f"{said(chart, last)}. {chart.why}"
    return _("%(last)s. Rata-rata %(mean)s, batas wajar %(lower)s sampai %(upper)s.") % {
        "last": said(chart, last),
        "mean": formats.amount(chart.limits.mean, chart.unit),
        "lower": formats.amount(max(chart.limits.lower, 0.0), chart.unit),
        "upper": formats.amount(chart.limits.upper, chart.unit),
    }
