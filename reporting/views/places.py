"""The profile of a place, tab by tab, and as a print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from facilities.roles import Permission
from ilp.core.http import Request
from reporting.selectors import places
from reporting.selectors.profiles import profile
from reporting.views.context import context_of, fresh
from reporting.views.place_tabs import ILP_TONES, TABS, Asked
from reporting.views.shown import of_numbers

PRINT = "cetak"


@of_numbers
def place_page(request: Request, code: str) -> HttpResponse:
    """One tab of the place; with v=cetak those that belong on paper, one below the other."""
    ctx = context_of(request, place=places.place(code=code, user=request.user))
    today = timezone.localdate()
    about = profile(of=ctx.place, month=ctx.month, today=today)
    asked = Asked(ctx, about, today)
    view = ctx.own.get("v", "")
    chosen = [tab for tab in TABS if tab.slug == view] or [TABS[0]]
    if view == PRINT:
        chosen = [tab for tab in TABS if tab.printed]
    return render(
        request,
        "reporting/place.html",
        {
            "ctx": ctx,
            "about": about,
            "tones": ILP_TONES,
            "tabs": [(tab.label, ctx.here(v=tab.slug), tab in chosen) for tab in TABS],
            "sections": [(tab, tab.content(asked)) for tab in chosen],
            "on_paper": view == PRINT,
            "paper": ctx.here(v=PRINT),
            "may_manage": view != PRINT and Permission.MANAGE_PLACES in asked.held,
            "today": today,
            "freshness": fresh(ctx),
        },
    )
