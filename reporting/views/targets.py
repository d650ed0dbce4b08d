"""S20: target populations of a year, their versions, and a new version from a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from facilities.access import can, require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.months import Month
from reporting.actions.targets import Row, set_targets
from reporting.catalogue import SASARAN
from reporting.excel.targets import Refusal, read_targets, write_template
from reporting.models import TargetSet
from reporting.selectors import targets

SALT = "sasaran"
SHOWN_REFUSALS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A workbook of sasaran, and from which month it counts."""

    year = forms.TypedChoiceField(label=gettext_lazy("Tahun"), coerce=int)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Berlaku mulai bulan"),
        coerce=int,
        choices=list(enumerate(formats.MONTHS, start=1)),
        help_text=gettext_lazy("Bulan-bulan sebelumnya tetap memakai versi yang lama."),
    )
    basis = forms.ChoiceField(label=gettext_lazy("Dasar"), choices=TargetSet.Basis.choices)
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=200,
        help_text=gettext_lazy("Nomor SK atau asal angka, contoh: Pusdatin 2025."),
    )
    file = forms.FileField(label=gettext_lazy("Berkas Excel (.xlsx)"))

    def __init__(self, data: Any = None, files: Any = None, *, year: int) -> None:
        super().__init__(data, files, initial={"year": year, "month": 1})
        chosen = cast(forms.TypedChoiceField, self.fields["year"])
        chosen.choices = [(y, y) for y in range(year - 2, year + 3)]


@dataclass(frozen=True)
class Compared:
    """One sasaran over all rows of a file, beside the version that it would replace."""

    code: str
    label: str
    places: int
    before: int | None
    after: int


def target_list(request: Request) -> HttpResponse:
    """A version as a table; `tahun` and `versi` choose it, `w` the district."""
    return _page(request, _district(request))


def _page(request: Request, district: Facility, form: UploadForm | None = None, **more: Any):
    year = _year(request)
    versions = targets.versions(district=district.pk, year=year)
    asked = request.GET.get("versi", "")
    version = next((v for v in versions if str(v.pk) == asked), versions[0] if versions else None)
    may_manage = can(request.user, Permission.MANAGE_TARGETS, district)
    context = {
        "district": district,
        "year": year,
        "versions": versions,
        "version": version,
        "table": targets.target_table(version=version) if version else None,
        "sasaran": SASARAN,
        "may_manage": may_manage,
        "form": form or (UploadForm(year=year) if may_manage else None),
        "refusals": (),
        "refused": 0,
    } | more
    status = 422 if form is not None else 200
    return render(request, "reporting/target_list.html", context, status=status)


def _year(request: Request) -> int:
    text = request.GET.get("tahun", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else _this_year()


def _this_year() -> int:
    return timezone.localdate().year


def _district(request: Request) -> Facility:
    code = request.GET.get("w", "")
    found = targets.district_of(user=request.user, code=code)
    if found is None and not code:
        raise Forbidden(f"{request.user} sees no place")
    if found is None:
        raise Http404
    return found


def target_template(request: Request) -> FileResponse:
    """The workbook to fill in: every Puskesmas and village, with the newest numbers of the year."""
    district, year = _district(request), _year(request)
    require(request.user, Permission.MANAGE_TARGETS, district)
    versions = targets.versions(district=district.pk, year=year)
    buffer = BytesIO()
    places = Facility.objects.within(district, timezone.localdate()).of_kind(*targets.ORDER)
    write_template(
        buffer,
        places=places.order_by("code"),
        table=targets.target_table(version=versions[0]) if versions else None,
    )
    buffer.seek(0)
    name = f"sasaran-{district.code}-{year}.xlsx"
    return FileResponse(buffer, as_attachment=True, filename=name, content_type=XLSX)


@require_POST
def target_upload(request: Request) -> HttpResponse:
    """Read a filled-in template and show what it would set. Nothing is written yet."""
    district = _district(request)
    require(request.user, Permission.MANAGE_TARGETS, district)
    form = UploadForm(request.POST, request.FILES, year=_year(request))
    if not form.is_valid():
        return _page(request, district, form)
    data = form.cleaned_data
    since = Month(data["year"], data["month"])
    places = Facility.objects.within(district, since.last_day).of_kind(*targets.ORDER)
    try:
        reading = read_targets(data["file"], places=places.values_list("code", flat=True))
    except DomainError as error:
        form.add_error("file", error)
        return _page(request, district, form)
    if reading.refusals:
        return _refused(request, district, form, reading.refusals)
    parcel = {
        "district": district.code,
        "year": since.year,
        "since": str(since),
        "basis": data["basis"],
        "source": data["source"],
        "rows": reading.rows,
    }
    context = {
        "district": district,
        "since": since,
        "basis": TargetSet.Basis(data["basis"]).label,
        "source": data["source"],
        "parcel": signing.dumps(parcel, salt=_salt(request), compress=True),
        "compared": _compared(district, since, data["basis"], reading.rows),
        "count": len(reading.rows),
        "places": len({row[0] for row in reading.rows}),
    }
    return render(request, "reporting/target_preview.html", context)


def _refused(
    request: Request, district: Facility, form: UploadForm, refusals: tuple[Refusal, ...]
) -> HttpResponse:
    form.add_error(
        "file",
        _("Tidak ada yang disimpan: %(count)s sel perlu diperbaiki dahulu.")
        % {"count": len(refusals)},
    )
    shown = refusals[:SHOWN_REFUSALS]
    return _page(request, district, form, refusals=shown, refused=len(refusals))


def _compared(
    district: Facility, since: Month, basis: str, rows: tuple[Row, ...]
) -> list[Compared]:
    before = targets.sasaran(places=[district.pk], codes=SASARAN, month=since, basis=basis)
    found = []
    for code, one in SASARAN.items():
        given = {place: value for place, c, value in rows if c == code}
        if given:
            known = before.get((district.pk, code))
            top = given.get(district.code, 0) or _villages_or_puskesmas(district, since, given)
            found.append(Compared(code, str(one.label), len(given), known, top))
    return found


def _villages_or_puskesmas(district: Facility, since: Month, given: dict[str, int]) -> int:
    """What the district will add up to: the topmost places that give a number."""
    places = Facility.objects.within(district, since.last_day).filter(code__in=given)
    above = {
        place.code: set(places.above(place, since.last_day).values_list("code", flat=True))
        for place in places.of_kind(Facility.Kind.DESA)
    }
    hidden = {code for code, upper in above.items() if (upper - {code}) & given.keys()}
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
