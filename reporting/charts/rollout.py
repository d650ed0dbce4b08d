"""How many places work the ILP way by each month, against each year's target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from ilp.core.months import Month
from reporting.charts import svg
from reporting.charts.scales import Scale, rounded_up, ticks
from reporting.charts.told import Told

PANEL, ALONE, HEIGHT = 320, 600, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 30, 28


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
        svg.text(summary(chart), LEFT, TOP - 12, class_="t-strong"),
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
    """A hairline and the year at each January, and the year at the start."""
    marks = []
    for index, point in enumerate(chart.points):
        if index == 0 or point.month.number == 1:
            marks.append(svg.line(x(index), TOP, x(index), HEIGHT - BOTTOM, "c-grid"))
            marks.append(svg.text(point.month.year, x(index) + 2, HEIGHT - 8, class_="t-muted"))
    return svg.group(*marks)


def summary(chart: RolloutChart) -> str:
    last = chart.last
    if last is None:
        return _("Belum ada penerapan yang tercatat")
    words = {"started": formats.whole(last.started), "target": formats.whole(last.target)}
    if last.target is None:
        return _("%(started)s menerapkan") % words
    return _("%(started)s menerapkan, target %(target)s") % words
