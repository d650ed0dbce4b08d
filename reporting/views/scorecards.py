"""The full heat table: the places below by a set of indicators."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from clusters.services import STAGES
from facilities.models import Facility
from ilp.core.http import Request
from reporting.catalogue import Indicator
from reporting.selectors import places
from reporting.selectors.cluster import stages_of
from reporting.selectors.doubts import doubts
from reporting.selectors.places import Place
from reporting.selectors.scorecards import Scorecard, scorecard, sets_on
from reporting.selectors.situation import CLUSTERS
from reporting.views import heat
from reporting.views.caching import kept
from reporting.views.clusters import stages as stage_tabs
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
# A table of more columns is shown by stages of life: nobody reads it in one piece, and with forty
# places it weighs more than a dashboard may (ux.md §3.9).
WIDEST = 60


@dataclass(frozen=True)
class Choice:
    """A set of indicators, and the stage of life to which it is narrowed, if to one."""

    name: str
    listed: tuple[Indicator, ...]
    stage: str = ""

    @property
    def stages(self) -> tuple[tuple[str, int], ...]:
        """(stage, how many of the indicators) of a cluster; other sets are short."""
        counted = stages_of(self.listed) if self.name in CLUSTERS else ()
        return tuple((stage, count) for stage, count in counted if stage in STAGES)

    @property
    def is_wide(self) -> bool:
        return len(self.listed) > WIDEST and len(self.stages) > 1

    @property
    def shown(self) -> tuple[Indicator, ...]:
        return tuple(one for one in self.listed if self.stage in ("", one.stage))


@kept
def scorecard_page(request: Request) -> HttpResponse:
    ctx = context_of(request)
    chosen = choice(ctx)
    if chosen.is_wide and not chosen.stage:
        chosen = replace(chosen, stage=chosen.stages[0][0])
    card = _card(ctx, chosen)
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
            "set": chosen.name,
            "stage": chosen.stage,
            "stage_name": STAGES[chosen.stage].label if chosen.stage else "",
            "stages": _tabs(ctx, chosen),
            "everything": len(chosen.listed),
            "sets": {code: SET_NAMES[code] for code in sets_on(ctx.month, ctx.book)},
            "kecamatan": districts_parts(ctx),
            "keep": {n: ctx.own[n] for n in ("k", "m", "b", "kec", "t") if n in ctx.own},
            "freshness": fresh(ctx),
        },
    )


def asked(ctx: Context) -> tuple[str, Scorecard]:
    """The set and the sorted table that the address asks for."""
    chosen = choice(ctx)
    return chosen.name, _card(ctx, chosen)


def choice(ctx: Context) -> Choice:
    """What the address says; another set or stage than there is, is none."""
    sets = sets_on(ctx.month, ctx.book)
    name = ctx.own.get("k", "")
    name = name if name in sets else next(iter(sets))
    found = Choice(name, sets[name])
    stage = ctx.own.get("t", "")
    return replace(found, stage=stage) if stage in dict(found.stages) else found


def _card(ctx: Context, chosen: Choice) -> Scorecard:
    card = scorecard(of=ctx.place, below=rows(ctx), indicators=chosen.shown, month=ctx.month)
    return card.sorted_by(ctx.own.get("s", ""), ctx.own.get("m", ""))


def _tabs(ctx: Context, chosen: Choice) -> list[tuple[str, str, bool]]:
    return stage_tabs(ctx, chosen.stages, chosen.stage, whole=not chosen.is_wide)


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
