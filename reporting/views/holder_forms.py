"""What an admin of a Dinas types about the programmes that approve a form."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facilities.forms.fields import MonthField
from facilities.models import Facility
from ilp.core import formats
from ilp.core.models import User
from reporting.actions import holders as actions
from reporting.catalogue import FORMS
from reporting.selectors.holders import candidates
from reporting.workflow import TO_THE_DINAS

CHOOSE = dict.fromkeys(
    ("required", "invalid_choice"), gettext_lazy("Belum dipilih. Pilih dari daftarnya.")
)


class PeopleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.called} ({obj.username})"


class HolderForm(forms.Form):
    """A programme that approves a form from a month on, with its people."""

    form = forms.ChoiceField(
        label=gettext_lazy("Jenis laporan"),
        error_messages=CHOOSE,
    )
    name = forms.CharField(
        label=gettext_lazy("Nama program"),
        max_length=60,
        help_text=gettext_lazy("Contoh: Gizi, KIA, Imunisasi. Bukan nama orang."),
        error_messages={
            "required": gettext_lazy("Tulis nama programnya, contoh: Gizi."),
            "max_length": gettext_lazy("Nama program paling panjang 60 huruf."),
        },
    )
    people = PeopleField(
        label=gettext_lazy("Yang mengesahkan"),
        queryset=User.objects.none(),
        help_text=gettext_lazy("Salah satu dari mereka sudah cukup."),
        error_messages={
            "required": gettext_lazy("Pilih paling sedikit satu orang."),
            "invalid_choice": gettext_lazy("Pilih orang dari daftar ini."),
            "invalid_pk_value": gettext_lazy("Pilih orang dari daftar ini."),
        },
    )
    since = MonthField(
        label=gettext_lazy("Berlaku mulai laporan bulan"),
        help_text=gettext_lazy("Contoh 2026-01. Laporan bulan sebelumnya tidak berubah."),
    )
    source = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Tulis dasar keputusannya, contoh nomor dan tanggal SK.")
        },
        help_text=gettext_lazy("Contoh: SK Kepala Dinas nomor dan tanggal."),
    )

    def __init__(self, *args: Any, district: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district = district
        named = [(f.code, str(f.label)) for f in FORMS.values() if TO_THE_DINAS in f.kinds]
        cast("forms.ChoiceField", self.fields["form"]).choices = named
        people = cast("forms.ModelMultipleChoiceField[User]", self.fields["people"])
        people.queryset = candidates(district)

    def apply(self, by: User) -> str:
        made = actions.set_holder(district=self.district, by=by, **self.cleaned_data)
        return _("Program %(name)s mengesahkan laporan mulai %(month)s.") % {
            "name": made.name,
            "month": formats.month(made.since),
        }
