"""Where everybody begins: what there is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.core.http import Request
from reporting.catalogue import FORMS
from reporting.selectors import places
from reporting.selectors.home import Block, Home, Task, Wait, spm_now
from reporting.selectors.home import home as waiting
from reporting.selectors.periods import span
from reporting.selectors.situation import of_spm

P = Permission
WAYS_ON = (
    ("clusters:entry-start", _("Catat kunjungan"), P.RECORD),
    ("clusters:person-search", _("Cari orang"), P.VIEW_PEOPLE),
    ("reporting:situation", _("Situasi"), P.VIEW),
    ("clusters:upload-list", _("Unggah kunjungan"), P.RECORD),
    ("reporting:report-list", _("Laporan bulanan"), P.VIEW),
    ("reporting:indicator-list", _("Indikator"), P.VIEW),
    ("reporting:rollout", _("Peta jalan ILP"), P.VIEW),
)


@dataclass(frozen=True)
class Line:
    """A task as the page shows it."""

    task: Task
    url: str
    what: str


@dataclass(frozen=True)
class Part:
    block: Block
    lines: tuple[Line, ...]


def home(request: Request) -> HttpResponse:
    """Never an analysis: counters, and one sentence."""
    today = timezone.localdate()
    found = waiting(user=request.user, today=today)
    place = places.top_place(user=request.user) if P.VIEW in found.held else None
    known = span(of=place) if place else None
    return render(
        request,
        "reporting/home.html",
        {
            "found": found,
            "parts": [_part(block) for block in found.blocks],
            "queued": _queued(found.blocks),
            "place": place,
            "span": known,
            "sentence": of_spm(spm_now(of=place, span=known)) if place else "",
            "ways_on": _ways_on(found),
            "now": timezone.now(),
        },
    )


def _queued(blocks: Sequence[Block]) -> int | None:
    """After which block the list of what is to be checked is offered: the first such, once."""
    waits = (at for at, block in enumerate(blocks) if block.wait in (Wait.VERIFY, Wait.APPROVE))
    return next(waits, None)


def _part(block: Block) -> Part:
    return Part(
        block, tuple(Line(task, _address(task), _called(task.form)) for task in block.tasks)
    )


def _called(form: str) -> str:
    """A report by its name; what is sent as a workbook has its name already."""
    return str(FORMS[form].label) if form in FORMS else form


def _address(task: Task) -> str:
    if task.wait is Wait.ACCEPT:
        return reachable("clusters:upload", task.pk)
    return reachable("reporting:report", task.form, task.code, task.month)


def reachable(name: str, *args: object) -> str:
    """The address of a page, or nothing while this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _ways_on(found: Home) -> list[tuple[str, object]]:
    listed = ((reachable(name), text) for name, text, needed in WAYS_ON if needed in found.held)
    return [(url, text) for url, text in listed if url]
