"""The full heat table: the places below by a set of indicators."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from facilities.models import Facility
from ilp.core.http import Request
from reporting.selectors import places
from reporting.selectors.doubts import doubts
from reporting.selectors.places import Place
from reporting.selectors.scorecards import Scorecard, scorecard, sets_on
from reporting.selectors.situation import CLUSTERS
from reporting.views import heat
from reporting.views.caching import kept
from reporting.views.context import Context, context_of, fresh

MODES = {
    "": _("Persen sasaran"),
    "target": _("Persen dari target bulan ini"),
    "jumlah": _("Jumlah"),
    "kurang": _("Kekurangan orang"),
}
SET_NAMES = {"SPM": _("SPM"), "UTAMA": _("Indikator utama")} | {
    code: format_lazy("{} {}", code, name) for code, name in CLUSTERS.items()
}


@kept
def scorecard_page(request: Request) -> HttpResponse:
    ctx = context_of(request)
    name, card = asked(ctx)
    mode = ctx.own.get("m", "")
    everyone = [row.place for row in (card.total, *card.rows)]
    marks = doubts(places=everyone, indicators=card.indicators, month=ctx.month)
    return render(
        request,
        "reporting/scorecard.html",
        {
            "ctx": ctx,
            "card": card,
            "heat": partial(heat.body, doubts=marks),
            "mode": mode if mode in MODES else "",
            "modes": MODES,
            "set": name,
            "sets": {code: SET_NAMES[code] for code in sets_on(ctx.month, ctx.book)},
            "kecamatan": districts_parts(ctx),
            "keep": {n: ctx.own[n] for n in ("k", "m", "b", "kec") if n in ctx.own},
            "freshness": fresh(ctx),
        },
    )


def asked(ctx: Context) -> tuple[str, Scorecard]:
    """The set and the sorted table that the address asks for."""
    sets = sets_on(ctx.month, ctx.book)
    name = ctx.own.get("k", "")
    name = name if name in sets else next(iter(sets))
    card = scorecard(of=ctx.place, below=rows(ctx), indicators=sets[name], month=ctx.month)
    return name, card.sorted_by(ctx.own.get("s", ""), ctx.own.get("m", ""))


def rows(ctx: Context) -> list[Place]:
    """The places below, narrowed to a kecamatan."""
    code = ctx.own.get("kec", "")
    chosen = next((one for one in districts_parts(ctx) if one.code == code), None) if code else None
    if chosen is None:
        return ctx.below
    inside = set(places.children(of=chosen, kind=ctx.kind, month=ctx.month))
    return [one for one in ctx.below if one in inside]


def districts_parts(ctx: Context) -> list[Place]:
    """The kecamatan of a district, to filter by."""
    if ctx.place.kind != Facility.Kind.DISTRICT:
        return []
    return places.children(of=ctx.place, kind=Facility.Kind.KECAMATAN, month=ctx.month)
