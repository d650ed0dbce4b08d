"""A locked month is asked to be opened again, and whoever may release it decides."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clusters.actions.locks import NotLocked, hold_alone, hold_months
from clusters.selectors import district_that_locked
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.models import User
from ilp.core.weeks import Period, month_of, week_number
from reporting.actions.releases import open_for_correction
from reporting.actions.reports import not_due
from reporting.actions.unlock_errors import (
    AnsweredAlready,
    AskedAlready,
    RefusalReasonMissing,
    RequestReasonMissing,
)
from reporting.catalogue import FORMS
from reporting.models import UnlockRequest
from reporting.models.unlocking import LONGEST

LOCK_SPACE = 7_209  # one request a place


@transaction.atomic
def ask_unlock(
    *, place: Facility, period: Period, form: str, reason: str, by: User | None
) -> UnlockRequest:
    """Ask that the month of a report be opened. One request a report waits at a time."""
    require(by, Permission.FILL, place)
    if not reason.strip():
        raise RequestReasonMissing
    month = month_of(period)
    if refusal := not_due(FORMS[form], period):
        raise refusal
    hold_months([month])
    sql.lock(LOCK_SPACE, place.pk)
    if district_that_locked(place=place, month=month) is None:
        raise NotLocked
    of = {"facility": place, "month": month, "week": week_number(period), "form_code": form}
    if (waiting := UnlockRequest.objects.waiting().filter(**of).first()) is not None:
        raise AskedAlready(day=formats.day(waiting.asked_at))
    asked = UnlockRequest.objects.create(**of, reason=reason.strip()[:LONGEST], asked_by=by)
    audit.record("unlock.asked", by=by, subject=asked, reason=asked.reason, **_noted(asked))
    return asked


@transaction.atomic
def open_asked(*, request: UnlockRequest, by: User | None, note: str = "") -> None:
    """Open the month for all of the district, which answers every request of it that waits.

    Each report that was asked for goes back to who fills it in: see `open_for_correction`.
    """
    district = district_that_locked(place=request.facility, month=request.month)
    require(by, Permission.RELEASE, district or request.facility)
    hold_alone(request.month)  # so that nobody answers meanwhile
    if not UnlockRequest.objects.waiting().filter(pk=request.pk).exists():
        raise AnsweredAlready
    if district is None:
        raise NotLocked
    why = f"{request.facility}: {request.reason}"
    open_for_correction(district=district, month=request.month, by=by, reason=why, note=note)


@transaction.atomic
def refuse_unlock(*, request: UnlockRequest, by: User | None, note: str) -> None:
    """Leave the month locked, and say why."""
    above = district_that_locked(place=request.facility, month=request.month)
    require(by, Permission.RELEASE, above or request.facility)
    if not note.strip():
        raise RefusalReasonMissing
    refused = UnlockRequest.objects.waiting().filter(pk=request.pk).update(
        answer=UnlockRequest.Answer.REFUSED,
        answer_note=note.strip()[:LONGEST],
        answered_at=timezone.now(),
        answered_by=by,
    )  # fmt: skip
    if not refused:  # by somebody else, a moment ago
        raise AnsweredAlready
    audit.record(
        "unlock.refused", by=by, subject=request, reason=note.strip()[:LONGEST], **_noted(request)
    )


def _noted(request: UnlockRequest) -> dict[str, str]:
    place = request.facility.code
    return {"place": place, "form": request.form_code, "month": str(request.month)}
