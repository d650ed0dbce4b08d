"""Unduhan: what can be taken out of the house, and the numbers of a month or year as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel.writing import safe_csv_cell
from facilities.roles import Permission
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from ilp.core.months import Month
from reporting.catalogue import Indicator
from reporting.selectors.scorecards import sets_on
from reporting.selectors.tables import (
    LEGEND,
    Set,
    Table,
    long_table,
    wide_month,
    wide_year,
)
from reporting.views.caching import kept
from reporting.views.context import Context, context_of, fresh
from reporting.views.downloads import about, allowed, table_file
from reporting.views.scorecards import SET_NAMES, rows
from reporting.views.shown import of_numbers

EVERY = "SEMUA"
SHAPES = {"panjang": _("Panjang: satu angka satu baris"), "lebar": _("Lebar: seperti rekap")}
SPANS = {"bulan": _("Bulan ini"), "tahun": _("Januari sampai bulan ini")}


@dataclass(frozen=True)
class Offer:
    """Something else that can be taken along; `permission` is asked at one place or another."""

    label: Text
    what: Text
    page: str
    permission: Permission = Permission.VIEW


OFFERS = (
    Offer(
        _("Paket lokmin"),
        _("Buletin A4: kalimat utama, rapor, PWS pilihan, kelengkapan laporan."),
        "reporting:bulletin",
    ),
    Offer(_("Rapor"), _("Tempat menurut indikator; Excel dan CSV teknis."), "reporting:scorecard"),
    Offer(_("Laporan SPM"), _("Dua belas layanan dengan indeks, siap cetak."), "reporting:spm"),
    Offer(
        _("Kelengkapan laporan"),
        _("Laporan yang masuk dan tepat waktu; Excel dan CSV."),
        "reporting:completeness",
    ),
    Offer(
        _("Laporan dan rekap"),
        _("Formulir bulanan satu tempat atau rekap kabupaten; cetak dan Excel."),
        "reporting:report-list",
    ),
    Offer(
        _("Satu indikator"),
        _("Di halaman indikator: semua tempat dengan pembilang dan penyebut."),
        "reporting:indicator-list",
    ),
    Offer(
        _("Templat unggahan"),
        _("Buku kerja Excel untuk mencatat kunjungan."),
        "clusters:upload-new",
        Permission.RECORD,
    ),
    Offer(
        _("Sasaran"),
        _("Templat sasaran dengan tempat-tempat di wilayah Anda."),
        "reporting:target-list",
        Permission.MANAGE_TARGETS,
    ),
)


@kept
def download_list(request: Request) -> HttpResponse:
    """Everything that the reader may take along, and the form for tables of numbers."""
    ctx = context_of(request)
    return render(
        request,
        "reporting/download_list.html",
        {
            "ctx": ctx,
            "sets": {name: SET_NAMES[name] for name in sets_on(ctx.month, ctx.book)}
            | {EVERY: _("Semua indikator")},
            "shapes": SHAPES,
            "spans": SPANS,
            "offers": [offer for offer in OFFERS if offer.permission in ctx.permissions],
            "freshness": fresh(ctx),
        },
    )


@of_numbers
@in_indonesian
def number_file(request: Request, ext: str) -> HttpResponse:
    """The numbers of the place and those below it. `bentuk`, `rentang` and `k` choose which."""
    ctx = allowed(request, ext)
    shape = request.GET.get("bentuk", "")
    is_year = request.GET.get("rentang") == "tahun"
    held = _held(ctx, is_year)
    table = _table(ctx, held, is_wide=shape == "lebar", is_year=is_year)
    span = f"{ctx.month.year}" if is_year else f"{ctx.month}"
    name = f"angka-{'lebar' if shape == 'lebar' else 'panjang'}-{span}-{about(ctx)}"
    if ext == "csv":
        return local_csv(table.headings, table.rows, name)
    return table_file(table.rows, name, ext, table.headings, LEGEND)


def _held(ctx: Context, is_year: bool) -> Set:
    """The indicators asked for, in the version of each month."""
    months = ctx.month.of_year if is_year else [ctx.month]
    return {month: _chosen(ctx, ctx.own.get("k", ""), month) for month in months}


def _chosen(ctx: Context, name: str, month: Month) -> Sequence[Indicator]:
    sets = sets_on(month, ctx.book)
    if name == EVERY:
        return tuple(ctx.book.on(month.last_day).values())
    return sets.get(name) or next(iter(sets.values()))


def _table(ctx: Context, held: Set, *, is_wide: bool, is_year: bool) -> Table:
    places = [ctx.place, *rows(ctx)]
    if not is_wide:
        return long_table(places=places, held=held, source=ctx.source)
    if is_year:
        return wide_year(places=places, held=held)
    return wide_month(places=places, listed=held[ctx.month], month=ctx.month)


def local_csv(
    headings: Sequence[str], lines: Iterable[Sequence[object]], name: str
) -> HttpResponse:
    """As Excel opens it where commas are decimal: semicolons between, UTF-8 with a mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_local(value) for value in line] for line in lines)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _local(value: object) -> str:
    """A number with a decimal comma; text as nobody takes it for a formula."""
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return safe_csv_cell(value)
