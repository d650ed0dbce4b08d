"""A year in the size of a card: many of them side by side, on the same kind of axis."""

from __future__ import annotations

from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.scales import Scale, runs
from reporting.charts.trend import TrendChart, at, description

WIDTH, HEIGHT = 260, 96
LEFT, RIGHT, TOP, BOTTOM = 4, 8, 8, 20


def draw(chart: TrendChart, title: str) -> Markup:
    """This year, the year before and the target, without numbers: these stand beside it."""
    x = Scale(1, 12, LEFT, WIDTH - RIGHT)
    y = Scale(0, chart.high, HEIGHT - BOTTOM, TOP)
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
        *(svg.path(at(run, x, y), "c-last") for run in runs(chart.previous)),
        svg.path(target, "c-target") if target else "",
        *(svg.path(at(run, x, y), "c-this") for run in runs(present)),
        dot,
        svg.text(formats.SHORT_MONTHS[0], LEFT, HEIGHT - 5, class_="t-muted"),
        svg.text(
            formats.SHORT_MONTHS[11], WIDTH - RIGHT, HEIGHT - 5, text_anchor="end", class_="t-muted"
        ),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )
