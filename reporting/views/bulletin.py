"""S24: the packet for the monthly meeting, on the screen as on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core.http import Request
from reporting.catalogue import Indicator
from reporting.charts import pws_drawing, ranking
from reporting.selectors.breakdown import Part, has_pws, pws_of
from reporting.selectors.bulletin import MOST_GRAPHS, bulletin, choosable
from reporting.views import heat
from reporting.views.context import Context, context_of
from reporting.views.shown import of_numbers


@of_numbers
def bulletin_page(request: Request) -> HttpResponse:
    """The packet of a place and month; `i` names the indicators whose graphs are in it: "K,L"."""
    ctx = context_of(request)
    ticked = request.GET.getlist("i")
    if len(ticked) > 1:  # one name in the address, which other places and months carry along
        return redirect(ctx.here(i=",".join(ticked)))
    asked = ctx.own.get("i", "").split(",")
    found = bulletin(
        of=ctx.place, below=ctx.below, kind=ctx.kind, month=ctx.month,
        today=timezone.localdate(), chosen=asked, book=ctx.book,
    )  # fmt: skip
    return render(
        request,
        "reporting/bulletin.html",
        {
            "ctx": ctx,
            "found": found,
            "freshness": found.situation.freshness,
            "card": found.situation.rapor,
            "heat": heat.body,
            "choices": choosable(ctx.month, ctx.book).values(),
            "chosen": {one.code for one, _parts in found.graphs},
            "too_many": len(asked) > MOST_GRAPHS,
            "most": MOST_GRAPHS,
            "graphs": [(one, _graph(ctx, one, parts)) for one, parts in found.graphs],
            "now": timezone.now(),
        },
    )


def _graph(ctx: Context, one: Indicator, parts: list[Part]) -> Markup:
    """PWS where months add up towards a target, else the places as a ranking."""
    there = {
        part.place.pk: reverse(
            "reporting:indicator", args=[one.code], query=ctx.query(w=part.place.code, i="")
        )
        for part in parts
    }
    if has_pws(one, ctx.month):
        chart = pws_of(parts, of=ctx.place, addresses=there)
        return pws_drawing.draw(chart, ident=f"pws-{one.code}")
    bars = [
        ranking.Bar(p.place.name, p.now.value, p.now.standing, there[p.place.pk]) for p in parts
    ]
    return ranking.draw(
        ranking.in_order(bars, higher_is_better=one.higher_is_better),
        target=parts[0].now.target_now,
        title=_("%(name)s menurut tempat") % {"name": one.label},
        ident=f"bars-{one.code}",
        unit=one.unit,
    )
