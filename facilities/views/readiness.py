"""How ready a place is for ILP, and what holds it up: read by all, written down by who keeps it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import can, require
from facilities.actions.readiness import end_obstacle
from facilities.forms.readiness import ObstacleForm, ReadinessForm
from facilities.models import Facility, Obstacle
from facilities.registry.readiness import ITEMS, SOURCE, asked
from facilities.roles import Permission
from facilities.selectors import readiness as selectors
from facilities.views.answers import accepted
from ilp.core.counting import counted
from ilp.core.errors import DomainError
from ilp.core.http import Request


def readiness_page(request: Request, code: str) -> HttpResponse:
    """A POST with aksi=kesiapan writes answers down, with aksi=hambatan the obstacle."""
    place = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    today = timezone.localdate()
    if not asked(place.kind, today):
        raise Http404(place.kind)
    if request.method == "POST":
        require(request.user, Permission.KEEP_REGISTERS, place)
    held = selectors.ready(places=[place], on=today)[place.pk]
    sent = {request.POST.get("aksi"): request.POST}
    form = ReadinessForm(sent.get("kesiapan"), ready=held, today=today)
    named = held.obstacle
    initial = {"text": named.text, "promised_on": named.promised_on} if named else {}
    obstacle = ObstacleForm(sent.get("hambatan"), initial=initial)
    if _kept(request, form, obstacle, place):
        return redirect("facilities:readiness", code)
    said, held_up = selectors.past(place=place)
    labels = {one.code: one.label for one in ITEMS if one.kind == place.kind}
    context = {
        "place": place,
        "ready": held,
        "form": form,
        "obstacle_form": obstacle,
        "may_record": can(request.user, Permission.KEEP_REGISTERS, place),
        "below": selectors.ready_below(place=place, on=today),
        "said": [(labels.get(row.item, row.item), row) for row in said],
        "held_up": held_up,
        "source": SOURCE,
        "today": today,
    }
    return render(request, "facilities/readiness.html", context)


def _kept(request: Request, form: ReadinessForm, obstacle: ObstacleForm, place: Facility) -> bool:
    written: list[int] = []
    if accepted(request, form, lambda: written.append(form.apply(request.user))):
        [count] = written
        kept = counted("Tersimpan: %(count)s jawaban.", count)
        messages.success(request, kept if count else _("Tidak ada yang berubah."))
        return True
    if accepted(request, obstacle, lambda: obstacle.apply(place, request.user)):
        messages.success(request, _("Hambatan utama tersimpan."))
        return True
    return False


@require_POST
def obstacle_end(request: Request, pk: int) -> HttpResponse:
    """It is out of the way."""
    seen = Obstacle.objects.visible_to(request.user).select_related("facility")
    obstacle = get_object_or_404(seen, pk=pk)
    try:
        end_obstacle(obstacle=obstacle, by=request.user)
        messages.success(request, _("Hambatan dinyatakan teratasi. Riwayatnya tetap tersimpan."))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("facilities:readiness", obstacle.facility.code)
