"""Why an indicator changed since its last release, or between two revisions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from facilities.models import Facility
from ilp.core.http import Request
from ilp.jinja import url
from reporting.models import Release
from reporting.selectors.releases import releases_of
from reporting.selectors.why_changed import Moved, why_changed
from reporting.views.context import Context, context_of, fresh
from reporting.views.reading import find
from reporting.views.shown import of_numbers

MOST_SHOWN = 100
SIDES = tuple[Release, Release | None]


@of_numbers
def indicator_changes(request: Request, code: str) -> HttpResponse:
    """`k` chooses what is compared: the number of a revision with the one before it, else the
    last release with what stands now."""
    ctx = context_of(request)
    one = find(code, ctx)
    held = (
        releases_of(district=Facility(pk=ctx.released.district), month=ctx.month)
        if ctx.released
        else []
    )
    sides = _sides(ctx, held)
    change = None
    if sides:
        before, after = sides
        change = why_changed(
            indicator=one,
            of=ctx.place,
            below=ctx.below,
            month=ctx.month,
            before=before,
            after=after,
        )
    return render(
        request,
        "reporting/indicator_changes.html",
        {
            "ctx": ctx,
            "one": one,
            "sides": sides,
            "choices": _choices(ctx, held, sides),
            "change": change,
            "moved": [(m, _visits(ctx, m)) for m in change.moved[:MOST_SHOWN]] if change else [],
            "most": MOST_SHOWN,
            "freshness": fresh(ctx),
        },
    )


def _sides(ctx: Context, held: list[Release]) -> SIDES | None:
    """What the address asks to compare; nothing where the month was never released."""
    if not held:
        return None
    by_number = {str(release.number): release for release in held}
    asked = by_number.get(ctx.own.get("k", ""))
    if asked is None or asked.number == 1:
        return held[0], None
    return by_number[str(asked.number - 1)], asked


def _choices(ctx: Context, held: list[Release], sides: SIDES | None) -> list[tuple[str, str, bool]]:
    """Tabs (text, address, whether it is shown); none where there is nothing to choose."""
    if sides is None or len(held) < 2:
        return []
    tabs = [(_("Rev. %d → sekarang") % held[0].number, ctx.here(k=""), sides[1] is None)]
    return tabs + [
        (
            _("Rev. %(one)d → rev. %(next)d") % {"one": later.number - 1, "next": later.number},
            ctx.here(k=later.number),
            sides[1] == later,
        )
        for later in held[:-1]
    ]


def _visits(ctx: Context, moved: Moved) -> str:
    """Where the visits of the place and month are listed; empty for who may not see people."""
    if not ctx.sees_people or not moved.service:
        return ""
    asked = {"w": moved.place.code, "p": moved.month, "service": moved.service}
    if moved.axis:
        asked["menurut"] = moved.axis
    return url("clusters:visit-list", query=asked)
