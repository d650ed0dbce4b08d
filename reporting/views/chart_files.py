"""Charts that stand on other pages than an indicator's, as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from reporting.selectors.cluster import path_of
from reporting.selectors.profiles import skdn_months
from reporting.selectors.targets import sasaran
from reporting.views.downloads import CHART_KINDS, allowed, chart_answer
from reporting.views.pictures import of_path, of_weighing
from reporting.views.place_tabs import CHILDREN
from reporting.views.shown import of_numbers


@of_numbers
@in_indonesian
def cascade_file(request: Request, code: str, path: str, ext: str) -> HttpResponse:
    """A path of care of a cluster: the picture, or its steps."""
    ctx = allowed(request, ext, CHART_KINDS)
    found = path_of(code=path, cluster=code, of=ctx.place, month=ctx.month)
    if found is None or not found.scores:
        raise Http404(path)
    return chart_answer(ctx, of_path(ctx, found), _("Kaskade layanan"), f"kaskade-{path}", ext)


@of_numbers
@in_indonesian
def skdn_file(request: Request, ext: str) -> HttpResponse:
    """The weighing of a place's children: the picture, or its months."""
    ctx = allowed(request, ext, CHART_KINDS)
    people = sasaran(places=[ctx.place.pk], codes={CHILDREN}, month=ctx.month)
    children = people.get((ctx.place.pk, CHILDREN))
    months = skdn_months(of=ctx.place, month=ctx.month, people=children)
    if not any(one.d for one in months):
        raise Http404
    return chart_answer(ctx, of_weighing(months), _("SKDN"), "skdn", ext)
