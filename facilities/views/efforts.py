"""The registers of innovations and of partners: alike but for what is said of each."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise as Text

from facilities.access import can, require
from facilities.actions.efforts import FIELDS, add_effort, edit_effort, end_effort
from facilities.forms.efforts import InnovationForm, PartnerForm
from facilities.forms.standards import DayForm
from facilities.models import Facility, Innovation, Partner
from facilities.roles import Permission
from facilities.selectors.efforts import efforts
from facilities.views.answers import accepted
from ilp.core.errors import DomainError
from ilp.core.http import Request


@dataclass(frozen=True)
class Register:
    kind: type[Innovation] | type[Partner]
    form: type[InnovationForm] | type[PartnerForm]
    title: Text
    add: Text
    nothing: Text


REGISTERS = {
    "inovasi": Register(
        Innovation,
        InnovationForm,
        gettext_lazy("Inovasi"),
        gettext_lazy("Catat inovasi"),
        gettext_lazy("Belum ada inovasi yang dicatat"),
    ),
    "mitra": Register(
        Partner,
        PartnerForm,
        gettext_lazy("Mitra"),
        gettext_lazy("Catat mitra"),
        gettext_lazy("Belum ada mitra yang dicatat"),
    ),
}


def effort_list(request: Request, which: str, code: str) -> HttpResponse:
    """Those of a place and all below it. A POST adds one of the place's own."""
    register = _register(which)
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    today = timezone.localdate()
    ended = bool(request.GET.get("berakhir"))
    form = register.form(request.POST or None, initial={"since": today})
    if request.method == "POST":
        require(request.user, Permission.KEEP_REGISTERS, place)
    if accepted(request, form, lambda: _add(request, register, place, form)):
        messages.success(request, _("Tersimpan."))
        return redirect("facilities:efforts", which, code)
    context = {
        "which": which,
        "register": register,
        "registers": [(slug, one.title) for slug, one in REGISTERS.items()],
        "place": place,
        "form": form,
        "ended": ended,
        "page": efforts(
            kind=register.kind, place=place, on=today, ended=ended, page=request.GET.get("hal")
        ),
        "may_add": can(request.user, Permission.KEEP_REGISTERS, place),
        "today": today,
    }
    return render(request, "facilities/effort_list.html", context)


def effort_edit(request: Request, which: str, pk: int) -> HttpResponse:
    """Correct one, or say what came of it."""
    register = _register(which)
    effort = _effort(request, register, pk)
    require(request.user, Permission.KEEP_REGISTERS, effort.facility)
    initial = {name: getattr(effort, name) for name in FIELDS[register.kind]}
    form = register.form(request.POST or None, initial=initial)

    def apply() -> object:
        return edit_effort(effort=effort, values=form.cleaned_data, by=request.user)

    if accepted(request, form, apply):
        messages.success(request, _("Tersimpan."))
        return redirect("facilities:efforts", which, effort.facility.code)
    context = {"which": which, "register": register, "effort": effort, "form": form}
    return render(request, "facilities/effort_edit.html", context)


@require_POST
def effort_end(request: Request, which: str, pk: int) -> HttpResponse:
    """From a day on it is no more."""
    effort = _effort(request, _register(which), pk)
    form = DayForm(request.POST)
    try:
        if form.is_valid():
            end_effort(effort=effort, until=form.cleaned_data["until"], by=request.user)
            messages.success(request, _("%(name)s diakhiri.") % {"name": effort.name})
        else:
            messages.error(request, str(form.errors["until"][0]))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("facilities:efforts", which, effort.facility.code)


def _add(request: Request, register: Register, place: Facility, form: forms.Form) -> object:
    values = form.cleaned_data
    return add_effort(kind=register.kind, facility=place, values=values, by=request.user)


def _register(which: str) -> Register:
    if which not in REGISTERS:
        raise Http404(which)
    return REGISTERS[which]


def _effort(request: Request, register: Register, pk: int) -> Innovation | Partner:
    """One within reach; 404 otherwise."""
    if register.kind is Innovation:
        innovations = Innovation.objects.visible_to(request.user).select_related("facility")
        return get_object_or_404(innovations, pk=pk)
    partners = Partner.objects.visible_to(request.user).select_related("facility")
    return get_object_or_404(partners, pk=pk)
