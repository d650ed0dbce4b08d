"""The tables of the pages as files: the same numbers, unrounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clusters.excel.writing import Column, Kind, safe_csv_cell, write_table
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from reporting.charts.standalone import Caption, standalone
from reporting.selectors.exports import HEADINGS, LEGEND, beside, indicator_rows
from reporting.selectors.scores import scores
from reporting.totals import Data
from reporting.views.context import Context, context_of, fresh
from reporting.views.pictures import Picture
from reporting.views.reading import Reading, find
from reporting.views.scorecards import asked, rows
from reporting.views.shown import of_numbers

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("csv", "xlsx")
CHART_KINDS = (*KINDS, "svg")


@of_numbers
@in_indonesian
def scorecard_file(request: Request, ext: str) -> HttpResponse:
    ctx = allowed(request, ext)
    name, card = asked(ctx)
    found = [score for row in (card.total, *card.rows) for score in row.scores]
    named = {row.place.pk: row.place for row in (card.total, *card.rows)}
    marks = beside(places=list(named.values()), indicators=card.indicators, month=ctx.month)
    lines = indicator_rows(found, named, ctx.release, marks)
    return table_file(lines, f"rapor-{name}-{about(ctx)}", ext)


@of_numbers
@in_indonesian
def indicator_file(request: Request, code: str, ext: str) -> HttpResponse:
    ctx = allowed(request, ext)
    everyone = [ctx.place, *rows(ctx)]
    one = find(code, ctx)
    found = scores(places=[p.pk for p in everyone], indicators=[one], month=ctx.month)
    named = {place.pk: place for place in everyone}
    marks = beside(places=everyone, indicators=[one], month=ctx.month)
    lines = indicator_rows(found.values(), named, ctx.release, marks)
    return table_file(lines, f"{code}-{about(ctx)}", ext)


@of_numbers
@in_indonesian
def chart_file(request: Request, code: str, kind: str, ext: str) -> HttpResponse:
    """A chart of an indicator's page: the picture, or the rows of which it is drawn."""
    ctx = allowed(request, ext, CHART_KINDS)
    held = Reading(ctx, find(code, ctx))
    picture = held.picture(kind)
    if picture is None or picture.why:
        raise Http404
    return chart_answer(ctx, picture, held.label, f"{code}-{kind}", ext)


def chart_answer(ctx: Context, picture: Picture, label: str, name: str, ext: str) -> HttpResponse:
    """The picture with what it is of and where its numbers come from, or its rows."""
    subject = f"{label} · {ctx.place.title} · {formats.month(ctx.month)}"
    source = f"ILP · {ctx.state(fresh(ctx))}"
    return picture_answer(picture, (subject, source), f"{name}-{about(ctx)}", ext)


def picture_answer(picture: Picture, said: tuple[str, str], name: str, ext: str) -> HttpResponse:
    """said: what it is of, and where its numbers come from."""
    subject, source = said
    if ext != "svg":
        legend = [line for line in (picture.title, subject, picture.note, source) if line]
        return table_file(picture.told.rows, name, ext, picture.told.headings, legend)
    drawn = standalone(picture.alone(), Caption(picture.title, subject, source))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response


def about(ctx: Context) -> str:
    """For the name of the file: place, month, and which numbers they are."""
    data = f"rev{ctx.release.number}" if ctx.release else Data.LIVE.value
    return f"{ctx.place.code}-{ctx.month}-{data}"


def allowed(request: Request, ext: str, kinds: Sequence[str] = KINDS) -> Context:
    """The context of a file: Http404 for what is no such file, Forbidden without EXPORT there."""
    if ext not in kinds:
        raise Http404
    ctx = context_of(request)
    require(request.user, Permission.EXPORT, Facility(pk=ctx.place.pk))
    return ctx


def table_file(
    lines: Iterable[Sequence[object]],
    name: str,
    ext: str,
    headings: Sequence[str] = HEADINGS,
    legend: Sequence[StrOrPromise] = LEGEND,
) -> HttpResponse:
    """A table as csv or xlsx, with what its columns mean on a sheet before it."""
    if ext == "csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(headings)
        writer.writerows([safe_csv_cell(value) for value in line] for line in lines)
        # the mark lets Excel read it as UTF-8
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        book = io.BytesIO()
        columns = [Column(title, width=16, kind=Kind.TEXT) for title in headings]
        write_table(
            book,
            title_sheet=_("Data"),
            columns=columns,
            rows=lines,
            instructions=[str(line) for line in legend],
        )
        response = HttpResponse(book.getvalue(), content_type=EXCEL)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ext}"'
    return response
