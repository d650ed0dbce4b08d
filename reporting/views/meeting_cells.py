"""What is typed in a lokmin: kept at once, answered with how the rows stand; and its minutes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from facilities.access import can
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from ilp.core.months import Month
from reporting.actions import meetings as actions
from reporting.actions.meetings import MEETING_LIMITS, ROW_LIMITS, Cell, Kept
from reporting.models import Meeting
from reporting.selectors import meetings as selectors
from reporting.views.meeting_lines import BETWEEN, SEEN, line_of
from reporting.views.meetings import Seat, seat_of
from reporting.views.shown import of_numbers

CLOCK = "%H.%M.%S"
MOST_CELLS = 400  # of one sending


@never_cache
@of_numbers
@require_http_methods(["GET", "POST"])
def meeting_cells(request: Request, code: str, month: Month, day: str) -> HttpResponse:
    """POST keeps cells, GET asks how the rows stand: somebody else may be typing too.

    The script sends `isian` and is given JSON; without it the boxes of the page come under their
    names, and the answer is the page.
    """
    seat = seat_of(request, code, month, day)
    if request.method == "GET":
        return JsonResponse(_answer(seat.sitting.meeting, ()))
    by_script = "isian" in request.POST
    cells = _sent(request.POST["isian"]) if by_script else _boxes(request)
    known = seat.book.on(month.last_day)
    if any(cell.key and cell.code not in known for cell in cells):
        raise Http404
    try:
        kept = actions.keep_typed(
            sitting=seat.sitting,
            cells=cells,
            release=seat.stamp.pk if seat.stamp else None,
            by=request.user,
        )
    except DomainError as refused:
        return JsonResponse({"refused": refused.sentence}, status=409)
    if by_script:
        return JsonResponse(_answer(kept.meeting, kept.refused))
    return _page(request, seat, kept)


def _page(request: Request, seat: Seat, kept: Kept) -> HttpResponse:
    """Without a script: back to the slide, or what could not be kept, to be typed again."""
    if not kept.refused:
        return redirect(seat.address(slide=request.POST.get("slide", "1")))
    context = {"refused": kept.refused, "back": seat.address(slide=request.POST.get("slide", "1"))}
    return render(request, "reporting/meeting_refused.html", context, status=422)


def _sent(text: str) -> list[Cell]:
    """What the script sent; Http404 for what it never would."""
    try:
        return [
            _cell(
                str(one["key"]), str(one["code"]), str(one["field"]), str(one["text"]),
                str(one["seen"]),
            )
            for one in json.loads(text)[:MOST_CELLS]
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise Http404 from error


def _boxes(request: Request) -> list[Cell]:
    """The boxes of a page that was sent without a script."""
    try:
        seen = json.loads(request.POST.get(SEEN, "{}"))
        return [
            _cell(*_named(name), str(text), str(seen.get(name, "")))
            for name, text in request.POST.items()
            if name.count(BETWEEN) == 2
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise Http404 from error


def _named(name: str) -> tuple[str, str, str]:
    key, code, field = name.split(BETWEEN)
    return key, code, field


def _cell(key: str, code: str, field: str, text: str, seen: str) -> Cell:
    if field not in (ROW_LIMITS if key else MEETING_LIMITS):
        raise ValueError(field)
    text, seen = (one.replace("\r\n", "\n") for one in (text, seen))  # as forms send lines
    return Cell(UUID(key) if key else None, code, field, text, seen)


def _answer(meeting: Meeting | None, refused: Iterable[actions.Refusal]) -> dict[str, Any]:
    rows = selectors.agreed(meeting=meeting)
    return {
        "saved": timezone.localtime().strftime(CLOCK),
        "meeting": {name: getattr(meeting, name) for name in MEETING_LIMITS} if meeting else {},
        "rows": [
            {"key": one.key, "code": one.code, "cells": one.cells, "word": one.word}
            for one in map(line_of, rows)
        ],
        "refused": [
            {
                "key": str(one.cell.key or ""),
                "field": one.cell.field,
                "text": one.sentence,
                "standing": one.standing,
            }
            for one in refused
        ],
    }


@never_cache
@in_indonesian
def meeting_minutes(request: Request, code: str, month: Month, day: str) -> HttpResponse:
    """The minutes on paper."""
    sitting = seat_of(request, code, month, day).sitting
    if sitting.meeting is None:
        raise Http404
    document = selectors.minutes(meeting=sitting.meeting, today=timezone.localdate())
    context = {
        "document": document,
        "place": sitting.place,
        "may_head": can(request.user, Permission.MANAGE_LETTERHEADS, sitting.place),
        "now": timezone.now(),
    }
    return render(request, "reporting/minutes.html", context)
