"""What heads the reports of a place, and who signs them."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from facilities.access import require
from facilities.actions import letterheads as actions
from facilities.forms.letterheads import LetterheadForm, SignatoryForm
from facilities.models import Facility, Letterhead, Signatory
from facilities.roles import Permission
from facilities.selectors import letterheads
from facilities.views.answers import accepted
from ilp.core.errors import DomainError
from ilp.core.http import Request
from reporting.catalogue import FORMS

HEAD, SIGNER = "kop", "penanda-tangan"
ENDS = "akhiri"


class NoDay(DomainError):
    code = "signatory-no-day"
    text = _lazy("Isi tanggal berhenti, contoh 2025-04-30.")


def letterhead(request: Request, code: str) -> HttpResponse:
    """The letterhead of a place and its signatories: in force, before, and what comes next."""
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    require(request.user, Permission.MANAGE_LETTERHEADS, place)
    today = timezone.localdate()
    programmes = [(form.code, form.label) for form in FORMS.values()]
    sent = request.POST.get("bagian", "") if request.method == "POST" else ""
    given = {part: request.POST if sent == part else None for part in (HEAD, SIGNER)}
    rows = letterheads.letterheads(place=place)
    held = next((row for row in rows if row.cancelled_at is None), None)
    head = LetterheadForm(given[HEAD], place=place, held=held, today=today, auto_id="kop_%s")
    signer = SignatoryForm(given[SIGNER], place=place, programmes=programmes, today=today)
    for form in (head, signer):
        if form.is_bound and accepted(request, form, partial(form.apply, request.user)):
            messages.success(request, _("Tersimpan."))
            return redirect("reporting:letterhead", code)
    context = {
        "place": place,
        "head_form": head,
        "signer_form": signer,
        "head": letterheads.head_of(place=place, on=today),
        "letterheads": rows,
        "signatories": letterheads.signatories(place=place),
        "names": dict(programmes),
        "today": today,
    }
    return render(request, "reporting/letterhead.html", context)


@require_POST
def letterhead_cancel(request: Request, what: str, pk: int) -> HttpResponse:
    """Take back what was recorded wrongly, or say from which day on somebody signs no more."""
    if what == HEAD:
        heads = Letterhead.objects.visible_to(request.user).select_related("facility")
        row: Letterhead | Signatory = get_object_or_404(heads, pk=pk)
    elif what == SIGNER:
        signing = Signatory.objects.visible_to(request.user).select_related("facility")
        row = get_object_or_404(signing, pk=pk)
    else:
        raise Http404
    try:
        _apply(request, row)
        messages.success(request, _("Tersimpan. Riwayatnya tetap ada."))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("reporting:letterhead", row.facility.code)


def _apply(request: Request, row: Letterhead | Signatory) -> None:
    if isinstance(row, Letterhead):
        actions.cancel_letterhead(letterhead=row, by=request.user)
    elif request.POST.get("langkah") == ENDS:
        until = _day(request.POST.get("sampai", ""))
        actions.end_signatory(signatory=row, until=until, by=request.user)
    else:
        actions.cancel_signatory(signatory=row, by=request.user)


def _day(text: str) -> date:
    """The day that was typed; NoDay where it is none."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise NoDay
    return day
