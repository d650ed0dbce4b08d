"""S28: which months are released, what a release would change, and the history of revisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.catalogue import FORMS
from reporting.models import Release
from reporting.selectors import targets
from reporting.selectors.periods import span
from reporting.selectors.places import Place
from reporting.selectors.releases import (
    is_locked,
    month_states,
    moved_since,
    releases_of,
    standing,
)
from reporting.selectors.revisions import Differences, differences, places_shown, readiness
from reporting.selectors.unlocking import waiting_in
from reporting.views.release_forms import CloseForm, OpenForm, ReleaseForm

MONTHS_SHOWN = 24
LINES_SHOWN = 200  # of what differs: who changed more looks at the pages themselves
Typed = ReleaseForm | OpenForm | CloseForm


def release_list(request: Request) -> HttpResponse:
    """The months with numbers, the newest first."""
    district = _district(request)
    known = span(of=Place(district.pk, district.code, district.name, district.kind))
    now = Month.of(timezone.localdate())
    months: list[Month] = []
    if known is not None:
        last = min(known.last, now)
        months = max(known.first, last.plus(1 - MONTHS_SHOWN)).until(last)[::-1]
    context = {
        "district": district,
        "here": {"w": district.code},
        "states": month_states(district=district, months=months),
        "now": now,
        "may_release": can(request.user, Permission.RELEASE, district),
    }
    return render(request, "reporting/release_list.html", context)


def release_page(request: Request, month: Month) -> HttpResponse:
    """One month: the preview and its button, then the history; a POST releases or opens it."""
    district = _district(request)
    held = releases_of(district=district, month=month)
    typed = _typed(request, held)
    if typed is not None and typed.is_valid():
        try:
            messages.success(request, typed.apply(district, month, request.user))
            query = urlencode({"w": district.code})
            return redirect(f"{reverse('reporting:release', args=[month])}?{query}")
        except DomainError as broken:
            typed.add_error(None, broken)
    return _page(request, district, month, held, typed)


def _typed(request: Request, held: Sequence[Release]) -> Typed | None:
    """The form that was sent; Http404 for none that there is."""
    if request.method != "POST":
        return None
    match request.POST.get("aksi"):
        case "rilis":
            return ReleaseForm(request.POST, is_revision=bool(held))
        case "buka":
            return OpenForm(request.POST)
        case "kunci":
            return CloseForm(request.POST)
    raise Http404


def _page(
    request: Request,
    district: Facility,
    month: Month,
    held: Sequence[Release],
    typed: Typed | None,
) -> HttpResponse:
    at = places_shown(district=district, month=month, user=request.user)
    may_release = can(request.user, Permission.RELEASE, district)
    is_over = timezone.localdate() > month.last_day
    blank: list[Typed] = [ReleaseForm(is_revision=bool(held)), OpenForm()]
    release_form, open_form = (
        typed if typed is not None and type(typed) is type(one) else one for one in blank
    )
    shown, changed = _revision(request, district, month, held, at)
    preview = differences(district=district, month=month, at=at, before=held[0]) if held else None
    of: dict[str, Any] = {"district": district, "month": month}
    locked = is_locked(**of)
    context = {
        "district": district,
        "month": month,
        "here": {"w": district.code},
        "held": held,
        "last": held[0] if held else None,
        "is_locked": locked,
        "is_over": is_over,
        "may_release": may_release,
        "ready": readiness(district=district, month=month, at=at) if may_release else None,
        "preview": preview,
        "moved": bool(held) and moved_since(held[0], standing(**of)),
        "shown": shown,
        "changed": changed,
        "most": LINES_SHOWN,
        "release_form": release_form,
        "open_form": open_form,
        "typed": typed,
        "asked": waiting_in(**of) if may_release and locked else [],
        "labels": {code: form.label for code, form in FORMS.items()},
    }
    return render(request, "reporting/release.html", context, status=422 if typed else 200)


def _revision(
    request: Request,
    district: Facility,
    month: Month,
    held: Sequence[Release],
    at: Sequence[Place],
) -> tuple[Release | None, Differences | None]:
    """The revision that the address names, else the last, beside the one before it."""
    later = {str(one.number): one for one in held if one.number > 1}
    if not later:
        return None, None
    asked = request.GET.get("rev", "")
    shown = later.get(asked) or held[0]
    before = next(one for one in held if one.number == shown.number - 1)
    return shown, differences(district=district, month=month, at=at, before=before, after=shown)


def _district(request: Request) -> Facility:
    """The district whose releases the user may look at."""
    found = targets.district_of(user=request.user, code=request.GET.get("w", ""))
    if found is None:
        raise Forbidden(f"{request.user} sees no district")
    return found
