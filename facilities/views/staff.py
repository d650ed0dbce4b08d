"""Who works at a place and below it: counted by kind of worker, beside the standard."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from facilities.access import can, require
from facilities.forms.staff import StaffForm
from facilities.models import ASSESSED, Facility
from facilities.roles import Permission
from facilities.selectors import staff
from facilities.selectors.pages import page_in
from facilities.views.answers import accepted
from ilp.core.http import Request


def staff_page(request: Request, code: str) -> HttpResponse:
    """A POST writes down how many work there since a day."""
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    today = timezone.localdate()
    may_record = can(request.user, Permission.KEEP_REGISTERS, place) and place.kind in ASSESSED
    form = None
    if may_record or request.method == "POST":
        require(request.user, Permission.KEEP_REGISTERS, place)
        held = staff.current_counts(place=place, on=today)
        form = StaffForm(request.POST or None, place=place, held=held, today=today)
        if accepted(request, form, lambda: form.apply(request.user)):
            messages.success(request, _("Jumlah tenaga tersimpan. Riwayatnya tetap ada."))
            return redirect("facilities:staff", code)
    below = staff.staff_below(place=place, on=today)
    kind = request.GET.get("jenis", "")
    kinds = [k for k in ASSESSED if any(one.place.kind == k for one in below)]
    chosen = kind if kind in kinds else next(iter(kinds), "")
    context = {
        "place": place,
        "own": staff.staff_of(place=place, on=today) if place.kind in ASSESSED else None,
        "form": form,
        "kinds": [(k.value, k.label, sum(one.place.kind == k for one in below)) for k in kinds],
        "kind": chosen,
        "page": page_in([one for one in below if one.place.kind == chosen], request.GET.get("hal")),
        "history": staff.history(place=place),
        "may_manage": may_record,
        "today": today,
    }
    return render(request, "facilities/staff.html", context)
