"""Inputs of this app: a month, and a place shown by its name and code."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from facilities.models import Facility
from ilp.core.months import Month


class MonthInput(forms.DateInput):
    input_type = "month"

    def format_value(self, value: Any) -> str:
        return "" if value is None else str(value)


class MonthField(forms.Field):
    """A month typed as 2025-04; the browser shows its own picker where it has one."""

    widget = MonthInput
    default_error_messages = {
        "required": _("Pilih bulan, contoh 2025-04."),
        "invalid": _("Tulis bulan seperti ini: 2025-04."),
    }

    def to_python(self, value: Any) -> Month | None:
        if not value:
            return None
        try:
            return Month.parse(str(value))
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["invalid"]) from wrong


class DayField(forms.DateField):
    """A day, with the browser's picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": _("Isi tanggal, contoh 2025-04-30."),
        "invalid": _("Tulis tanggal seperti ini: 2025-04-30."),
    }


def place_label(place: Facility) -> str:
    return f"{place} ({place.code})"


class PlaceField(forms.ModelChoiceField):
    default_error_messages = {
        "required": _("Pilih salah satu tempat."),
        "invalid_choice": _("Tempat itu tidak ada dalam pilihan. Pilih lagi dari daftar."),
    }

    def label_from_instance(self, obj: Facility) -> str:
        return place_label(obj)


class PlacesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Centang paling sedikit satu tempat."),
        "invalid_choice": _("Tempat itu tidak ada dalam pilihan. Pilih lagi dari daftar."),
    }

    def label_from_instance(self, obj: Facility) -> str:
        return place_label(obj)


def offer(form: forms.Form, name: str, places: QuerySet[Facility]) -> None:
    """Let the field choose among these places."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} does not choose a place")
    field.queryset = places
