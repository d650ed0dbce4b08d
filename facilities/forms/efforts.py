"""An innovation or a partner, written down or corrected."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.forms.fields import DayField
from facilities.models import Partner
from facilities.models.efforts import Cluster


class LinkField(forms.URLField):
    default_error_messages = {
        "invalid": _("Tulis alamat lengkap, contoh https://contoh.go.id/inovasi.pdf."),
    }


class InnovationForm(forms.Form):
    name = forms.CharField(
        label=_("Nama inovasi"),
        max_length=120,
        error_messages={"required": _("Isi nama inovasi, contoh Gardu Elit.")},
    )
    cluster = forms.ChoiceField(label=_("Klaster"), choices=Cluster.choices)
    problem = forms.CharField(
        label=_("Masalah yang dijawab"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi masalah yang dijawab inovasi ini.")},
    )
    result = forms.CharField(
        label=_("Hasil"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dengan angka, contoh: kunjungan lansia naik dari 120 menjadi 310 sebulan."),
    )
    link = LinkField(label=_("Tautan dokumen"), required=False, assume_scheme="https")
    since = DayField(label=_("Mulai"))


class PartnerForm(forms.Form):
    name = forms.CharField(
        label=_("Nama mitra"),
        max_length=120,
        error_messages={"required": _("Isi nama mitra, contoh TP PKK Desa Satu.")},
    )
    field = forms.ChoiceField(label=_("Unsur"), choices=Partner.Field.choices)
    contribution = forms.CharField(
        label=_("Peran mitra"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi apa yang dilakukan atau diberikan mitra.")},
    )
    link = LinkField(label=_("Tautan dokumen"), required=False, assume_scheme="https")
    since = DayField(label=_("Mulai"))
