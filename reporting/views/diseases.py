"""The ten largest diseases of a place, to be looked at and printed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ilp.core.http import Request
from reporting.selectors.diseases import Disease, largest_diseases
from reporting.views.caching import kept
from reporting.views.context import Context, context_of, fresh
from reporting.views.shown import of_now

MONTH, YEAR = "bulan", "tahun"
PERIODS = {MONTH: _("Bulan ini"), YEAR: _("Sejak Januari")}


@kept
@of_now  # from the visits themselves
def disease_list(request: Request) -> HttpResponse:
    """New cases by ICD-10 of the month or, v=tahun, of the year so far."""
    ctx = context_of(request)
    period = YEAR if ctx.own.get("v") == YEAR else MONTH
    first = ctx.month.of_year[0] if period == YEAR else ctx.month
    found = largest_diseases(of=ctx.place, first=first, last=ctx.month)
    return render(
        request,
        "reporting/disease_list.html",
        {
            "ctx": ctx,
            "found": found,
            "first": first,
            "lines": [
                # What a report says is in no list of visits.
                (one, "" if found.reported else visits_address(ctx, one, period))
                for one in found.largest
            ],
            "tabs": [(name, ctx.here(v=key), key == period) for key, name in PERIODS.items()],
            "freshness": fresh(ctx),
        },
    )


def visits_address(ctx: Context, one: Disease, period: str) -> str:
    """Where the visits of a month are listed; empty for those who may not see people."""
    if not ctx.sees_people or period != MONTH:
        return ""
    return reverse("clusters:visit-list", query=ctx.query(service="outpatient", dx=one.categories))
