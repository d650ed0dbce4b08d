"""Changes of places: open, rename, move, close, merge, split."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions import joining, places
from facilities.actions.opening import NewPlace
from facilities.forms.fields import MonthField, PlaceField, PlacesField, offer
from facilities.models import Axis, Facility, parent_kinds
from facilities.selectors.directory import (
    FacilityQuerySet,
    open_children,
    parent_choices,
    parents_on,
)
from ilp.core.models import User
from ilp.core.months import Month

K = Facility.Kind
# Regions come from the registry, districts from the system.
OPENABLE = (
    *(K.PUSKESMAS, K.PUSTU, K.POSYANDU, K.POSKESDES, K.DESA),
    *(K.CLINIC, K.TPMB, K.HOSPITAL, K.SCHOOL),
)
CODE_REQUIRED = {"required": _("Isi kode, contoh 99.01.01.2001-PSY-001.")}
NAME_REQUIRED = {"required": _("Isi nama tempat, contoh Melati.")}


def axes_of(kind: str) -> list[Axis]:
    return [axis for axis in Axis if parent_kinds(kind, axis)]


class OpenForm(forms.Form):
    """A new place: one choice of parent per axis on which its kind hangs."""

    code = forms.CharField(label=_("Kode"), max_length=32, error_messages=CODE_REQUIRED)
    name = forms.CharField(label=_("Nama"), max_length=120, error_messages=NAME_REQUIRED)
    since = MonthField(label=_("Buka mulai bulan"))

    def __init__(self, *args: Any, kind: str, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.axes = axes_of(kind)
        for index, axis in enumerate(self.axes):
            choices = parent_choices(user, parent_kinds(kind, axis), today)
            self.fields[axis.value] = PlaceField(
                label=axis.label, queryset=choices, required=index == 0
            )

    def new_place(self) -> NewPlace:
        chosen = {axis: self.cleaned_data[axis.value] for axis in self.axes}
        return NewPlace(
            code=self.cleaned_data["code"],
            name=self.cleaned_data["name"],
            kind=self.kind,
            opened_on=self.cleaned_data["since"].first_day,
            parents={axis: place.code for axis, place in chosen.items() if place is not None},
        )

    def apply(self, by: User) -> Facility:
        return places.open_place(place=self.new_place(), by=by)


class ChangeForm(forms.Form):
    """A change of one place that stands: each kind of change brings its own `apply`."""

    def __init__(self, *args: Any, place: Facility, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.offer(user, today)

    def offer(self, user: User, today: date) -> None:
        """Fill in what there is to choose from."""

    def others(self, user: User, today: date) -> FacilityQuerySet:
        return parent_choices(user, frozenset({self.place.kind}), today).exclude(pk=self.place.pk)


class RenameForm(ChangeForm):
    name = forms.CharField(label=_("Nama baru"), max_length=120, error_messages=NAME_REQUIRED)

    def offer(self, user: User, today: date) -> None:
        self.fields["name"].initial = self.place.name

    def apply(self, by: User) -> None:
        places.rename(place=self.place, name=self.cleaned_data["name"], by=by)


class MoveForm(ChangeForm):
    axis = forms.TypedChoiceField(label=_("Yang berubah"), choices=Axis.choices, coerce=Axis)
    parent = PlaceField(label=_("Induk baru"), queryset=Facility.objects.none())
    since = MonthField(label=_("Berlaku mulai bulan"))

    def offer(self, user: User, today: date) -> None:
        axes = axes_of(self.place.kind)
        self.fields["axis"].widget = forms.Select(
            choices=[(axis.value, axis.label) for axis in axes]
        )
        kinds = frozenset().union(*(parent_kinds(self.place.kind, axis) for axis in axes))
        offer(self, "parent", parent_choices(user, kinds, today))

    def apply(self, by: User) -> None:
        places.move(
            place=self.place,
            parent=self.cleaned_data["parent"],
            axis=self.cleaned_data["axis"],
            since=self.cleaned_data["since"],
            by=by,
        )


class CloseForm(ChangeForm):
    since = MonthField(label=_("Tutup mulai bulan"))

    def apply(self, by: User) -> None:
        places.close(place=self.place, since=self.cleaned_data["since"], by=by)


class MergeForm(ChangeForm):
    into = PlaceField(label=_("Digabung ke"), queryset=Facility.objects.none())
    since = MonthField(label=_("Berlaku mulai bulan"))

    def offer(self, user: User, today: date) -> None:
        offer(self, "into", self.others(user, today))

    def apply(self, by: User) -> None:
        joining.merge(
            place=self.place,
            into=self.cleaned_data["into"],
            since=self.cleaned_data["since"],
            by=by,
        )


class SplitForm(ChangeForm):
    code = forms.CharField(label=_("Kode baru"), max_length=32, error_messages=CODE_REQUIRED)
    name = forms.CharField(label=_("Nama baru"), max_length=120, error_messages=NAME_REQUIRED)
    children = PlacesField(label=_("Ikut pindah"), queryset=Facility.objects.none(), required=False)
    since = MonthField(label=_("Berlaku mulai bulan"))

    def offer(self, user: User, today: date) -> None:
        below = [child.pk for child in open_children(self.place, Month.of(today))]
        offer(self, "children", Facility.objects.filter(pk__in=below).order_by("name"))

    def apply(self, by: User) -> None:
        since = self.cleaned_data["since"]
        above = parents_on([self.place], since.first_day)
        part = NewPlace(
            code=self.cleaned_data["code"],
            name=self.cleaned_data["name"],
            kind=self.place.kind,
            opened_on=since.first_day,
            parents={Axis(row.axis): row.parent.code for row in above},
        )
        joining.split(
            place=self.place,
            part=part,
            children=list(self.cleaned_data["children"]),
            since=since,
            by=by,
        )


AnyChange = RenameForm | MoveForm | CloseForm | MergeForm | SplitForm
