"""Monthly reports: filled in, sent, verified, approved, returned."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.selectors import locked_months
from facilities.access import require
from facilities.actions.versions import raise_versions
from facilities.models import ChangedCell, Facility
from facilities.roles import Permission
from ilp.core import audit, formats
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.entry import (
    Cell,
    ChangedMeanwhile,
    MonthLocked,
    NotEditable,
    save_cells,
    save_values,
)
from reporting.catalogue import ELEMENTS, FORMS, ROWS
from reporting.models import Report, ReportComment, ReportEvent
from reporting.selectors import reports
from reporting.workflow import TRANSITIONS, Status, Step

__all__ = ["Cell", "ChangedMeanwhile", "MonthLocked", "NotEditable", "save_cells", "save_values"]


class WrongPlace(DomainError):
    code = "wrong-place"
    text = _("%(place)s tidak mengisi laporan ini. Pilih Puskesmas Anda.")


class MonthNotOver(DomainError):
    code = "month-not-over"
    text = _("Bulan %(month)s belum mulai, jadi belum dapat dilaporkan.")


class NotThisMonth(DomainError):
    code = "not-this-month"
    text = _("Laporan ini hanya diisi untuk bulan %(months)s. Pilih salah satu bulan itu.")


class WrongStep(DomainError):
    code = "wrong-step"
    text = _("Laporan berstatus “%(status)s”, sehingga langkah ini tidak dapat dilakukan.")


class NotComplete(DomainError):
    code = "not-complete"
    text = _(
        "Masih ada %(count)s isian kosong. Isi angkanya, 0 bila memang nihil, "
        "atau TA bila layanannya tidak ada."
    )


class SaysNothing(DomainError):
    code = "says-nothing"
    text = _("Laporan ini belum berisi apa pun. Isi 0 pada satu baris bila memang tidak ada kasus.")


class Unreadable(DomainError):
    code = "unreadable"
    text = _("Masih ada %(count)s isian yang ditandai. Perbaiki sesuai kalimat di bawahnya.")


class RuleBroken(DomainError):
    code = "rule-broken"
    text = _("%(message)s")


class ReasonMissing(DomainError):
    code = "reason-missing"
    text = _(
        "Baris %(rows)s berbeda dari %(what)s. Tulis alasannya di kolom Alasan, lalu kirim lagi."
    )


class UnknownCell(DomainError):
    code = "unknown-cell"
    text = _("Komentar untuk baris yang tidak ada di formulir ini. Muat ulang halaman.")


class NoteMissing(DomainError):
    code = "note-missing"
    text = _("Tulis apa yang perlu diperbaiki sebelum mengembalikan laporan.")


@transaction.atomic
def open_report(*, facility: Facility, month: Month, form: str, by: User | None) -> Report:
    """The place's report of the month: the one there is, or a new draft."""
    require(by, Permission.FILL, facility)
    if facility.kind not in FORMS[form].kinds:
        raise WrongPlace(place=str(facility))
    if not FORMS[form].is_due(month):
        named = ", ".join(formats.MONTHS[number - 1] for number in FORMS[form].rounds)
        raise NotThisMonth(months=named)
    if month.first_day > timezone.localdate():
        raise MonthNotOver(month=formats.month(month))
    report, created = Report.objects.get_or_create(facility=facility, month=month, form_code=form)
    if created:
        audit.record("report.opened", by=by, subject=report, form=form, month=str(month))
    return report


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

    What is to be put right when it goes back is said in `note`, in `comments` at cells, or both.
    Approval lets its numbers stand in place of the visits' for the place and all below; taking
    it back lets the visits speak again.
    """
    report = _locked(report)
    move = TRANSITIONS[step]
    require(by, move.permission, report.facility)
    _require_unlocked(report)
    if report.status not in move.sources:
        raise WrongStep(status=report.get_status_display())
    asked = _asked(report, comments or {}) if step is Step.RETURN else {}
    if move.needs_note and not (note.strip() or asked):
        raise NoteMissing
    if step is Step.SEND:
        _check_before_sending(report)
        report.sent_at = timezone.now()
    before, report.status, report.note = report.status, move.target, note.strip()[:500]
    report.save(update_fields=["status", "note", "sent_at"])
    if Status.APPROVED in (before, report.status):
        _mark(report)
    raise_versions(place=report.facility, by=by)  # how many reports are in has changed
    event = ReportEvent.objects.create(report=report, step=step, note=report.note, by=by)
    _comment(event, asked)
    audit.record(f"report.{step}", by=by, subject=report, before=before)
    return report


def _asked(report: Report, comments: Mapping[Cell, str]) -> dict[Cell, str]:
    """What is to be looked at, by cell; by row where no part is named."""
    asked = {cell: text.strip()[:300] for cell, text in comments.items() if text.strip()}
    typed = FORMS[report.form_code].typed
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


def _locked(report: Report) -> Report:
    return (
        Report.objects.select_for_update(of=("self",)).select_related("facility").get(pk=report.pk)
    )


def _require_unlocked(report: Report) -> None:
    if locked_months({report.facility_id}, {report.month}):
        raise MonthLocked(month=formats.month(report.month))


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
    if missing := [row.number for row in sheet.rows if row.differs and not row.reason]:
        what = sheet.form.compared or _("hitungan kunjungan")
        raise ReasonMissing(rows=", ".join(missing), what=what)


def _mark(report: Report) -> None:
    """The totals of the place change, and so do all above it."""
    typed = FORMS[report.form_code].typed
    programmes = {ELEMENTS[code].programme for code in typed if code in ELEMENTS}
    ChangedCell.objects.bulk_create(
        ChangedCell(place=report.facility, month=report.month, programme=programme)
        for programme in sorted(programmes)
    )
