"""Reports for what is printed of them, drafts and approved ones, and the workbooks read back."""

import io
from random import Random

from python_calamine import CalamineWorkbook

from ilp.core.months import Month
from reporting.actions.entry import save_cells
from reporting.actions.reports import open_report, take_step
from reporting.catalogue import FORMS
from reporting.excel.reports import write_document
from reporting.models import Report
from reporting.selectors.checking import typed_cells
from reporting.selectors.typed import Edit, Entry
from reporting.workflow import Status, Step
from tests.reporting.sheets import filled


def period(code):
    """A month, or a week of it, for which the form is filled in."""
    form = FORMS[code]
    months = Month(2025, 3).until(Month(2026, 8))
    return next(form.periods(month)[0] for month in months if form.is_due(month))


def filler(tree, code):
    """A place of the small district that fills in the form."""
    return next(one for one in tree.values() if one.kind in FORMS[code].kinds)


def again(report):
    return Report.objects.select_related("facility").get(pk=report.pk)


def written(place, month, form, most=9_999, **entries):
    """A draft with a number in every cell, or what `entries` says of an element."""
    rng = Random(f"{place.code}:{form}")
    report = open_report(facility=place, month=month, form=form, by=None)
    edits = {}
    for code, part in typed_cells(FORMS[form]):
        number = Entry(rng.randint(most // 2, most))
        edits[code, part] = Edit(entries.get(code, number), 0)
    save_cells(report=report.pk, edits=edits, by=None)
    return again(report)


def approved(place, month, **changed):
    """An F1 that breaks no rule, on all its steps."""
    report = filled(place, month, **changed)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)
    assert report.status == Status.APPROVED
    return again(report)


def book(document):
    file = io.BytesIO()
    write_document(file, document)
    return file.getvalue()


def rows_read(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
