"""The registry of places as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export import fields
from import_export.widgets import DateWidget

from facilities.access import reach
from facilities.actions.opening import NewPlace
from facilities.actions.places import open_place, rename
from facilities.excel.registry import Change, Once, Registry, kept, text
from facilities.models import Axis, Facility
from facilities.roles import Permission
from facilities.selectors.directory import parents_on
from ilp.core import formats
from ilp.core.cells import CellError, read_date
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User

PARENT_COLUMNS = {
    "induk_jaringan": Axis.NETWORK,
    "induk_wilayah": Axis.AREA,
    "kecamatan": Axis.LABEL,
}


class OnlyNameChanges(DomainError):
    code = "only-name-changes"
    text = _("Lewat berkas ini hanya nama yang dapat diubah. Ubah yang lain di halaman Kelola.")


class PlaceOutOfReach(DomainError):
    code = "place-out-of-reach"
    text = _("Tempat %(code)s di luar wilayah kelolaan Anda. Hapus baris ini dari berkas.")


class ParentOutOfReach(DomainError):
    code = "parent-out-of-reach"
    text = _("Induk %(code)s di luar wilayah kelolaan Anda. Pakai induk di wilayah Anda sendiri.")


class DayWidget(DateWidget):
    """A day as people write it, or as Excel keeps it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        try:
            return read_date(value)
        except CellError as broken:
            raise ValueError(str(broken.sentence)) from None


class PlaceResource(Registry):
    """One row per place: unknown codes are opened, known ones get the name in the row."""

    key = "kode"
    code = fields.Field("code", "kode")
    name = fields.Field("name", "nama")
    kind = fields.Field("kind", "jenis")
    opened_on = fields.Field("opened_on", "buka", widget=DayWidget("%Y-%m-%d"))
    network = fields.Field(column_name="induk_jaringan", readonly=True)
    area = fields.Field(column_name="induk_wilayah", readonly=True)
    label = fields.Field(column_name="kecamatan", readonly=True)

    class Meta(Once):
        model = Facility
        fields = ("code", "name", "kind", "opened_on", "network", "area", "label")
        import_id_fields = ("code",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parents: dict[int, dict[str, str]] = {}

    @classmethod
    def listed(cls, user: User, permission: Permission) -> QuerySet[Facility]:
        """Open places in reach."""
        mine = Facility.objects.filter(pk__in=reach(user, permission))
        return mine.open_on(timezone.localdate()).order_by("kind", "code")

    def dehydrate_network(self, place: Facility) -> str:
        return self._parents_of(place).get(Axis.NETWORK, "")

    def dehydrate_area(self, place: Facility) -> str:
        return self._parents_of(place).get(Axis.AREA, "")

    def dehydrate_label(self, place: Facility) -> str:
        return self._parents_of(place).get(Axis.LABEL, "")

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        self._learn_parents(list(queryset))

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        by = kwargs["user"]
        codes = {text(row, self.key) for row in dataset.dict}
        found = list(Facility.objects.filter(code__in=codes))
        self._learn_parents(found)
        mine = Facility.objects.filter(pk__in=reach(by, Permission.MANAGE_PLACES))
        self.mine = set(mine.filter(code__in=codes).values_list("code", flat=True))

    def after_init_instance(self, instance: Facility, new: bool, row: Any, **kwargs: Any) -> None:
        if not new and instance.code not in self.mine:
            raise PlaceOutOfReach(code=instance.code)

    def skip_row(
        self, instance: Facility, original: Facility, row: Any, import_validation_errors: Any = None
    ) -> bool:
        same = super().skip_row(instance, original, row, import_validation_errors)
        return bool(same and not self._moves(instance, row))

    def save_instance(self, instance: Facility, is_create: bool, row: Any, **kwargs: Any) -> None:
        by, number = kwargs["user"], kwargs["row_number"]
        if is_create:
            self.note(number, _told(instance, row))
            try:
                instance.pk = open_place(place=_new_place(instance, row), by=by).pk
            except Forbidden:
                codes = ", ".join(_parent_codes(row).values()) or "–"
                raise ParentOutOfReach(code=codes) from None
            return
        standing = Facility.objects.get(pk=instance.pk)
        fixed = ("kind", "opened_on")
        if kept(standing, *fixed) != kept(instance, *fixed) or self._moves(instance, row):
            raise OnlyNameChanges
        self.note(number, [("nama", standing.name, instance.name)])
        rename(place=standing, name=instance.name, by=by)

    def _learn_parents(self, places: list[Facility]) -> None:
        self.parents = {place.pk: {} for place in places}
        for row in parents_on(places, timezone.localdate()):
            self.parents[row.facility_id].setdefault(row.axis, row.parent.code)

    def _parents_of(self, place: Facility) -> dict[str, str]:
        return self.parents.get(place.pk, {})

    def _moves(self, place: Facility, row: Any) -> bool:
        """Whether a known place is told another parent; none told is no change."""
        if place.pk is None:
            return False
        now = self._parents_of(place)
        return any(now.get(axis) != code for axis, code in _parent_codes(row).items())


def _parent_codes(row: Any) -> dict[Axis, str]:
    told = {axis: text(row, column) for column, axis in PARENT_COLUMNS.items()}
    return {axis: code for axis, code in told.items() if code}


def _told(place: Facility, row: Any) -> list[Change]:
    """What a new row says, for the preview."""
    said = [("nama", "", place.name), ("jenis", "", str(Facility.Kind(place.kind).label))]
    said.append(("buka", "", formats.day(place.opened_on)))
    return [*said, *((column, "", text(row, column)) for column in PARENT_COLUMNS)]


def _new_place(place: Facility, row: Any) -> NewPlace:
    return NewPlace(
        code=place.code,
        name=place.name,
        kind=place.kind,
        opened_on=place.opened_on,
        parents=_parent_codes(row),
    )
