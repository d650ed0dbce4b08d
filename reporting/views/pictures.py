"""What pages draw: the tabs of an indicator, paths of care, SKDN, the spread of ILP. Page, picture
and table file take it from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from facilities.selectors.ilp import Curve
from ilp.core.months import Month
from reporting.catalogue.cascades import NOT_ONE_COHORT
from reporting.charts import (
    cascade,
    dumbbell,
    funnel_drawing,
    pws_drawing,
    ranking,
    rollout,
    skdn,
    spc_drawing,
    trend,
)
from reporting.charts.funnel import TOO_WIDE
from reporting.charts.skdn import Skdn
from reporting.charts.spc import ControlChart, mark
from reporting.charts.told import Told
from reporting.charts.trend import TrendChart
from reporting.selectors.breakdown import Part, drop_out_of, has_pws, pws_of
from reporting.selectors.cluster import Path
from reporting.selectors.control import funnel_of
from reporting.selectors.explaining import Explanation
from reporting.views.context import Context

MONTHLY = "bulan"  # m= of the trend: each month alone
Draw = Callable[[], Markup]


@dataclass(frozen=True)
class Picture:
    """A chart: its finding, both sizes for a page, one for a file, and the rows of its table.

    `why` says why nothing is drawn; `note` what has to be known to read it; `cut` how many of a
    long list are drawn, whose table has all.
    """

    kind: str  # in the address of its files
    title: str
    told: Told
    page: Draw = Markup
    alone: Draw = Markup
    why: str = ""
    note: str = ""
    cut: str = ""


EMPTY = Told((), ())


def addresses(ctx: Context, code: str, parts: Sequence[Part]) -> dict[int, str]:
    """Place id -> the indicator's page there."""
    return {
        part.place.pk: reverse(
            "reporting:indicator", args=[code], query=ctx.query(w=part.place.code)
        )
        for part in parts
    }


def of_places(ctx: Context, about: Explanation, parts: Sequence[Part]) -> Picture:
    """The PWS graph where months add up towards a target; pairs of doses where some are lost
    between them; otherwise a ranking."""
    one = about.indicator
    ways = addresses(ctx, one.code, parts)
    if has_pws(one, ctx.month):
        chart = pws_of(parts, of=ctx.place, addresses=ways)
        title = pws_drawing.finding(chart)
        return Picture(
            "pws",
            title,
            chart.told,
            lambda: pws_drawing.draw(chart),
            lambda: pws_drawing.alone(chart, title),
            note=pws_drawing.of_reporting(chart),
            cut=pws_drawing.ends_of(chart).drawn,
        )
    if (lost := drop_out_of(parts, of=ctx.place, whole=about.score, addresses=ways)) is not None:
        title = str(one.label)
        drawn = dumbbell.draw(lost, title)
        note = _("Angka minus ⚑: dosis akhir lebih banyak, karena susulan atau salah catat.")
        cut = dumbbell.ends_of(lost).drawn
        return Picture("pws", title, lost.told, lambda: drawn, lambda: drawn, note=note, cut=cut)
    return _ranking(ctx, about, parts, ways)


def _ranking(
    ctx: Context, about: Explanation, parts: Sequence[Part], ways: dict[int, str]
) -> Picture:
    one, score = about.indicator, about.score
    bars = [ranking.Bar(p.place.name, p.now.value, p.now.standing, ways[p.place.pk]) for p in parts]
    whole = ranking.Bar(ctx.place.title, score.value, score.standing, is_total=True)
    listed = [*ranking.in_order(bars, higher_is_better=one.higher_is_better), whole]
    drawn = ranking.draw(listed, target=score.target_now, title=str(one.label), unit=one.unit)
    return Picture(
        "pws",
        str(one.label),
        ranking.told(listed, score.target_now),
        lambda: drawn,
        lambda: drawn,
        cut=ranking.ends_of(listed).drawn,
    )


def of_path(ctx: Context, path: Path) -> Picture:
    """A path of care, each step a way to its indicator."""
    title = str(path.cascade.label)
    steps = [
        cascade.Step(
            str(score.indicator.label),
            score.numerator if score.reported else None,
            reverse("reporting:indicator", args=[score.indicator.code], query=ctx.query()),
        )
        for score in path.scores
    ]
    drawn = cascade.draw(steps, title=title)
    note = str(NOT_ONE_COHORT)
    return Picture(
        path.cascade.code, title, cascade.told(steps), lambda: drawn, lambda: drawn, note=note
    )


def of_weighing(months: Sequence[Skdn]) -> Picture:
    """The children of a place who had a card, came, and gained weight, month by month."""
    title = _("Balok SKDN")
    return Picture(
        "skdn",
        title,
        skdn.told(months),
        lambda: skdn.draw(months, title),
        lambda: skdn.picture(months, title),
    )


def of_rollout(curve: Curve) -> Picture:
    """The places of a kind that work the ILP way."""
    chart = rollout.rollout([rollout.RolloutPoint(*step) for step in curve.steps])
    title = f"{curve.label}: {rollout.summary(chart)}"
    return Picture(
        curve.kind,
        title,
        chart.told,
        lambda: rollout.draw(chart, curve.label),
        lambda: rollout.draw(chart, curve.label, rollout.ALONE),
    )


def of_year(chart: TrendChart, label: str) -> Picture:
    return Picture(
        "tren",
        label,
        chart.told,
        lambda: trend.draw(chart, label),
        lambda: trend.picture(chart, label, trend.WIDE),
    )


def of_months(ctx: Context, chart: ControlChart, label: str) -> Picture:
    """The months of the year alone, as bars before the limits of their past."""
    title = _("%(label)s tiap bulan") % {"label": label}
    if not chart.points:
        return Picture("bulan", title, EMPTY, why=chart.why or spc_drawing.description(chart))
    year = ctx.month.year
    return Picture(
        "bulan",
        title,
        chart.of_year(year).told,
        lambda: spc_drawing.bars(chart, title, year),
        lambda: spc_drawing.year_bars(chart, title, year, spc_drawing.WIDE),
        note=chart.why,
    )


def of_past(ctx: Context, chart: ControlChart, label: str) -> Picture:
    """The months against their own past."""
    found = mark(chart.sign)
    title = f"{label}: {found}" if found else label
    if not chart.points:
        return Picture("spc", title, EMPTY, why=chart.why or spc_drawing.description(chart))

    def way(month: Month) -> str:
        return ctx.here(p=month)

    return Picture(
        "spc",
        title,
        chart.told,
        lambda: spc_drawing.draw(chart, title, way),
        lambda: spc_drawing.picture(chart, title, spc_drawing.WIDE),
        note=chart.why,
    )


def of_sizes(ctx: Context, about: Explanation, parts: Sequence[Part]) -> Picture:
    """The places by their size: who lies further out than chance carries?"""
    one = about.indicator
    label = str(one.label)
    if not parts:
        return Picture("corong", label, EMPTY, why=_("Tidak ada tempat di bawahnya."))
    chart = funnel_of(parts, addresses=addresses(ctx, one.code, parts))
    if chart.why:
        return Picture("corong", label, EMPTY, why=chart.why)
    found = {"outside": chart.outside, "all": len(chart.dots)}
    title = _("%(outside)d dari %(all)d tempat di luar batas 99,8%%") % found
    good = one.higher_is_better
    return Picture(
        "corong",
        title,
        chart.told,
        lambda: funnel_drawing.draw(chart, title, higher_is_better=good),
        lambda: funnel_drawing.picture(chart, title, funnel_drawing.WIDE, good),
        note=str(TOO_WIDE) % found if chart.is_wide else "",
    )
