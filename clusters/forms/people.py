"""What is asked when a person is looked for, or two records are merged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import Person
from clusters.selectors.people import LEAST_LETTERS, Found, persons_named, persons_with_nik
from ilp.core.cells import CellError, read_nik
from ilp.core.models import User


class PersonSearch(forms.Form):
    """The beginning of a name, or a whole NIK."""

    asked = forms.CharField(
        label=_("Nama atau NIK"),
        max_length=120,
        help_text=_(
            "Awal nama (paling sedikit 3 huruf) orang yang tinggal di wilayah Anda, atau NIK "
            "lengkap 16 angka."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Tulis awal nama atau NIK.")},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_asked(self) -> str:
        text = " ".join(self.cleaned_data["asked"].split())
        if not any(c.isdigit() for c in text):
            if len(text) < LEAST_LETTERS:
                raise forms.ValidationError(_("Tulis paling sedikit 3 huruf dari awal nama."))
            return text
        try:
            nik = read_nik(text).nik
        except CellError:
            nik = None
        if nik is None:
            raise forms.ValidationError(_("NIK harus 16 angka seperti pada KTP atau KK."))
        return nik

    def found(self) -> list[Found]:
        """Whom the user may see of those asked for."""
        asked = self.cleaned_data["asked"]
        return (persons_with_nik if asked.isdigit() else persons_named)(self.by, asked)


class MergeForm(forms.Form):
    """Which of two records is kept, and which one has the right name, mother's name and home."""

    kept = forms.TypedChoiceField(coerce=int)
    name = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    mother_name = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    home = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, people: tuple[Person, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        for field in self.fields.values():
            field.choices = [(pk, "") for pk in self.people]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Person, Person, list[str]]:
        """The record to keep, the other, and what the first takes over from the second."""
        kept = self.people[self.cleaned_data["kept"]]
        (gone,) = (person for person in self.people.values() if person.pk != kept.pk)
        names = ("name", "mother_name", "home")
        return kept, gone, [n for n in names if self.cleaned_data[n] == gone.pk]
