"""The form of a visit, made from the declaration of its service.

It only shows and takes boxes; what stands in them is checked as a row of a workbook would be
(clusters.excel.typed), so every box takes any text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.forms.uploads import PlaceField
from clusters.models import CANCEL_REASONS, Person
from clusters.selectors.roster import care_places
from clusters.selectors.uploads import own_place
from clusters.services import Kind, Service
from clusters.services.language import Field
from facilities.models import Facility
from ilp.core import formats
from ilp.core.models import User

MOST_IN_A_ROW = 5  # choices that are buttons; more are a list to unfold
LONGEST = 120
Choices = Sequence[tuple[str, Text]]
EMPTY = ("", _("Kosong"))
YES_NO: Choices = (("ya", _("Ya")), ("tidak", _("Tidak")), EMPTY)


def _text(mode: str, **attrs: str) -> forms.TextInput:
    usual = {"autocomplete": "off", "inputmode": mode, "maxlength": str(LONGEST)}
    return forms.TextInput(attrs=usual | attrs)


def _buttons(choices: Choices) -> forms.Widget:
    return forms.RadioSelect(choices=choices)


def _pick(field: Field) -> forms.Widget:
    choices = [(c.code, c.label) for c in field.choices]
    if len(choices) < MOST_IN_A_ROW:
        return _buttons([*choices, EMPTY])
    return forms.Select(choices=[EMPTY, *choices])


def _day() -> forms.TextInput:
    return _text("numeric", placeholder="25/05/2025")


WIDGETS: dict[Kind, Callable[[Field], forms.Widget]] = {
    Kind.INTEGER: lambda field: _text("numeric"),
    Kind.DECIMAL: lambda field: _text("decimal"),
    Kind.DATE: lambda field: _day(),
    Kind.YES_NO: lambda field: _buttons(YES_NO),
    Kind.CHOICE: _pick,
}


def _hint(field: Field) -> Text:
    """A score or a count without a unit says which numbers there are."""
    if field.kind is not Kind.INTEGER or field.unit or not field.reject:
        return field.hint
    low, high = (formats.whole(limit) for limit in field.reject)
    said = _("Angka %(low)s sampai %(high)s.") % {"low": low, "high": high}
    return f"{field.hint} {said}".strip()


def box(field: Field) -> forms.Field:
    """The box of one field of a service; kinds that are new here are boxes of text."""
    common: dict[str, Any] = {"label": field.label, "help_text": _hint(field), "required": False}
    if field.kind is Kind.CODES:
        choices = [(c.code, c.label) for c in field.choices]
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, **common)
    make = WIDGETS.get(field.kind, lambda field: _text("text"))
    return forms.CharField(widget=make(field), **common)


class EntryForm(forms.Form):
    """What is recorded of somebody who is known."""

    identity: tuple[str, ...] = ()

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.fields |= {field.name: box(field) for field in service.fields}

    def told(self, name: str, sentence: str) -> None:
        """Put a sentence beside its box; what has no box here stands above the form."""
        name = name.split(":")[0]
        self.add_error(name if name in self.fields else None, sentence)


class NewcomerForm(EntryForm):
    """The same of somebody who is not in the roster: who it is comes first."""

    identity = ("nik", "name", "mother_name", "born_on", "sex", "home")
    nik = forms.CharField(
        label=_("NIK"),
        required=False,
        help_text=_("16 angka sesuai KTP atau KK. Kosongkan bila belum punya."),
        widget=_text("numeric"),
    )
    name = forms.CharField(label=_("Nama"), required=False, widget=_text("text"))
    mother_name = forms.CharField(
        label=_("Nama ibu"),
        required=False,
        help_text=_("Wajib bila NIK kosong."),
        widget=_text("text"),
    )
    born_on = forms.CharField(
        label=_("Tanggal lahir"),
        required=False,
        help_text=_("Hari/bulan/tahun, contoh 25/05/2023."),
        widget=_day(),
    )
    sex = forms.CharField(
        label=_("Jenis kelamin"), required=False, widget=_buttons(Person.Sex.choices)
    )
    home = forms.CharField(label=_("Tempat tinggal"), required=False)

    def __init__(self, *args: Any, homes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("", _("Tidak diketahui, atau tidak ada dalam daftar"))
        self.fields["home"].widget = forms.Select(choices=[unknown, *homes])
        if len(self.service.sexes) == 1:
            del self.fields["sex"]


class DayForm(forms.Form):
    """Where and when: the Posyandu day whose roster is opened."""

    facility = PlaceField(label=_("Tempat"), queryset=Facility.objects.none())
    day = forms.DateField(
        label=_("Tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": _("Isi tanggal hari buka."),
            "invalid": _("Tulis tanggal seperti ini: 25/05/2025."),
        },
    )

    def __init__(self, *args: Any, by: User, first: Mapping[str, str], **kwargs: Any) -> None:
        """`first` is what stands in the boxes: code of the place, and day."""
        super().__init__(*args, **kwargs)
        mine = care_places(by)
        self.fields["facility"].queryset = mine  # type: ignore[attr-defined]
        self.initial["day"] = first["day"] or timezone.localdate()
        own = mine.filter(code=first["code"]).first() if first["code"] else own_place(by)
        if own is not None:
            self.initial["facility"] = own.pk


class CancelForm(forms.Form):
    """Why a visit is taken out of the counts."""

    reason = forms.ChoiceField(
        label=_("Mengapa dibatalkan?"),
        choices=CANCEL_REASONS.items(),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih alasan pembatalan."),
            "invalid_choice": _("Pilih salah satu alasan dari daftar."),
        },
    )
