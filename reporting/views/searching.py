"""The search of the frame: a plain GET. Who looks for a person is led to where that is a POST.

What was typed stands in the address, so no name is looked for here, and a NIK is refused.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from facilities.access import permissions
from facilities.roles import Permission
from ilp import navigation
from ilp.core.http import Request
from reporting.selectors import places, searching
from reporting.selectors.scores import Score, scores
from reporting.selectors.searching import FoundPlaces
from reporting.views.context import Context, context_of
from reporting.views.shown import of_numbers


@never_cache
@of_numbers
def search(request: Request) -> HttpResponse:
    """Places, indicators with their value, and pages; all within what the reader may open."""
    asked = searching.words_of(request.GET.get("q", ""))
    refused = searching.is_somebody(asked)
    held = permissions(request.user)
    context: dict[str, object] = {
        "asked": "" if refused else asked,
        "refused": refused,
        "found": FoundPlaces(()),
        "figures": [],
        "pages": navigation.pages_like(request, asked) if asked and not refused else [],
        "sees_people": Permission.VIEW_PEOPLE in held,
        "ctx": None,
    }
    if asked and not refused and Permission.VIEW in held:
        today = timezone.localdate()
        context["found"] = searching.places_like(user=request.user, text=asked, today=today)
        top = places.top_place(user=request.user)  # a clinic's people see no numbers of a district
        if top is not None:
            ctx = context_of(request, place=top)
            context |= {"ctx": ctx, "figures": _figures(ctx, asked)}
    return render(request, "reporting/search.html", context)


def _figures(ctx: Context, asked: str) -> list[Score]:
    """The indicators that are meant, with their value at the top of the reader's scope."""
    known = ctx.book.on(ctx.month.last_day).values()
    listed = searching.indicators_like(text=asked, known=known)
    if not listed:
        return []
    found = scores(places=[ctx.place.pk], indicators=listed, month=ctx.month)
    return [found[ctx.place.pk, one.code] for one in listed]
