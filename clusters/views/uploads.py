"""Sending a workbook: choose, send, see what would happen, accept, see what did."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clusters.actions import looking, uploads
from clusters.actions.receiving import OutOfPlace, receive_piece
from clusters.actions.telling import name_service
from clusters.excel.marking.files import annotated, only_faulty
from clusters.excel.offers import Offers
from clusters.excel.templates import Listed, file_name, write_template
from clusters.forms import PieceForm, ServiceForm, TemplateForm, UploadForm
from clusters.models import Upload
from clusters.selectors import uploads as selectors
from clusters.selectors.expected import expected
from clusters.selectors.visits import needed
from clusters.services import SERVICES, Service
from clusters.views.finding import STEPS, find_upload, require_recorder, step_of
from clusters.views.nudging import nudge
from facilities.access import require
from facilities.models import Facility
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
Status = Upload.Status


@never_cache
def upload_new(request: Request) -> HttpResponse:
    """Choose what and where, take a template along, send the file."""
    require_recorder(request)
    first = {"service": request.GET.get("service", "")}
    form = UploadForm(request.POST or None, request.FILES or None, by=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.receive(request.user)
        except DomainError as broken:
            form.add_error(None, broken)
        else:
            nudge("clusters.tasks.check_upload", upload)
            return redirect("clusters:upload", upload.pk)
    return _chosen(request, form, TemplateForm(by=request.user))


def _chosen(
    request: Request, form: UploadForm, wanted: TemplateForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "wanted": wanted, "steps": STEPS}
    return render(request, "clusters/upload_new.html", context, status=status)


@never_cache
def upload_piece(request: Request) -> JsonResponse:
    """Take a piece of a file, or tell how much of it has come; js/pieces.js asks and sends."""
    require_recorder(request)
    key = (request.POST if request.method == "POST" else request.GET).get("kunci", "")[:64]
    if request.method != "POST":
        return JsonResponse({"received": selectors.received(request.user, key)})
    piece = PieceForm(request.POST, request.FILES)
    if not piece.is_valid():
        return JsonResponse({"refused": str(_("Bagian berkas tidak lengkap."))}, status=400)
    try:
        found = receive_piece(**piece.cleaned(), by=request.user)
    except OutOfPlace as wrong:
        return JsonResponse({"received": wrong.received}, status=409)
    except DomainError as broken:
        return JsonResponse({"refused": broken.sentence}, status=422)
    return JsonResponse({"received": found.received})


@never_cache
def upload(request: Request, pk: int) -> HttpResponse:
    """Where an upload stands: under way, to be accepted, done or refused."""
    one = find_upload(request, pk)
    working = one.status in (Status.WAITING, Status.CHECKING, Status.ACCEPTED)
    context = {
        "upload": one,
        "working": working,
        "poll": reverse("clusters:upload", args=[pk]) if working else "",
        "steps": STEPS,
        "step": step_of(one),
        "accepted": one.new + one.changed,
        "kinds": ServiceForm(initial={"service": one.service}),
        "ahead": selectors.ahead_of(one) if working else 0,
    }
    if request.headers.get("X-Partial"):
        return render(request, "clusters/_upload_progress.html", context)
    offers = Offers(one)
    context |= {
        "wrong": offers.each(selectors.issue_groups(one, warnings=False)),
        "odd": offers.each(selectors.issue_groups(one, warnings=True)),
        "issues": selectors.first_issues(one),
        "before": selectors.sent_before(one),
        "effect": selectors.effect_of(one),
    }
    return render(request, "clusters/upload.html", context)


@require_POST
def upload_service(request: Request, pk: int) -> HttpResponse:
    """Another service than the one that was recognised; the file is checked as that."""
    one = find_upload(request, pk)
    form = ServiceForm(request.POST)
    try:
        if form.is_valid():
            named, shown = form.cleaned_data["service"], request.POST.get("pratinjau", "")
            name_service(upload=one, service=named, shown=shown, by=request.user)
            nudge("clusters.tasks.check_upload", one)
        else:
            messages.error(request, _("Pilih jenis layanan dari daftarnya."))
    except DomainError as broken:
        messages.error(request, broken.sentence)
    return redirect("clusters:upload", pk)


@require_POST
def upload_accept(request: Request, pk: int) -> HttpResponse:
    """Write the good rows or, if asked so, all rows or none."""
    one = find_upload(request, pk)
    try:
        shown, whole = request.POST.get("pratinjau", ""), request.POST.get("cara") == "semua"
        uploads.accept_upload(upload=one, by=request.user, shown=shown, whole=whole)
    except DomainError as broken:
        messages.error(request, broken.sentence)
    else:
        nudge("clusters.tasks.write_upload", one)
    return redirect("clusters:upload", pk)


@never_cache
def upload_rejects(request: Request, pk: int) -> HttpResponseBase:
    """The file itself with what is wrong marked in it or, when asked, only its refused rows."""
    one = find_upload(request, pk)
    give_back = only_faulty if request.GET.get("hanya") == "bermasalah" else annotated
    try:
        found = give_back(one)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("clusters:upload", pk)
    looking.download_upload(upload=one, by=request.user)
    return _download(found.content, found.name)


@never_cache
def template(request: Request) -> HttpResponseBase:
    """A workbook for a service and a facility: empty, or with those who are expected."""
    require_recorder(request)
    form = TemplateForm(request.GET, by=request.user)
    if form.has_error("service") or form.has_error("facility"):
        return redirect("clusters:upload-new")
    service = SERVICES[form.cleaned_data["service"]]
    facility: Facility = form.cleaned_data["facility"]
    listed = None
    if form.cleaned_data["roster"]:
        try:
            listed = _listed(request, form, service, facility)
        except DomainError as broken:
            form.add_error("roster", broken)
        if form.errors:
            return _chosen(request, UploadForm(by=request.user), form, status=422)
    target = BytesIO()
    write_template(target, service=service, facility=facility, listed=listed)
    return _download(target, file_name(service, facility, listed.month if listed else None))


def _listed(
    request: Request, form: TemplateForm, service: Service, facility: Facility
) -> Listed | None:
    """The persons who are expected; taking their names away is noted."""
    month: Month | None = form.cleaned_data.get("month")
    if month is None:
        return None
    require(request.user, needed(service.code), facility)
    persons = expected(request.user, service, facility, month)
    looking.take_roster(
        place=facility, service=service.code, month=month, rows=len(persons), by=request.user
    )
    return Listed(month, persons)


def _download(target: BytesIO, name: str) -> FileResponse:
    target.seek(0)
    kind = XLSM if name.endswith(".xlsm") else XLSX
    return FileResponse(target, as_attachment=True, filename=name, content_type=kind)
