"""Draws the PWS graph: columns as on the paper form, or rows for phones and long lists."""

from __future__ import annotations

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.ends import Ends, ends
from reporting.charts.narrow import named
from reporting.charts.pws import PwsChart, Row, Verdict
from reporting.charts.pws_words import said
from reporting.charts.scales import Scale, ticks

LEFT, RIGHT, TOP, PLOT = 104, 92, 26, 250
NARROWEST, WIDEST, FREE = 62, 104, 1000  # a column, and what all of them may take together
LINE, NAME_PIXELS = 23, 8.6
LONGEST_NAME = 24
ROW = 48
COLOURS = {
    Verdict.BAIK: "f-baik",
    Verdict.KURANG: "f-kurang",
    Verdict.CUKUP: "f-cukup",
    Verdict.JELEK: "f-jelek",
}


def draw(chart: PwsChart, title: str = "", ident: str = "pws") -> Markup:
    """Both layouts; the style sheet shows the one that fits. ident: unique on the page."""
    title = title or finding(chart)
    narrow = Markup('<div class="chart-narrow">{}</div>').format(rows(chart, title, f"{ident}-r"))
    if ends_of(chart).left_out:
        return narrow  # as many columns would be a hundred metres wide
    columns = Markup(
        '<div class="chart-scroll" tabindex="0" role="region" aria-label="{}">{}</div>'
    )
    classic = columns.format(title, vertical(chart, title, f"{ident}-v"))
    if chart.layout == "vertical":
        return Markup('<div class="chart-wide">{}</div>{}').format(classic, narrow)
    folded = Markup("<details><summary>{}</summary>{}</details>")
    return narrow + folded.format(_("Tampilan klasik"), classic)


def ends_of(chart: PwsChart) -> Ends[Row]:
    """The places that are drawn as rows: all of them, or the best and the worst."""
    return ends(chart.rows, lambda row: row.rank is not None)


def finding(chart: PwsChart) -> str:
    """The title: what the graph comes to."""
    return _("%(met)d dari %(all)d mencapai target bulan ini") % {
        "met": chart.met,
        "all": len(chart.rows),
    }


def of_reporting(chart: PwsChart) -> str:
    """The total over those that reported; empty where all have, and it is the total itself."""
    if chart.reporting_only is None or chart.reported == len(chart.rows):
        return ""
    return _("BL belum lapor bulan ini. Pelapor saja: %s.") % formats.percent(chart.reporting_only)


def alone(chart: PwsChart, title: str) -> Markup:
    """The one layout that a picture has: columns as long as they fit beside each other."""
    layout = vertical if chart.layout == "vertical" else rows
    return layout(chart, title, "pws-berkas")


def colour(row: Row) -> str:
    return COLOURS.get(row.verdict, "f-baik" if row.met else "f-jelek")


def short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def sentence(row: Row, chart: PwsChart) -> str:
    """What the bar says, in words."""
    rank = f"{row.rank}. " if row.rank else ""
    value = formats.percent(row.cumulative, chart.goal)
    told = [] if row.verdict is Verdict.NONE else [f"{value} {row.trend} {said(row.verdict)}"]
    told += [said(flag) for flag in row.flags]
    return f"{rank}{row.unit.name or _('Jumlah')}: {', '.join(told)}"


def bar(row: Row, box: tuple[object, object, object, object], ident: str, total: bool) -> Markup:
    """The bar of a place; hatched when it has not reported, and hatched on paper when Jelek."""
    if not row.reported:
        return svg.rect(*box, "bar f-bl", fill=f"url(#{ident})")
    solid = svg.rect(*box, f"bar {'f-total' if total else colour(row)}")
    if total or colour(row) != "f-jelek":
        return solid
    return solid + svg.rect(*box, "print-hatch", fill=f"url(#{ident})")


def cells(row: Row, goal: float) -> tuple[str, ...]:
    """What stands under a column, from top to bottom."""
    words = {Verdict.ABOVE: _("Atas"), Verdict.BELOW: _("Bawah")}  # as narrow as a column
    return (
        formats.share(row.cumulative, goal),
        formats.share(row.this_month) if row.reported else "BL",
        formats.share(row.last_month),
        row.trend,
        words.get(row.verdict) or said(row.verdict),
    )


def words(row: Row, goal: float, percent: bool = True) -> str:
    """What stands beside a name in a row: the share, the trend, the verdict, the flag."""
    if row.verdict is Verdict.NONE:
        return _("tanpa sasaran ⚑")
    share, *_rest, trend, verdict = cells(row, goal)
    verdict = {Verdict.ABOVE: _("Di atas"), Verdict.BELOW: _("Di bawah")}.get(row.verdict, verdict)
    share = formats.percent(row.cumulative, goal) if percent else share
    return f"{share} {trend} {verdict}{' ⚑' if row.flags else ''}"


def vertical(chart: PwsChart, title: str, ident: str) -> Markup:
    """Columns from best to worst, the total right of a dotted rule, the form's rows below."""
    everyone = [*chart.rows, chart.total]
    step = min(WIDEST, max(NARROWEST, FREE // len(everyone)))
    plot_width = step * len(everyone) + 16
    y = Scale(0, chart.axis_max, TOP + PLOT, TOP)
    longest = max(len(short(row.unit.name)) for row in everyone)
    bottom = TOP + PLOT + 5 * LINE + 24
    height = bottom + max(longest, 6) * NAME_PIXELS + 10
    right = LEFT + plot_width
    divider = right - step - 8
    return svg.chart(
        int(right + RIGHT),
        height,
        svg.hatch(ident),
        axis(y, right),
        row_headings(),
        *(
            column(row, LEFT + step * (index + 0.5), chart, y, bottom, ident)
            for index, row in enumerate(everyone)
        ),
        svg.line(divider, TOP - 10, divider, height, "c-divider"),
        svg.line(LEFT, y(chart.goal), right, y(chart.goal), "c-target"),
        target_label(chart, right + 8, y(chart.goal)),
        title=title,
        desc=description(chart),
    )


def axis(y: Scale, right: float) -> Markup:
    marks = [
        svg.line(LEFT, y(value), right, y(value), "c-grid")
        + svg.text(f"{value:g}%", LEFT - 8, y(value) + 5, text_anchor="end", class_="t-muted")
        for value in ticks(y.high)
    ]
    return svg.group(*marks, svg.line(LEFT, y(0), right, y(0), "c-axis"))


def row_headings() -> Markup:
    names = (_("% kumulatif"), _("Bulan ini"), _("Bulan lalu"), _("Tren"), _("Status"))
    first = TOP + PLOT + LINE
    return svg.group(
        *(
            svg.text(name, LEFT - 8, first + LINE * index, text_anchor="end", class_="t-muted")
            for index, name in enumerate(names)
        )
    )


def column(row: Row, centre: float, chart: PwsChart, y: Scale, bottom: float, ident: str) -> Markup:
    """A bar, its figures and its name standing upright."""
    total = row is chart.total
    middle = centre + (16 if total else 0)
    half = 18 if chart.layout == "rows" else 24
    top = y(row.cumulative or 0)
    parts = [
        bar(row, (middle - half, top, 2.0 * half, y(0) - top), ident, total),
        svg.text("⚑", middle, top - 5, text_anchor="middle") if row.flags else "",
    ]
    for line, content in enumerate(cells(row, chart.goal)):
        place = TOP + PLOT + LINE * (line + 1)
        weight = "t-strong" if line in (0, 4) else None
        parts.append(svg.text(content, middle, place, text_anchor="middle", class_=weight))
    parts.append(
        svg.text(
            short(row.unit.name) or _("Jumlah"),
            0,
            0,
            text_anchor="end",
            class_="t-strong" if total else None,
            transform=f"translate({middle + 5:.1f} {bottom:.1f}) rotate(-90)",
        )
    )
    return svg.link(row.unit.url, sentence(row, chart), *parts)


def target_label(chart: PwsChart, x: float, y: float) -> Markup:
    return svg.text(_("Target"), x, y - 3, class_="t-target") + svg.text(
        formats.percent(chart.goal), x, y + 14, class_="t-target"
    )


def rows(chart: PwsChart, title: str, ident: str) -> Markup:
    """One place under the other, as wide as its surroundings, with the target as a black tick."""
    gap, listed = 14, ends_of(chart)
    below = 24 + ROW * listed.lines
    line_y = float(below + 2)
    places = [
        row_part(row, 24 + ROW * listed.at(index), chart, ident)
        for index, row in enumerate(listed.shown)
    ]
    goal = _("Target s.d. bulan ini: %s") % formats.percent(chart.goal)
    return svg.chart(
        "100%",
        float(below + ROW + gap),
        svg.hatch(ident),
        svg.text(goal, 0, 15, class_="t-target"),
        *places,
        listed.gap(24 + ROW * len(listed.first)),
        svg.line(0, line_y, "100%", line_y, "c-divider"),
        row_part(chart.total, below + gap, chart, ident),
        title=title,
        desc=description(chart),
        class_="chart chart-rows",
    )


def row_part(row: Row, y: int, chart: PwsChart, ident: str) -> Markup:
    total = row is chart.total
    x = Scale(0, chart.axis_max, 0, 100)
    name = f"{row.rank}. {short(row.unit.name)}" if row.rank else short(row.unit.name)
    value = words(row, chart.goal)
    tick = f"{x(chart.goal):.2f}%"
    return svg.link(
        row.unit.url,
        sentence(row, chart),
        named(name or _("Jumlah"), value, y + 16, strong=total),
        svg.text(value, "100%", y + 16, text_anchor="end", class_="t-strong"),
        svg.rect(0, y + 23, "100%", 14, "c-track"),
        bar(row, (0, y + 23, f"{x(row.cumulative or 0):.2f}%", 14), ident, total),
        svg.line(tick, y + 20, tick, y + 40, "c-target"),
    )


def description(chart: PwsChart) -> str:
    best = next((row.unit.name for row in chart.rows if row.rank == 1), "–")
    return _(
        "Kumulatif terhadap target %(goal)s, dari yang tertinggi. Peringkat pertama %(best)s. "
        "%(reported)d dari %(all)d melapor; jumlah %(total)s."
    ) % {
        "goal": formats.percent(chart.goal),
        "best": best,
        "reported": chart.reported,
        "all": len(chart.rows),
        "total": formats.percent(chart.total.cumulative, chart.goal),
    }
