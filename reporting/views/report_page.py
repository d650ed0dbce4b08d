"""The page of one report, as it stands for whoever looks at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from facilities.access import acting_for, held_at
from facilities.roles import Permission
from ilp.core.http import Request
from reporting.charts.sparkline import sparkline
from reporting.forms import (
    ABSENCE_REASONS,
    OVER_REASONS,
    REASONS,
    RETURN_NOTES,
    UNUSUAL_REASONS,
    Cell,
    SheetForm,
    Typed,
)
from reporting.models import Report
from reporting.selectors import reports
from reporting.selectors.consisting import made_of, reported_below
from reporting.selectors.editing import Editing, editing
from reporting.selectors.folding import ALL, as_shown
from reporting.selectors.holders import Approvals, approvals
from reporting.selectors.past import past_beside, told_before
from reporting.selectors.reports import Sheet
from reporting.selectors.running import Running, running
from reporting.selectors.unlocking import requests_of
from reporting.selectors.verifying import worth_a_look
from reporting.views.queued import near
from reporting.workflow import EDITABLE, TRANSITIONS, Status, Step

AWAITED = (Status.SENT, Status.VERIFIED, Status.APPROVED)  # when it matters who approves
OFFERED: dict[str, object] = {
    "usual_reasons": REASONS,
    "unusual_reasons": UNUSUAL_REASONS,
    "over_reasons": OVER_REASONS,
    "absence_reasons": ABSENCE_REASONS,
    "usual_notes": RETURN_NOTES,
    "spark": sparkline,
    "made_of": made_of,
}


def address(report: Report) -> str:
    return reverse("reporting:report", args=[report.form_code, report.facility.code, report.period])


def opened(request: Request) -> str:
    """Which sections are open, to be added to an address: "?buka=3"; empty where none was asked."""
    named = [one for one in request.GET.getlist("buka") if one == ALL or one.isdecimal()]
    return f"?{urlencode({'buka': named}, doseq=True)}" if named else ""


def report_page(
    request: Request,
    report: Report,
    typed: Typed | None = None,
    *,
    conflicts: Collection[Cell] = (),
    status: int = 200,
    note: str = "",
) -> HttpResponse:
    """The report as it is kept now, with what was typed where that could not be kept."""
    asked = Report.objects.annotate(told=told_before())
    found = editing(report=report.pk, by=request.user, reports=asked)
    report = found.report
    year, past = running(report), past_beside(report)
    sheet = reports.sheet(report=report, proposing=found.allowed, past=past, year=year)
    shown = conflicts if found.allowed else ()
    held = held_at(request.user, report.facility)
    needed = approvals(report) if report.status in AWAITED else Approvals()
    steps = _steps(request, found, held, needed)
    asks = Step.RETURN in steps  # whoever comments on rows needs all of them at hand
    form = SheetForm(sheet, typed, shown, request.GET.getlist("buka"), closes=not asks)
    context = {
        **OFFERED,
        **_chosen(request, form, steps, status),
        **_beside(found, sheet, year),
        "report": report,
        "form": form,
        "sheet": sheet,
        "address": address(report),
        "editing": found,
        "editable": found.allowed,
        "unsaved": [] if found.allowed else form.unsaved,
        "steps": steps,
        "approvals": needed,
        "sender": Permission.SEND in held,
        "events": reports.history(sheet),
        "asks": asks,
        "note": note,
    }
    return render(request, "reporting/report.html", context, status=status)


def _beside(found: Editing, sheet: Sheet, year: Mapping[str, Running]) -> dict[str, object]:
    """What stands beside the report: its year, reports below it, what was asked of a locked month.

    What was asked matters until the report is sent again.
    """
    report, asked = found.report, []
    if found.is_locked or report.status in EDITABLE:
        asked = requests_of(place=report.facility, period=report.period, form=report.form_code)
    below = reported_below(form=sheet.form, place=report.facility, month=report.month)
    told = {"unlocking": asked, "reported_below": below, "running": year}
    return told | {"today": timezone.localdate()}


def _chosen(request: Request, form: SheetForm, steps: list[Step], status: int) -> dict[str, object]:
    """Which rows are shown, and where the report stands among those that wait."""
    sheet, is_short = form.sheet, _is_short(request, steps, status)
    queued = "antre" in request.GET or "antre" in request.POST
    return {
        "sections": as_shown(worth_a_look(sheet)) if is_short else form.sections,
        "is_short": is_short,
        "opened": opened(request),
        "asked": {e: (p, text) for (e, p), text in form.comments.items()},
        "neighbours": near(request, sheet.report) if queued else None,
    }


def _steps(
    request: Request, found: Editing, held: Collection[Permission], needed: Approvals
) -> list[Step]:
    """What the user may do next with the report, as it stands."""
    if found.is_locked:
        return []
    place = found.report.facility
    acting = acting_for(request.user, Permission.APPROVE, place) if needed.shares else ()
    vain = {Step.TAKE_BACK} if found.report.opened_at is not None else set()
    if not needed.open_to(acting):
        vain.add(Step.APPROVE)
    mine = [step for step in found.report.steps if TRANSITIONS[step].permission in held]
    return [step for step in mine if step not in vain]


def _is_short(request: Request, steps: Collection[Step], status: int) -> bool | None:
    """Whether only what deserves a look is shown: to those who check, until they ask for more.

    None for everybody else, and where a step was refused: what was typed is at any of the rows.
    """
    if status != HTTPStatus.OK or not {Step.VERIFY, Step.APPROVE} & set(steps):
        return None
    return request.GET.get("baris") != "semua"
