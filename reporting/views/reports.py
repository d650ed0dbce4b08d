"""Monthly reports: the list of what is due, the sheet, its steps."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import can, reach, require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.catalogue import FORMS
from reporting.forms import SheetForm
from reporting.models import Report
from reporting.selectors import reports
from reporting.workflow import EDITABLE, TRANSITIONS, Step

MONTHS_SHOWN = 6


def report_list(request: Request) -> HttpResponse:
    """Places by months: what is due, what was sent, what came back."""
    form = FORMS[request.GET.get("f", "")] if request.GET.get("f") in FORMS else _first_form()
    last = _last_month(request)
    months = [last.plus(-back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
    mine = Q(pk__in=reach(request.user, Permission.VIEW))
    places = reports.reporting_places(form=form, within=mine, on=last.first_day)
    rows = reports.matrix(places=places, form=form, months=months)
    return render(
        request,
        "reporting/report_list.html",
        {
            "form": form,
            "months": months,
            "places": places,
            "rows": rows,
            "earlier": last.plus(-MONTHS_SHOWN),
            "later": last.plus(MONTHS_SHOWN),
            "today": timezone.localdate(),
        },
    )


def _first_form():
    return next(iter(FORMS.values()))


def _last_month(request: Request) -> Month:
    try:
        return Month.parse(request.GET.get("p", ""))
    except ValueError:
        return Month.of(timezone.localdate()).plus(-1)


def report(request: Request, form: str, code: str, month: Month) -> HttpResponse:
    """A report's sheet. GET shows it; POST keeps what was typed, and sends it when asked to."""
    if form not in FORMS:
        raise Http404
    mine = Facility.objects.visible_to(request.user)
    place = get_object_or_404(mine, code=code, kind__in=FORMS[form].kinds)
    held = Report.objects.filter(facility=place, month=month, form_code=form)
    found = held.select_related("facility").first()
    if found is None and can(request.user, Permission.FILL, place):
        try:
            found = actions.open_report(facility=place, month=month, form=form, by=request.user)
        except DomainError as error:
            messages.error(request, error.sentence)
    if found is None:
        context = {"place": place, "month": month, "spec": FORMS[form]}
        return render(request, "reporting/report_missing.html", context)
    if request.method == "POST":
        return _save(request, found)
    return _page(request, found, SheetForm(reports.sheet(report=found)))


def _save(request: Request, report: Report) -> HttpResponse:
    """Keep every box that can be read; show the others again as they were typed."""
    require(request.user, Permission.FILL, report.facility)
    form = SheetForm(reports.sheet(report=report), request.POST.dict())
    try:
        saved = actions.save_values(
            report=report,
            values=form.values,
            reasons=form.reasons,
            version=form.version,
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        form = SheetForm(reports.sheet(report=Report.objects.get(pk=report.pk)), form.typed)
        return _page(request, form.sheet.report, form, status=409)
    if form.errors:
        messages.warning(
            request,
            _("Isian lain tersimpan. Perbaiki %(count)s isian yang ditandai.")
            % {"count": len(form.errors)},
        )
        again = SheetForm(reports.sheet(report=saved), form.typed)
        return _page(request, saved, again, status=422)
    if request.POST.get("langkah"):
        return _step(request, saved, request.POST["langkah"])
    messages.success(request, _("Tersimpan."))
    return redirect(_address(saved))


@require_POST
def report_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Send, verify, approve or return a report."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    return _step(request, report, step)


def _step(request: Request, report: Report, step: str) -> HttpResponse:
    if step not in Step.values:
        raise Http404
    note = request.POST.get("catatan", "")
    try:
        moved = actions.take_step(report=report, step=Step(step), by=request.user, note=note)
    except DomainError as error:
        messages.error(request, error.sentence)
        sheet = SheetForm(reports.sheet(report=Report.objects.get(pk=report.pk)))
        return _page(request, sheet.sheet.report, sheet, status=409, note=note)
    text = _("Laporan %(month)s sekarang berstatus “%(status)s”.")
    messages.success(request, text % {"month": moved.month, "status": moved.get_status_display()})
    return redirect(_address(moved))


def _address(report: Report) -> str:
    return reverse("reporting:report", args=[report.form_code, report.facility.code, report.month])


def _page(
    request: Request, report: Report, form: SheetForm, *, status: int = 200, note: str = ""
) -> HttpResponse:
    user, place = request.user, report.facility
    steps = [s for s in report.steps if can(user, TRANSITIONS[s].permission, place)]
    context = {
        "report": report,
        "form": form,
        "sheet": form.sheet,
        "editable": report.status in EDITABLE and can(user, Permission.FILL, place),
        "steps": steps,
        "events": report.events.select_related("by").order_by("-at"),
        "note": note,
        "today": timezone.localdate(),
    }
    return render(request, "reporting/report.html", context, status=status)
