"""S12: what waits to be verified or approved, several at once where nothing is doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from facilities.access import permissions
from ilp.core import formats
from ilp.core.counting import counted
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from reporting.actions.bulk import Outcome, take_all
from reporting.selectors.verifying import Candidate, candidates, in_order
from reporting.views.queued import order_of, whole_queue
from reporting.workflow import CHECKING

A_PAGE = 50
CHANGES_SHOWN = 5


@never_cache
def verify_list(request: Request) -> HttpResponse:
    """The flagged first; a POST verifies or approves those of the page that were ticked."""
    if not CHECKING & permissions(request.user):
        raise Forbidden("only for those who verify or approve")
    if request.method == "POST":
        _take(request)
        hal = request.POST.get("hal", "")
        on = f"?{urlencode({'hal': hal})}" if hal.isascii() and hal.isdigit() else ""
        return redirect(f"{reverse('reporting:verify-list')}{on}")
    page, found = _page(request)
    context = {
        "page": page,
        "found": found,
        "plain": sum(not one.flags for one in found),
        "most": CHANGES_SHOWN,
    }
    return render(request, "reporting/verify_list.html", context)


def _page(request: Request) -> tuple[Page[Any], list[Candidate]]:
    """The first page orders all that waits; those after it read only what they show."""
    hal = request.GET.get("hal", "1")
    if hal == "1":
        first = Paginator(whole_queue(request), A_PAGE).get_page(hal)
        return first, list(first)
    waits = in_order(user=request.user, order=order_of(request))
    page = Paginator(waits, A_PAGE).get_page(hal)
    return page, candidates(list(page))


def _take(request: Request) -> None:
    """Do it, and say what went through and what was left, each with its reason."""
    seen = [pair for text in request.POST.getlist("laporan") if (pair := _seen(text))]
    if not seen:
        messages.warning(request, _("Belum ada laporan yang dicentang."))
        return
    outcomes = take_all(seen=seen, by=request.user)
    done = sum(one.refusal is None for one in outcomes)
    if done:
        messages.success(request, counted("%(count)s laporan diteruskan.", done))
    for sentence in _left(outcomes):
        messages.warning(request, sentence)


def _left(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for one in outcomes:
        if one.refusal is not None:
            report = one.report
            said = (
                report.facility, report.form.label, formats.month(report.period),
                one.refusal.sentence,
            )  # fmt: skip
            yield _("Dilewati: {0}, {1}, {2}. {3}").format(*said)


def _seen(text: str) -> tuple[int, int] | None:
    """ "12:3": a report and the version that was on the page."""
    pk, _colon, version = text.partition(":")
    good = all(part.isascii() and part.isdigit() and len(part) < 18 for part in (pk, version))
    return (int(pk), int(version)) if good else None
