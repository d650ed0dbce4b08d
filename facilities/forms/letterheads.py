"""What heads a place's letters, and who signs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from facilities.actions import letterheads as actions
from facilities.forms.fields import DayField
from facilities.models import Facility, Letterhead, Signatory
from ilp.core.models import User


class LetterheadForm(forms.Form):
    """The lines of a letterhead from a day on; `held` is the one that it follows."""

    lines = forms.CharField(
        label=_("Baris kop"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi baris kop, contoh PUSKESMAS MELATI.")},
    )
    address = forms.CharField(
        label=_("Alamat"),
        max_length=200,
        required=False,
        help_text=_("Contoh: Jl. Mawar No. 1, Contoh 90901, telp. (0999) 123456"),
    )
    town = forms.CharField(
        label=_("Tempat tanda tangan"),
        max_length=60,
        help_text=_("Ditulis sebelum tanggal, contoh: Contoh, 5 Juni 2025"),
        error_messages={"required": _("Isi tempat tanda tangan, contoh Contoh.")},
    )
    since = DayField(label=_("Berlaku sejak"))

    def __init__(
        self,
        *args: Any,
        place: Facility,
        held: Letterhead | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["since"].initial = today
        for name in ("lines", "address", "town") if held else ():
            self.fields[name].initial = getattr(held, name)
        is_district = place.kind == Facility.Kind.DISTRICT
        self.fields["lines"].help_text = (
            _("Satu baris per baris: PEMERINTAH KABUPATEN …, lalu DINAS KESEHATAN.")
            if is_district
            else _("Nama tempat ini. Baris kop Dinas tercetak di atasnya.")
        )

    def apply(self, by: User) -> None:
        actions.record_letterhead(facility=self.place, **self.cleaned_data, by=by)


class SignatoryForm(forms.Form):
    """Who signs from a day on; `programmes` are the reports that an officer may be asked for."""

    duty = forms.ChoiceField(label=_("Sebagai"), choices=Signatory.Duty.choices)
    programme = forms.ChoiceField(label=_("Untuk laporan"), required=False)
    name = forms.CharField(
        label=_("Nama dan gelar"),
        max_length=100,
        error_messages={"required": _("Isi nama penanda tangan.")},
    )
    nip = forms.CharField(
        label=_("NIP"),
        max_length=30,
        required=False,
        help_text=_("18 angka. Kosongkan bila tidak ada."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    position = forms.CharField(
        label=_("Jabatan"),
        max_length=100,
        help_text=_("Seperti tercetak di atas tanda tangan, contoh: Kepala Puskesmas Melati"),
        error_messages={"required": _("Isi jabatan, contoh Kepala Puskesmas Melati.")},
    )
    since = DayField(label=_("Menandatangani sejak"))

    def __init__(
        self,
        *args: Any,
        place: Facility,
        programmes: Sequence[tuple[str, Text]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        chosen = self.fields["programme"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", _("Semua laporan")), *programmes]
        self.fields["since"].initial = today

    def apply(self, by: User) -> None:
        given = self.cleaned_data
        actions.record_signatory(
            facility=self.place,
            duty=given["duty"],
            programme=given["programme"],
            person=(given["name"], given["nip"], given["position"]),
            since=given["since"],
            by=by,
        )
