"""The page of one cluster: its indicators, its paths of care, its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clusters.services import STAGES
from ilp.core.http import Request
from ilp.jinja import url
from reporting.charts import small, sparkline
from reporting.selectors.cluster import cluster_situation
from reporting.selectors.situation import AWAITED, CLUSTERS, Figure
from reporting.views import heat, pictures
from reporting.views.caching import kept
from reporting.views.context import Context, context_of, fresh

MOST_IN_HEAT = 14  # columns that can still be read on a laptop; the rest is in the scorecard
MOST_SMALL = 12


@kept
def cluster_page(request: Request, code: str) -> HttpResponse:
    """A cluster of a place in a month; `t` narrows it to a stage of life."""
    if code not in CLUSTERS:
        raise Http404(code)
    ctx = context_of(request)
    stage = ctx.own.get("t", "") if ctx.own.get("t", "") in STAGES else ""
    found = cluster_situation(
        cluster=code,
        stage=stage,
        of=ctx.place,
        below=ctx.below,
        month=ctx.month,
        book=ctx.book,
    )
    furthest = by_gap(line.figure for line in found.lines)[:MOST_SMALL]
    tops = small.axes(one.chart for one in furthest)
    return render(
        request,
        "reporting/cluster.html",
        {
            "ctx": ctx,
            "code": code,
            "name": CLUSTERS[code],
            "clusters": [
                (f"{one} {name}", url("reporting:cluster", one, query=ctx.query()), one == code)
                for one, name in CLUSTERS.items()
            ],
            "awaited": AWAITED.get(code, ""),
            "found": found,
            "stages": stages(ctx, found.stages, stage),
            "paths": [pictures.of_path(ctx, one) for one in found.paths if one.scores],
            "card": found.scorecard,
            "heat": heat.body,
            "fits": len(found.scorecard.indicators) <= MOST_IN_HEAT,
            "multiples_of": furthest,
            "spark": sparkline.sparkline,
            "small": lambda chart, title: small.draw(chart, title, tops[small.axis_of(chart)]),
            "freshness": fresh(ctx),
        },
    )


def by_gap(figures: Iterable[Figure]) -> list[Figure]:
    """Furthest behind its target first; those without a target last, in their order."""

    def gap(one: Figure) -> float:
        score = one.score
        if score.value is None or score.target_now is None:
            return inf
        sign = -1 if score.indicator.higher_is_better is False else 1
        return sign * (score.value - score.target_now) / (score.target_now or 1)

    return sorted(figures, key=gap)


def stages(
    ctx: Context, counted: Sequence[tuple[str, int]], chosen: str, *, whole: bool = True
) -> list[tuple[str, str, bool]]:
    """Tabs (text, address, whether it is the one shown); none where there is only one stage.

    whole: a first tab leads to all stages at once.
    """
    if len(counted) < 2:
        return []
    everything = sum(count for _stage, count in counted)
    tabs = [(_("Semua (%d)") % everything, ctx.here(t=""), not chosen)] if whole else []
    return tabs + [
        (f"{STAGES[one].label} ({count})", ctx.here(t=one), chosen == one)
        for one, count in counted
        if one in STAGES
    ]
