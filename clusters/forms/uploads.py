"""What is asked when a workbook is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.actions.receiving import take_whole
from clusters.actions.uploads import receive_upload
from clusters.models import Upload
from clusters.selectors.uploads import own_place, recording_places
from clusters.services import SERVICES
from facilities.forms.fields import MonthField
from facilities.models import Facility
from ilp.core.languages import filled
from ilp.core.models import User
from ilp.core.months import Month

MONTHS_BACK, MONTHS_AHEAD = 60, 12
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")


class PlaceField(forms.ModelChoiceField):
    default_error_messages = {
        "required": _("Pilih faskes tempat kunjungan ini."),
        "invalid_choice": _("Faskes itu bukan wilayah kerja Anda. Pilih dari daftar."),
    }

    def label_from_instance(self, obj: Facility) -> str:
        return f"{obj} ({obj.code})"


class WhatAndWhere(forms.Form):
    """A service and a facility: enough for a template."""

    service = forms.ChoiceField(
        label=_("Jenis layanan"),
        choices=[(code, s.label) for code, s in SERVICES.items()],
        error_messages={"required": _("Pilih jenis layanan.")},
    )
    facility = PlaceField(label=_("Faskes"), queryset=Facility.objects.none())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.fields["facility"]
        places.queryset = recording_places(by)  # type: ignore[attr-defined]
        if own := own_place(by):
            self.initial.setdefault("facility", own.pk)
            places.empty_label = None  # type: ignore[attr-defined]


class TemplateForm(WhatAndWhere):
    """What a template is for; with a roster also the month whose persons it lists."""

    roster = forms.BooleanField(
        label=_("Dengan daftar sasaran"),
        help_text=_("NIK, nama, dan alamat orang yang diharapkan datang sudah terisi."),
        required=False,
    )
    month = MonthField(label=_("Bulan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="templat-%s", **kwargs)
        self.initial.setdefault("month", Month.of(timezone.localdate()))

    def clean_month(self) -> Month:
        """This month where none is told; none that lies far ahead or long ago."""
        now = Month.of(timezone.localdate())
        month: Month = self.cleaned_data["month"] or now
        if not now.plus(-MONTHS_BACK) <= month <= now.plus(MONTHS_AHEAD):
            raise forms.ValidationError(_("Pilih bulan dari 5 tahun lalu sampai 1 tahun lagi."))
        return month


class ServiceForm(forms.Form):
    """Of which service a file is, where that was not recognised or not rightly."""

    service = forms.ChoiceField(
        label=_("Jenis layanan"),
        choices=[("", _("– pilih –")), *((code, s.label) for code, s in SERVICES.items())],
        error_messages={"required": _("Pilih jenis layanan.")},
    )


class UploadForm(WhatAndWhere):
    file = forms.FileField(
        label=_("Berkas Excel"),
        help_text=filled(
            _("xlsx, xls, ods atau csv, paling besar %(size)s MB."),
            {"size": settings.UPLOAD_MAX_BYTES // 2**20},
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={
            "required": _("Pilih berkas Excel yang akan diunggah."),
            "empty": _("Berkas kosong. Isi lembar data dahulu, simpan, lalu unggah lagi."),
        },
    )

    pieces = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = cast("forms.ChoiceField", self.fields["service"])
        service.required = False
        service.choices = [("", _("Kenali dari isi berkas")), *cast("Any", service.choices)]
        self.fields["file"].required = not self.data.get("pieces")  # which came before

    def clean_file(self) -> UploadedFile | None:
        found: UploadedFile | None = self.cleaned_data["file"]
        if found is None:
            return None
        _check_suffix(found.name or "")
        if (found.size or 0) > settings.UPLOAD_MAX_BYTES:
            text = _("Berkas lebih besar dari %(size)s MB. Bagi menjadi beberapa berkas.")
            raise forms.ValidationError(text % {"size": settings.UPLOAD_MAX_BYTES // 2**20})
        return found

    def receive(self, by: User) -> Upload:
        file = self.cleaned_data["file"]
        whole = (file.name, file.read()) if file else None
        name, content = whole or take_whole(key=self.cleaned_data["pieces"], by=by)
        return receive_upload(
            service=self.cleaned_data["service"],
            facility=self.cleaned_data["facility"],
            file_name=name,
            content=content,
            by=by,
        )


class PieceForm(forms.Form):
    """A piece of a file on its way."""

    kunci = forms.RegexField(r"^[0-9a-z-]{8,64}$")
    nama = forms.CharField(max_length=200)
    ukuran = forms.IntegerField(min_value=1)
    awal = forms.IntegerField(min_value=0)
    potongan = forms.FileField()

    def clean_nama(self) -> str:
        name: str = self.cleaned_data["nama"]
        _check_suffix(name)
        return name

    def cleaned(self) -> dict[str, Any]:
        """As the action wants it."""
        found = self.cleaned_data
        return {
            "key": found["kunci"],
            "file_name": found["nama"],
            "size": found["ukuran"],
            "begin": found["awal"],
            "piece": found["potongan"].read(),
        }


def _check_suffix(name: str) -> None:
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        text = _("Berkas ini %(kind)s. Simpan sebagai Excel (.xlsx), lalu unggah lagi.")
        raise forms.ValidationError(text % {"kind": suffix or _("tanpa jenis")})
