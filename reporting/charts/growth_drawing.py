"""The growth charts of a child as SVG: the bands of the standard, and the child's own line."""

from __future__ import annotations

from math import ceil, floor

from markupsafe import Markup

from ilp.core import formats
from ilp.core.counting import counted
from reporting.charts import svg
from reporting.charts.growth import Curve
from reporting.charts.scales import Scale, nice_step

WIDTH, HEIGHT = 290, 300
LEFT, RIGHT, TOP, BOTTOM = 36, 52, 14, 46
APART = 15  # pixels between two names
NUMBER = 32  # that a number of the lower axis takes


def draw(curve: Curve) -> Markup:
    """One drawing, narrow enough for a phone and for three beside each other."""
    xs = [x for x, _y in curve.lines[0]]
    ys = [y for line in curve.lines.values() for _x, y in line]
    ys += [dot.y for dot in curve.dots]
    step = nice_step(max(ys) - min(ys))
    low, high = floor(min(ys) / step) * step, ceil(max(ys) / step) * step
    x = Scale(xs[0], xs[-1], LEFT, WIDTH - RIGHT)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    return svg.chart(
        WIDTH,
        float(HEIGHT),
        _grid(x, y, step, curve),
        *(_line(sd, curve, x, y) for sd in curve.lines),
        _names(curve, x, y),
        svg.path([(x(dot.x), y(dot.y)) for dot in curve.dots], "c-this"),
        *(_dot(curve, index, x, y) for index in range(len(curve.dots))),
        title=curve.title,
        desc=description(curve),
        class_="chart chart-fit",
    )


def _grid(x: Scale, y: Scale, step: float, curve: Curve) -> Markup:
    marks = []
    for number in range(round((y.high - y.low) / step) + 1):
        value = y.low + number * step
        label = formats.decimal(value, 0 if step >= 1 else 1)
        marks.append(svg.line(LEFT, y(value), x.end, y(value), "c-grid"))
        marks.append(svg.text(label, LEFT - 6, y(value) + 5, text_anchor="end", class_="t-muted"))
    every = curve.x_step
    while x(x.low + every) - x.start < NUMBER:
        every *= 2
    value = ceil(x.low / every) * every
    while value <= x.high:
        marks.append(
            svg.text(f"{value:g}", x(value), HEIGHT - 26, text_anchor="middle", class_="t-muted")
        )
        value += every
    return svg.group(
        *marks,
        svg.line(LEFT, y(y.low), x.end, y(y.low), "c-axis"),
        svg.text(f"{curve.y_unit} / {curve.x_unit}", LEFT, HEIGHT - 6, class_="t-muted"),
    )


def _line(sd: int, curve: Curve, x: Scale, y: Scale) -> Markup:
    return svg.path([(x(a), y(b)) for a, b in curve.lines[sd]], f"c-sd c-sd{abs(sd)}")


def _names(curve: Curve, x: Scale, y: Scale) -> Markup:
    """The deviations at the ends of their lines, kept apart, from the top down."""
    parts, lowest = [], -99.0
    for sd in sorted(curve.lines, reverse=True):
        lowest = max(y(curve.lines[sd][-1][1]) + 4, lowest + APART)
        name = f"{sd:+d} SD".replace("-", "−") if sd else "0 SD"
        parts.append(svg.text(name, x.end + 3, lowest, class_="t-muted"))
    return svg.group(*parts)


def _dot(curve: Curve, index: int, x: Scale, y: Scale) -> Markup:
    dot = curve.dots[index]
    label = f"{formats.day(dot.on)}: {formats.decimal(dot.y, 1)} {curve.y_unit}"
    if dot.z is not None:
        label += f" (z {formats.signed(dot.z, 2)})"
    last = index == len(curve.dots) - 1
    return svg.el(
        "circle",
        svg.el("title", label),
        cx=x(dot.x),
        cy=y(dot.y),
        r=5.0 if last else 3.5,
        class_="c-dot",
    )


def description(curve: Curve) -> str:
    last = curve.last
    if last.z is None:
        return counted("%(count)s pengukuran; yang terakhir tanpa z-score.", len(curve.dots))
    return counted(
        "%(count)s pengukuran; yang terakhir %(day)s, z-score %(z)s.",
        len(curve.dots),
        day=formats.day(last.on),
        z=formats.signed(last.z, 2),
    )
