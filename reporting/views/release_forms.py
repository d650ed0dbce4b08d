"""What is typed when a month is released, revised or opened for corrections."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.models import Facility
from ilp.core import formats
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.releases import close_unchanged, open_for_correction, release_month

LONGEST = 300
TOO_LONG = {"max_length": _("Paling panjang %(limit_value)s huruf.")}


class ReleaseForm(forms.Form):
    """A first release, or with `is_revision` the next one, which says why."""

    prefix = "rilis"
    reason = forms.CharField(
        label=_("Alasan revisi"),
        max_length=LONGEST,
        help_text=_("Tampil di riwayat, misalnya: Posyandu Melati menyusulkan 12 balita."),
        error_messages={"required": _("Tulis alasan revisi."), **TOO_LONG},
    )
    note = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=LONGEST,
        help_text=_("Misalnya Puskesmas yang belum lengkap."),
        error_messages=TOO_LONG,
    )

    def __init__(self, *args: object, is_revision: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not is_revision:
            del self.fields["reason"]

    def apply(self, district: Facility, month: Month, by: User) -> str:
        made = release_month(district=district, month=month, by=by, **self.cleaned_data)
        return str(_("%(month)s dirilis sebagai revisi %(number)s dan dikunci.")) % {
            "month": formats.month(month),
            "number": made.number,
        }


class OpenForm(forms.Form):
    """Why a locked month is opened again."""

    prefix = "buka"
    reason = forms.CharField(
        label=_("Alasan membuka kunci"),
        max_length=200,
        help_text=_("Siapa yang perlu memperbaiki apa."),
        error_messages={"required": _("Tulis alasan membuka kunci."), **TOO_LONG},
    )

    def apply(self, district: Facility, month: Month, by: User) -> str:
        open_for_correction(district=district, month=month, by=by, **self.cleaned_data)
        return str(_("%(month)s dibuka untuk koreksi. Angka rilis tetap seperti semula.")) % {
            "month": formats.month(month)
        }


class CloseForm(forms.Form):
    """Nothing is typed when a month that did not change is locked again."""

    def apply(self, district: Facility, month: Month, by: User) -> str:
        close_unchanged(district=district, month=month, by=by)
        return str(_("%(month)s dikunci kembali. Angka rilis tidak berubah.")) % {
            "month": formats.month(month)
        }
