"""A locked report: asking that its month be opened again, and the answer. ux.md R-FORM 10."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from facilities.access import held_at
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.weeks import Period, month_of
from reporting.catalogue import FORMS
from reporting.models import UnlockRequest
from reporting.selectors.editing import MonthLocked, month_shut
from reporting.selectors.unlocking import requests_of
from reporting.views.unlock_forms import AnswerForm, AskForm

P = Permission
Typed = AskForm | AnswerForm


@never_cache
def unlock_page(request: Request, form: str, code: str, month: Period) -> HttpResponse:
    """What was asked for a report and answered. POST asks, or answers what waits."""
    if form not in FORMS:
        raise Http404
    mine = Facility.objects.visible_to(request.user)
    place = get_object_or_404(mine, code=code, kind__in=FORMS[form].kinds)
    asked = requests_of(place=place, period=month, form=form)
    typed = _typed(request, asked)
    if typed is not None and typed.is_valid():
        try:
            messages.success(request, _applied(request, typed, place, month, form))
            return redirect(typed.leads_to, form, place.code, month)
        except DomainError as broken:
            typed.add_error(None, broken)
    context = {"spec": FORMS[form], "place": place, "period": month, "asked": asked}
    context |= _offered(request, place, month, asked, typed)
    return render(request, "reporting/unlock.html", context, status=422 if typed else 200)


def _typed(request: Request, asked: Sequence[UnlockRequest]) -> Typed | None:
    """The form that was sent; Http404 for none that there is."""
    if request.method != "POST":
        return None
    wish = request.POST.get("aksi")
    if wish == "minta":
        return AskForm(request.POST)
    named = {str(one.pk): one for one in asked}
    chosen = named.get(request.POST.get("permintaan", ""))
    if chosen is None or wish not in ("buka", "tolak"):
        raise Http404
    return AnswerForm(request.POST, request=chosen, opens=wish == "buka")


def _applied(request: Request, typed: Typed, place: Facility, period: Period, form: str) -> str:
    """What was done, in a sentence."""
    if isinstance(typed, AskForm):
        return typed.apply(place, period, form, request.user)
    return typed.apply(request.user)


def _offered(
    request: Request,
    place: Facility,
    period: Period,
    asked: Sequence[UnlockRequest],
    typed: Typed | None,
) -> dict[str, object]:
    """What the user may do: ask while nothing waits, answer what does."""
    shut = month_shut(place, month_of(period))
    is_locked = isinstance(shut, MonthLocked)
    held = held_at(request.user, place)
    waiting = next((one for one in asked if not one.answer), None)
    asks = is_locked and waiting is None and P.FILL in held
    answers = is_locked and waiting is not None and P.RELEASE in held
    blank = AnswerForm(request=waiting) if waiting else None
    return {
        "shut": shut if is_locked else None,
        "waiting": waiting,
        "ask_form": (typed if isinstance(typed, AskForm) else AskForm()) if asks else None,
        "answer_form": (typed if isinstance(typed, AnswerForm) else blank) if answers else None,
        "gives_back": P.RETURN in held,
        "typed": typed,
    }
