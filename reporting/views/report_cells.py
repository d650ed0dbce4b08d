"""Cells of a report as they are typed: kept at once, answered with all that follows from them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ilp.core.errors import DomainError, Forbidden
from ilp.core.formats import whole
from ilp.core.http import Request
from reporting.actions.entry import ChangedMeanwhile, Saved, save_cells
from reporting.charts.sparkline import sparkline
from reporting.forms import (
    ABSENCE_REASONS,
    OVER_REASONS,
    REASONS,
    UNUSUAL_REASONS,
    SheetForm,
    Typed,
)
from reporting.models import Report
from reporting.selectors.checking import rows_concerned
from reporting.selectors.reports import Row, Sheet, assemble, comments_on
from reporting.selectors.running import running

CLOCK = "%H.%M.%S"


@never_cache
@require_POST
def report_cells(request: Request, pk: int) -> HttpResponse:
    """Keep the cells that were sent. The answer holds every cell and row that looks different now.

    Eight queries, whatever the size of the form; one more where the report was sent back.
    """
    typed = Typed(request.POST.dict())
    try:
        if typed.seen is None:
            raise ChangedMeanwhile
        saved = save_cells(
            report=pk,
            edits=typed.edits,
            reasons=typed.reasons,
            absents=typed.absents,
            concerned=typed.elements,
            by=request.user,
        )
    except Report.DoesNotExist as gone:
        raise Http404 from gone
    except Forbidden:
        if not Report.objects.visible_to(request.user).filter(pk=pk).exists():
            raise Http404 from None
        raise
    except DomainError as refused:
        return JsonResponse({"refused": refused.sentence}, status=409)
    return JsonResponse(_answer(saved, typed, request.GET.getlist("buka")))


report_cells.takes_forms = True  # type: ignore[attr-defined]  # with the report: selectors/editing.py


def _answer(saved: Saved, typed: Typed, opened: list[str]) -> dict[str, Any]:
    sheet = _sheet(saved)
    concerned = rows_concerned(sheet.form, typed.elements)
    form = SheetForm(sheet, typed, saved.conflicts, opened, closes=True)
    shown = {"sheet": sheet, "form": form}
    return {
        "saved": timezone.localtime().strftime(CLOCK),
        "conflicts": len(saved.conflicts),
        "rows": {
            row.element: _row(form, row, len(section.rows[0].boxes))
            for section in sheet.sections
            for row in section.rows
            if row.element in concerned
        },
        "count": _drawn("_report_count", shown),
        "summary": _drawn("_report_summary", shown),
    }


def _sheet(saved: Saved) -> Sheet:
    """The sheet, with what the visits say in the rows that are drawn anew."""
    return assemble(
        report=saved.report,
        kept=saved.rows,
        counted=saved.counted,
        past=saved.past,
        comments=comments_on(saved.report),
        year=running(saved.report, summed=True),
    )


def _row(form: SheetForm, row: Row, parts: int) -> dict[str, Any]:
    note = {
        "form": form,
        "row": row,
        "parts": range(parts),
        "editable": True,
        "usual_reasons": REASONS,
        "unusual_reasons": UNUSUAL_REASONS,
        "over_reasons": OVER_REASONS,
        "absence_reasons": ABSENCE_REASONS,
    }
    answer = {
        "sum": whole(row.total),
        "note": _drawn("_report_note", note),
        "past": _drawn("_report_past", {"row": row, "spark": sparkline}),
    }
    follows = [box for box in row.boxes if row.is_computed or box.computed]
    outputs = {box.part: whole(box.proposed) for box in follows}
    return answer | {"outputs": outputs, "cells": _cells(form, row)}


def _cells(form: SheetForm, row: Row) -> dict[str, Any]:
    return {
        box.name: {
            "version": box.version,
            "text": box.shown,
            "conflict": form.in_conflict(box),
            "wrong": bool(form.complaint(box)),
            "doubted": form.is_doubted(row, box),
            "prefilled": box.is_prefilled,
            "notes": _drawn("_report_box_below", {"form": form, "box": box}),
        }
        for box in row.typed
    }


def _drawn(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"reporting/{name}.html", context).strip()
