"""What kinds of places of a district shall have: everybody there reads it, its Dinas sets it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import can, require
from facilities.actions.standards import end_standard, load_standards
from facilities.forms.standards import DayForm, StandardForm
from facilities.models import Facility, Group, StandardItem
from facilities.roles import Permission
from facilities.selectors.standards import all_of, district_over
from facilities.views.answers import accepted
from ilp.core.counting import counted
from ilp.core.errors import DomainError
from ilp.core.http import Request

ADD = "tambah"


def standard_list(request: Request, code: str) -> HttpResponse:
    """The standards that hold for a place. A POST adds one, or takes over those of the reference.

    Whoever sees a place may read what is asked of it, though it is the district's.
    """
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    today = timezone.localdate()
    district = district_over(place, today) or place
    form = StandardForm(
        request.POST if request.POST.get("langkah") == ADD else None,
        district=district,
        today=today,
    )
    if request.method == "POST" and not form.is_bound:
        count = load_standards(district=district, since=today, by=request.user)
        messages.success(request, counted("%(count)s standar bawaan dimuat.", count))
        return redirect("facilities:standards", code)
    if form.is_bound:
        require(request.user, Permission.MANAGE_TARGETS, district)
    if accepted(request, form, lambda: form.apply(request.user)):
        messages.success(request, _("Standar tersimpan."))
        return redirect("facilities:standards", code)
    chosen = request.GET.get("bagian", "")
    items = all_of(district=district)
    context = {
        "place": place,
        "district": district,
        "form": form,
        "groups": Group.choices,
        "chosen": chosen if chosen in Group.values else "",
        "items": [one for one in items if chosen in ("", one.group) or chosen not in Group.values],
        "may_set": can(request.user, Permission.MANAGE_TARGETS, district),
        "today": today,
    }
    return render(request, "facilities/standard_list.html", context)


@require_POST
def standard_end(request: Request, pk: int) -> HttpResponse:
    """From a day on an item is asked no more."""
    seen = StandardItem.objects.visible_to(request.user).select_related("district")
    item = get_object_or_404(seen, pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["until"][0]))
        return redirect("facilities:standards", item.district.code)
    try:
        end_standard(item=item, until=form.cleaned_data["until"], by=request.user)
        messages.success(request, _("%(name)s diakhiri.") % {"name": item.name})
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("facilities:standards", item.district.code)
