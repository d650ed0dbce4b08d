"""What is typed to set a follow-up, to change it, and to bring it to an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.forms.fields import DayField
from facilities.models import Facility
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.follow_up_errors import (
    ActionMissing,
    DoneMissing,
    DueInThePast,
    DueMissing,
    NoSuchDay,
    OwnerMissing,
    OwnerUnclear,
    ProblemMissing,
    ReasonMissing,
)
from reporting.actions.follow_ups import (
    Wish,
    change_follow_up,
    make_follow_up,
    move_follow_up,
)
from reporting.models import FollowUp
from reporting.models.follow_ups import LONGEST, LONGEST_NAME, Step

TOO_LONG = {"max_length": _("Paling panjang %(limit_value)s huruf.")}
USUAL_DAYS = 14  # what is proposed; to be changed with one key
# Beside which field a refusal is said.
BESIDE = {
    ProblemMissing.code: "problem",
    ActionMissing.code: "action",
    OwnerMissing.code: "owner",
    OwnerUnclear.code: "owner",
    DueMissing.code: "due_on",
    DueInThePast.code: "due_on",
    DoneMissing.code: "words",
    ReasonMissing.code: "words",
}
OWNERS = "pilihan-pj"  # the id of the list that the field of the owner proposes


def _words(label: Any, missing: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2, "class": "is-short"}),
        error_messages={"required": missing, **TOO_LONG},
    )


class OwnerField(forms.CharField):
    """Typed, with the accounts that there are proposed; whoever has none is written as he is
    called."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Penanggung jawab"),
            max_length=LONGEST_NAME,
            help_text=_("Pilih nama dari daftar supaya masuk Berandanya, atau tulis jabatan."),
            widget=forms.TextInput(attrs={"list": OWNERS, "autocomplete": "off"}),
            error_messages={"required": OwnerMissing.text, **TOO_LONG},
        )


class DueField(DayField):
    default_error_messages = {"required": DueMissing.text, "invalid": NoSuchDay.text}

    def __init__(self, today: date | None = None) -> None:
        super().__init__(label=_("Batas waktu"))
        if today is not None:
            self.widget.attrs["min"] = today.isoformat()


class Refusable(forms.Form):
    """Takes what an action refuses, beside the field that it is about."""

    def refuse(self, broken: DomainError) -> None:
        self.add_error(BESIDE.get(broken.code), broken)


class NewForm(Refusable):
    """The four fields; and of which number, where one does not come from a number."""

    problem = _words(_("Masalah"), ProblemMissing.text)
    action = _words(_("Tindakan"), ActionMissing.text)
    owner = OwnerField()

    def __init__(
        self, *args: Any, today: date, choices: Iterable[tuple[str, Any]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = DueField(today)
        self.fields["due_on"].initial = today + timedelta(days=USUAL_DAYS)
        offered = list(choices)
        if offered:
            self.fields["indicator"] = forms.ChoiceField(
                label=_("Tentang angka"),
                required=False,
                choices=[("", _("Tempat ini secara umum")), *offered],
            )
            self.order_fields(["indicator", *self.base_fields])

    def apply(self, *, place: Facility, indicator: str, month: Month, by: User) -> FollowUp:
        typed = dict(self.cleaned_data)
        code = typed.pop("indicator", "") or indicator
        return make_follow_up(place=place, indicator=code, month=month, wish=Wish(**typed), by=by)


class ChangeForm(Refusable):
    """Another day, or somebody else."""

    prefix = "ubah"
    owner = OwnerField()
    due_on = DueField()

    def apply(self, follow_up: FollowUp, by: User) -> None:
        change_follow_up(follow_up=follow_up, by=by, **self.cleaned_data)


class WordsForm(Refusable):
    """The sentence with which it is finished, dropped or opened again."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, step: Step) -> None:
        super().__init__(data, prefix=step.value)
        self.step = step
        label, missing = {
            Step.DONE: (_("Apa yang sudah dilakukan"), DoneMissing.text),
            Step.DROPPED: (_("Alasan membatalkan"), ReasonMissing.text),
            Step.REOPENED: (_("Alasan membuka lagi"), ReasonMissing.text),
        }[step]
        hint = _(
            "Satu kalimat, misalnya: 41 balita ditimbang pada 12 Juni. Jangan tulis nama orang."
        )
        self.fields["words"] = _words(label, missing, hint if step is Step.DONE else "")

    def apply(self, follow_up: FollowUp, by: User) -> None:
        move_follow_up(follow_up=follow_up, step=self.step, words=self.cleaned_data["words"], by=by)
