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
from reporting.catalogue import ELEMENTS, FORMS
from reporting.catalogue.language import Form
from reporting.models import Report, ReportEvent, ReportValue
from reporting.selectors import reports
from reporting.workflow import EDITABLE, TRANSITIONS, Status, Step

Cell = tuple[str, str]  # element, part


class WrongPlace(DomainError):
    code = "wrong-place"
    text = _("%(place)s tidak mengisi laporan ini. Pilih Puskesmas Anda.")


class MonthNotOver(DomainError):
    code = "month-not-over"
    text = _("Bulan %(month)s belum mulai, jadi belum dapat dilaporkan.")


class NotThisMonth(DomainError):
    code = "not-this-month"
    text = _("Laporan ini hanya diisi untuk bulan %(months)s. Pilih salah satu bulan itu.")


class NotEditable(DomainError):
    code = "not-editable"
    text = _(
        "Laporan berstatus “%(status)s” sehingga tidak dapat diubah. "
        "Minta Dinkes mengembalikannya bila ada yang perlu diperbaiki."
    )


class ChangedMeanwhile(DomainError):
    code = "changed-meanwhile"
    text = _(
        "Laporan ini sudah disimpan orang lain sejak Anda membukanya. Isian Anda masih ada di "
        "layar: periksa, lalu simpan sekali lagi."
    )


class MonthLocked(DomainError):
    code = "report-month-locked"
    text = _(
        "Bulan %(month)s sudah dikunci Dinas Kesehatan, jadi laporannya tidak dapat diubah. "
        "Minta Dinkes membuka kunci bulan itu."
    )


class WrongStep(DomainError):
    code = "wrong-step"
    text = _("Laporan berstatus “%(status)s”, sehingga langkah ini tidak dapat dilakukan.")


class NotComplete(DomainError):
    code = "not-complete"
    text = _("Masih ada %(count)s isian kosong. Isi angkanya, atau 0 bila memang tidak ada.")


class RuleBroken(DomainError):
    code = "rule-broken"
    text = _("%(message)s")


class ReasonMissing(DomainError):
    code = "reason-missing"
    text = _(
        "Baris %(rows)s berbeda dari hitungan kunjungan. Tulis alasannya di kolom Alasan, "
        "lalu kirim lagi."
    )


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
def save_values(
    *,
    report: Report,
    values: Mapping[Cell, int | None],
    reasons: Mapping[str, str],
    version: int,
    by: User | None,
) -> Report:
    """Keep what was typed: a number, or None for a cell that was emptied.

    `reasons` tells by element why its numbers differ from the visits. `version` is the one the
    typist saw; ChangedMeanwhile when somebody saved since.
    """
    report = _locked(report)
    require(by, Permission.FILL, report.facility)
    if report.status not in EDITABLE:
        raise NotEditable(status=report.get_status_display())
    _require_unlocked(report)
    if report.version != version:
        raise ChangedMeanwhile
    known = _cells(FORMS[report.form_code])
    numbers = {cell: value for cell, value in values.items() if cell in known}
    _write(report, numbers, reasons)
    kept = {(v.element, v.part): v.value for v in report.values.all()}
    _write(report, reports.computed(FORMS[report.form_code], kept), {})
    report.version += 1
    report.save(update_fields=["version"])
    audit.record(
        "report.saved",
        by=by,
        subject=report,
        filled=sum(value is not None for value in numbers.values()),
        emptied=sum(value is None for value in numbers.values()),
    )
    return report


@transaction.atomic
def take_step(*, report: Report, step: Step, by: User | None, note: str = "") -> Report:
    """Move a report along its workflow. Nothing else changes its status.

    Approval lets its numbers stand in place of the visits' for the place and all below; taking
    it back lets the visits speak again.
    """
    report = _locked(report)
    move = TRANSITIONS[step]
    require(by, move.permission, report.facility)
    _require_unlocked(report)
    if report.status not in move.sources:
        raise WrongStep(status=report.get_status_display())
    if move.needs_note and not note.strip():
        raise NoteMissing
    if step is Step.SEND:
        _check_before_sending(report)
        report.sent_at = timezone.now()
    before, report.status, report.note = report.status, move.target, note.strip()[:500]
    report.save(update_fields=["status", "note", "sent_at"])
    if Status.APPROVED in (before, report.status):
        _mark(report)
    raise_versions(place=report.facility, by=by)  # how many reports are in has changed
    ReportEvent.objects.create(report=report, step=step, note=report.note, by=by)
    audit.record(f"report.{step}", by=by, subject=report, before=before)
    return report


def _write(report: Report, numbers: Mapping[Cell, int | None], reasons: Mapping[str, str]) -> None:
    """Rows for the numbers, none for what was emptied or cannot be computed; reasons by element."""
    kept = list(report.values.all())
    emptied = [v.pk for v in kept if numbers.get((v.element, v.part), 0) is None]
    report.values.filter(pk__in=emptied).delete()
    held = {v.element: v.reason for v in kept if v.reason}
    told = held | {element: text[:200] for element, text in reasons.items()}
    ReportValue.objects.bulk_create(
        [
            ReportValue(report=report, element=e, part=p, value=value, reason=told.get(e, ""))
            for (e, p), value in numbers.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["report", "element", "part"],
        update_fields=["value"],
    )
    for element, text in told.items():
        report.values.filter(element=element).exclude(reason=text).update(reason=text)


def _locked(report: Report) -> Report:
    return (
        Report.objects.select_for_update(of=("self",)).select_related("facility").get(pk=report.pk)
    )


def _require_unlocked(report: Report) -> None:
    if locked_months({report.facility_id}, {report.month}):
        raise MonthLocked(month=formats.month(report.month))


def _cells(form: Form) -> set[Cell]:
    return {(code, part) for code in form.typed for part in ELEMENTS[code].parts}


def _check_before_sending(report: Report) -> None:
    sheet = reports.sheet(report=report)
    if sheet.blanks:
        raise NotComplete(count=sheet.blanks)
    if errors := [f.message for f in sheet.findings if not f.warning]:
        raise RuleBroken(message=" ".join(map(str, errors)))
    if missing := [row.number for row in sheet.rows if row.differs and not row.reason]:
        raise ReasonMissing(rows=", ".join(missing))


def _mark(report: Report) -> None:
    """The totals of the place change, and so do all above it."""
    programmes = {ELEMENTS[code].programme for code in FORMS[report.form_code].typed}
    ChangedCell.objects.bulk_create(
        ChangedCell(place=report.facility, month=report.month, programme=programme)
        for programme in sorted(programmes)
    )
