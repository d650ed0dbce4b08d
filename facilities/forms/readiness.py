"""How ready a place is for ILP, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions.readiness import Said, note_obstacle, record_readiness
from facilities.forms.fields import DayField
from facilities.models import Facility, Readiness
from facilities.selectors.readiness import Line, Ready
from ilp.core.models import User

Rows = Iterator[tuple[Line, forms.BoundField, forms.BoundField]]


class ReadinessForm(forms.Form):
    """An answer and its evidence for each item.

    What is left open is not written down, and neither is what was not touched: it may be older than
    what somebody else has written since, or newer than the day that is asked for.
    """

    since = DayField(label=_("Keadaan sejak"))

    def __init__(self, *args: Any, ready: Ready, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready = ready
        self.fields["since"].initial = today
        for line in ready.lines:
            self.fields[_answer(line)] = forms.ChoiceField(
                label=line.item.label,
                choices=[*_open(line), *Readiness.Answer.choices],
                initial=line.answer,
                required=False,
                show_hidden_initial=True,
                error_messages={"invalid_choice": _("Pilih jawaban dari daftar.")},
            )
            self.fields[_evidence(line)] = forms.CharField(
                label=_("Bukti"),
                max_length=200,
                initial=line.held.evidence if line.held else "",
                required=False,
                show_hidden_initial=True,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for line in self.ready.lines:
            if given.get(_evidence(line)) and not given.get(_answer(line)):
                self.add_error(_answer(line), _("Pilih juga jawabannya; buktinya sudah ditulis."))
        return given

    def rows(self) -> Rows:
        for line in self.ready.lines:
            yield line, self[_answer(line)], self[_evidence(line)]

    def apply(self, by: User) -> int:
        given, touched = self.cleaned_data, set(self.changed_data)
        said = {
            line.item.code: Said(given[_answer(line)], given[_evidence(line)])
            for line in self.ready.lines
            if given.get(_answer(line)) and {_answer(line), _evidence(line)} & touched
        }
        return record_readiness(facility=self.ready.place, said=said, since=given["since"], by=by)


def _open(line: Line) -> list[tuple[str, object]]:
    """What was answered once is answered otherwise, not left open again."""
    return [] if line.held else [("", _("– Belum diisi"))]


def _answer(line: Line) -> str:
    return f"jawab-{line.item.code}"


def _evidence(line: Line) -> str:
    return f"bukti-{line.item.code}"


class ObstacleForm(forms.Form):
    """The one that holds the place up most."""

    text = forms.CharField(
        label=_("Hambatan utama"),
        max_length=200,
        help_text=_("Contoh: bidan Pustu belum ada."),
        error_messages={"required": _("Tulis hambatan utamanya, contoh: bidan Pustu belum ada.")},
    )
    promised_on = DayField(label=_("Batas janji"))

    def apply(self, facility: Facility, by: User) -> None:
        note_obstacle(facility=facility, **self.cleaned_data, by=by)
