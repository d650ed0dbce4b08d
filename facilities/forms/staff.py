"""How many work at a place since a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions.staff import MOST, Count, record_staff
from facilities.forms.fields import DayField
from facilities.models import Facility, StaffCount, Worker
from ilp.core import formats
from ilp.core.models import User

LEVELS = {"purwa": _("Purwa"), "madya": _("Madya"), "utama": _("Utama")}
SENTENCES = {
    "invalid": _("Tulis angka bulat, contoh 2."),
    "min_value": _("Jumlah tidak boleh di bawah 0."),
    "max_value": _("Jumlah paling banyak %(limit_value)s untuk satu tempat."),
}


class StaffForm(forms.Form):
    """One box for each kind of worker; an empty one leaves what stands."""

    since = DayField(label=_("Keadaan sejak"))

    def __init__(
        self,
        *args: Any,
        place: Facility,
        held: Mapping[str, StaffCount],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["since"].initial = today
        wanted = _FEW.get(Facility.Kind(place.kind), tuple(Worker))
        for worker in wanted:
            now = held.get(worker)
            self.fields[worker.value] = _box(worker.label, now, "number")
            for level, label in LEVELS.items() if worker is Worker.KADER else ():
                words = _("Kader %(level)s") % {"level": str(label).lower()}
                self.fields[level] = _box(words, now, level)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and all(given[name] is None for name in given if name != "since"):
            raise forms.ValidationError(_("Isi paling sedikit satu jumlah."), "nothing-typed")
        return given

    @property
    def counts(self) -> dict[str, Count]:
        """What was typed; boxes show what stands, so nothing else is said of it."""
        given = self.cleaned_data
        found = {one: Count(given[one]) for one in Worker.values if given.get(one) is not None}
        kader = [given.get(name) for name in (Worker.KADER.value, *LEVELS)]
        if any(number is not None for number in kader):
            found[Worker.KADER.value] = Count(*kader)
        return found

    def apply(self, by: User) -> int:
        given = self.cleaned_data
        return record_staff(facility=self.place, counts=self.counts, since=given["since"], by=by)


# Other places than a Puskesmas have few kinds of workers.
_FEW = {
    Facility.Kind.PUSTU: (Worker.NURSE, Worker.MIDWIFE, Worker.KADER),
    Facility.Kind.POSYANDU: (Worker.KADER,),
}


def _box(label: Any, held: StaffCount | None, name: str) -> forms.IntegerField:
    """An empty box; what stands is said beside it, so that only what is typed is written down."""
    stands = _("Tercatat %(number)s, sejak %(day)s")
    if held is None:
        words = str(_("Belum dicatat"))
    else:
        words = stands % {"number": getattr(held, name), "day": formats.day(held.since)}
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, required=False, help_text=words,
        error_messages=SENTENCES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "cell-input"}),
    )  # fmt: skip
