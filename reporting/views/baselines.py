"""Measuring the months of an indicator anew: who may, from when, and why."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from ilp.jinja import url
from reporting.actions.baselines import BaselineNeedsReason, move_baseline
from reporting.models.baselines import LONGEST
from reporting.views.context import Context, context_of
from reporting.views.reading import find

YEARS = 3


class BaselineForm(forms.Form):
    """From which month on, and why. A blank is refused by the action, with its sentence."""

    prefix = "dasar"
    since = forms.ChoiceField(label=gettext_lazy("Dihitung ulang sejak"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=LONGEST,
        help_text=gettext_lazy("Apa yang berubah pada layanan atau pencatatannya sejak bulan itu."),
        error_messages={
            "required": BaselineNeedsReason.text,
            "max_length": gettext_lazy("Paling panjang %(limit_value)s huruf."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        now = Month.of(timezone.localdate())
        months = Month(now.year + 1 - YEARS, 1).until(now.plus(-1))
        chosen = cast(forms.ChoiceField, self.fields["since"])
        chosen.choices = [(str(month), formats.month(month)) for month in reversed(months)]


def may_move(ctx: Context) -> bool:
    """Whether the reader answers for what the district's indicators are measured by."""
    if ctx.place.kind != Facility.Kind.DISTRICT:
        return False
    held = Permission.MANAGE_TARGETS in ctx.permissions
    return held and can(ctx.user, Permission.MANAGE_TARGETS, Facility(pk=ctx.place.pk))


@require_POST
def baseline_move(request: Request, code: str) -> HttpResponse:
    """Begin the limits of a district's indicator anew, and go back to its chart."""
    ctx = context_of(request)
    if ctx.place.kind != Facility.Kind.DISTRICT:
        raise Http404
    one = find(code, ctx)
    form = BaselineForm(request.POST)
    back = redirect(url("reporting:indicator", code=code, query=ctx.query(v="spc")))
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for held in form.errors.values() for e in held))
        return back
    try:
        move_baseline(
            district=Facility(pk=ctx.place.pk),
            indicator=one.code,
            since=Month.parse(form.cleaned_data["since"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        return back
    messages.success(request, _("Batas wajar dihitung ulang."))
    return back
