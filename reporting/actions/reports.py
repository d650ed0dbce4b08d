"""Monthly reports: filled in, sent, verified, approved, returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from facilities.access import acting_for, require
from facilities.actions.versions import raise_versions
from facilities.models import ChangedCell, Facility
from facilities.roles import Permission
from ilp.core import audit, formats
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.weeks import Period, month_of, week_number
from reporting.actions.approving import Approval, approval, give, take_away
from reporting.actions.entry import Cell, ChangedMeanwhile, save_cells, save_values
from reporting.actions.report_errors import (
    AlreadyOpened,
    ApprovedAlready,
    NotComplete,
    NoteMissing,
    NotInForce,
    NotTheHolder,
    NotThisMonth,
    OfWeeks,
    OverTargetUnexplained,
    OwnReport,
    ReasonMissing,
    RuleBroken,
    SaysNothing,
    UnknownCell,
    Unreadable,
    UnusualUnexplained,
    WrongPlace,
    WrongStep,
)
from reporting.catalogue import ELEMENTS, FORMS, ROWS
from reporting.catalogue.language import Form
from reporting.models import Report, ReportComment, ReportEvent
from reporting.selectors import reports
from reporting.selectors.editing import (
    MonthLocked,
    MonthNotOver,
    NotEditable,
    NotYetOpen,
    PlaceNotOpen,
    beginning,
    editing,
)
from reporting.workflow import TRANSITIONS, Status, Step, moves_of

__all__ = [
    "AlreadyOpened",
    "ApprovedAlready",
    "Cell",
    "ChangedMeanwhile",
    "MonthLocked",
    "MonthNotOver",
    "NotComplete",
    "NotEditable",
    "NotTheHolder",
    "NotThisMonth",
    "NotYetOpen",
    "OverTargetUnexplained",
    "OwnReport",
    "NoteMissing",
    "PlaceNotOpen",
    "ReasonMissing",
    "RuleBroken",
    "UnknownCell",
    "Unreadable",
    "UnusualUnexplained",
    "WrongPlace",
    "WrongStep",
    "open_report",
    "save_cells",
    "save_values",
    "take_step",
]


@transaction.atomic
def open_report(*, facility: Facility, month: Period, form: str, by: User | None) -> Report:
    """The place's report of the month or week: the one there is, or a new draft."""
    require(by, Permission.FILL, facility)
    if facility.kind not in FORMS[form].kinds:
        raise WrongPlace(place=str(facility))
    spec = FORMS[form]
    if refusal := not_due(spec, month):
        raise refusal
    if shut := beginning(place=facility, form=spec, period=month, holding=True):
        raise shut
    report, created = Report.objects.get_or_create(
        facility=facility, month=month_of(month), week=week_number(month), form_code=form
    )
    if created:
        audit.record("report.opened", by=by, subject=report, form=form, month=str(month))
    return report


def not_due(form: Form, period: Period) -> DomainError | None:
    """Why the form has no report of the period; None where it has one."""
    if period in form.periods(month_of(period)):
        return None
    if not form.asked_on(month_of(period).last_day):
        return NotInForce(month=formats.month(period))
    if form.weekly:
        return OfWeeks()
    named = ", ".join(formats.month_name(number) for number in form.rounds)
    return NotThisMonth(months=named or _("penuh, bukan minggu"))


@transaction.atomic
def take_step(
    *,
    report: Report,
    step: Step,
    by: User | None,
    note: str = "",
    comments: Mapping[Cell, str] | None = None,
) -> Report:
    """Move a report along its workflow. Nothing else changes its status.

    The sender may take it back until one who may verify or approve it has opened it: ux.md S11.
    What is to be put right when it goes back is said in `note`, in `comments` at cells, or both.
    Where the district asks for several programmes, the last of their approvals is the approval.
    Approval lets its numbers stand in place of the visits' for the place and all below; taking
    it back lets the visits speak again.
    """
    report = _claimed(report, step, by)
    move = moves_of(report.facility.kind)[step]
    asked = _asked(report, comments or {}) if step is Step.RETURN else {}
    if move.needs_note and not (note.strip() or asked):
        raise NoteMissing
    _prepare(report, step)
    given = _given(report, step, by)
    before, report.note = report.status, note.strip()[:500]
    if given.completes:
        _move(report, move.target, by)
    report.save(update_fields=["status", "note", "sent_at", "opened_at", "opened_by"])
    event = _event(report, step, given, by)
    _comment(event, asked)
    if step is Step.RETURN:
        take_away(report=report)
    noted = {"programmes": given.names, "on_behalf": given.behalf}
    told = {name: one for name, one in noted.items() if one}
    audit.record(f"report.{step}", by=by, subject=report, before=before, **told)
    return report


def _given(report: Report, step: Step, by: User | None) -> Approval:
    """What the step is worth, and in whose name it is taken."""
    acting = acting_for(by, TRANSITIONS[step].permission, report.facility) if by else {}
    behalf = _behalf(report, step, by, acting)
    if step is not Step.APPROVE:
        return Approval(behalf=behalf)
    given = approval(report=report, by=by, acting=acting)
    return replace(given, behalf=given.behalf or behalf)


def _event(report: Report, step: Step, given: Approval, by: User | None) -> ReportEvent:
    said = " – ".join(filter(None, (given.names, report.note)))[:500]
    event = ReportEvent.objects.create(
        report=report, step=step, note=said, by=by, on_behalf_of_id=given.behalf
    )
    give(report=report, event=event, holders=given.holders)
    return event


def _behalf(report: Report, step: Step, by: User | None, acting: Mapping[int, bool]) -> int | None:
    """Who is stood in for, unless the post is one's own.

    Nobody checks what he sent himself where either was done for somebody else.
    """
    if by is None:
        return None
    is_own = any(acting.values())
    if step in (Step.VERIFY, Step.APPROVE):
        sent = ReportEvent.objects.filter(report=report, step=Step.SEND).order_by("-pk").first()
        stood_in = sent is not None and not (is_own and sent.on_behalf_of_id is None)
        if sent is not None and sent.by_id == by.pk and stood_in:
            raise OwnReport
    return None if is_own else min(acting)


def _move(report: Report, target: Status, by: User | None) -> None:
    """Another status, and what follows from it for the numbers."""
    before, report.status = report.status, target
    if Status.APPROVED in (before, target):
        _mark(report)
    raise_versions(place=report.facility, by=by)  # how many reports are in has changed


def _asked(report: Report, comments: Mapping[Cell, str]) -> dict[Cell, str]:
    """What is to be looked at, by cell; by row where no part is named."""
    asked = {cell: text.strip()[:300] for cell, text in comments.items() if text.strip()}
    typed = report.form.typed
    if any(e not in typed or p not in ("", *ROWS[e].parts) for e, p in asked):
        raise UnknownCell
    return asked


def _comment(event: ReportEvent, asked: Mapping[Cell, str]) -> None:
    """What was asked before is settled by every step; what is asked now is open."""
    ReportComment.objects.filter(event__report=event.report_id, is_open=True).update(is_open=False)
    ReportComment.objects.bulk_create(
        ReportComment(event=event, element=element, part=part, text=text)
        for (element, part), text in asked.items()
    )


def _claimed(report: Report, step: Step, by: User | None) -> Report:
    """The report, its row locked, if this person can take the step with it now."""
    held = Report.objects.select_for_update(of=("self",))
    found = editing(report=report.pk, by=by, reports=held, holding=True)
    require(by, TRANSITIONS[step].permission, found.report.facility)
    if found.shut and (found.is_locked or step is Step.SEND):
        raise found.shut
    if step not in found.report.steps:
        raise WrongStep(status=found.report.get_status_display())
    return found.report


def _prepare(report: Report, step: Step) -> None:
    """What the step asks of the report, and what it says of its sending and opening."""
    if step is Step.SEND:
        _check_before_sending(report)
        report.sent_at = timezone.now()
    elif step is Step.TAKE_BACK:
        if report.opened_by:  # read after the row is held: a join would still say nobody
            at = formats.moment(report.opened_at)
            raise AlreadyOpened(who=report.opened_by.called, moment=at)
        report.sent_at = None  # a draft was not sent
    if step in (Step.SEND, Step.TAKE_BACK):
        report.opened_at, report.opened_by = None, None


def _check_before_sending(report: Report) -> None:
    sheet = reports.sheet(report=report)
    if sheet.unread:
        raise Unreadable(count=sheet.unread)
    if not sheet.boxes:
        raise SaysNothing
    if sheet.blanks:
        raise NotComplete(count=sheet.blanks)
    if errors := [f.message for f in sheet.findings if not f.warning]:
        raise RuleBroken(message=" ".join(map(str, errors)))
    _check_reasons(sheet)


def _check_reasons(sheet: reports.Sheet) -> None:
    silent = [row for row in sheet.rows if row.asks_why and not row.reason]
    if missing := [row.number for row in silent if row.differs]:
        what = sheet.form.compared or _("hitungan kunjungan")
        raise ReasonMissing(rows=", ".join(missing), what=what)
    if odd := [row.number for row in silent if row.unusual]:
        raise UnusualUnexplained(rows=", ".join(odd))
    if silent:
        raise OverTargetUnexplained(rows=", ".join(row.number for row in silent))


def _mark(report: Report) -> None:
    """The totals of the place change, and so do all above it."""
    typed = report.form.typed
    programmes = {ELEMENTS[code].programme for code in typed if code in ELEMENTS}
    ChangedCell.objects.bulk_create(
        ChangedCell(place=report.facility, month=report.month, programme=programme)
        for programme in sorted(programmes)
    )
