"""The list of indicators, and the page of one: the workhorse."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.core.http import Request
from reporting.catalogue import ELEMENTS, SERVICES, Axis, Indicator
from reporting.charts import sparkline
from reporting.charts.spc import mark
from reporting.selectors.explaining import sentences
from reporting.selectors.series import series
from reporting.selectors.situation import CLUSTERS, figure
from reporting.views.baselines import BaselineForm, may_move
from reporting.views.caching import kept
from reporting.views.context import Context, context_of, fresh
from reporting.views.mapping import mapped
from reporting.views.pictures import MONTHLY
from reporting.views.reading import Reading, find

VIEWS = {
    "pws": _("Grafik"),
    "tren": _("Tren"),
    "tabel": _("Tabel"),
    "peta": _("Peta"),
    "spc": _("Nyata atau wajar"),
    "corong": _("Corong"),
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
    held = Reading(ctx, one)
    view = ctx.own.get("v", "")
    view = view if view in VIEWS else "pws"
    kind = MONTHLY if view == "tren" and ctx.own.get("m") == MONTHLY else view
    return render(
        request,
        "reporting/indicator.html",
        {
            "ctx": ctx,
            "one": one,
            "counts": counts,
            "cluster": CLUSTERS[one.cluster],
            "now": held.now,
            "told": held.about,
            "sentences": sentences(held.about),
            "parts": held.parts,
            "view": view,
            "kind": kind,
            "tabs": [(name, ctx.here(v=key, m=""), key == view) for key, name in VIEWS.items()],
            "picture": held.picture(kind),
            "sign": mark(held.control.sign),
            "signs": {place: mark(sign) for place, sign in held.signs.items()},
            "findings": held.findings,
            "mapped": mapped(ctx, one, held.parts) if view == "peta" else None,
            "visits": visits_address(ctx, one),
            "baseline": held.baseline if view == "spc" else None,
            "baseline_form": BaselineForm() if view == "spc" and may_move(ctx) else None,
            "round": one.last_due(ctx.month),
            "freshness": fresh(ctx),
        },
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
