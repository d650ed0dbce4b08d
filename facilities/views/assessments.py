"""A place assesses itself; its Dinas looks at it, verifies it or sends it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from facilities import access
from facilities.actions import assessments as actions
from facilities.forms.assessments import BOXES, COMMENT, NOTE, Typed, box, read_comments, read_sheet
from facilities.models import ASSESSED, Assessment, Facility
from facilities.roles import Permission
from facilities.selectors.assessments import (
    NUMBERS,
    Row,
    Sheet,
    assessments,
    first_year,
    sheet,
)
from ilp.core.counting import counted
from ilp.core.errors import DomainError
from ilp.core.http import Request

REMARK = "catatan-dinas"
SAVE, SEND, VERIFY, RETURN = "simpan", "kirim", "verifikasi", "kembalikan"


@dataclass(frozen=True)
class Line:
    """A row with what stands in its boxes: what was typed, else what is kept."""

    row: Row
    boxes: dict[str, tuple[str, str]]  # by number: name of the box, its content
    note: str
    comment: str
    error: str

    @property
    def note_name(self) -> str:
        return box(self.row.item, NOTE)

    @property
    def comment_name(self) -> str:
        return box(self.row.item, COMMENT)


def assessment_list(request: Request) -> HttpResponse:
    """How far each place in reach is, in a year."""
    today = timezone.localdate()
    given = request.GET
    year = _year(given.get("tahun", ""), today)
    kind, state = given.get("jenis", ""), given.get("status", "")
    state = state if state in ("belum", *Assessment.State.values) else ""
    page = assessments(
        user=request.user, year=year, kind=kind, state=state, today=today, page=given.get("hal")
    )
    context = {
        "page": page,
        "may_fill": access.has_anywhere(request.user, Permission.KEEP_REGISTERS),
        "year": year,
        "years": range(first_year(today), today.year + 1),
        "kind": kind,
        "kinds": [(one.value, one.label) for one in ASSESSED],
        "state": state,
        "states": [("", _("Semua")), ("belum", _("Belum mulai")), *Assessment.State.choices],
        "kept": f"tahun={year}&jenis={kind}&status={state}",
    }
    return render(request, "facilities/assessment_list.html", context)


def assessment_page(request: Request, code: str, year: int) -> HttpResponse:
    """The sheet of a place and year. A POST saves, sends, verifies or returns it."""
    today = timezone.localdate()
    seen = Facility.objects.visible_to(request.user).of_kind(*ASSESSED)
    place = get_object_or_404(seen, code=code)
    if not first_year(today) <= year <= today.year:
        raise Http404(str(year))
    found = sheet(place=place, year=year, today=today)
    if request.method != "POST":
        return _page(request, found, Typed(), ())
    step = request.POST.get("langkah", SAVE)
    if step in (VERIFY, RETURN):
        return _checked(request, found, step)
    typed = read_sheet(request.POST, [row.item for row in found.rows])
    try:
        kept = actions.save_assessment(
            facility=place,
            year=year,
            entries=typed.entries,
            version=_version(request),
            by=request.user,
        )
    except (DomainError, ValueError) as broken:
        return _page(request, found, typed, (_sentence(broken),))
    if typed.errors:
        count = len(typed.errors)
        told = counted("Tersimpan, kecuali %(count)s baris yang belum terbaca.", count)
        found = sheet(place=place, year=year, today=today)
        return _page(request, found, typed, (told,))
    return _saved(request, kept, step, today)


def _saved(request: Request, kept: Assessment, step: str, today: date) -> HttpResponse:
    """Everything typed is kept; where it was to be sent as well, it is, or we say why not."""
    if step == SEND:
        try:
            actions.send_assessment(assessment=kept, by=request.user)
        except DomainError as broken:
            found = sheet(place=kept.facility, year=kept.year, today=today)
            return _page(request, found, Typed(), (broken.sentence,))
        messages.success(request, _("Penilaian terkirim ke Dinas. Isinya terkunci."))
    else:
        messages.success(request, _("Tersimpan. Kirim bila semua baris sudah lengkap."))
    return redirect("facilities:assessment", kept.facility.code, kept.year)


def _checked(request: Request, found: Sheet, step: str) -> HttpResponse:
    if found.assessment is None:
        raise Http404
    held, by = found.assessment, request.user
    try:
        version = _version(request)
        if step == VERIFY:
            actions.verify_assessment(assessment=held, version=version, by=by)
            messages.success(request, _("Penilaian diverifikasi dan terkunci."))
        else:
            comments = read_comments(request.POST, [row.item for row in found.rows])
            remark = request.POST.get(REMARK, "")
            actions.return_assessment(
                assessment=held, comments=comments, remark=remark, version=version, by=by
            )
            messages.success(request, _("Penilaian dikembalikan dengan komentar Anda."))
    except (DomainError, ValueError) as broken:
        typed = Typed(text={name: request.POST.get(name, "") for name in request.POST})
        return _page(request, found, typed, (_sentence(broken),))
    return redirect("facilities:assessment", found.place.code, found.year)


def _page(request: Request, found: Sheet, typed: Typed, wrong: tuple[str, ...]) -> HttpResponse:
    held = access.held_at(request.user, found.place)
    is_open = found.is_editable and Permission.KEEP_REGISTERS in held
    state = found.state
    context = {
        "sheet": found,
        "sections": [
            (label, [_line(row, typed) for row in rows]) for label, rows in found.sections
        ],
        "wrong": wrong,
        "remark": typed.text.get(REMARK, ""),
        "may_fill": is_open,
        "may_send": is_open and bool(found.rows),
        "may_verify": Permission.APPROVE in held and state == Assessment.State.SENT,
        "may_return": Permission.APPROVE in held
        and state in (Assessment.State.SENT, Assessment.State.VERIFIED),
    }
    status = 422 if wrong else 200
    return render(request, "facilities/assessment.html", context, status=status)


def _line(row: Row, typed: Typed) -> Line:
    texts = {}
    for name in NUMBERS:
        key = box(row.item, BOXES[name])
        kept = getattr(row, name)
        texts[name] = (key, typed.text.get(key, "" if kept is None else str(kept)))
    error = typed.errors.get(row.item.pk, "")
    if not error and not row.adds_up:
        error = _("Baik + rusak ringan + rusak berat harus sama dengan ada.")
    note = typed.text.get(box(row.item, NOTE), row.note)
    comment = typed.text.get(box(row.item, COMMENT), row.comment)
    return Line(row, texts, note, comment, error)


def _version(request: Request) -> int:
    """The one that was read, as the page says it; raises ValueError."""
    return int(request.POST.get("versi", "0") or 0)


def _sentence(broken: DomainError | ValueError) -> str:
    if isinstance(broken, DomainError):
        return broken.sentence
    return _("Halaman ini sudah lama terbuka. Muat ulang, lalu isi lagi.")


def _year(text: str, today: date) -> int:
    if text.isdecimal() and first_year(today) <= int(text) <= today.year:
        return int(text)
    return today.year
