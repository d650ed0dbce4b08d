"""Recording how far places are with ILP, and how far they should be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import require
from facilities.actions import ilp as actions
from facilities.forms.ilp import IlpStatusForm, IlpTargetForm
from facilities.models import Facility, IlpStatus
from facilities.roles import Permission
from facilities.selectors.ilp import KINDS
from facilities.views.answers import accepted
from ilp.core.errors import DomainError
from ilp.core.http import Request

K = Facility.Kind


def ilp_status_new(request: Request, code: str) -> HttpResponse:
    """Record a state for places at or below one place; `jenis` narrows the list."""
    place = _managed(request, code, Permission.MANAGE_ILP)
    kind = request.GET.get("jenis", "")
    if kind not in KINDS:  # a district offers its Puskesmas first: all 1,900 Posyandu are too many
        kind = K.PUSKESMAS.value if place.kind == K.DISTRICT else ""
    form = IlpStatusForm(
        request.POST or None,
        user=request.user,
        within=place,
        kind=kind,
        today=timezone.localdate(),
    )
    if accepted(request, form, lambda: form.apply(request.user)):
        messages.success(request, _("Status ILP tersimpan."))
        return redirect("facilities:ilp-status-new", code)
    kinds = [(kind.value, kind.label) for kind in KINDS]
    recent = (
        IlpStatus.objects.visible_to(request.user, Permission.MANAGE_ILP)
        .filter(cancelled_at=None, facility__in=form.places)
        .select_related("facility", "recorded_by")
        .order_by("-pk")[:20]
    )
    context = {"form": form, "place": place, "kind": kind, "kinds": kinds, "recent": recent}
    return render(request, "facilities/ilp_status_new.html", context)


@require_POST
def ilp_status_cancel(request: Request, pk: int) -> HttpResponse:
    """Take back a state that was recorded wrongly."""
    seen = IlpStatus.objects.visible_to(request.user).select_related("facility")
    status = get_object_or_404(seen, pk=pk)
    reason = request.POST.get("alasan", "")[:200]
    try:
        actions.cancel_ilp_status(status=status, reason=reason, by=request.user)
        messages.success(request, _("Status ILP dibatalkan. Riwayatnya tetap tersimpan."))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("facilities:ilp-status-new", status.facility.code)


def ilp_target_new(request: Request, code: str) -> HttpResponse:
    """Set the yearly target of a kind of place in a district."""
    district = _managed(request, code, Permission.MANAGE_TARGETS)
    form = IlpTargetForm(request.POST or None, initial={"year": timezone.localdate().year})
    if accepted(request, form, lambda: form.apply(district, request.user)):
        messages.success(request, _("Target ILP tersimpan."))
        return redirect("facilities:ilp-target-new", code)
    targets = district.ilp_targets.order_by("-year", "kind", "-version")
    context = {"form": form, "place": district, "targets": targets}
    return render(request, "facilities/ilp_target_new.html", context)


def _managed(request: Request, code: str, permission: Permission) -> Facility:
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    require(request.user, permission, place)
    return place
