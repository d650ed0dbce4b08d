"""How many numbers wait to be looked at, for the home page of those who answer for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from time import time

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render

from facilities.models import Ancestry, Facility
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.quality import MAY_CONFIRM
from reporting.selectors import places
from reporting.selectors.periods import Span, span
from reporting.selectors.places import Place
from reporting.selectors.quality import quality_of
from reporting.selectors.versions import Sight, sight
from reporting.views.caching import KEPT_SECONDS, code_version
from reporting.views.context import Context

LAG_SECONDS = 600


@dataclass(frozen=True)
class Kept:
    """Counted of the numbers of these versions; good `until` a moment even where they changed."""

    versions: tuple[tuple[int, int], ...]
    until: float
    count: int


@dataclass(frozen=True)
class Open:
    """As many as the page of findings lists for the place and month; None: not counted lately."""

    place: Place
    month: Month
    count: int | None = None


def open_findings(*, place: Place | None, known: Span | None, seen: Sight) -> Open | None:
    """Of the last month with numbers; None where there is nothing, or nothing to answer for.

    The count is kept while the numbers stay, and for some minutes after they have changed: on a
    working day they change all the time. No query.
    """
    if place is None or known is None or not seen.permissions.intersection(MAY_CONFIRM):
        return None
    kept: Kept | None = cache.get(_key(place.pk, known.last))
    if kept is None or (kept.versions != seen.versions and kept.until < time()):
        return Open(place, known.last)
    return Open(place, known.last, kept.count) if kept.count else None


def findings(request: Request) -> HttpResponse:
    """The line of the home page, counted: the page asks for it after it has been shown."""
    seen = sight(user=request.user)
    place = places.top_place(user=request.user)
    known = span(of=place) if place else None
    found = open_findings(place=place, known=known, seen=seen)
    if found is not None and found.count is None and known is not None:
        ctx = Context("", request.user, found.place, found.month, known)
        count = len(quality_of(places=[ctx.place, *ctx.below], month=ctx.month).findings)
        kept = Kept(seen.versions, time() + LAG_SECONDS, count)
        cache.set(_key(found.place.pk, found.month), kept, KEPT_SECONDS)
        found = replace(found, count=count)
    if found is None:
        return HttpResponse()
    return render(request, "reporting/_home_findings.html", {"findings": found})


findings.takes_forms = True  # type: ignore[attr-defined]  # with the data versions


def count_again(*, place: Facility, month: Month) -> None:
    """Somebody has answered for a number of the place: it and all above it are counted anew."""
    above = Ancestry.objects.filter(descendant=place).values_list("ancestor", flat=True)
    cache.delete_many([_key(pk, month) for pk in set(above)])


def _key(place: int, month: Month) -> str:
    about = (place, str(month), code_version())
    return f"findings:{sha256(repr(about).encode()).hexdigest()}"
