"""A workbook of visits by django-import-export, as its documents say, no preview.

Twice: into the persons and visits that we write, too, and into one flat table. The first is what a
project would have to do for the same result; the second shows what import-export itself costs.
"""

from __future__ import annotations

from typing import Any, cast

import tablib
from django.db import models
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource, modelresource_factory
from import_export.widgets import ForeignKeyWidget

from benchmarks.workbook import FIELDS, PERSON
from clusters.services import Kind
from facilities.models import Facility

NAMES = [*(c.name for c in PERSON), *(f.name for f in FIELDS)]
COLUMN = {
    Kind.YES_NO: lambda: models.BooleanField(null=True),
    Kind.INTEGER: lambda: models.SmallIntegerField(null=True),
    Kind.DECIMAL: lambda: models.DecimalField(null=True, max_digits=5, decimal_places=1),
}


class Somebody(models.Model):
    name = models.CharField(max_length=120)
    born_on = models.DateField()
    sex = models.CharField(max_length=1)

    class Meta:
        abstract = True


class Findings(models.Model):
    """What was found on a day."""

    seen_on = models.DateField()
    for _field in FIELDS:
        locals()[_field.name] = COLUMN[_field.kind]()
    del _field

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"visit {self.pk}"


class Plain(Somebody, Findings):
    """One table: the 30 columns and a natural key."""

    nik = models.CharField(max_length=16)
    home_posyandu = models.CharField(max_length=32, db_index=True)
    place = models.CharField(max_length=32)

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_plain"
        unique_together = [("nik", "seen_on", "place")]


class PlainPerson(Somebody):
    """Who was seen, known by the NIK, which stands there for all to read."""

    nik = models.CharField(max_length=16, unique=True)
    home = models.ForeignKey(Facility, models.PROTECT, related_name="+")

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_plain_person"

    def __str__(self) -> str:
        return f"person {self.pk}"


class PlainVisit(Findings):
    """What was found of a person at a place."""

    person = models.ForeignKey(PlainPerson, models.PROTECT, related_name="+")
    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_plain_visit"
        unique_together = [("person", "seen_on", "place")]


class Linked(ModelResource):
    """Relations by `ForeignKeyWidget`, and persons who are not there yet made before their row."""

    person = Field("person", "nik", ForeignKeyWidget(PlainPerson, "nik"))
    place = Field("place", "place", ForeignKeyWidget(Facility, "code"))

    class Meta:
        model = PlainVisit
        import_id_fields = ("person", "seen_on", "place")
        exclude = ("id",)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        home = Facility.objects.get(code=row["home_posyandu"])
        known = {name: row[name] for name in ("name", "born_on", "sex")} | {"home": home}
        PlainPerson.objects.get_or_create(nik=row["nik"], defaults=known)


def plain_workbook(found: list[list[Any]]) -> bytes:
    """The same rows as xlsx, titled and spelt as import-export wants them."""
    words = {"ya": "1", "tidak": "0"}
    rows = ([words.get(v, v) if isinstance(v, str) else v for v in row] for row in found)
    dataset = tablib.Dataset(*rows, headers=NAMES)
    return cast("bytes", XLSX().export_data(dataset))


def import_linked(sheet: bytes) -> None:
    _import(Linked(), sheet)


def import_flat(sheet: bytes) -> None:
    """A resource of the table, known by its natural key."""
    key = ("nik", "seen_on", "place")
    made = modelresource_factory(Plain, meta_options={"import_id_fields": key, "exclude": ("id",)})
    _import(made(), sheet)


def _import(resource: ModelResource, sheet: bytes) -> None:
    dataset = XLSX().create_dataset(sheet)
    result = resource.import_data(dataset, dry_run=False)
    if result.has_errors() or result.totals["new"] != len(dataset):
        first = [error.error for _, errors in result.row_errors()[:1] for error in errors]
        raise AssertionError(f"import-export: {result.totals} {first}")
