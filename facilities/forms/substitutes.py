"""Naming who stands in while one is away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions import substitutes
from facilities.forms.fields import DayField
from facilities.models import Assignment
from facilities.selectors.substitutes import own_posts
from ilp.core.models import User


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.get_role_display()} · {obj.facility}"


class SubstituteForm(forms.Form):
    """One of one's own roles, a colleague, the first day and the last."""

    post = PostField(
        label=_("Peran Anda"),
        queryset=Assignment.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Pilih peran."),
            "invalid_choice": _("Pilih salah satu peran Anda sendiri."),
        },
    )
    username = forms.CharField(
        label=_("Nama pengguna pengganti"),
        max_length=150,
        error_messages={"required": _("Tulis nama pengguna yang menggantikan Anda.")},
        help_text=_("Petugas di kabupaten yang sama. Ia tidak mendapat lebih dari peran itu."),
    )
    first = DayField(label=_("Hari pertama"))
    last = DayField(label=_("Hari terakhir"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = own_posts(by)  # type: ignore[attr-defined]

    def apply(self, by: User) -> Assignment:
        return substitutes.name_substitute(by=by, **self.cleaned_data)
