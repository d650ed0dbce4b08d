"""S07: the map of an indicator, with the list that says the same."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from facilities.roles import Permission
from ilp.core.http import Request
from reporting.selectors.breakdown import breakdown
from reporting.selectors.scorecards import sets_on
from reporting.views.caching import kept
from reporting.views.context import context_of, fresh
from reporting.views.mapping import mapped


@kept
def map_page(request: Request) -> HttpResponse:
    """One indicator of the places below, as list and as map."""
    ctx = context_of(request)
    sets = sets_on(ctx.month, ctx.book)
    listed = {one.code: one for group in sets.values() for one in group}
    one = listed.get(ctx.own.get("i", "")) or next(iter(listed.values()))
    parts = breakdown(indicator=one, places=ctx.below, month=ctx.month) if ctx.below else []
    return render(
        request,
        "reporting/map.html",
        {
            "ctx": ctx,
            "one": one,
            "indicators": sorted(listed.values(), key=lambda held: str(held.label)),
            "mapped": mapped(ctx, one, parts),
            "may_map": Permission.MANAGE_MAPS in ctx.permissions,
            "freshness": fresh(ctx),
        },
    )
