"""Where a user is reminded of what is due."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions import people
from ilp.core.models import User


class ContactForm(forms.Form):
    """An e-mail address, if there is one, and whether reminders go there."""

    email = forms.EmailField(
        label=_("Alamat surel"),
        required=False,
        max_length=254,
        help_text=_("Boleh kosong. Contoh: nama@contoh.go.id"),
        error_messages={"invalid": _("Tulis alamat surel seperti ini: nama@contoh.go.id")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    wants_reminders = forms.BooleanField(
        label=_("Kirim pengingat laporan ke alamat ini"),
        required=False,
        help_text=_("Paling banyak satu surel sehari, hanya bila ada yang harus dikirim."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {"email": user.email, "wants_reminders": user.wants_reminders}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.user = user

    def apply(self, by: User) -> None:
        people.set_contact(user=self.user, by=by, **self.cleaned_data)
