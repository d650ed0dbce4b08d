"""Publishing a month: its numbers are kept as they stand, and corrections become revisions."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.locks import PATIENCE, hold_alone, lock_month, unlock_month
from clusters.selectors.locks import month_key
from facilities.access import can, require
from facilities.models import DataVersion, Facility
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.languages import in_indonesian
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.release_errors import (
    ChangedMeanwhile,
    MonthNotOver,
    NothingChanged,
    NothingToRelease,
    RevisionReasonMissing,
    StillCounting,
    UnlockReasonMissing,
)
from reporting.actions.reports import take_step
from reporting.actions.roll_up import ROLL_UP_LOCK
from reporting.models import Release, Report, UnlockRequest
from reporting.models.unlocking import LONGEST
from reporting.selectors.releases import (
    Standing,
    has_numbers,
    has_waiting,
    last_release,
    moved_since,
    standing,
)
from reporting.workflow import TRANSITIONS, Step

LOCK_SPACE = 7_203  # one release a district


@transaction.atomic
def release_month(
    *, district: Facility, month: Month, by: User | None, reason: str = "", note: str = ""
) -> Release:
    """Keep the month's numbers as its next revision and lock it: reference.md G13.

    Refused before the month is over, while something waits to be counted, and where nothing has
    changed since the last revision.
    """
    require(by, Permission.RELEASE, district)
    if timezone.localdate() <= month.last_day:
        day = formats.day(month.plus(1).first_day)
        raise MonthNotOver(month=formats.month(month), day=day)
    _hold_still(district, month)
    if not has_numbers(district=district, month=month):
        raise NothingToRelease(month=formats.month(month))
    before = last_release(district=district, month=month)
    now = standing(district=district, month=month)
    if before is not None:
        _check_revision(before, now, reason)
    made = _freeze(district, month, now, before, by, reason.strip(), note.strip())
    lock_month(district=district, month=month, by=by, permission=Permission.RELEASE)
    sql.run("reporting/new_version", district=district.pk)
    audit.record(
        "month.released" if made.number == 1 else "month.revised",
        by=by, subject=made, month=str(month), revision=made.number, reason=made.reason,
        district=district.code,
    )  # fmt: skip
    return made


@transaction.atomic
def open_for_correction(
    *, district: Facility, month: Month, by: User | None, reason: str, note: str = ""
) -> None:
    """Visits and reports of a released month may change again; its release stays what it is.

    Whoever asked for it has the answer, with `note`, and gets the report back where `by` may
    return it: else nobody could change it. See actions/unlocking.py.
    """
    require(by, Permission.RELEASE, district)
    if not reason.strip():
        raise UnlockReasonMissing
    text = reason.strip()[:200]
    unlock_month(district=district, month=month, by=by, reason=text, permission=Permission.RELEASE)
    for asked in UnlockRequest.objects.of_month(district, month).waiting().select_for_update():
        asked.answer, asked.answer_note = UnlockRequest.Answer.OPENED, note.strip()[:LONGEST]
        asked.answered_at, asked.answered_by = timezone.now(), by
        asked.save(update_fields=["answer", "answer_note", "answered_at", "answered_by"])
        audit.record(
            "unlock.opened", by=by, subject=asked, month=str(month), form=asked.form_code,
            district=district.code,
        )  # fmt: skip
        _give_back(asked, by)


def _give_back(asked: UnlockRequest, by: User | None) -> None:
    move = TRANSITIONS[Step.RETURN]
    if by is not None and not can(by, move.permission, asked.facility):
        return
    report = Report.objects.filter(
        facility=asked.facility, month=asked.month, week=asked.week,
        form_code=asked.form_code, status__in=move.sources,
    ).first()  # fmt: skip
    if report is not None:
        take_step(report=report, step=Step.RETURN, by=by, note=_opened_for(asked))


@in_indonesian
def _opened_for(asked: UnlockRequest) -> str:
    return _("Kunci dibuka atas permintaan: %(reason)s") % {"reason": asked.reason}


@transaction.atomic
def close_unchanged(*, district: Facility, month: Month, by: User | None) -> None:
    """Lock a month again that was opened for a correction and is what it was when released."""
    require(by, Permission.RELEASE, district)
    _hold_still(district, month)
    last = last_release(district=district, month=month)
    if last is None or moved_since(last, standing(district=district, month=month)):
        raise ChangedMeanwhile(month=formats.month(month))
    lock_month(district=district, month=month, by=by, permission=Permission.RELEASE)


def _hold_still(district: Facility, month: Month) -> None:
    """Until the transaction ends nobody counts anything of the month or writes into it.

    Writers wait for who holds a month, so it is held last, and nothing is waited for long.
    """
    for space, key in ((LOCK_SPACE, district.pk), (ROLL_UP_LOCK, month_key(month))):
        if not sql.lock_within(space, key, PATIENCE):
            raise StillCounting(month=formats.month(month))
    if has_waiting(district=district, month=month):
        raise StillCounting(month=formats.month(month))
    hold_alone(month)
    if has_waiting(district=district, month=month):  # written until a moment ago
        raise StillCounting(month=formats.month(month))


def _check_revision(before: Release, now: Standing, reason: str) -> None:
    if not reason.strip():
        raise RevisionReasonMissing
    if not moved_since(before, now):
        raise NothingChanged(month=formats.month(before.month), number=before.number)


def _freeze(
    district: Facility,
    month: Month,
    now: Standing,
    before: Release | None,
    by: User | None,
    reason: str,
    note: str,
) -> Release:
    version = DataVersion.objects.filter(district=district).values_list("number", flat=True)
    moment = timezone.now()
    made = Release.objects.create(
        district=district,
        month=month,
        number=before.number + 1 if before else 1,
        released_at=moment,
        released_on=timezone.localdate(moment),
        released_by=by,
        reason=reason[:300] if before else "",
        note=note[:300],
        targets=now.targets,
        reports_due=now.reports_due,
        reports_in=now.reports_in,
        data_version=version.first() or 0,
    )
    sql.run(
        "reporting/freeze_totals",
        release=made.pk,
        district=district.pk,
        month=month.first_day,
        last_day=month.last_day,
    )
    sql.run(
        "reporting/freeze_figures",
        release=made.pk,
        places=list(now.figures),
        numbers=[json.dumps(one) for one in now.figures.values()],
    )
    return made
