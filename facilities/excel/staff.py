"""How many work at each place as a table: one row per place, one column per kind of worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export import fields

from facilities.access import reach
from facilities.actions.staff import Count, record_staff
from facilities.excel.places import PlaceOutOfReach
from facilities.excel.registry import Once, Registry, text
from facilities.excel.users import UnknownPlace
from facilities.models import ASSESSED, Facility, StaffCount, Worker
from facilities.roles import Permission
from facilities.selectors.staff import counts_at
from ilp.core.cells import CellError, read_integer
from ilp.core.errors import DomainError
from ilp.core.models import User

KADER = Worker.KADER.value
LEVELS = {"kader_purwa": "purwa", "kader_madya": "madya", "kader_utama": "utama"}
COLUMNS = (*Worker.values, *LEVELS)


class NotACount(DomainError):
    code = "not-a-count"
    text = _("Kolom %(column)s: %(sentence)s")


class StaffResource(Registry):
    """An empty box leaves what is known; a filled one holds from today on."""

    key = "kode"
    code = fields.Field("code", "kode")
    name = fields.Field("name", "nama", readonly=True)
    kind = fields.Field("kind", "jenis", readonly=True)

    class Meta(Once):
        model = Facility
        fields = ("code", "name", "kind")
        import_id_fields = ("code",)
        clean_model_instances = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held: dict[int, dict[str, StaffCount]] = {}
        for column in COLUMNS:
            self.fields[column] = fields.Field(column_name=column, readonly=True)

    @classmethod
    def listed(cls, user: User, permission: Permission) -> QuerySet[Facility]:
        """Open places in reach that have staff."""
        mine = Facility.objects.filter(pk__in=reach(user, permission)).of_kind(*ASSESSED)
        return mine.open_on(timezone.localdate()).order_by("kind", "code")

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        self._learn(queryset)

    def export_field(self, field: Any, instance: Facility, **kwargs: Any) -> Any:
        if field.column_name in COLUMNS:
            return self._known(instance, field.column_name)
        return super().export_field(field, instance, **kwargs)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        codes = {text(row, self.key) for row in dataset.dict}
        found = Facility.objects.filter(code__in=codes).of_kind(*ASSESSED)
        mine = found.filter(pk__in=reach(kwargs["user"], Permission.KEEP_REGISTERS))
        self.mine = set(mine.values_list("code", flat=True))
        self._learn(found)

    def after_init_instance(self, instance: Facility, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            raise UnknownPlace(code=text(row, self.key))
        if instance.code not in self.mine:
            raise PlaceOutOfReach(code=instance.code)

    def skip_row(
        self, instance: Facility, original: Facility, row: Any, import_validation_errors: Any = None
    ) -> bool:
        return not self._changed(instance, row)

    def save_instance(self, instance: Facility, is_create: bool, row: Any, **kwargs: Any) -> None:
        changed = self._changed(instance, row)
        before = {column: self._known(instance, column) for column in changed}
        told = [(c, _shown(before[c]), _shown(number)) for c, number in changed.items()]
        self.note(kwargs["row_number"], told)
        record_staff(
            facility=instance,
            counts=_counts(changed),
            since=timezone.localdate(),
            by=kwargs["user"],
        )

    def _learn(self, places: Any) -> None:
        pks = [place.pk for place in places]
        self.held = counts_at(places=pks, on=timezone.localdate())

    def _known(self, place: Facility, column: str) -> int | None:
        held = self.held.get(place.pk, {})
        if column in LEVELS:
            return getattr(held[KADER], LEVELS[column]) if KADER in held else None
        return held[column].number if column in held else None

    def _changed(self, place: Facility, row: Any) -> dict[str, int]:
        """The columns that say another number than is known."""
        said = {column: _number(row, column) for column in COLUMNS}
        return {
            column: number
            for column, number in said.items()
            if number is not None and number != self._known(place, column)
        }


def _counts(changed: Mapping[str, int]) -> dict[str, Count]:
    counts = {w: Count(changed[w]) for w in Worker.values if w in changed and w != KADER}
    if any(column in changed for column in (KADER, *LEVELS)):
        counts[KADER] = Count(*(changed.get(column) for column in (KADER, *LEVELS)))
    return counts


def _number(row: Any, column: str) -> int | None:
    try:
        return read_integer(text(row, column))
    except CellError as broken:
        raise NotACount(column=column, sentence=str(broken.sentence)) from None


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
