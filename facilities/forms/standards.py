"""What a kind of place shall have from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions.standards import NewStandard, add_standard
from facilities.forms.fields import DayField
from facilities.models import ASSESSED, Facility, Group, StandardItem, Worker
from ilp.core.models import User


class StandardForm(forms.Form):
    """One item; what is said of staff is chosen from the kinds of workers."""

    group = forms.ChoiceField(label=_("Kelompok"), choices=Group.choices)
    kind = forms.ChoiceField(
        label=_("Jenis tempat"), choices=[(kind.value, kind.label) for kind in ASSESSED]
    )
    beds = forms.ChoiceField(
        label=_("Berlaku bagi"), choices=StandardItem.Beds.choices, required=False
    )
    worker = forms.ChoiceField(
        label=_("Jenis tenaga"),
        choices=[("", "–"), *Worker.choices],
        required=False,
        help_text=_("Hanya untuk kelompok SDM."),
    )
    name = forms.CharField(
        label=_("Nama"),
        max_length=120,
        required=False,
        help_text=_("Contoh: Antropometri kit. Untuk SDM cukup pilih jenis tenaga."),
    )
    unit = forms.CharField(
        label=_("Satuan"),
        max_length=20,
        initial="buah",
        error_messages={"required": _("Isi satuan, contoh buah.")},
    )
    number = forms.IntegerField(
        label=_("Jumlah standar tiap tempat"),
        min_value=0,
        max_value=9_999,
        error_messages={
            "required": _("Isi jumlah, contoh 1."),
            "invalid": _("Isi jumlah dengan angka bulat, contoh 1."),
        },
    )
    price = forms.IntegerField(
        label=_("Harga satuan (Rp)"),
        min_value=0,
        max_value=10**12,
        required=False,
        help_text=_("Untuk usulan RUK. Tulis angkanya saja, contoh 4500000."),
        error_messages={"invalid": _("Tulis angkanya saja, contoh 4500000.")},
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=200,
        help_text=_("Nomor dan pasal aturan, atau keputusan Dinas."),
        error_messages={"required": _("Isi sumber standar ini.")},
    )
    certainty = forms.ChoiceField(label=_("Kepastian"), choices=StandardItem.Certainty.choices)
    since = DayField(label=_("Berlaku sejak"))

    def __init__(self, *args: Any, district: Facility, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district = district
        self.fields["since"].initial = today

    def apply(self, by: User) -> None:
        add_standard(district=self.district, new=NewStandard(**self.cleaned_data), by=by)


class DayForm(forms.Form):
    """From which day on something holds no more."""

    until = DayField(label=_("Berakhir sejak"))
