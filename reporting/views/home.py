"""Where everybody begins: what there is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.core import formats
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from reporting.catalogue import FORMS
from reporting.selectors import home as selectors
from reporting.selectors import places
from reporting.selectors.home import Block, Home, Task, Wait, spm_now, weakest
from reporting.selectors.home_district import Late
from reporting.selectors.periods import span
from reporting.selectors.situation import of_spm
from reporting.selectors.versions import sight
from reporting.views.findings import open_findings

P = Permission
WAYS_ON = (
    ("clusters:entry-start", _("Catat kunjungan"), P.RECORD),
    ("clusters:person-search", _("Cari orang"), P.VIEW_PEOPLE),
    ("reporting:situation", _("Situasi"), P.VIEW),
    ("clusters:upload-new", _("Unggah kunjungan"), P.RECORD),
    ("reporting:report-list", _("Laporan bulanan"), P.VIEW),
    ("reporting:quality", _("Temuan mutu data"), P.EXPORT),
    ("reporting:indicator-list", _("Indikator"), P.VIEW),
    ("reporting:rollout", _("Peta jalan ILP"), P.VIEW),
    ("reporting:target-list", _("Sasaran"), P.MANAGE_TARGETS),
)
LATE_SHOWN = 8


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
    seen = sight(user=request.user)
    place = places.top_place(user=request.user)
    known = span(of=place) if place else None
    request.seen = found = selectors.home(
        user=request.user, today=today, span=known, held=seen.permissions
    )
    standards = spm_now(of=place, span=known) if place else []
    fills = P.FILL in found.permissions
    return render(
        request,
        "reporting/home.html",
        {
            "found": found,
            "parts": [_part(block) for block in found.blocks],
            "queued": _queued(found.blocks),
            "late": found.late[:LATE_SHOWN],
            "late_more": max(0, len(found.late) - LATE_SHOWN),
            "message": "\n\n".join(messages(found.late, request, at_most=LATE_SHOWN)),
            "findings": open_findings(place=place, known=known, seen=seen),
            "labels": {code: form.label for code, form in FORMS.items()},
            "place": place,
            "span": known,
            "sentence": of_spm(standards),
            "weakest": weakest(standards),
            "done": selectors.done(user=request.user, today=today) if place else None,
            "next": selectors.next_report(user=request.user, today=today)
            if fills and found.is_idle
            else None,
            "ways_on": _ways_on(found),
            "now": timezone.now(),
        },
    )


home.takes_forms = True  # type: ignore[attr-defined]  # with the data versions


@in_indonesian
def messages(late: Sequence[Late], request: Request, at_most: int) -> list[str]:
    """What to write to each place with overdue reports, ready to be copied. No names of people.

    As many as the page lists; how many more there are is the last line.
    """
    text = now("Yth. %(place)s: belum kami terima %(what)s. Tautan: %(link)s")
    more = len(late) - at_most
    rest = [now("dan %(count)s lainnya") % {"count": formats.whole(more)}] if more > 0 else []
    told = [
        text
        % {
            "place": one.place,
            "what": "; ".join(
                f"{FORMS[due.form_code].label} {formats.month(due.month)}"
                f" ({now('batas %s') % formats.day(due.due_on)})"
                for due in one.owed
            ),
            "link": request.build_absolute_uri(
                reverse(
                    "reporting:report",
                    args=[one.oldest.form_code, one.place.code, one.oldest.month],
                )
            ),
        }
        for one in late[:at_most]
    ]
    return told + rest


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
    allowed = [(name, text) for name, text, needed in WAYS_ON if needed in found.permissions]
    listed = ((reachable(name), text) for name, text in allowed)
    return [(url, text) for url, text in listed if url]
