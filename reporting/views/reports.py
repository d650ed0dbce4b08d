"""Monthly reports: what is due, the sheet, filling it at one stroke, its steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_stubs_ext import StrPromise

from facilities.access import can, require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.entry import ChangedMeanwhile, save_cells
from reporting.catalogue import FORMS
from reporting.forms import ABSENCE_REASONS, REASONS, RETURN_NOTES, SheetForm, Typed
from reporting.models import Report
from reporting.selectors import due, filling, reports
from reporting.views.answers import require_anywhere
from reporting.workflow import EDITABLE, TRANSITIONS, Step

MONTHS_SHOWN = 6
PUT_RIGHT = _lazy("Tersimpan apa adanya. Perbaiki %(count)s isian yang ditandai sebelum dikirim.")
CHOOSE = _lazy(
    "Isian lain tersimpan. %(count)s isian diubah orang lain sejak Anda membuka laporan ini: "
    "pilih yang benar, lalu simpan."
)


def report_list(request: Request) -> HttpResponse:
    """What waits for the user, then places by months: due, sent, come back."""
    require_anywhere(request.user, Permission.VIEW)
    form = FORMS.get(request.GET.get("f", ""), next(iter(FORMS.values())))
    last = _last_month(request)
    step = 12 // len(form.rounds) if form.rounds else 1  # months from one report to the next
    back = [last.plus(-n) for n in range(MONTHS_SHOWN * step - 1, -1, -1)]
    months = [month for month in back if form.is_due(month)]
    places = due.reporting_places(user=request.user, form=form, on=last.last_day)
    rows = due.matrix(places=places, form=form, months=months)
    newest = [row[-1].last_day for row in rows.values() if row]
    today = timezone.localdate()
    context = {
        "form": form,
        "last_day": next((one for one in newest if not one.is_extended), None),
        "forms": [(f.label, f.code, f is form) for f in FORMS.values()],
        "labels": {f.code: f.label for f in FORMS.values()},
        "months": months,
        "places": places,
        "rows": rows,
        "waiting": due.waiting(user=request.user),
        "to_fill": due.next_to_fill(user=request.user, today=today),
        "earlier": last.plus(-MONTHS_SHOWN * step),
        "later": last.plus(MONTHS_SHOWN * step),
        "today": today,
    }
    return render(request, "reporting/report_list.html", context)


def _last_month(request: Request) -> Month:
    try:
        return Month.parse(request.GET.get("p", ""))
    except ValueError:
        return Month.of(timezone.localdate()).plus(-1)


@never_cache
def report(request: Request, form: str, code: str, month: Month) -> HttpResponse:
    """A report's sheet. GET shows it; POST begins it, keeps what was typed, and sends it."""
    if form not in FORMS:
        raise Http404
    mine = Facility.objects.visible_to(request.user)
    place = get_object_or_404(mine, code=code, kind__in=FORMS[form].kinds)
    held = Report.objects.filter(facility=place, month=month, form_code=form)
    found = held.select_related("facility").first()
    if found is None:
        return _begin(request, place, month, form)
    if request.method == "POST":
        return _post(request, found)
    sheet = reports.sheet(report=found, proposing=_may_edit(request, found))
    return _page(request, SheetForm(sheet, opened=request.GET.getlist("buka")))


def _begin(request: Request, place: Facility, month: Month, form: str) -> HttpResponse:
    """No report yet: say so, and open one for whoever may fill it in and asks for it."""
    if request.method == "POST":
        try:
            actions.open_report(facility=place, month=month, form=form, by=request.user)
            return redirect("reporting:report", form, place.code, month)
        except DomainError as error:
            messages.error(request, error.sentence)
    context = {
        "place": place,
        "month": month,
        "spec": FORMS[form],
        "may_fill": can(request.user, Permission.FILL, place),
        "is_future": month.first_day > timezone.localdate(),
    }
    return render(request, "reporting/report_missing.html", context)


def _may_edit(request: Request, report: Report) -> bool:
    return report.status in EDITABLE and can(request.user, Permission.FILL, report.facility)


def _post(request: Request, report: Report) -> HttpResponse:
    """Keep every box as it was typed, whatever it says, then do what was asked."""
    require(request.user, Permission.FILL, report.facility)
    typed = Typed(request.POST.dict())
    try:
        if typed.seen is None:
            raise ChangedMeanwhile
        saved = save_cells(
            report=report.pk,
            edits=typed.edits,
            reasons=typed.reasons,
            absents=typed.absents,
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        now = Report.objects.select_related("facility").get(pk=report.pk)
        sheet = reports.sheet(report=now)
        return _page(request, SheetForm(sheet, typed, typed.edits.keys()), status=409)
    sheet = reports.sheet(report=saved.report)
    form = SheetForm(sheet, typed, saved.conflicts)
    if saved.conflicts:
        return _to_put_right(request, form, len(saved.conflicts), CHOOSE, status=409)
    if sheet.unread and _sends(request):
        return _to_put_right(request, form, sheet.unread, PUT_RIGHT, status=422)
    return _then(request, saved.report, request.POST.get("langkah", ""))


def _sends(request: Request) -> bool:
    return request.POST.get("langkah", "") not in filling.FILLINGS


def _to_put_right(
    request: Request, form: SheetForm, count: int, sentence: StrPromise, *, status: int
) -> HttpResponse:
    messages.warning(request, sentence % {"count": count})
    return _page(request, form, status=status)


def _then(request: Request, saved: Report, wish: str) -> HttpResponse:
    if wish == Step.SEND:
        return _step(request, saved, Step.SEND)
    if wish in filling.FILLINGS:
        return _fill(request, saved, wish)
    messages.success(request, _("Tersimpan."))
    return redirect(f"{_address(saved)}#tersimpan")


def _fill(request: Request, report: Report, way: str) -> HttpResponse:
    """What filling at one stroke would change, to be confirmed; saving it is a save like any."""
    sheet = reports.sheet(report=report)
    changes = filling.changes(sheet=sheet, way=way)
    if not changes:
        messages.info(request, _("Tersimpan. Tidak ada isian yang perlu diubah."))
        return redirect(f"{_address(report)}#tersimpan")
    context = {
        "report": report,
        "changes": changes,
        "seen": SheetForm(sheet).seen,
        "count": sum(len(c.boxes) for c in changes),
        "way": way,
        "address": _address(report),
    }
    return render(request, "reporting/report_fill.html", context)


@require_POST
def report_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Send, verify, approve or return a report."""
    seen = Report.objects.visible_to(request.user).select_related("facility")
    report = get_object_or_404(seen, pk=pk)
    if step not in Step.values:
        raise Http404
    return _step(request, report, Step(step))


def _step(request: Request, report: Report, step: Step) -> HttpResponse:
    note = request.POST.get("catatan", "")
    typed = Typed(request.POST.dict())
    try:
        moved = actions.take_step(
            report=report, step=step, by=request.user, note=note, comments=typed.comments
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        now = Report.objects.select_related("facility").get(pk=report.pk)
        proposing = _may_edit(request, now)
        sheet = reports.sheet(report=now, proposing=proposing)
        return _page(request, SheetForm(sheet, typed), status=409, note=note)
    text = _("Laporan sekarang berstatus “%(status)s”.")
    messages.success(request, text % {"status": moved.get_status_display()})
    return redirect(f"{_address(moved)}#tersimpan")


def _address(report: Report) -> str:
    return reverse("reporting:report", args=[report.form_code, report.facility.code, report.month])


def _page(request: Request, form: SheetForm, *, status: int = 200, note: str = "") -> HttpResponse:
    user, report = request.user, form.sheet.report
    steps = [s for s in report.steps if can(user, TRANSITIONS[s].permission, report.facility)]
    context = {
        "report": report,
        "form": form,
        "sheet": form.sheet,
        "address": _address(report),
        "editable": _may_edit(request, report),
        "steps": steps,
        "events": reports.history(form.sheet),
        "asks": Step.RETURN in steps,
        "asked": {
            e: (p, text) for (e, p), text in (form.typed.comments if form.typed else {}).items()
        },
        "note": note,
        "usual_reasons": REASONS,
        "absence_reasons": ABSENCE_REASONS,
        "usual_notes": RETURN_NOTES,
        "today": timezone.localdate(),
    }
    return render(request, "reporting/report.html", context, status=status)
