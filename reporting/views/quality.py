"""S19: numbers that look wrong, to be put right or said to be right, with a reason."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.quality import MAY_CONFIRM, confirm_number
from reporting.catalogue.quality import CHECKS
from reporting.selectors.quality import Finding, quality_of
from reporting.views.context import Context, context_of, fresh
from reporting.views.findings import count_again

AT_MOST = 100  # on one page: who has more to look at narrows it down first


def quality_page(request: Request) -> HttpResponse:
    """What was found at the place and directly below it; k= one check."""
    return _page(request, context_of(request))


@require_POST
def quality_confirm(request: Request) -> HttpResponse:
    """Note that a number is right. The place and month are those of the finding."""
    given = request.POST
    try:
        month = Month.parse(given.get("bulan", ""))
    except ValueError as error:
        raise Http404 from error
    seen = Facility.objects.visible_to(request.user)
    place = get_object_or_404(seen, code=given.get("tempat", ""))
    said = {name: given.get(name, "") for name in ("periksa", "hal", "angka", "alasan")}
    try:
        confirm_number(
            place=place,
            month=month,
            check=said["periksa"],
            subject=said["hal"],
            numbers=said["angka"],
            reason=said["alasan"],
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        return _page(request, _where_from(request), said=said | {"tempat": place.code}, status=409)
    count_again(place=place, month=month)
    messages.success(request, _("Dicatat: angka itu benar. Tidak ditanyakan lagi selama tetap."))
    return redirect(f"{reverse('reporting:quality')}?{given.get('kembali', '')}")


def _where_from(request: Request) -> Context:
    """The page on which the form stood: its address is sent along, and checked like any other."""
    request.GET = QueryDict(request.POST.get("kembali", ""))
    return replace(context_of(request), path=reverse("reporting:quality"))


def _page(
    request: Request, ctx: Context, said: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    found = quality_of(places=[ctx.place, *ctx.below], month=ctx.month)
    chosen = ctx.own.get("k", "")
    listed = found.of(chosen)
    return render(
        request,
        "reporting/quality.html",
        {
            "ctx": ctx,
            "found": found,
            "listed": [(one, _is(one, said), _address(ctx, one)) for one in listed[:AT_MOST]],
            "is_cut": len(listed) > AT_MOST,
            "tabs": _tabs(ctx, found.counts, chosen),
            "check": CHECKS.get(chosen),
            "may_merge": Permission.MERGE_PEOPLE in ctx.permissions,
            "may_confirm": any(one in ctx.permissions for one in MAY_CONFIRM),
            "said": said or {},
            "freshness": fresh(ctx),
        },
        status=status,
    )


def _is(one: Finding, said: dict[str, str] | None) -> bool:
    """Whether this is the finding whose form came back."""
    asked = said or {}
    told = tuple(asked.get(name) for name in ("tempat", "periksa", "hal", "angka"))
    return told == (one.place.code, one.check.code, one.subject, one.numbers)


def _address(ctx: Context, one: Finding) -> str:
    """Where the number can be looked at: on the page of its place."""
    return reverse("reporting:place", args=[one.place.code], query={"p": str(ctx.month)})


def _tabs(ctx: Context, counts: dict[str, int], chosen: str) -> list[tuple[str, str, bool]]:
    every = sum(counts.values())
    tabs = [(_("Semua (%(count)s)") % {"count": every}, ctx.here(k=""), chosen not in CHECKS)]
    for code, check in CHECKS.items():
        tabs.append((f"{check.label} ({counts[code]})", ctx.here(k=code), chosen == code))
    return tabs
