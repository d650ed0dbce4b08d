"""The self-assessments of this year as a table: one row for each item of each place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export import fields
from import_export.instance_loaders import BaseInstanceLoader

from facilities.access import reach
from facilities.actions.assessments import Entry, save_assessment
from facilities.excel.places import PlaceOutOfReach
from facilities.excel.registry import Change, Once, Registry, text
from facilities.excel.staff import NotACount
from facilities.excel.users import UnknownPlace
from facilities.models import ASSESSED, Facility
from facilities.roles import Permission
from facilities.selectors.assessments import NUMBERS, Stock, stock
from ilp.core.cells import CellError, read_integer
from ilp.core.errors import DomainError
from ilp.core.models import User

COLUMNS = dict(zip(("ada", "baik", "rusak_ringan", "rusak_berat"), NUMBERS, strict=True))
TOO_MANY = 99_999
NOTE = "catatan"
KEY = "kode"


class ItemNotAsked(DomainError):
    code = "item-not-asked"
    text = _("%(key)s tidak dinilai tahun ini. Salin kodenya dari daftar, atau hapus baris ini.")


class StockResource(Registry):
    """Known by place and item, "P9901/tensimeter". An empty box leaves what is known.

    What was sent or verified is neither handed out nor taken in.
    """

    key = KEY
    code = fields.Field(column_name=KEY, readonly=True)
    place = fields.Field(column_name="tempat", readonly=True)
    item = fields.Field(column_name="barang", readonly=True)
    standard = fields.Field(column_name="standar", readonly=True)
    present = fields.Field(column_name="ada", readonly=True)
    good = fields.Field(column_name="baik", readonly=True)
    light = fields.Field(column_name="rusak_ringan", readonly=True)
    heavy = fields.Field(column_name="rusak_berat", readonly=True)
    note_text = fields.Field(column_name=NOTE, readonly=True)

    class Meta(Once):
        model = Facility
        fields = ("code", "place", "item", "standard", *NUMBERS, "note_text")
        import_id_fields = ()  # the place is found by a part of the key
        instance_loader_class = BaseInstanceLoader
        clean_model_instances = False
        skip_diff = True

    @classmethod
    def listed(cls, user: User, permission: Permission) -> list[Stock]:  # type: ignore[override]
        """What is open for this year in reach, Puskesmas first."""
        today = timezone.localdate()
        mine = Facility.objects.filter(pk__in=reach(user, permission)).of_kind(*ASSESSED)
        places = sorted(mine.open_on(today), key=lambda one: (_order(one), one.code))
        found = stock(places=places, year=today.year, today=today)
        return [one for one in found if one.is_editable]

    def export_field(self, field: Any, instance: Stock, **kwargs: Any) -> Any:
        said, column = instance.said, field.column_name
        if column in COLUMNS:
            return getattr(said, COLUMNS[column], None)
        texts = {
            KEY: _key(instance),
            "tempat": str(instance.place),
            "barang": instance.item.name,
            "standar": instance.item.number,
            NOTE: said.note if said else "",
        }
        return texts[column]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        codes = {text(row, KEY).rpartition("/")[0] for row in dataset.dict}
        today = timezone.localdate()
        found = list(Facility.objects.filter(code__in=codes).of_kind(*ASSESSED))
        mine = Facility.objects.filter(code__in=codes)
        mine = mine.filter(pk__in=reach(kwargs["user"], Permission.KEEP_REGISTERS))
        self.mine = set(mine.values_list("code", flat=True))
        self.places = {place.code: place for place in found}
        self.asked = {_key(s): s for s in stock(places=found, year=today.year, today=today)}
        self.versions = {one.place.pk: one.version for one in self.asked.values()}

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Facility, bool]:
        code = text(row, KEY).rpartition("/")[0]
        if code not in self.places:
            raise UnknownPlace(code=code or text(row, KEY))
        if code not in self.mine:
            raise PlaceOutOfReach(code=code)
        if text(row, KEY) not in self.asked:
            raise ItemNotAsked(key=text(row, KEY))
        return self.places[code], False

    def skip_row(
        self, instance: Facility, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        return not self._changes(row)

    def save_instance(self, instance: Facility, is_create: bool, row: Any, **kwargs: Any) -> None:
        one, changes = self.asked[text(row, KEY)], self._changes(row)
        self.note(kwargs["row_number"], changes)
        kept = save_assessment(
            facility=instance,
            year=timezone.localdate().year,
            entries={one.item.pk: _entry(one, row)},
            version=self.versions[instance.pk],
            by=kwargs["user"],
        )
        self.versions[instance.pk] = kept.version

    def _changes(self, row: Any) -> list[Change]:
        one = self.asked[text(row, KEY)]
        before, after = _said(one), _entry(one, row)
        columns = {**COLUMNS, NOTE: "note"}
        told = [
            (c, _shown(getattr(before, n)), _shown(getattr(after, n))) for c, n in columns.items()
        ]
        return [change for change in told if change[1] != change[2]]


def _order(place: Facility) -> int:
    return [kind.value for kind in ASSESSED].index(place.kind)


def _key(one: Stock) -> str:
    return f"{one.place.code}/{one.item.code}"


def _said(one: Stock) -> Entry:
    if one.said is None:
        return Entry(None, None, None, None)
    said = one.said
    return Entry(said.present, said.good, said.light, said.heavy, said.note)


def _entry(one: Stock, row: Any) -> Entry:
    """What the row says, and where it is silent what is known."""
    before = _said(one)
    said = {name: _number(row, column) for column, name in COLUMNS.items()}
    filled = {name: number for name, number in said.items() if number is not None}
    note = text(row, NOTE)[:200]
    return replace(before, **filled, **({"note": note} if note else {}))  # type: ignore[arg-type]


def _number(row: Any, column: str) -> int | None:
    try:
        number = read_integer(text(row, column))
    except CellError as broken:
        raise NotACount(column=column, sentence=str(broken.sentence)) from None
    if number is not None and not 0 <= number <= TOO_MANY:
        raise NotACount(column=column, sentence=_("Tulis jumlah dari 0 sampai 99.999."))
    return number


def _shown(value: object) -> str:
    return "" if value is None else str(value)
