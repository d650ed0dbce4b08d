"""Population by sex and age: who is registered, against the sasaran."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clusters.services import STAGES
from ilp.core import formats
from ilp.core.counting import counted
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from ilp.jinja import url
from reporting.catalogue import SASARAN
from reporting.charts import pyramid
from reporting.selectors.population import Population, population
from reporting.views.caching import kept
from reporting.views.context import Context, context_of
from reporting.views.downloads import CHART_KINDS, allowed, chart_answer
from reporting.views.pictures import Picture
from reporting.views.shown import of_numbers

IN_PERCENT = "persen"
BRACKETS = ("balita", "apras", "remaja", "produktif", "lansia")


@kept
def population_page(request: Request) -> HttpResponse:
    """The pyramid of a place; m=persen shows shares instead of people."""
    ctx = context_of(request)
    found = population(of=ctx.place, month=ctx.month)
    chart = drawn_of(ctx, found)
    return render(
        request,
        "reporting/population.html",
        {
            "ctx": ctx,
            "chart": chart,
            "picture": picture_of(chart, found),
            "others": [(SASARAN[code].label, n) for code, n in found.others.items()],
            "freshness": None,
        },
    )


@of_numbers
@in_indonesian
def population_file(request: Request, ext: str) -> HttpResponse:
    """The picture, or its rows."""
    ctx = allowed(request, ext, CHART_KINDS)
    found = population(of=ctx.place, month=ctx.month)
    picture = picture_of(drawn_of(ctx, found), found)
    return chart_answer(ctx, picture, _("Piramida penduduk"), "piramida", ext)


def drawn_of(ctx: Context, found: Population) -> pyramid.Pyramid:
    return pyramid.pyramid(
        found.people,
        brackets=brackets(ctx),
        expected=found.expected,
        in_percent=ctx.own.get("m") == IN_PERCENT,
    )


def picture_of(chart: pyramid.Pyramid, found: Population) -> Picture:
    title = finding(chart, found)
    return Picture(
        "piramida",
        title,
        chart.told,
        lambda: pyramid.draw(chart, title),
        lambda: pyramid.picture(chart, title, pyramid.WIDE),
    )


def finding(chart: pyramid.Pyramid, found: Population) -> str:
    """How many are registered, and of how many."""
    if found.expected is None:
        return counted("%(count)s orang terdaftar; sasaran penduduk belum ditetapkan", chart.total)
    return counted(
        "%(count)s orang terdaftar, %(share)s dari %(expected)s penduduk sasaran",
        chart.total,
        share=formats.percent(chart.share),
        expected=formats.whole(found.expected),
    )


def brackets(ctx: Context) -> list[pyramid.Bracket]:
    """Stages of life beside their ages, each a way to its indicators."""
    found = []
    for stage in (STAGES[code] for code in BRACKETS):
        first, end = stage.from_months or 0, stage.to_months or 0
        way = url("reporting:cluster", stage.cluster, query=ctx.query(t=stage.code))
        found.append(pyramid.Bracket(str(stage.label), first // 12, end // 12 - 1, way))
    return found
