"""S20: target populations of a year, their versions, and the template for a new one."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from facilities.access import can, require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from reporting.catalogue import SASARAN
from reporting.excel.targets import write_template
from reporting.models import TargetSet
from reporting.selectors import targets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A workbook of sasaran, and from which month it counts."""

    year = forms.TypedChoiceField(label=gettext_lazy("Tahun"), coerce=int)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Berlaku mulai bulan"),
        coerce=int,
        choices=lambda: [(n, formats.month_name(n)) for n in range(1, 13)],
        help_text=gettext_lazy("Bulan-bulan sebelumnya tetap memakai versi yang lama."),
    )
    basis = forms.ChoiceField(label=gettext_lazy("Dasar"), choices=TargetSet.Basis.choices)
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=200,
        help_text=gettext_lazy("Nomor SK atau asal angka, contoh: Pusdatin 2025."),
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas Excel"),
        help_text=gettext_lazy(
            "xlsx, xls, ods atau csv: templat sasaran, tabel Anda sendiri, atau daftar dengan satu "
            "angka per baris (tempat, sasaran, jumlah)."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, year: int) -> None:
        super().__init__(data, files, initial={"year": year, "month": 1})
        chosen = cast(forms.TypedChoiceField, self.fields["year"])
        chosen.choices = [(y, y) for y in range(year - 2, year + 3)]


def target_list(request: Request) -> HttpResponse:
    """A version as a table; `tahun` and `versi` choose it, `w` the district."""
    return target_page(request, district_of(request))


def target_page(
    request: Request, district: Facility, form: UploadForm | None = None, **more: Any
) -> HttpResponse:
    """The page of the sasaran of a year, with what was wrong with a file that was sent."""
    year = year_of(request)
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
        "sees_district": may_manage or can(request.user, Permission.VIEW, district),
        "form": form or (UploadForm(year=year) if may_manage else None),
        "refusals": (),
        "refused": 0,
    } | more
    status = 422 if form is not None else 200
    return render(request, "reporting/target_list.html", context, status=status)


def year_of(request: Request) -> int:
    """The year that is asked for, else this one."""
    text = request.GET.get("tahun", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else _this_year()


def _this_year() -> int:
    return timezone.localdate().year


def district_of(request: Request) -> Facility:
    """The district that is asked for, else the first that the user sees."""
    code = request.GET.get("w", "")
    found = targets.district_of(user=request.user, code=code)
    if found is None and not code:
        raise Forbidden(f"{request.user} sees no place")
    if found is None:
        raise Http404
    return found


def target_template(request: Request) -> FileResponse:
    """The workbook to fill in: every Puskesmas and village, with the newest numbers of the year."""
    district, year = district_of(request), year_of(request)
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
