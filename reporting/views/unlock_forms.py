"""What is typed to ask for a locked month, and to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.models import Facility
from ilp.core import formats
from ilp.core.models import User
from ilp.core.weeks import Period
from reporting.actions.unlock_errors import RequestReasonMissing
from reporting.actions.unlocking import ask_unlock, open_asked, refuse_unlock
from reporting.models import UnlockRequest
from reporting.models.unlocking import LONGEST

TOO_LONG = {"max_length": _("Paling panjang %(limit_value)s huruf.")}


class AskForm(forms.Form):
    """Why the month is to be opened. A blank is refused by the action, with its sentence."""

    prefix = "minta"
    leads_to = "reporting:report"
    reason = forms.CharField(
        label=_("Apa yang perlu diperbaiki"),
        max_length=LONGEST,
        help_text=_("Baris atau angka yang keliru, dan sebabnya. Jangan tulis nama orang."),
        error_messages={"required": RequestReasonMissing.text, **TOO_LONG},
    )

    def apply(self, place: Facility, period: Period, form: str, by: User) -> str:
        ask_unlock(place=place, period=period, form=form, by=by, **self.cleaned_data)
        return str(_("Permintaan terkirim ke Dinkes. Jawabannya muncul di sini dan di Beranda."))


class AnswerForm(forms.Form):
    """The answer to one request; to refuse, it has to say why."""

    prefix = "jawab"
    leads_to = "reporting:unlock"
    note = forms.CharField(
        label=_("Jawaban untuk peminta"),
        required=False,
        max_length=LONGEST,
        help_text=_("Wajib bila ditolak."),
        error_messages=TOO_LONG,
    )

    def __init__(self, *args: Any, request: UnlockRequest, opens: bool = False) -> None:
        super().__init__(*args)
        self.request, self.opens = request, opens

    def apply(self, by: User) -> str:
        month = formats.month(self.request.month)
        if self.opens:
            open_asked(request=self.request, by=by, **self.cleaned_data)
            return str(_("%(month)s dibuka untuk koreksi. Peminta diberi tahu.")) % {"month": month}
        refuse_unlock(request=self.request, by=by, **self.cleaned_data)
        return str(_("Permintaan ditolak. Peminta diberi tahu."))
