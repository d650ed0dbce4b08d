"""S13: which reports of a year are in and in time, place by place, and who is to be reminded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facilities.access import has_anywhere
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from ilp.core.months import Month
from ilp.core.weeks import Period, Week, month_of
from reporting.catalogue import FORMS, INDICATORS
from reporting.catalogue.language import Form
from reporting.selectors import completeness as selectors
from reporting.selectors.completeness import Cell, Completeness, Line, Mark
from reporting.views.answers import require_anywhere
from reporting.views.downloads import KINDS, table_file

K = Facility.Kind
YEARS_BACK = 4
WORDS = {
    Mark.IN_TIME: gettext_lazy("tepat waktu"),
    Mark.LATE: gettext_lazy("terlambat"),
    Mark.SENT: gettext_lazy("dikirim tepat waktu, belum diperiksa"),
    Mark.DRAFT: gettext_lazy("draf"),
    Mark.RETURNED: gettext_lazy("dikembalikan"),
    Mark.MISSING: gettext_lazy("belum ada"),
    Mark.NOT_DUE: gettext_lazy("belum jatuh tempo"),
    Mark.FREE: gettext_lazy("belum ada, tidak wajib"),
    Mark.CLOSED: gettext_lazy("tidak dihitung: tidak buka pada akhir bulan"),
}
SHORT = {Mark.SENT: gettext_lazy("dikirim"), Mark.CLOSED: gettext_lazy("tidak buka")}
HEADINGS = (
    "place", "place_name", "form", "month", "status", "counted", "due_on", "sent_on",
)  # fmt: skip
LEGEND = (
    gettext_lazy("Keterangan kolom"),
    gettext_lazy("place: kode tempat; form: kode formulir"),
    gettext_lazy("status: tepat waktu, terlambat, dikirim, draf, dikembalikan, belum ada, …"),
    gettext_lazy("counted: 1 bila tempat buka dan wajib lapor pada hari terakhir bulan itu"),
    gettext_lazy("due_on: hari terakhir yang masih tepat waktu; sent_on: hari dikirim"),
)
ORDERS = {"lengkap": "complete", "tepat": "timely"}


def completeness_page(request: Request) -> HttpResponse:
    """The matrix of a form and year; one Puskesmas at a time shows what lies below it."""
    require_anywhere(request.user, Permission.VIEW)
    form, year = _asked(request)
    today = timezone.localdate()
    shown = _matrix(request, form, year)
    opened = _opened(request, shown)
    over = sorted({m for m in map(month_of, shown.months) if m < Month.of(today)})
    order = request.GET.get("urut", "")
    fills_in = has_anywhere(request.user, Permission.FILL)  # nobody reminds themselves
    context = {
        "shown": replace(shown, lines=tuple(_sorted(shown.lines, order))),
        "form": form,
        "forms": list(FORMS.values()),
        "year": year,
        "years": range(today.year, today.year - YEARS_BACK, -1),
        "order": order,
        "words": WORDS,
        "legend": _legend(form),
        "goals": {code: INDICATORS[code].goal(today) for code in ("MJ12", "MJ13")},
        "opened": opened,
        "inner": _inner(request, shown, opened),
        "lower": _lower(request, shown, opened, over),
        "at_work": _at_work(shown, over),
        "reminder": "" if fills_in else "\n\n".join(reminders(shown.owing, form, request)),
        "may_export": has_anywhere(request.user, Permission.EXPORT),
        "may_set": has_anywhere(request.user, Permission.MANAGE_TARGETS),
        "query": {"f": form.code, "t": year},
        "over": over,
        "today": today,
    }
    return render(request, "reporting/completeness.html", context)


def _legend(form: Form) -> list[tuple[Mark, object]]:
    """The letters that can stand in the matrix, with their words."""
    never = {Mark.LATE, Mark.MISSING, Mark.NOT_DUE} if form.voluntary else {Mark.FREE}
    return [(m, SHORT.get(m, word)) for m, word in WORDS.items() if m and m not in never]


@in_indonesian
def completeness_file(request: Request, ext: str) -> HttpResponse:
    """The cells of the matrix as rows."""
    if ext not in KINDS:
        raise Http404
    require_anywhere(request.user, Permission.EXPORT)
    form, year = _asked(request)
    shown = _matrix(request, form, year, Permission.EXPORT)
    rows = (_row(line.place, cell, form) for line in shown.lines for cell in line.cells)
    return table_file(rows, f"kelengkapan-{form.code}-{year}", ext, HEADINGS, LEGEND)


@in_indonesian
def reminders(owing: Iterable[Line], form: Form, request: Request) -> list[str]:
    """What to write to each place that owes a report, ready to be copied. No names of people."""
    text = _(
        "Yth. %(place)s: %(form)s %(months)s %(year)s belum kami terima "
        "(batas %(days)s). Tautan: %(link)s"
    )
    texts = []
    for line in owing:
        owed = [cell.due for cell in line.owed]
        path = reverse("reporting:report", args=[form.code, line.place.code, owed[0].month])
        said = {
            "place": line.place,
            "form": form.label,
            "months": _named([due.month for due in owed]),
            "year": owed[0].month.year,
            "days": " / ".join(_said(due.due_on) for due in owed),
            "link": request.build_absolute_uri(path),
        }
        texts.append(text % said)
    return texts


def _named(periods: Sequence[Period]) -> str:
    """ "bulan April dan Mei", "minggu 18 dan 19"."""
    if isinstance(periods[0], Week):
        return _("minggu %s") % _listed([str(week.number) for week in periods])
    return _("bulan %s") % _listed([formats.month_name(month.number) for month in periods])


def _said(day: date) -> str:
    return f"{day.day} {formats.month_name(day.month)}"


def _listed(words: Sequence[str]) -> str:
    """ "April, Mei, dan Juni 2025": a list as it is said."""
    if len(words) < 3:
        return _(" dan ").join(words)
    return _("%(first)s, dan %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _asked(request: Request) -> tuple[Form, int]:
    """The form and year in the address; the first form and this year for what is no such thing."""
    form = FORMS.get(request.GET.get("f", ""), next(iter(FORMS.values())))
    this = Month.of(timezone.localdate()).plus(-1).year  # in January last year's reports are due
    text = request.GET.get("t", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this
    return form, max(year, 2000)


def _matrix(
    request: Request, form: Form, year: int, permission: Permission = Permission.VIEW
) -> Completeness:
    kinds = [K.PUSKESMAS] if K.PUSKESMAS in form.kinds else form.kinds
    today = timezone.localdate()
    return selectors.completeness(
        user=request.user, form=form, year=year, kinds=kinds, today=today, permission=permission
    )


def _opened(request: Request, shown: Completeness) -> Facility | None:
    """The place whose lower units are asked for; the only one is open anyway."""
    code = request.GET.get("buka", "")
    found = [line.place for line in shown.lines if line.place.code == code]
    if not found and len(shown.lines) == 1:
        found = [shown.lines[0].place]
    return found[0] if found else None


def _inner(request: Request, shown: Completeness, opened: Facility | None) -> Completeness | None:
    """The same of the places below that fill in the form themselves."""
    kinds = [kind for kind in shown.form.kinds if kind != K.PUSKESMAS]
    if opened is None or not kinds or opened.kind != K.PUSKESMAS:
        return None
    return selectors.completeness(
        user=request.user, form=shown.form, year=shown.months[0].year, kinds=kinds,
        today=timezone.localdate(), below=opened,
    )  # fmt: skip


def _lower(
    request: Request, shown: Completeness, opened: Facility | None, over: list[Month]
) -> list[selectors.Lower]:
    if opened is None or not over or K.POSYANDU in shown.form.kinds:
        return []
    return selectors.lower_units(of=opened, months=over, user=request.user)


def _at_work(shown: Completeness, over: list[Month]) -> dict[int, tuple[int, int]]:
    if not over:
        return {}
    places = [line.place.pk for line in shown.lines]
    return selectors.posyandu_at_work(places=places, month=over[-1])


def _sorted(lines: Iterable[Line], order: str) -> list[Line]:
    """By name, or the lowest rate first; what has none comes last."""
    listed = list(lines)
    if order not in ORDERS:
        return listed

    def key(line: Line) -> tuple[bool, float]:
        rate: float | None = getattr(line.rate, ORDERS[order])
        return rate is None, rate or 0.0

    return sorted(listed, key=key)


def _row(place: Facility, cell: Cell, form: Form) -> tuple[object, ...]:
    report = cell.due.report
    sent = report.sent_at if report else None
    return (
        place.code,
        str(place),
        form.code,
        str(cell.due.month),
        str(WORDS[cell.mark]),
        int(cell.is_open),
        cell.due.due_on.isoformat(),
        timezone.localtime(sent).date().isoformat() if sent else "",
    )
