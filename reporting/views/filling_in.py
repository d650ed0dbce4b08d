"""A report filled in from a workbook: sent, laid beside what stands, taken over as if typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from facilities.access import require
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.formats import month_name
from ilp.core.http import Request
from ilp.core.weeks import month_of
from reporting.excel.filled import Filled, read_filled, rows_of
from reporting.forms import SheetForm
from reporting.models import Report
from reporting.selectors import reports
from reporting.selectors.checking import part_label
from reporting.selectors.editing import editing
from reporting.selectors.reports import Row, Sheet
from reporting.selectors.typed import read
from reporting.views.report_page import address

LARGEST = 10 * 2**20


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas Excel"),
        help_text=_("xlsx, xls, ods atau csv: formulir ini, atau rekap Anda sendiri."),
        error_messages={
            "required": _("Pilih berkas Excel yang berisi laporan ini."),
            "empty": _("Berkas kosong. Isi dahulu, simpan, lalu unggah lagi."),
        },
    )

    def clean_file(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["file"]
        if (found.size or 0) > LARGEST:
            raise forms.ValidationError(_("Berkas lebih besar dari 10 MB. Hapus gambarnya dahulu."))
        return found


@dataclass(frozen=True)
class Change:
    """A cell that the file would set; `before` is what stands in it."""

    row: Row
    part: str
    name: str
    before: str
    after: str
    at: int  # Excel's number of the row
    guessed: str  # what the file calls the row, where that is not quite its name


@never_cache
def report_from_excel(request: Request, pk: int) -> HttpResponse:
    """Choose a workbook; then what it would change. Nothing is kept before that is said."""
    mine = Report.objects.visible_to(request.user).select_related("facility")
    report = get_object_or_404(mine, pk=pk)
    require(request.user, Permission.FILL, report.facility)
    found = editing(report=report.pk, by=request.user, reports=Report.objects.all())
    if found.refusal:
        messages.error(request, found.refusal.sentence)
        return redirect(address(report))
    posted = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if posted else WorkbookForm()
    if form.is_valid():
        sheet = reports.sheet(report=found.report)
        try:
            filled = _read(sheet, form.cleaned_data["file"].read())
        except DomainError as broken:
            form.add_error("file", broken.sentence)
        else:
            return _laid_beside(request, sheet, filled)
    context = {"report": report, "address": address(report), "form": form, "spec": report.form}
    status = 422 if form.errors else 200
    return render(request, "reporting/report_from_excel.html", context, status=status)


report_from_excel.takes_forms = True  # type: ignore[attr-defined]  # with the report: editing.py


def _read(sheet: Sheet, data: bytes) -> Filled:
    month = month_of(sheet.report.period)
    return read_filled(
        data,
        rows=rows_of(sheet),
        form=str(sheet.form.label),
        month=(month.year, month.number),
        place=str(sheet.report.facility),
    )


def _laid_beside(request: Request, sheet: Sheet, filled: Filled) -> HttpResponse:
    changes = list(_changes(sheet, filled))
    named = {row.element for row in sheet.rows if not row.is_computed}
    lacking = [row for row in sheet.rows if row.element in named - filled.rows.keys()]
    context = {
        "report": sheet.report,
        "address": address(sheet.report),
        "spec": sheet.form,
        "filled": filled,
        "changes": changes,
        "same": len(filled.cells) - len(changes),
        "lacking": lacking,
        "months": [month_name(int(number)) for number in filled.other_months],
        "seen": SheetForm(sheet).seen,
    }
    return render(request, "reporting/report_from_excel_check.html", context)


def _changes(sheet: Sheet, filled: Filled) -> Iterator[Change]:
    """What would stand in cells otherwise than now; a cell with no entry of its own counts."""
    for row in sheet.rows:
        for box in row.typed:
            after = filled.cells.get((row.element, box.part))
            if after is not None and read(after) != box.entry:
                yield Change(
                    row,
                    part_label(box.part),
                    box.name,
                    box.entry.shown,
                    after,
                    filled.rows[row.element],
                    filled.guessed.get(row.element, ""),
                )
