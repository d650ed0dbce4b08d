"""A year in the size of a card: many of them side by side, on the same kind of axis."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.scales import Scale, runs
from reporting.charts.trend import TrendChart, at, description

WIDTH, HEIGHT = 210, 96
LEFT, RIGHT, TOP, BOTTOM = 4, 8, 8, 20


FEW = 20  # percent: what stays below it has an axis of its own, as nothing would be seen of it


def axes(charts: Iterable[TrendChart]) -> dict[tuple[str, bool], float]:
    """The same axis for all of a unit, but apart those of percentages that stay small."""
    found: dict[tuple[str, bool], float] = {}
    for chart in charts:
        key = axis_of(chart)
        found[key] = max(chart.high, found.get(key, 0.0))
    return found


def axis_of(chart: TrendChart) -> tuple[str, bool]:
    return chart.unit, chart.unit == "%" and chart.high <= FEW


def draw(chart: TrendChart, title: str, high: float | None = None) -> Markup:
    """This year, the year before and the target. high: the top of an axis shared with others,
    which is written on it; without one nothing is, as the numbers stand beside it."""
    x = Scale(1, 12, LEFT, WIDTH - RIGHT)
    y = Scale(0, high or chart.high, HEIGHT - BOTTOM, TOP)
    target = [(x(n), y(value)) for n, value in enumerate(chart.targets, start=1)]
    present = [point.percent for point in chart.points]
    last = chart.last
    dot = ""
    if last is not None and last.percent is not None:
        dot = svg.el("circle", cx=x(last.number), cy=y(last.percent), r=4, class_="c-dot")
    foot = HEIGHT - BOTTOM
    return svg.chart(
        WIDTH,
        float(HEIGHT),
        svg.line(LEFT, float(foot), WIDTH - RIGHT, float(foot), "c-axis"),
        _top(high, chart.unit) if high else "",
        *(svg.path(at(run, x, y), "c-last") for run in runs(chart.previous)),
        svg.path(target, "c-target") if target else "",
        *(svg.path(at(run, x, y), "c-this") for run in runs(present)),
        dot,
        svg.text(formats.short_name(1), LEFT, HEIGHT - 5, class_="t-muted"),
        svg.text(
            formats.short_name(12), WIDTH - RIGHT, HEIGHT - 5, text_anchor="end", class_="t-muted"
        ),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )


def _top(high: float, unit: str) -> Markup:
    words = f"{formats.whole(int(high))}{'%' if unit == '%' else ''}"
    line = svg.line(LEFT, float(TOP), WIDTH - RIGHT, float(TOP), "c-grid")
    return line + svg.text(words, LEFT, TOP + 13, class_="t-muted")
