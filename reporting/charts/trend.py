"""A year against its target and the year before: cumulative percentages by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.scales import MONTH_LETTERS, Scale, rounded_up, runs, ticks
from reporting.charts.told import Told

WIDE, NARROW, HEIGHT = 600, 290, 300
LEFT, TOP, BOTTOM = 46, 14, 30
ROOM = 36  # pixels that a line of words takes above a point
NEAR = 5  # months that the words at the last point reach back over


@dataclass(frozen=True)
class Point:
    """One month. percent and gap are None when the month has not been reported."""

    number: int
    count: int | None
    known: int | None
    percent: float | None
    target: float | None
    after_gap: bool
    provisional: bool

    @property
    def gap(self) -> float | None:
        """Percentage points above the target; negative is below it."""
        if self.percent is None or self.target is None:
            return None
        return self.percent - self.target


@dataclass(frozen=True)
class TrendChart:
    """Twelve targets or none, the months of this year so far, and the whole of last year."""

    points: tuple[Point, ...]
    targets: tuple[float, ...]
    previous: tuple[float | None, ...]
    year: int
    higher_is_better: bool
    unit: str = "%"

    def shown(self, value: float | None, target: float | None = None) -> str:
        """A value as it is read, in the chart's unit."""
        return formats.amount(value, self.unit, target)

    def gap_shown(self, gap: float) -> str:
        """How far a value lies from the target."""
        return formats.signed_points(gap) if self.unit == "%" else formats.signed(gap, 1)

    @property
    def told(self) -> Told:
        names = (_("Bulan"), _("Tahun ini"), _("Target"), _("Selisih"), _("Tahun lalu"))
        past = (*self.previous, *[None] * len(self.points))
        each = ((formats.month_name(p.number), p.percent, p.target, p.gap) for p in self.points)
        return Told(names, tuple((*row, then) for row, then in zip(each, past, strict=False)))

    @property
    def last(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.percent is not None), None)

    def in_rounds(self, due: Sequence[int]) -> TrendChart:
        """The chart of a number that only these months have; the others are no gap."""
        before: dict[int, float | None] = {}
        points = []
        for point in self.points:
            gap = bool(before) and before[max(before)] is None
            points.append(replace(point, after_gap=gap))
            if point.number in due:
                before[point.number] = point.percent
        return replace(self, points=tuple(points))

    @property
    def high(self) -> float:
        """The top of the axis, in percent: a round number above everything shown."""
        values = [value for value in self.previous if value is not None]
        values += [point.percent for point in self.points if point.percent is not None]
        return rounded_up(max([*values, *self.targets, 1.0]))


def cumulative(counts: Sequence[int | None], sasaran: int | None) -> list[float | None]:
    """Percent of the sasaran reached by each month; None in months without a report."""
    so_far = 0
    shares: list[float | None] = []
    for count in counts:
        so_far += count or 0
        known = count is not None and bool(sasaran)
        shares.append(float(Fraction(100 * so_far, sasaran)) if known and sasaran else None)
    return shares


def running_targets(annual_target: float) -> tuple[float, ...]:
    """The share of the year's target that is due by each of the twelve months."""
    annual = Fraction(str(annual_target))
    return tuple(float(annual * number / 12) for number in range(1, 13))


def trend(
    counts: Sequence[int | None],
    sasaran: int | None,
    targets: Sequence[float],
    year: int,
    previous: Sequence[float | None] = (),
    higher_is_better: bool = True,
    provisional_from: int = 13,
) -> TrendChart:
    """counts: January to the month shown, None for not reported. targets: percent, 12 of them.

    previous: last year's cumulative percentages. Months from provisional_from on may change.
    """
    shares = cumulative(counts, sasaran)
    return of_shares(shares, targets, year, previous, higher_is_better, provisional_from, counts)


def of_shares(
    shares: Sequence[float | None],
    targets: Sequence[float],
    year: int,
    previous: Sequence[float | None] = (),
    higher_is_better: bool = True,
    provisional_from: int = 13,
    counts: Sequence[int | None] = (),
) -> TrendChart:
    """The same for an indicator that does not add up over the year: its percentages as they are."""
    points = []
    for index, percent in enumerate(shares):
        known = [count for count in counts[: index + 1] if count is not None]
        points.append(
            Point(
                number=index + 1,
                count=counts[index] if counts else None,
                known=sum(known) if known else None,
                percent=percent,
                target=targets[index] if targets else None,
                after_gap=index > 0 and shares[index - 1] is None,
                provisional=index + 1 >= provisional_from,
            )
        )
    return TrendChart(tuple(points), tuple(targets), tuple(previous), year, higher_is_better)


def draw(chart: TrendChart, title: str) -> Markup:
    """Wide and narrow; the style sheet shows the one that fits."""
    pair = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>')
    return pair.format(picture(chart, title, WIDE), picture(chart, title, NARROW))


def picture(chart: TrendChart, title: str, width: int) -> Markup:
    right = 108 if width == WIDE else 14
    x = Scale(1, 12, LEFT + 12, width - right - 8)
    y = Scale(0, chart.high, HEIGHT - BOTTOM, TOP)
    steps = [(x(n), y(value)) for n, value in enumerate(chart.targets, start=1)]
    return svg.chart(
        width,
        float(HEIGHT),
        grid(y, width - right, "%" if chart.unit == "%" else ""),
        months(x, every=1 if width == WIDE else 2),
        shaded(chart, x, y),
        *(svg.path(at(run, x, y), "c-last") for run in runs(chart.previous)),
        svg.path(steps, "c-target") if steps else "",
        *this_year(chart, x, y),
        labels(chart, x, y) if width == WIDE else key(chart),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )


def at(run: list[tuple[int, float]], x: Scale, y: Scale) -> list[tuple[float, float]]:
    return [(x(index + 1), y(value)) for index, value in run]


def grid(y: Scale, right: float, sign: str) -> Markup:
    marks = [
        svg.line(LEFT, y(value), right, y(value), "c-grid")
        + svg.text(f"{value:g}{sign}", LEFT - 6, y(value) + 5, text_anchor="end", class_="t-muted")
        for value in ticks(y.high)
    ]
    return svg.group(*marks, svg.line(LEFT, y(0), right, y(0), "c-axis"))


def months(x: Scale, every: int) -> Markup:
    return svg.group(
        *(
            svg.text(name, x(n), HEIGHT - 9, text_anchor="middle", class_="t-muted")
            for n, name in enumerate(MONTH_LETTERS, start=1)
            if (n - 1) % every == 0
        )
    )


def shaded(chart: TrendChart, x: Scale, y: Scale) -> Markup:
    """The area between the line and the target where the target is missed."""
    short = [
        (index, point.percent)
        if point.gap is not None and (point.gap < 0) == chart.higher_is_better and point.gap
        else (index, None)
        for index, point in enumerate(chart.points)
    ]
    areas = []
    for run in runs([value for _index, value in short]):
        back = [(index, chart.targets[index]) for index, _value in reversed(run)]
        areas.append(svg.path(at(run + back, x, y), "c-gap"))
    return svg.group(*areas)


def this_year(chart: TrendChart, x: Scale, y: Scale) -> list[Markup]:
    """Solid where final, dotted where provisional; hollow dots where months before are missing."""
    parts = []
    for run in runs([point.percent for point in chart.points]):
        final = [item for item in run if not chart.points[item[0]].provisional]
        loose = [item for item in run if chart.points[item[0]].provisional]
        if len(final) > 1:
            parts.append(svg.path(at(final, x, y), "c-this"))
        if loose:
            parts.append(svg.path(at(final[-1:] + loose, x, y), "c-this is-provisional"))
    for point in chart.points:
        if point.percent is not None:
            class_ = "c-dot-hollow" if point.after_gap else "c-dot"
            label = f"{MONTH_LETTERS[point.number - 1]}: {chart.shown(point.percent)}"
            centre = {"cx": x(point.number), "cy": y(point.percent)}
            parts.append(svg.el("circle", svg.el("title", label), **centre, r=4.5, class_=class_))
    return parts


def labels(chart: TrendChart, x: Scale, y: Scale) -> Markup:
    """Names at the ends of the lines, kept apart, and the gap at the last month."""
    named = [(y(value), _("Target"), "t-target") for value in chart.targets[-1:]]
    past = [value for value in chart.previous if value is not None]
    if past:
        named.append((y(past[-1]), str(chart.year - 1), "t-muted"))
    parts, lowest = [], -99.0
    for height, name, class_ in sorted(named):
        lowest = max(height + 5, lowest + 17)
        parts.append(svg.text(name, x(12) + 12, lowest, class_=class_))
    last = chart.last
    if last is not None and last.percent is not None:
        words = said(chart, last)
        anchor = "start" if last.number < 9 else "end"
        shift = 10 if last.number < 9 else -4
        place = beside(chart, last, y)
        parts.append(
            svg.text(
                words if last.gap is None else f"{words} ({chart.gap_shown(last.gap)})",
                x(last.number) + shift,
                place,
                text_anchor=anchor,
                class_="t-strong",
            )
        )
    return svg.group(*parts)


def beside(chart: TrendChart, last: Point, y: Scale) -> float:
    """How high the words at the last point stand: clear of the line that leads up to them."""
    assert last.percent is not None
    room = -(last.gap or 0) * (y(0) - y(1))  # up to the target, in pixels
    if not 0 < room < ROOM:
        return max(y(last.percent) - 14, TOP)
    near = [p.percent for p in chart.points[-NEAR:] if p.percent is not None]
    return min(y(min(near)) + 22, y(0) - 8)


def key(chart: TrendChart) -> Markup:
    """On a narrow chart there is no room at the ends: the gap alone, in the free corner."""
    last = chart.last
    if last is None:
        return svg.group()
    gap = "" if last.gap is None else chart.gap_shown(last.gap)
    return svg.group(
        svg.text(said(chart, last), LEFT + 10, TOP + 16, class_="t-strong"),
        svg.text(gap, LEFT + 10, TOP + 34, class_="t-muted"),
    )


def said(chart: TrendChart, point: Point) -> str:
    return f"{chart.year}: {chart.shown(point.percent, point.target)}"


def description(chart: TrendChart) -> str:
    last = chart.last
    if last is None:
        return _("Belum ada bulan yang dilaporkan.")
    value = chart.shown(last.percent, last.target)
    said_of = {"month": formats.month_name(last.number), "value": value}
    if last.target is None:
        return _("Sampai %(month)s: %(value)s; tanpa target.") % said_of
    told = _("Sampai %(month)s: %(value)s, target %(target)s.")
    return told % (said_of | {"target": chart.shown(last.target)})
