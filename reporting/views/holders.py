"""Which programmes have to approve which form; set by the admin of the Dinas."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions import holders as actions
from reporting.catalogue import FORMS
from reporting.models import Holder, HolderPerson
from reporting.selectors.holders import candidates, people_on
from reporting.selectors.targets import district_of
from reporting.views.holder_forms import HolderForm


def holder_list(request: Request) -> HttpResponse:
    """The programmes of the district's forms and their people; a POST adds a programme."""
    district = _district(request)
    form = HolderForm(request.POST or None, district=district)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.apply(request.user))
            return _back(district)
        except DomainError as broken:
            form.add_error(None, broken)
    people = people_on(timezone.localdate()).order_by("user__first_name", "user__username")
    rows = Holder.objects.filter(district=district).order_by("form_code", "name", "-since")
    context = {
        "district": district,
        "here": {"w": district.code},
        "holders": rows.prefetch_related(Prefetch("people", people)),
        "labels": {code: one.label for code, one in FORMS.items()},
        "candidates": candidates(district),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "reporting/holders.html", context, status=status)


@require_POST
def holder_change(request: Request, pk: int, what: str) -> HttpResponse:
    """End a programme from a month on, or change who speaks for it."""
    district = _district(request)
    holder = get_object_or_404(Holder, district=district, pk=pk)
    try:
        messages.success(request, _changed(request, holder, what))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return _back(district)


def _changed(request: Request, holder: Holder, what: str) -> str:
    """What was done, in a sentence."""
    said = {"name": holder.name}
    if what == "akhiri":
        actions.end_holder(holder=holder, until=_month(request), by=request.user)
        return _("Program %(name)s tidak lagi mengesahkan mulai bulan itu.") % said
    chosen = request.POST.get("orang", "")
    if not (chosen.isascii() and chosen.isdigit()):
        raise actions.PeopleMissing
    if what == "tambah":
        user = get_object_or_404(candidates(holder.district), pk=int(chosen))
        actions.add_person(holder=holder, user=user, by=request.user)
        return _("Orang itu kini mengesahkan untuk program %(name)s.") % said
    if what == "lepas":
        person = get_object_or_404(HolderPerson, holder=holder, pk=int(chosen))
        actions.end_person(person=person, by=request.user)
        return _("Orang itu tidak lagi mengesahkan untuk program %(name)s.") % said
    raise Http404


def _month(request: Request) -> Month:
    try:
        return Month.parse(request.POST.get("bulan", "").strip())
    except ValueError as wrong:
        raise actions.WrongMonth from wrong


def _back(district: Facility) -> HttpResponse:
    return redirect(f"{reverse('reporting:holders')}?{urlencode({'w': district.code})}")


def _district(request: Request) -> Facility:
    """The district whose approvals the user may arrange."""
    found = district_of(user=request.user, code=request.GET.get("w", ""))
    if found is None:
        raise Forbidden(f"{request.user} sees no district")
    require(request.user, Permission.MANAGE_TARGETS, found)
    return found
