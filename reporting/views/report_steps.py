"""The steps that a report takes: sent, verified, approved, sent back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ilp.core.errors import DomainError
from ilp.core.http import Request
from reporting.actions import reports as actions
from reporting.forms import Typed
from reporting.models import Report
from reporting.selectors.holders import approvals
from reporting.selectors.verifying import Neighbours
from reporting.views.queued import near
from reporting.views.report_page import address, report_page
from reporting.workflow import Status, Step


@require_POST
def report_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Send, verify, approve or return a report."""
    seen = Report.objects.visible_to(request.user).select_related("facility")
    report = get_object_or_404(seen, pk=pk)
    if step not in Step.values:
        raise Http404
    return take(request, report, Step(step))


def take(request: Request, report: Report, step: Step) -> HttpResponse:
    """Take it, and show the report again; to who works through the queue, the next one."""
    note = request.POST.get("catatan", "")
    typed = Typed(request.POST.dict())
    queued = "antre" in request.POST
    beside = near(request, report) if queued else None
    try:
        moved = actions.take_step(
            report=report, step=step, by=request.user, note=note, comments=typed.comments
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        return report_page(request, report, typed, status=409, note=note)
    messages.success(request, _said(moved, step))
    if queued:
        return redirect(_onward(beside))
    return redirect(f"{address(moved)}#tersimpan")


def _onward(beside: Neighbours | None) -> str:
    """The next report that waits, else the one before, else the list of those that do."""
    following = beside and (beside.after or beside.before)
    return f"{address(following)}?antre=1" if following else reverse("reporting:verify-list")


def _said(report: Report, step: Step) -> str:
    """What the step did; where it did not move the report, what is still missing."""
    if step is Step.APPROVE and report.status != Status.APPROVED:
        names = ", ".join(share.holder.name for share in approvals(report).missing)
        return _("Pengesahan Anda tercatat. Masih menunggu program %(names)s.") % {"names": names}
    said = _("Laporan sekarang berstatus “%(status)s”.")
    return said % {"status": report.get_status_display()}
