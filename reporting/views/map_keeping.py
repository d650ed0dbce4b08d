"""What maps are drawn from: boundaries that IT staff upload, squares that the Dinkes lays out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.actions import maps as actions
from facilities.forms.maps import BoundaryForm, SquaresForm
from facilities.models import BoundaryMap, Facility
from facilities.roles import Permission
from facilities.views.answers import accepted, require_anywhere
from ilp.core.geo.reading import MOST_BYTES
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.charts.areas import Spot, Square, draw_squares
from reporting.selectors.maps import kept_maps, map_districts, squares
from reporting.selectors.places import Place

K = Facility.Kind


def map_boundaries(request: Request) -> HttpResponse:
    """Upload boundaries, and see what was matched with what."""
    district, choices = _district(request)
    form = BoundaryForm(request.POST or None, request.FILES or None)
    if accepted(request, form, lambda: form.apply(district, request.user)):
        messages.success(request, _("Batas wilayah tersimpan. Periksa yang tidak berpasangan."))
        return redirect(f"{request.path}?w={district.code}")
    context = {
        "form": form,
        "district": district,
        "choices": choices,
        "maps": kept_maps(district=district, month=Month.of(timezone.localdate())),
        "most": MOST_BYTES // 1024 // 1024,
    }
    return render(request, "reporting/map_boundaries.html", context)


@require_POST
def map_remove(request: Request, pk: int) -> HttpResponse:
    """Take the boundaries of one kind away."""
    held = BoundaryMap.objects.visible_to(request.user, Permission.MANAGE_MAPS)
    one = get_object_or_404(held.select_related("district"), pk=pk)
    actions.remove_boundaries(boundary_map=one, by=request.user)
    messages.success(request, _("Batas wilayah dihapus. Peta kini memakai petak."))
    return redirect("reporting:map-boundaries")


def map_squares(request: Request) -> HttpResponse:
    """Say in which square each Puskesmas stands."""
    district, choices = _district(request)
    inside = Facility.objects.within(district, timezone.localdate())
    places = list(inside.of_kind(K.PUSKESMAS).order_by("name", "code"))
    laid = squares(places=[Place(one.pk, one.code, one.name, one.kind) for one in places])
    form = SquaresForm(request.POST or None, places=places, laid=laid)
    if accepted(request, form, lambda: form.apply(district, request.user)):
        messages.success(request, _("Susunan petak tersimpan."))
        return redirect(f"{request.path}?w={district.code}")
    drawn = [Square(Spot(one.name, 0, "", "ta", ""), *laid[one.pk]) for one in places]
    context = {
        "form": form,
        "district": district,
        "choices": choices,
        "rows": [(one, *form.boxes(one)) for one in places],
        "drawing": draw_squares(drawn, title=_("Susunan petak"), desc="") if drawn else "",
    }
    return render(request, "reporting/map_squares.html", context)


def _district(request: Request) -> tuple[Facility, list[Facility]]:
    """The district asked for, or the first that the user takes care of; and all of them."""
    require_anywhere(request.user, Permission.MANAGE_MAPS)
    choices = map_districts(user=request.user)
    code = request.GET.get("w", "")
    found = [one for one in choices if one.code == code or not code]
    if not found:
        raise Http404
    return found[0], choices
