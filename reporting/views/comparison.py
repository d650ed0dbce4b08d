"""S19: our numbers beside those of a national application, which are typed from its screen."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from facilities.access import can
from facilities.models import Facility
from ilp.core import formats
from ilp.core.cells import read_integer
from ilp.core.http import Request
from reporting import totals
from reporting.actions.quality import MAY_CONFIRM, set_outside_figures
from reporting.catalogue import ELEMENTS
from reporting.catalogue.quality import SOURCES, Source
from reporting.selectors.quality import gap, outside_figures
from reporting.selectors.typed import wrong
from reporting.views.context import Context, context_of, fresh


@dataclass(frozen=True)
class Line:
    """One number that can be compared, as it is shown; `text` is what stands in the box."""

    code: str
    label: str
    ours: int | None
    text: str
    error: str = ""

    @property
    def gap(self) -> float | None:
        """In percent of theirs; None where either side is missing."""
        if self.ours is None or self.error or not self.text:
            return None
        share = gap(self.ours, read_integer(self.text) or 0)
        return None if share is None else 100 * share


def comparison_page(request: Request) -> HttpResponse:
    """The place and month of the address; k= the application."""
    ctx = context_of(request)
    source = SOURCES.get(ctx.own.get("k", "")) or next(iter(SOURCES.values()))
    if request.method != "POST":
        return _page(request, ctx, source, _lines(ctx, source))
    lines = _lines(ctx, source, {code: request.POST.get(code, "") for code in source.elements})
    if any(line.error for line in lines):
        return _page(request, ctx, source, lines, status=422)
    set_outside_figures(
        place=Facility.objects.get(pk=ctx.place.pk),
        month=ctx.month,
        source=source.code,
        values={line.code: read_integer(line.text) for line in lines},
        by=request.user,
    )
    messages.success(request, _("Angka %(source)s disimpan.") % {"source": source.label})
    return redirect(ctx.here())


def _lines(ctx: Context, source: Source, typed: dict[str, str] | None = None) -> list[Line]:
    cells = totals.read([ctx.place.pk], [ctx.month], list(source.elements))
    held = outside_figures(places=[ctx.place.pk], month=ctx.month)
    found = []
    for code in source.elements:
        kept = held.get((ctx.place.pk, source.code, code))
        text = "" if kept is None else formats.whole(kept)
        text = text if typed is None else typed[code].strip()
        ours = cells.get(ctx.place.pk, ctx.month, code)
        found.append(Line(code, str(ELEMENTS[code].label), ours, text, wrong(text)))
    return found


def _page(
    request: Request, ctx: Context, source: Source, lines: list[Line], status: int = 200
) -> HttpResponse:
    place = Facility(pk=ctx.place.pk)
    return render(
        request,
        "reporting/comparison.html",
        {
            "ctx": ctx,
            "source": source,
            "lines": lines,
            "tabs": [(one.label, ctx.here(k=one.code), one == source) for one in SOURCES.values()],
            "may_fill": any(can(request.user, one, place) for one in MAY_CONFIRM),
            "freshness": fresh(ctx),
        },
        status=status,
    )
