"""Thirteen months as a word-sized line, beside the number that carries the meaning."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reporting.charts import svg
from reporting.charts.scales import Scale, runs

WIDTH, HEIGHT, MARGIN = 90, 24, 3.5


def sparkline(values: Sequence[float | None]) -> Markup:
    """The line, broken where a month is missing, with a dot on the last known value."""
    pieces = runs(values)
    known = [value for run in pieces for _, value in run]
    drawn = []
    if known:
        x = Scale(0, max(len(values) - 1, 1), MARGIN, WIDTH - MARGIN)
        y = Scale(min(known), max(known), HEIGHT - MARGIN, MARGIN)
        if min(known) == max(known):
            y = Scale(min(known) - 1, max(known) + 1, HEIGHT - MARGIN, MARGIN)
        for run in pieces:
            points = [(x(index), y(value)) for index, value in run]
            drawn.append(svg.path(points, "c-this") if len(points) > 1 else dot(*points[0], 1.5))
        drawn.append(dot(x(pieces[-1][-1][0]), y(pieces[-1][-1][1]), 2.8))
    return svg.el(
        "svg",
        *drawn,
        class_="chart spark",
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        aria_hidden="true",
        focusable="false",
    )


def dot(x: float, y: float, radius: float) -> Markup:
    return svg.el("circle", cx=x, cy=y, r=radius, class_="c-dot")
