"""Lokmin: the list of meetings, and one of them as slides for the projector."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.meetings import day_from, open_meeting
from reporting.catalogue import SPM
from reporting.selectors import meetings as selectors
from reporting.selectors.book import Book, book
from reporting.selectors.follow_up_owners import candidates
from reporting.selectors.meetings import MEET, Sitting
from reporting.selectors.periods import freshness
from reporting.selectors.releases import read_from
from reporting.selectors.situation import CLUSTERS
from reporting.selectors.surroundings import kinds_below
from reporting.totals import Stamp, shown
from reporting.views import meeting_charts
from reporting.views.context import context_of
from reporting.views.follow_up_forms import OWNERS
from reporting.views.meeting_lines import blank, line_of, seen_of, word_of
from reporting.views.shown import of_numbers

CARRIED = ("i", "b", "d", "nama")
HIDDEN = "tutup"  # nama= of an address: a shared screen need not tell who is last


@dataclass(frozen=True)
class Seat:
    """A meeting as its address names it, with what its pages need."""

    sitting: Sitting
    book: Book
    stamp: Stamp | None
    asked: dict[str, str]

    @property
    def hides(self) -> bool:
        return self.asked.get("nama") == HIDDEN

    def address(self, name: str = "meeting", **changes: object) -> str:
        one = self.sitting
        query = {k: str(v) for k, v in (self.asked | changes).items() if v not in ("", None)}
        path = reverse(f"reporting:{name}", args=[one.place.code, one.month, one.held_on])
        return f"{path}?{urlencode(query)}" if query else path


def seat_of(request: Request, code: str, month: Month, day: str) -> Seat:
    """Http404 for places that hold no meetings or lie outside the scope, and for no day."""
    try:
        held_on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    mine = Facility.objects.visible_to(request.user).of_kind(*MEET)
    place = get_object_or_404(mine, code=code)
    known = book(of=place.pk)
    wanted = request.GET.get("i", "").split(",")
    sitting = selectors.sitting_of(
        place=place, month=month, held_on=held_on, asked=wanted, book=known
    )
    stamp = read_from(of=sitting.as_place, month=month, source=shown())
    asked = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    return Seat(sitting, known, stamp, asked)


@never_cache
@of_numbers
def meeting_page(request: Request, code: str, month: Month, day: str) -> HttpResponse:
    """One slide of a meeting, or after the last indicator what was agreed in all of it."""
    seat = seat_of(request, code, month, day)
    sitting = seat.sitting
    last = len(sitting.codes) + 1
    number = _number(request, last)
    today = timezone.localdate()
    may_plan = can(request.user, Permission.PLAN, sitting.place)
    is_open = sitting.held_on <= today
    context = {
        "seat": seat,
        "sitting": sitting,
        "number": number,
        "last": last,
        "previous": seat.address(slide=number - 1) if number > 1 else "",
        "next": seat.address(slide=number + 1) if number < last else "",
        "names": seat.address(slide=number, nama="" if seat.hides else HIDDEN),
        "hides": seat.hides,
        "leaves": reverse("reporting:meeting-list", query={"w": code}),
        "writes": may_plan and is_open,
        "owners": (),
        "cells": seat.address("meeting-cells"),
        "minutes": reverse("reporting:meeting-minutes", args=[code, month, day]),
        "today": today,
        "state": _state(seat, today),
        "owners_id": OWNERS,
    }
    if number == last:
        return render(request, "reporting/meeting_end.html", context | _end(seat))
    if context["writes"]:  # the names of accounts are for those who choose among them
        context["owners"] = candidates(place=sitting.place, office=sitting.place)
    return render(request, "reporting/meeting.html", context | _slide(request, seat, number, today))


def _number(request: Request, last: int) -> int:
    asked = request.GET.get("slide", "1")
    return min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 4 else 1


def _state(seat: Seat, today: date) -> str:
    """In the corner: which numbers these are."""
    if seat.stamp is not None:
        return seat.stamp.sentence
    sitting = seat.sitting
    kind = next(iter(kinds_below(sitting.as_place, sitting.month)), "")
    fresh = freshness(of=sitting.as_place, month=sitting.month, kind=kind, today=today)
    return " – ".join(filter(None, (_("Data sementara"), fresh.who)))


def _slide(request: Request, seat: Seat, number: int, today: date) -> dict[str, object]:
    sitting = seat.sitting
    code = sitting.codes[number - 1]
    kinds = kinds_below(sitting.as_place, sitting.month)
    asked = seat.asked.get("b", "")
    kind = asked if asked in kinds else next(iter(kinds), "")
    found = selectors.slide(sitting=sitting, code=code, kind=kind, book=seat.book, today=today)
    drawn = meeting_charts.pws(sitting, found, hides=seat.hides)
    return {
        "slide": found,
        "title": selectors.verdict(found.score),
        "pws": drawn,
        "charts": [] if drawn else meeting_charts.ends(found, hides=seat.hides),
        "kinds": [
            (Facility.Kind(one).label, seat.address(slide=number, b=one), one == kind)
            for one in kinds
        ],
        **_rows(sitting, code),
    }


def _rows(sitting: Sitting, code: str) -> dict[str, object]:
    """What was agreed so far, and an empty row to be typed into."""
    lines = [line_of(row) for row in selectors.agreed(meeting=sitting.meeting, code=code)]
    fresh = blank(code)
    return {"lines": lines, "blank": fresh, "seen": seen_of([*lines, fresh], sitting.meeting)}


def _end(seat: Seat) -> dict[str, object]:
    sitting = seat.sitting
    rows = selectors.agreed(meeting=sitting.meeting)
    labels = {one.code: one.label for one in selectors.indicators_of(sitting, seat.book)}
    known = seat.book.on(sitting.month.last_day)
    labels |= {row.indicator: known[row.indicator].label for row in rows if row.indicator in known}
    return {
        "rows": [(row, word_of(row)) for row in rows],
        "labels": labels,
        "meeting": sitting.meeting,
        "seen": seen_of((), sitting.meeting),
    }


@never_cache
@of_numbers
def meeting_list(request: Request) -> HttpResponse:
    """The meetings of a place, and what is to be shown in the next one. POST opens it."""
    ctx = context_of(request)
    place = Facility.objects.get(pk=ctx.place.pk)
    today = timezone.localdate()
    may_plan = place.kind in MEET and can(request.user, Permission.PLAN, place)
    listed = ctx.book.on(ctx.month.last_day)
    error = ""
    if request.method == "POST":
        chosen = [code for code in request.POST.getlist("i") if code in listed]
        try:
            return redirect(_opened(request, place, ctx.month, chosen))
        except DomainError as broken:
            error = broken.sentence
    sitting = selectors.sitting_of(
        place=place, month=ctx.month, held_on=today, asked=(), book=ctx.book
    )
    groups = {
        name: sorted(
            (one for one in listed.values() if one.cluster == code and one.spm is None),
            key=lambda one: str(one.label),
        )
        for code, name in CLUSTERS.items()
    }
    context = {
        "ctx": ctx,
        "holds": place.kind in MEET,
        "meetings": selectors.meetings(place=place),
        "may_plan": may_plan,
        "spm": [listed[code] for code in SPM.values() if code in listed],
        "groups": {name: found for name, found in groups.items() if found},
        "chosen": frozenset(request.POST.getlist("i") if error else sitting.codes),
        "day": request.POST.get("hari", today.isoformat()),
        "today": today,
        "error": error,
    }
    return render(request, "reporting/meeting_list.html", context, status=422 if error else 200)


def _opened(request: Request, place: Facility, month: Month, codes: list[str]) -> str:
    """The address of the meeting that was opened."""
    day = request.POST.get("hari", "")
    day_from(day)  # a day typed wrong is told; one in an address is not found
    seat = seat_of(request, place.code, month, day)
    release = seat.stamp.pk if seat.stamp else None
    open_meeting(sitting=seat.sitting, codes=codes, release=release, by=request.user)
    return reverse("reporting:meeting", args=[place.code, month, day])
