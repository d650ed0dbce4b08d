"""How far places are with ILP."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions import ilp
from facilities.forms.fields import DayField, PlacesField, offer
from facilities.models import Facility, IlpStatus
from facilities.roles import Permission
from facilities.selectors.ilp import KINDS
from ilp.core.models import User


class IlpStatusForm(forms.Form):
    """One state for one or several places, as districts declare them in waves."""

    facilities = PlacesField(label=_("Tempat"), queryset=Facility.objects.none())
    state = forms.ChoiceField(
        label=_("Status"),
        choices=IlpStatus.State.choices,
        error_messages={"required": _("Pilih status.")},
    )
    since = DayField(label=_("Sejak"))
    evidence = forms.CharField(
        label=_("Bukti"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Contoh: berita acara, foto alur layanan, daftar hadir orientasi."),
    )
    decree = forms.CharField(label=_("Nomor SK"), max_length=120, required=False)

    def __init__(
        self, *args: Any, user: User, within: Facility, kind: str, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        managed = Facility.objects.visible_to(user, Permission.MANAGE_ILP).open_on(today)
        below = Facility.objects.within(within, today)
        self.places = managed.filter(
            pk__in=below.values("pk"), kind__in=[kind] if kind else KINDS
        ).order_by("kind", "name")
        offer(self, "facilities", self.places)
        self.fields["since"].initial = today

    def apply(self, by: User) -> None:
        ilp.record_ilp_wave(**self.cleaned_data, by=by)


class IlpTargetForm(forms.Form):
    """How many places of a kind shall run ILP by the end of a year."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=[(kind.value, kind.label) for kind in KINDS])
    year = forms.IntegerField(
        label=_("Tahun"),
        min_value=2023,
        max_value=2045,
        error_messages={
            "required": _("Isi tahun, contoh 2026."),
            "invalid": _("Isi tahun dengan empat angka, contoh 2026."),
        },
    )
    number = forms.IntegerField(
        label=_("Jumlah menerapkan pada akhir tahun"),
        min_value=0,
        error_messages={
            "required": _("Isi jumlah, contoh 29."),
            "invalid": _("Isi jumlah dengan angka bulat, contoh 29."),
        },
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=200,
        help_text=_("Contoh: Renstra Dinkes 2025–2029"),
        error_messages={"required": _("Isi sumber, contoh Renstra Dinkes.")},
    )
    decided_on = DayField(label=_("Ditetapkan"))

    def apply(self, district: Facility, by: User) -> None:
        ilp.set_ilp_target(district=district, **self.cleaned_data, by=by)
