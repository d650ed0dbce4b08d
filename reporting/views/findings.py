"""How many numbers wait to be looked at, for the home page of those who answer for them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.quality import MAY_CONFIRM
from reporting.selectors.periods import Span
from reporting.selectors.places import Place
from reporting.selectors.quality import quality_of
from reporting.selectors.versions import Sight
from reporting.views.caching import KEPT_SECONDS, code_version
from reporting.views.context import Context


@dataclass(frozen=True)
class Open:
    """As many as the page of findings lists for the place and month."""

    count: int
    place: Place
    month: Month


def open_findings(
    request: Request, *, place: Place | None, span: Span | None, seen: Sight
) -> Open | None:
    """Of the last month with numbers; None where there is nothing, or nothing to answer for.

    The count is kept until the numbers change: no query then, else those of the page of findings.
    """
    if place is None or span is None or not seen.permissions.intersection(MAY_CONFIRM):
        return None
    about = (place.pk, str(span.last), seen.versions, code_version())
    key = f"findings:{sha256(repr(about).encode()).hexdigest()}"
    count = cache.get(key)
    if count is None:
        ctx = Context("", request.user, place, span.last, span)
        count = len(quality_of(places=[ctx.place, *ctx.below], month=ctx.month).findings)
        cache.set(key, count, KEPT_SECONDS)
    return Open(count, place, span.last) if count else None
