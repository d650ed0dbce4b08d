"""S20: a new version of sasaran from a workbook: sent, looked at, put right, kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.access import require
from facilities.actions.places import learn_name
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.counting import counted
from ilp.core.errors import DomainError
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.targets import Row, set_targets
from reporting.catalogue import SASARAN
from reporting.excel.target_marks import annotated
from reporting.excel.target_tables import Refusal
from reporting.excel.targets import MAX_BYTES, Reading, read_targets
from reporting.models import TargetSet
from reporting.selectors import targets
from reporting.selectors.target_places import ListedPlace, listed_places
from reporting.views.target_files import Sent, unwrapped, wrapped
from reporting.views.targets import XLSX, UploadForm, district_of, target_page, year_of

SALT = "sasaran"
SHOWN = 100
MOST_NAMES = 30
ENDING = "perlu diperbaiki"
Kind = Facility.Kind
LEARNED = (Kind.PUSKESMAS, Kind.DESA)


@dataclass(frozen=True)
class Compared:
    """One sasaran over all rows of a file, beside the version that it would replace."""

    code: str
    label: str
    places: int
    before: int | None
    after: int


@dataclass(frozen=True)
class UnknownName:
    """A name that no place bears; `alike` is the code of the place that it may mean."""

    box: str
    name: str
    rows: int
    alike: str


@require_POST
def target_upload(request: Request) -> HttpResponse:
    """Read a table of sasaran and show what it would set. Nothing is written yet."""
    district = district_of(request)
    require(request.user, Permission.MANAGE_TARGETS, district)
    form = UploadForm(request.POST, request.FILES, year=year_of(request))
    if not form.is_valid():
        return target_page(request, district, form)
    return _looked_at(request, district, form)


@require_POST
def target_names(request: Request) -> HttpResponse:
    """Learn what the places of a file are called in it, and read it again."""
    district = district_of(request)
    require(request.user, Permission.MANAGE_TARGETS, district)
    sent = unwrapped(request.POST.get("berkas", ""), request.user)
    form = None if sent is None else UploadForm(sent.fields, sent.files, year=year_of(request))
    if sent is None or form is None or not form.is_valid():
        return _too_old(request)
    month = Month(sent.year, sent.month)
    places = listed_places(district=district, month=month)
    try:
        reading = read_targets(sent.content, places=places, year=sent.year)
        for one in _unknown_names(reading.refusals):
            code = request.POST.get(one.box, "")
            if code in {place.code for place in places}:
                meant = Facility.objects.get(code=code)
                learn_name(place=meant, text=one.name, by=request.user)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("reporting:target-list")
    return _looked_at(request, district, form)


@require_POST
def target_marks(request: Request) -> HttpResponseBase:
    """The file that was sent, with what is wrong in it marked."""
    district = district_of(request)
    require(request.user, Permission.MANAGE_TARGETS, district)
    sent = unwrapped(request.POST.get("berkas", ""), request.user)
    if sent is None:
        return _too_old(request)
    places = listed_places(district=district, month=Month(sent.year, sent.month))
    try:
        reading = read_targets(sent.content, places=places, year=sent.year)
    except DomainError as broken:
        messages.error(request, broken.sentence)
        return redirect("reporting:target-list")
    target, suffix = annotated(sent.content, reading, sent.name)
    target.seek(0)
    stem = Path(sent.name).stem.removesuffix(f" - {ENDING}")
    name = f"{stem} - {ENDING}.{suffix}"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


def _too_old(request: Request) -> HttpResponse:
    messages.error(request, _("Pratinjau sudah kedaluwarsa. Unggah berkasnya sekali lagi."))
    return redirect("reporting:target-list")


def _looked_at(request: Request, district: Facility, form: UploadForm) -> HttpResponse:
    """What a file would set, or what is wrong with it."""
    data = form.cleaned_data
    file = data["file"]
    content = file.read(MAX_BYTES + 1)
    sent = Sent(data["year"], data["month"], data["basis"], data["source"], file.name, content)
    month = Month(sent.year, sent.month)
    places = listed_places(district=district, month=month)
    try:
        reading = read_targets(sent.content, places=places, year=sent.year)
    except DomainError as error:
        form.add_error("file", error)
        return target_page(request, district, form)
    if reading.refusals:
        return _refused(request, district, form, reading, sent, places)
    return _preview(request, district, sent, reading, places)


def _preview(
    request: Request,
    district: Facility,
    sent: Sent,
    reading: Reading,
    places: Sequence[ListedPlace],
) -> HttpResponse:
    since = Month(sent.year, sent.month)
    parcel = {
        "district": district.code,
        "year": since.year,
        "since": str(since),
        "basis": sent.basis,
        "source": sent.source,
        "rows": reading.rows,
    }
    context = {
        "district": district,
        "since": since,
        "basis": TargetSet.Basis(sent.basis).label,
        "source": sent.source,
        "parcel": signing.dumps(parcel, salt=_salt(request), compress=True),
        "compared": _compared(district, since, sent.basis, reading.rows, places),
        "count": len(reading.rows),
        "places": len({row[0] for row in reading.rows}),
        "odd": reading.odd[:SHOWN],
        "notes": reading.notes,
    }
    return render(request, "reporting/target_preview.html", context)


def _refused(  # noqa: PLR0913 what was sent and what is wrong with it
    request: Request,
    district: Facility,
    form: UploadForm,
    reading: Reading,
    sent: Sent,
    places: Sequence[ListedPlace],
) -> HttpResponse:
    count = len(reading.refusals)
    told = counted("Tidak ada yang disimpan: %(count)s sel perlu diperbaiki dahulu.", count)
    form.add_error("file", told)
    more: dict[str, Any] = {
        "refusals": reading.refusals[:SHOWN],
        "refused": len(reading.refusals),
        "several_sheets": len(reading.tables) > 1,
        "notes": reading.notes,
        "sent": wrapped(sent, request.user),
        "names": _unknown_names(reading.refusals),
        "choices": [(p.code, f"{p} ({p.code})") for p in places if p.kind in LEARNED],
    }
    return target_page(request, district, form, **more)


def _unknown_names(refusals: Iterable[Refusal]) -> list[UnknownName]:
    """Each name that no place bears, once; the boxes are numbered in the order of the file."""
    found: dict[str, list[Refusal]] = {}
    for one in refusals:
        if one.name:
            found.setdefault(one.name, []).append(one)
    return [
        UnknownName(f"tempat-{at}", name, len(rows), rows[0].alike)
        for at, (name, rows) in enumerate(found.items())
    ][:MOST_NAMES]


def _compared(  # noqa: PLR0913 both sides of it
    district: Facility,
    since: Month,
    basis: str,
    rows: tuple[Row, ...],
    places: Sequence[ListedPlace],
) -> list[Compared]:
    before = targets.sasaran(places=[district.pk], codes=SASARAN, month=since, basis=basis)
    found = []
    for code, one in SASARAN.items():
        given = {place: value for place, c, value in rows if c == code}
        if given:
            known = before.get((district.pk, code))
            top = given.get(district.code, 0) or _villages_or_puskesmas(places, given)
            found.append(Compared(code, str(one.label), len(given), known, top))
    return found


def _villages_or_puskesmas(places: Sequence[ListedPlace], given: dict[str, int]) -> int:
    """What the district will add up to: the topmost places that give a number."""
    hidden = {one.code for one in places if one.kind == Kind.DESA and one.above & given.keys()}
    return sum(value for code, value in given.items() if code not in hidden)


@require_POST
def target_confirm(request: Request) -> HttpResponse:
    """Keep what the preview showed, as a new version."""
    try:
        parcel = signing.loads(request.POST.get("isi", ""), salt=_salt(request), max_age=86_400)
    except signing.BadSignature:
        messages.error(request, _("Pratinjau sudah kedaluwarsa. Unggah berkasnya sekali lagi."))
        return redirect("reporting:target-list")
    seen = Facility.objects.filter(code=parcel["district"]).first()
    if seen is None:
        raise Http404
    try:
        made = set_targets(
            district=seen,
            year=parcel["year"],
            basis=parcel["basis"],
            since=Month.parse(parcel["since"]),
            source=parcel["source"],
            rows=[(place, code, value) for place, code, value in parcel["rows"]],
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        return redirect("reporting:target-list")
    messages.success(request, _("Sasaran versi %(version)s tersimpan.") % {"version": made.version})
    address = reverse("reporting:target-list", query={"w": seen.code, "tahun": made.year})
    return redirect(address)


def _salt(request: Request) -> str:
    """A preview is the uploader's alone."""
    return f"{SALT}:{request.user.pk}"
