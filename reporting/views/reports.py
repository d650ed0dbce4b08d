"""Monthly reports: what is due, the sheet, filling it at one stroke, its steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache

from facilities.access import can, require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.counting import counted_lazy
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of, week_number
from reporting.actions import reports as actions
from reporting.actions.entry import ChangedMeanwhile, save_cells
from reporting.actions.opening import note_opening
from reporting.catalogue import FORMS
from reporting.forms import SheetForm, Typed
from reporting.models import Report
from reporting.selectors import due, filling, owing, reports
from reporting.selectors.deadlines import latest_closed
from reporting.selectors.editing import NOT_YET, MonthLocked, beginning
from reporting.views.answers import require_anywhere
from reporting.views.report_page import address, opened, report_page
from reporting.views.report_steps import take
from reporting.workflow import Step

MONTHS_SHOWN, WEEKLY_MONTHS = 6, 2
PUT_RIGHT = counted_lazy(
    "Tersimpan apa adanya. Perbaiki %(count)s isian yang ditandai sebelum dikirim."
)
MOVED = _lazy(
    "Belum dikirim: hitungan kunjungan di %(count)s baris bagian yang tertutup berubah sejak Anda "
    "membuka laporan ini. Isian lain tersimpan. Periksa jumlahnya, lalu kirim sekali lagi."
)
CHOOSE = counted_lazy(
    "Isian lain tersimpan. %(count)s isian diubah orang lain sejak Anda membuka laporan ini: "
    "pilih yang benar, lalu simpan."
)


def report_list(request: Request) -> HttpResponse:
    """What waits for the user, then places by months: due, sent, come back."""
    require_anywhere(request.user, Permission.VIEW)
    form = FORMS.get(request.GET.get("f", ""), next(iter(FORMS.values())))
    last = _last_month(request)
    step = 12 // len(form.rounds) if form.rounds else 1  # months from one report to the next
    shown = WEEKLY_MONTHS if form.weekly else MONTHS_SHOWN
    back = [last.plus(-n) for n in range(shown * step - 1, -1, -1)]
    months = [month for month in back if form.is_due(month)]
    places = due.reporting_places(user=request.user, form=form, on=last.last_day, months=months)
    rows = due.matrix(places=places, form=form, months=months)
    newest = [row[-1].last_day for row in rows.values() if row]
    today = timezone.localdate()
    context = {
        "form": form,
        "last_day": next((one for one in newest if not one.is_extended), None),
        "forms": [(f.label, f.code, f is form) for f in FORMS.values()],
        "labels": {f.code: f.label for f in FORMS.values()},
        "months": [period for month in months for period in form.periods(month)],
        "places": places,
        "districts": due.districts(user=request.user),
        "rows": rows,
        "waiting": due.waiting(user=request.user),
        "to_fill": owing.next_to_fill(user=request.user, today=today),
        "earlier": last.plus(-shown * step),
        "later": last.plus(shown * step),
        "today": today,
    }
    return render(request, "reporting/report_list.html", context)


def _last_month(request: Request) -> Month:
    try:
        return Month.parse(request.GET.get("p", ""))
    except ValueError:
        return latest_closed(timezone.localdate())


@never_cache
def report(request: Request, form: str, code: str, month: Period) -> HttpResponse:
    """A report's sheet. GET shows it; POST begins it, keeps what was typed, and sends it."""
    if form not in FORMS:
        raise Http404
    mine = Facility.objects.visible_to(request.user)
    place = get_object_or_404(mine, code=code, kind__in=FORMS[form].kinds)
    held = Report.objects.filter(
        facility=place, month=month_of(month), week=week_number(month), form_code=form
    )
    found = held.select_related("facility").first()
    if found is None:
        return _begin(request, place, month, form)
    if request.method == "POST":
        return _post(request, found)
    if request.method == "GET":
        note_opening(report=found, by=request.user)
    return report_page(request, found)


def _begin(request: Request, place: Facility, month: Period, form: str) -> HttpResponse:
    """No report yet: say so, and open one for whoever may fill it in and asks for it."""
    if request.method == "POST":
        try:
            actions.open_report(facility=place, month=month, form=form, by=request.user)
            return redirect("reporting:report", form, place.code, month)
        except DomainError as error:
            messages.error(request, error.sentence)
    shut = actions.not_due(FORMS[form], month)
    shut = shut or beginning(place=place, form=FORMS[form], period=month)
    context = {
        "place": place,
        "month": month,
        "spec": FORMS[form],
        "may_fill": can(request.user, Permission.FILL, place),
        "shut": shut,
        "is_early": isinstance(shut, NOT_YET),
        "is_locked": isinstance(shut, MonthLocked),
    }
    return render(request, "reporting/report_missing.html", context)


def _post(request: Request, report: Report) -> HttpResponse:
    """Keep every box as it was typed, whatever it says, then do what was asked."""
    require(request.user, Permission.FILL, report.facility)
    typed = Typed(request.POST.dict())
    closed = _of_closed(request, report, typed)
    try:
        if typed.seen is None:
            raise ChangedMeanwhile
        saved = save_cells(
            report=report.pk,
            edits={**closed.edits, **typed.edits},
            reasons=typed.reasons,
            absents=typed.absents,
            concerned=typed.elements,
            by=request.user,
        )
    except ChangedMeanwhile as error:
        messages.error(request, error.sentence)
        return report_page(request, report, typed, conflicts=typed.edits.keys(), status=409)
    except DomainError as error:  # it cannot be changed: the page says so, and what was typed
        messages.error(request, error.sentence)
        return report_page(request, report, typed, status=409)
    sheet = reports.sheet(report=saved.report)
    if found := saved.conflicts:
        messages.warning(request, CHOOSE % {"count": len(found)})
        return report_page(request, saved.report, typed, conflicts=found, status=409)
    if sheet.unread and _sends(request):
        messages.warning(request, PUT_RIGHT % {"count": sheet.unread})
        return report_page(request, saved.report, typed, status=422)
    if closed.moved:
        messages.warning(request, MOVED % {"count": closed.moved})
        return report_page(request, saved.report, typed, status=409)
    return _then(request, saved.report, request.POST.get("langkah", ""))


def _of_closed(request: Request, report: Report, typed: Typed) -> filling.Taken:
    """What is proposed in closed sections goes along when the report is sent: a form filled from
    visits alone is sent in one step, as if it were open."""
    if not typed.closed or request.POST.get("langkah") != Step.SEND:
        return filling.Taken({}, 0)
    return filling.taken(sheet=reports.sheet(report=report), shown=typed.closed)


def _sends(request: Request) -> bool:
    return _way(request)[0] not in filling.FILLINGS


def _way(request: Request) -> tuple[str, str]:
    """How boxes are to be filled, and of which row alone, if of one."""
    way, _colon, element = request.POST.get("langkah", "").partition(":")
    return way, element


def _then(request: Request, saved: Report, wish: str) -> HttpResponse:
    if wish == Step.SEND:
        return take(request, saved, Step.SEND)
    if _way(request)[0] in filling.FILLINGS:
        return _fill(request, saved, *_way(request))
    messages.success(request, _("Tersimpan."))
    return redirect(f"{address(saved)}{opened(request)}#tersimpan")


def _fill(request: Request, report: Report, way: str, element: str) -> HttpResponse:
    """What filling at one stroke would change, to be confirmed; saving it is a save like any."""
    sheet = reports.sheet(report=report)
    changes = filling.changes(sheet=sheet, way=way, element=element)
    if not changes:
        messages.info(request, _("Tersimpan. Tidak ada isian yang perlu diubah."))
        return redirect(f"{address(report)}{opened(request)}#tersimpan")
    context = {
        "report": report,
        "changes": changes,
        "seen": SheetForm(sheet).seen,
        "count": sum(len(c.boxes) for c in changes),
        "way": way,
        "only": element,
        "address": f"{address(report)}{opened(request)}",
    }
    return render(request, "reporting/report_fill.html", context)
