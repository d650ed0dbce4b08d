"""Records that may be one person: the queue, two side by side, merging and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clusters.actions.looking import compare_persons, open_duplicates
from clusters.actions.merging import merge_persons, tell_apart, undo_merge
from clusters.forms import MergeForm
from clusters.models import Merge, Person
from clusters.selectors.duplicates import MOST_PAIRS, compare, merges_at, pairs_at, places_of
from clusters.selectors.people import people_of
from facilities.access import has_anywhere
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request


@never_cache
def duplicate_list(request: Request) -> HttpResponse:
    """Pairs of records of one Puskesmas (w) that somebody has to decide on."""
    _require_merger(request)
    places = places_of(request.user)
    place = _place(places, request.GET.get("w", ""))
    pairs = pairs_at(place, request.user)
    open_duplicates(place=place, number=len(pairs), by=request.user)
    context = {
        "places": places,
        "place": place,
        "pairs": pairs,
        "is_cut": len(pairs) == MOST_PAIRS,
        "merges": merges_at(place),
        "may_view": has_anywhere(request.user, Permission.VIEW_PEOPLE),
    }
    return render(request, "clusters/duplicate_list.html", context)


@never_cache
def duplicate(request: Request, one: int, other: int) -> HttpResponse:
    """Two records side by side, and what to do with them."""
    first, second = _person(request, one), _person(request, other)
    if first.pk == second.pk or first.merged_into_id or second.merged_into_id:
        raise Http404
    compare_persons(one=first, other=second, by=request.user)
    compared = compare(first, second)
    suggested = compared.suggested
    form = MergeForm(people=(first, second), initial={"kept": suggested.pk})
    context = {"compared": compared, "form": form, "suggested": suggested}
    return render(request, "clusters/duplicate.html", context)


@require_POST
def duplicate_merge(request: Request, one: int, other: int) -> HttpResponse:
    """They are one person."""
    first, second = _person(request, one), _person(request, other)
    form = MergeForm(request.POST, people=(first, second))
    if not form.is_valid():
        messages.error(request, _("Pilih data mana yang dipertahankan."))
        return redirect("clusters:duplicate", one, other)
    kept, gone, take = form.chosen()
    try:
        merge = merge_persons(kept=kept, gone=gone, take=take, by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("clusters:duplicate-list")
    messages.success(request, _("Kedua data digabung. Bila keliru, batalkan di sini."))
    return redirect("clusters:merge", merge.pk)


@require_POST
def duplicate_apart(request: Request, one: int, other: int) -> HttpResponse:
    """They are two persons, and this is never asked again."""
    tell_apart(one=_person(request, one), other=_person(request, other), by=request.user)
    messages.success(request, _("Dicatat: bukan orang yang sama. Pasangan ini tidak ditanya lagi."))
    return redirect("clusters:duplicate-list")


@never_cache
def merge(request: Request, pk: int) -> HttpResponse:
    """A merge that was made, and the way back."""
    made = _merge(request, pk)
    context = {
        "merge": made,
        "moved": made.visits.filter(moved=True).count(),
        "cancelled": made.visits.filter(cancelled=True).count(),
        "may_view": has_anywhere(request.user, Permission.VIEW_PEOPLE),
    }
    return render(request, "clusters/merge.html", context)


@require_POST
def merge_undo(request: Request, pk: int) -> HttpResponse:
    """Take a merge back."""
    made = _merge(request, pk)
    try:
        undo_merge(merge=made, by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
    else:
        messages.success(request, _("Penggabungan dibatalkan; keduanya kembali seperti semula."))
    return redirect("clusters:merge", pk)


def _require_merger(request: Request) -> None:
    if not has_anywhere(request.user, Permission.MERGE_PEOPLE):
        raise Forbidden("records are merged by those who record")


def _person(request: Request, pk: int) -> Person:
    _require_merger(request)
    mine = people_of(request.user, Permission.MERGE_PEOPLE)
    return get_object_or_404(mine.select_related("home"), pk=pk)


def _merge(request: Request, pk: int) -> Merge:
    _require_merger(request)
    made = get_object_or_404(Merge.objects.select_related("kept", "gone", "made_by"), pk=pk)
    _person(request, made.kept_id)
    return made


def _place(places: list[Facility], code: str) -> Facility:
    found = [one for one in places if not code or one.code == code]
    if not found:
        raise Http404
    return found[0]
