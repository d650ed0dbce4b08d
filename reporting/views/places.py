"""The short profile of a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.http import Request
from reporting.catalogue import SPM
from reporting.charts import skdn
from reporting.selectors import places
from reporting.selectors.profiles import Node, profile, skdn_months, weakest
from reporting.selectors.scorecards import headlines_on
from reporting.selectors.series import series
from reporting.selectors.situation import figures
from reporting.views.context import Context, context_of, fresh
from reporting.views.shown import of_numbers


@dataclass(frozen=True)
class Branch:
    """A node of the network with its address, as the macro `tree` wants it."""

    name: str
    url: str
    note: str
    children: list[Branch]


@of_numbers
def place_page(request: Request, code: str) -> HttpResponse:
    ctx = context_of(request, place=places.place(code=code, user=request.user))
    today = timezone.localdate()
    codes = [one.code for one in headlines_on(ctx.month)]
    past = series(place=ctx.place.pk, codes=codes, month=ctx.month)
    found = [past.scores[one, ctx.month] for one in codes]
    about = profile(of=ctx.place, counts=ctx.around.counts, month=ctx.month, today=today)
    months = skdn_months(of=ctx.place, month=ctx.month)
    weighed = any(one.d for one in months)
    return render(
        request,
        "reporting/place.html",
        {
            "ctx": ctx,
            "about": about,
            "spm": figures(SPM.values(), found, past),
            "weakest": figures([one.indicator.code for one in weakest(found)], found, past),
            "reported": any(one.reported for one in found),
            "skdn": skdn.draw(months, _("SKDN")) if weighed else "",
            "network": _branches(about.network, ctx),
            "may_manage": Permission.MANAGE_PLACES in ctx.permissions
            and can(request.user, Permission.MANAGE_PLACES, Facility(pk=ctx.place.pk)),
            "today": today,
            "freshness": fresh(ctx),
        },
    )


def _branches(nodes: Iterable[Node], ctx: Context) -> list[Branch]:
    return [
        Branch(
            node.place.name,
            reverse("reporting:place", args=[node.place.code], query=ctx.query(w="")),
            node.note,
            _branches(node.children, ctx),
        )
        for node in nodes
    ]
