"""Saying which column of a file holds what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from clusters.actions.telling import NoLongerAsked, remember_layout, tell_upload
from clusters.excel.imports import sheets_of
from clusters.excel.remembered import recall
from clusters.excel.told import sealed, told_of
from clusters.excel.whereabouts import Whereabouts
from clusters.models import Upload
from clusters.selectors.layouts import remembers_for
from clusters.views.finding import STEPS, find_upload
from clusters.views.mapping_form import MappingForm
from clusters.views.nudging import nudge
from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.http import Request

OPEN = (Upload.Status.ASKING, Upload.Status.PREVIEWED)


@never_cache
def upload_mapping(request: Request, pk: int) -> HttpResponse:
    """The columns of a file as they are understood, to be confirmed or put right."""
    upload = find_upload(request, pk)
    try:
        form = _form(request, upload)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("clusters:upload", pk)
    if request.method == "POST":
        if "ulang" in request.POST:
            form.reread()
        elif form.is_valid():
            return _tell(request, upload, form)
    context = {
        "upload": upload,
        "form": form,
        "remembers_for": _remembered_at(request, upload),
        "steps": STEPS,
    }
    return render(request, "clusters/upload_mapping.html", context)


def _form(request: Request, upload: Upload) -> MappingForm:
    if upload.status not in OPEN or not upload.service:
        raise NoLongerAsked
    sheets = sheets_of(upload)
    return MappingForm(
        sheets,
        service=upload.service,
        where=Whereabouts(upload.facility, request.user),
        file_name=upload.file_name,
        told=recall(told_of(upload), sheets, upload.facility, upload.service),
        posted=request.POST if request.method == "POST" else None,
    )


def _tell(request: Request, upload: Upload, form: MappingForm) -> HttpResponse:
    try:
        tell_upload(upload=upload, told=sealed(form.told), by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("clusters:upload", upload.pk)
    nudge("clusters.tasks.check_upload", upload)
    if request.POST.get("ingat"):
        _remember(request, upload, form)
    return redirect("clusters:upload", upload.pk)


def _remembered_at(request: Request, upload: Upload) -> Facility:
    """The Puskesmas, for those who record at all of it; else the place alone."""
    whole = remembers_for(upload.facility)
    return whole if can(request.user, Permission.RECORD, whole) else upload.facility


def _remember(request: Request, upload: Upload, form: MappingForm) -> None:
    for layout in form.layouts():
        remember_layout(
            facility=_remembered_at(request, upload),
            service=upload.service,
            titles=layout.titles,
            columns=layout.columns,
            by=request.user,
        )
    messages.success(request, _("Pemetaan kolom diingat untuk berkas berikutnya."))
