"""That a report was opened by one who may check it: from then on it is not taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from facilities.access import held_at
from ilp.core import audit
from ilp.core.models import User
from reporting.models import Report, ReportEvent
from reporting.workflow import Status, Step, checking


@transaction.atomic
def note_opening(*, report: Report, by: User) -> bool:
    """Whether this was the first opening since it was sent, by another than who sent it.

    No query for a report that does not wait to be looked at, or was looked at before.
    """
    if report.status != Status.SENT or report.opened_at is not None:
        return False
    if not checking(report.facility.kind) & held_at(by, report.facility):
        return False
    sent = ReportEvent.objects.filter(report=report, step=Step.SEND).order_by("-at", "-pk").first()
    if sent is not None and sent.by_id == by.pk:
        return False
    # Of two who open it at once one is the first; taken back meanwhile, it was opened by nobody.
    waiting = Report.objects.filter(
        pk=report.pk, status=Status.SENT, sent_at=report.sent_at, opened_at=None
    )
    if not waiting.update(opened_at=timezone.now(), opened_by=by):
        return False
    audit.record("report.seen", by=by, subject=report)
    return True
