"""The list of indicators, and the page of one: the workhorse."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from facilities.roles import Permission
from ilp.core.http import Request
from reporting.catalogue import ELEMENTS, SERVICES, Axis, Indicator, NoIndicator
from reporting.charts import pws_drawing, ranking, sparkline, trend
from reporting.selectors.breakdown import Part, breakdown, has_pws, pws_of
from reporting.selectors.explaining import Explanation, explanation, sentences
from reporting.selectors.series import series
from reporting.selectors.situation import CLUSTERS, figure
from reporting.views.caching import kept
from reporting.views.context import Context, context_of, fresh
from reporting.views.mapping import mapped

VIEWS = {
    "pws": _("Grafik"),
    "tren": _("Tren"),
    "tabel": _("Tabel"),
    "peta": _("Peta"),
    "definisi": _("Definisi"),
}


@kept
def indicator_list(request: Request) -> HttpResponse:
    """Every indicator in force, by cluster, with the place's value."""
    ctx = context_of(request)
    listed = list(ctx.book.on(ctx.month.last_day).values())
    codes = [one.code for one in listed]
    past = series(place=ctx.place.pk, codes=codes, month=ctx.month, book=ctx.book)
    groups = {
        name: [
            figure(past.scores[one.code, ctx.month], past) for one in listed if one.cluster == code
        ]
        for code, name in CLUSTERS.items()
    }
    return render(
        request,
        "reporting/indicator_list.html",
        {
            "ctx": ctx,
            "groups": {name: found for name, found in groups.items() if found},
            "spark": sparkline.sparkline,
            "may_define": Permission.MANAGE_TARGETS in ctx.permissions,
            "freshness": fresh(ctx),
        },
    )


@kept
def indicator_page(request: Request, code: str) -> HttpResponse:
    """One indicator at one place: the figure, the graph, the places below, how it is made."""
    ctx = context_of(request)
    one = find(code, ctx)
    counts = ctx.around.counts  # first of all: kinds that are counted are not asked for again
    past = series(place=ctx.place.pk, codes=[code], month=ctx.month, book=ctx.book_for(code))
    told = explanation(indicator=one, of=ctx.place, month=ctx.month)
    parts = breakdown(indicator=one, places=ctx.below, month=ctx.month) if ctx.below else []
    view = ctx.own.get("v", "")
    view = view if view in VIEWS else "pws"
    now = figure(past.scores[code, ctx.month], past)
    return render(
        request,
        "reporting/indicator.html",
        {
            "ctx": ctx,
            "one": one,
            "counts": counts,
            "cluster": CLUSTERS[one.cluster],
            "now": now,
            "told": told,
            "sentences": sentences(told),
            "parts": parts,
            "view": view,
            "tabs": [(name, ctx.here(v=key), key == view) for key, name in VIEWS.items()],
            "graph": graph(ctx, told, parts)
            if view == "pws" and parts and told.score.applies
            else "",
            "mapped": mapped(ctx, one, parts) if view == "peta" else None,
            "trend": trend.draw(now.chart, str(one.label)),
            "spark": sparkline.sparkline,
            "visits": visits_address(ctx, one),
            "round": one.last_due(ctx.month),
            "freshness": fresh(ctx),
        },
    )


def find(code: str, ctx: Context) -> Indicator:
    try:
        return ctx.book_for(code).find(code, ctx.month.last_day)
    except NoIndicator as error:
        raise Http404 from error


def graph(ctx: Context, told: Explanation, parts: list[Part]) -> Markup:
    """The PWS graph where months add up towards a target; otherwise a ranking."""
    one = told.indicator
    addresses = {
        part.place.pk: reverse(
            "reporting:indicator", args=[one.code], query=ctx.query(w=part.place.code)
        )
        for part in parts
    }
    if has_pws(one, ctx.month):
        return pws_drawing.draw(pws_of(parts, of=ctx.place, addresses=addresses))
    bars = [
        ranking.Bar(p.place.name, p.now.value, p.now.standing, addresses[p.place.pk]) for p in parts
    ]
    whole = ranking.Bar(ctx.place.title, told.score.value, told.score.standing, is_total=True)
    return ranking.draw(
        [*ranking.in_order(bars, higher_is_better=one.higher_is_better), whole],
        target=told.score.target_now,
        title=str(one.label),
        unit=one.unit,
    )


def visits_address(ctx: Context, one: Indicator) -> str:
    """Where the visits behind the number are listed; empty for those who may not see people."""
    if not ctx.sees_people:
        return ""
    counted = ELEMENTS.get(min(one.top.codes))
    if counted is None or counted.programme not in SERVICES:
        return ""
    axis = "domisili" if counted.axis is Axis.HOME else ""
    query = ctx.query(service=counted.programme, menurut=axis)
    return reverse("clusters:visit-list", query=query)
