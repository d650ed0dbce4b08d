"""Draws the PWS graph for a room: columns over the whole slide, or rows side by side.

Read from 6 m on a projector of 1024 x 768: letters of 18 px in a drawing as wide as the slide.
"""

from __future__ import annotations

from math import ceil
from textwrap import wrap

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.pws import PwsChart, Row
from reporting.charts.pws_drawing import bar, cells, description, finding, rows, sentence, words
from reporting.charts.scales import Scale

IDENT = "pws"  # unique on the page
WIDTH, HEIGHT = 984, 384
LEFT, TOP, LINE = 116, 24, 24
LETTER, STRONG = 9.9, 11.3  # pixels that one takes, and that a strong one takes
GAP = 20  # before the total
NARROWEST = 44  # of a column; more of them than fit are rows
SPACIOUS, WIDEST = 88, 150  # a column whose words stand level; no column is wider
UPRIGHT = 16  # letters of a name that stands upright
MOST_ROWS, BETWEEN = 13, 28  # of a column of rows; pixels between two of them
MOST = 3 * MOST_ROWS - 1  # places beyond which nobody reads it from the last row of chairs


def draw(chart: PwsChart) -> Markup:
    """For the projector; on a phone as everywhere. Of at most MOST places."""
    fits = chart.layout == "vertical" and _step(chart) >= NARROWEST
    layout = columns if fits else side_by_side
    both = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>')
    title = finding(chart)
    return both.format(layout(chart), rows(chart, title, f"{IDENT}-r"))


def _step(chart: PwsChart) -> float:
    """How wide a column is."""
    return min(WIDEST, (WIDTH - LEFT - GAP - 8) / (len(chart.rows) + 1))


def columns(chart: PwsChart) -> Markup:
    """Best to worst, then the total; below each its figures, its verdict and its name."""
    everyone = [*chart.rows, chart.total]
    step = _step(chart)
    level = step >= SPACIOUS
    longest = max(9 * STRONG, *(len(_short(row, UPRIGHT)) * LETTER for row in everyone))
    below = LINE * (7 if level else 3) + (8 if level else longest + 24)
    y = Scale(0, chart.axis_max, HEIGHT - below, TOP)
    beside = min(y(chart.goal), y(0) - 20)
    right = LEFT + step * len(everyone) + GAP
    divider = right - step - GAP / 2
    places = (
        _column(row, LEFT + step * (at + 0.5) + GAP * (row is chart.total), step, (chart, y))
        for at, row in enumerate(everyone)
    )
    return svg.chart(
        WIDTH,
        float(HEIGHT),
        svg.hatch(IDENT),
        _headings(y(0), level=level),
        svg.line(LEFT, y(0), right, y(0), "c-axis"),
        *places,
        svg.line(divider, TOP, divider, HEIGHT, "c-divider"),
        svg.line(LEFT - 6, y(chart.goal), right, y(chart.goal), "c-target"),
        svg.text(_("Target"), 0, beside - 4, class_="t-target"),
        svg.text(formats.percent(chart.goal), 0, beside + 17, class_="t-target"),
        title=finding(chart),
        desc=description(chart),
    )


def _headings(floor: float, *, level: bool) -> Markup:
    names = [_("% kumulatif"), _("Bulan ini"), _("Bulan lalu")]
    names += [_("Tren"), _("Status")] if level else [_("Status")]
    return svg.group(
        *(
            svg.text(name, 0, floor + LINE * (at + 1), class_="t-muted")
            for at, name in enumerate(names)
        )
    )


def _column(row: Row, middle: float, step: float, about: tuple[PwsChart, Scale]) -> Markup:
    chart, y = about
    total = row is chart.total
    half = min(step * 0.36, 40)
    top, floor = y(row.cumulative or 0), y(0)
    *figures, trend, verdict = cells(row, chart.goal)
    level = step >= SPACIOUS
    lines = [*figures, trend, verdict] if level else figures
    named = _named(row, verdict if level else f"{trend} {verdict}", middle, step, floor)
    return svg.link(
        "",
        sentence(row, chart),
        bar(row, (middle - half, top, 2 * half, floor - top), IDENT, total),
        svg.text("⚑", middle, top - 4, text_anchor="middle") if row.flags else "",
        *(
            svg.text(
                said,
                middle,
                floor + LINE * (at + 1),
                text_anchor="middle",
                class_="t-strong" if level and at in (0, 4) else None,
            )
            for at, said in enumerate(lines)
        ),
        named,
    )


def _named(row: Row, verdict: str, middle: float, step: float, floor: float) -> Markup:
    """The name in two lines; where columns are narrow upright, the verdict beside it."""
    if step >= SPACIOUS:
        width = int(step / LETTER)
        lines = wrap(_name(row), width, max_lines=2, placeholder="…")
        first = floor + LINE * 6
        return svg.group(
            *(
                svg.text(line, middle, first + (LINE - 2) * at, text_anchor="middle")
                for at, line in enumerate(lines)
            )
        )
    top = floor + LINE * 3 + 12
    look = {"text_anchor": "end"}
    pairs = ((_short(row, UPRIGHT), middle - 2, None), (verdict, middle + 18, "t-strong"))
    return svg.group(
        *(
            svg.text(said, 0, 0, class_=class_, transform=_upright(x, top), **look)
            for said, x, class_ in pairs
        )
    )


def _upright(x: float, y: float) -> str:
    return f"translate({x:.1f} {y:.1f}) rotate(-90)"


def side_by_side(chart: PwsChart) -> Markup:
    """Rows in two or three columns, read downwards, the total last."""
    everyone = [*chart.rows, chart.total]
    count = ceil(len(everyone) / MOST_ROWS)
    each = ceil(len(everyone) / count)
    width = (WIDTH - BETWEEN * (count - 1)) / count
    high = (HEIGHT - TOP - 4) / each
    goal = _("Target s.d. bulan ini: %s") % formats.percent(chart.goal)
    places = (
        _row(row, ((width + BETWEEN) * (at // each), TOP + 4 + high * (at % each)), width, chart)
        for at, row in enumerate(everyone)
    )
    return svg.chart(
        WIDTH,
        float(HEIGHT),
        svg.hatch(IDENT),
        svg.text(f"{goal} · {_('% kumulatif')}", 0, 16, class_="t-target"),
        *places,
        title=finding(chart),
        desc=description(chart),
    )


def _row(row: Row, at: tuple[float, float], width: float, chart: PwsChart) -> Markup:
    """Name and verdict, below them the bar before its target."""
    total = row is chart.total
    left, top = at
    x = Scale(0, chart.axis_max, left, left + width)
    said = words(row, chart.goal, percent=False)
    rank = f"{row.rank}. " if row.rank else ""
    free = width - len(said) * STRONG - 6
    room = int(free / (STRONG if total else LETTER)) - len(rank)
    level, tick = top + 21, x(chart.goal)
    return svg.link(
        "",
        sentence(row, chart),
        svg.text(f"{rank}{_short(row, room)}", left, top + 16, class_=_weight(total=total)),
        svg.text(said, left + width, top + 16, text_anchor="end", class_="t-strong"),
        svg.rect(left, level, width, 5, "c-track"),
        bar(row, (left, level, x(row.cumulative or 0) - left, 5), IDENT, total),
        svg.line(tick, level - 2, tick, level + 6, "c-target"),
    )


def _weight(*, total: bool) -> str | None:
    return "t-strong" if total else None


def _name(row: Row) -> str:
    return row.unit.name or _("Jumlah")


def _short(row: Row, letters: int) -> str:
    name = _name(row)
    return name if len(name) <= letters else f"{name[: letters - 1]}…"
