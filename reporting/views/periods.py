"""S28: until when reports are handed in, days off, and who is given longer; set by the Dinas."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import require
from facilities.models import Ancestry, Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions import deadlines as actions
from reporting.catalogue import FORMS
from reporting.models import Deadline, Extension, Holiday
from reporting.selectors import targets
from reporting.selectors.deadlines import in_force
from reporting.views.period_forms import DeadlineForm, ExtensionForm, HolidayForm

P = Permission
EXTENSIONS_SHOWN = 100
Typed = DeadlineForm | HolidayForm | ExtensionForm


def periods(request: Request) -> HttpResponse:
    """What holds now and later; a POST adds a rule, days off or an extension."""
    district = _district(request)
    today = timezone.localdate()
    typed = _typed(request, district, today)
    if typed is not None and typed.is_valid():
        try:
            messages.success(request, typed.apply(district, request.user))
            return _back(district)
        except DomainError as broken:
            typed.add_error(None, broken)
    return _page(request, district, today, typed)


def _typed(request: Request, district: Facility, today: date) -> Typed | None:
    """The form that was sent; Http404 for none that there is."""
    if request.method != "POST":
        return None
    match request.POST.get("aksi"):
        case "batas":
            return DeadlineForm(request.POST)
        case "libur":
            return HolidayForm(request.POST)
        case "lama":
            return ExtensionForm(request.POST, district=district, today=today)
    raise Http404


def _page(request: Request, district: Facility, today: date, typed: Typed | None) -> HttpResponse:
    month = Month.of(today).plus(-1)
    blank: list[forms.Form] = [
        DeadlineForm(), HolidayForm(), ExtensionForm(district=district, today=today),
    ]  # fmt: skip
    rule, holidays, longer = (
        typed if typed is not None and type(typed) is type(one) else one for one in blank
    )
    below = Ancestry.objects.filter(ancestor=district).values("descendant")
    given = Extension.objects.visible_to(request.user).filter(facility__in=below)
    given = given.select_related("facility").order_by("-month", "facility__name")
    rules = Deadline.objects.filter(district=district).order_by("-since", "form_code", "kind")
    days_off = Holiday.objects.filter(district=district, day__year__gte=today.year - 1)
    context = {
        "district": district,
        "here": {"w": district.code},
        "month": month,
        "in_force": in_force(district=district, month=month),
        "rules": rules,
        "holidays": days_off.order_by("day"),
        "extensions": given[:EXTENSIONS_SHOWN],
        "labels": {code: form.label for code, form in FORMS.items()},
        "kinds": dict(Facility.Kind.choices),
        "rule_form": rule,
        "holiday_form": holidays,
        "extension_form": longer,
        "typed": typed,
    }
    return render(request, "reporting/periods.html", context, status=422 if typed else 200)


@require_POST
def period_end(request: Request, what: str, pk: int) -> HttpResponse:
    """End a rule from a month on, take back a day off, or cancel an extension."""
    district = _district(request)
    try:
        messages.success(request, _ended(request, district, what, pk))
    except ValueError:
        messages.error(request, _("Tulis bulan sebagai tahun-bulan, contoh 2026-01."))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return _back(district)


def _back(district: Facility) -> HttpResponse:
    return redirect(f"{reverse('reporting:periods')}?{urlencode({'w': district.code})}")


def _ended(request: Request, district: Facility, what: str, pk: int) -> str:
    """What was done, in a sentence; ValueError for a month that is none."""
    if what == "batas":
        rule = get_object_or_404(Deadline, district=district, pk=pk)
        until = Month.parse(request.POST.get("bulan", "").strip())
        actions.end_deadline(deadline=rule, until=until, by=request.user)
        return _("Batas kirim itu tidak berlaku lagi. Yang biasa berlaku kembali.")
    if what == "libur":
        actions.remove_holiday(
            holiday=get_object_or_404(Holiday, district=district, pk=pk), by=request.user
        )
        return _("Hari libur dihapus.")
    if what == "lama":
        mine = Extension.objects.visible_to(request.user, P.MANAGE_TARGETS)
        actions.cancel_extension(extension=get_object_or_404(mine, pk=pk), by=request.user)
        return _("Perpanjangan dibatalkan. Batas biasa berlaku kembali.")
    raise Http404


def _district(request: Request) -> Facility:
    """The district whose deadlines the user may set."""
    found = targets.district_of(user=request.user, code=request.GET.get("w", ""))
    if found is None:
        raise Forbidden(f"{request.user} sees no district")
    require(request.user, P.MANAGE_TARGETS, found)
    return found
