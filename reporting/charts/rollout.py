"""How many places work the ILP way by each month, against each year's target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from ilp.core.months import Month
from reporting.charts import svg
from reporting.charts.scales import Scale, rounded_up, ticks
from reporting.charts.told import Told

PANEL, ALONE, HEIGHT = 290, 600, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 34, 28
YEAR, NAME = 44, 56  # pixels that a year takes, and the name of a line


@dataclass(frozen=True)
class RolloutPoint:
    """A month: places that had started by its end, and the target of its year."""

    month: Month
    started: int | None  # None for months that have not come yet
    target: int | None


@dataclass(frozen=True)
class RolloutChart:
    points: tuple[RolloutPoint, ...]

    @property
    def last(self) -> RolloutPoint | None:
        return next((point for point in reversed(self.points) if point.started is not None), None)

    @property
    def told(self) -> Told:
        return Told(
            (_("Bulan"), _("Menerapkan"), _("Target")),
            tuple((formats.month(p.month), p.started, p.target) for p in self.points),
        )

    @property
    def high(self) -> float:
        known = [value for point in self.points for value in (point.started, point.target)]
        return rounded_up(max(4, *(value or 0 for value in known)) * 1.05, 4)


def rollout(points: Sequence[RolloutPoint]) -> RolloutChart:
    """points: months in their order, without holes."""
    return RolloutChart(tuple(points))


def steps(values: Sequence[int | None], x: Scale, y: Scale) -> list[list[tuple[float, float]]]:
    """Corner points of a line that is level over a month and jumps between months."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1] += [(x(index), y(value)), (x(index + 1), y(value))]
    return [piece for piece in pieces if piece]


def draw(chart: RolloutChart, title: str, width: int = PANEL) -> Markup:
    """One panel: the curve and the stepped target, wide enough for a phone."""
    x = Scale(0, max(len(chart.points), 1), LEFT, width - RIGHT)
    y = Scale(0, chart.high, HEIGHT - BOTTOM, TOP)
    started = [point.started for point in chart.points]
    targets = [point.target for point in chart.points]
    return svg.chart(
        width,
        float(HEIGHT),
        grid(y, width - RIGHT),
        years(chart, x),
        *(svg.path(piece, "c-target") for piece in steps(targets, x, y)),
        *(svg.path(piece, "c-this") for piece in steps(started, x, y)),
        *_last(chart, x, y),
        _aim(chart, x, y),
        svg.text(summary(chart), 0, 16, class_="t-strong"),
        title=title,
        desc=summary(chart),
        class_="chart chart-fit",
    )


def grid(y: Scale, right: float) -> Markup:
    marks = [
        svg.line(LEFT, y(value), right, y(value), "c-grid")
        + svg.text(
            formats.whole(value), LEFT - 6, y(value) + 5, text_anchor="end", class_="t-muted"
        )
        for value in ticks(y.high, 4)
    ]
    return svg.group(*marks, svg.line(LEFT, y(0), right, y(0), "c-axis"))


def years(chart: RolloutChart, x: Scale) -> Markup:
    """A hairline at each January and at the start, and the years that there is room for."""
    marks, free = [], 0.0
    for index, point in enumerate(chart.points):
        if index and point.month.number != 1:
            continue
        left = x(index)
        marks.append(svg.line(left, TOP, left, HEIGHT - BOTTOM, "c-grid"))
        if free <= left <= x.end - YEAR + 8:
            marks.append(svg.text(point.month.year, left + 2, HEIGHT - 8, class_="t-muted"))
            free = left + YEAR
    return svg.group(*marks)


def _last(chart: RolloutChart, x: Scale, y: Scale) -> list[Markup]:
    """A dot at the end of the curve, which the words above tell of."""
    known = [at for at, point in enumerate(chart.points) if point.started is not None]
    if not known:
        return []
    started = chart.points[known[-1]].started or 0
    return [svg.el("circle", cx=x(known[-1] + 1), cy=y(started), r=4.5, class_="c-dot")]


def _aim(chart: RolloutChart, x: Scale, y: Scale) -> Markup:
    """The name of the stepped line, as far to the right as the curve leaves room for it."""
    for at, point in reversed(list(enumerate(chart.points))):
        end = x(at + 1)
        if point.target is None or end - NAME < x.start:
            continue
        foot = _free(chart, at, x, y)
        if foot is not None:
            return svg.text(_("Target"), end - 4, foot, text_anchor="end", class_="t-target")
    return Markup()


def _free(chart: RolloutChart, at: int, x: Scale, y: Scale) -> float | None:
    """How high the name may stand that ends at a month: above its line, or below it."""
    first = max(at - ceil(NAME / (x(1) - x(0))), 0)
    aim = chart.points[at].target or 0
    passed = [(p.started, p.target) for p in chart.points[first : at + 1]]
    others = [y(v) for pair in passed for v in pair if v is not None and v != aim]
    for top, foot in ((y(aim) - 20, y(aim) - 6), (y(aim) + 4, y(aim) + 18)):
        if foot < y(0) and (not others or max(others) < top or min(others) > foot):
            return foot
    return None


def summary(chart: RolloutChart) -> str:
    last = chart.last
    if last is None:
        return _("Belum ada penerapan yang tercatat")
    words = {"started": formats.whole(last.started), "target": formats.whole(last.target)}
    if last.target is None:
        return _("%(started)s menerapkan") % words
    return _("%(started)s menerapkan, target %(target)s") % words
