"""The words in which a service is declared: once, for form, Excel, model, dictionary and checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise as Text

Values = dict[str, Any]
# Units that are words; signs such as kg and cm are the same in every language.
UNITS: dict[str, Text] = {
    "anak": _("anak"),
    "bayi": _("bayi"),
    "bulan": pgettext_lazy("satuan", "bulan"),
    "dari 10": _("dari 10"),
    "gigi": _("gigi"),
    "gram": _("gram"),
    "hari": _("hari"),
    "jam": _("jam"),
    "minggu": _("minggu"),
    "orang": _("orang"),
    "tablet": _("tablet"),
    "x/menit": _("x/menit"),
}


class Kind(StrEnum):
    INTEGER = "bilangan bulat"
    DECIMAL = "desimal"
    DATE = "tanggal"
    YES_NO = "ya/tidak"
    CHOICE = "pilihan"
    CODES = "beberapa pilihan"  # one Excel column for each choice, ticked or blank
    TEXT = "teks"
    DIAGNOSIS = "kode ICD-10"


@dataclass(frozen=True)
class Choice:
    code: str
    label: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One value of a visit.

    `reject` and `warn` are closed ranges in the field's unit: outside `reject` a value is
    refused (also by the database), outside `warn` it is kept and marked. `settled` are codes that
    only a workbook says, which `derive` turns into one of the choices. A yes or no with `amount`
    may be written as how much was given, and `yes` are further words for it. Below codes that are
    `dated` a workbook may have the day of each in the place of ticks.
    """

    name: str
    label: Text
    kind: Kind
    unit: str = ""
    places: int = 0
    reject: tuple[float, float] | None = None
    warn: tuple[float, float] | None = None
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    required: bool = False
    hint: Text = ""
    settled: tuple[Choice, ...] = ()
    amount: bool = False
    yes: tuple[str, ...] = ()
    dated: bool = False

    def column(self) -> models.Field[Any, Any]:
        """The database column that holds the value; every one may be unknown (NULL)."""
        if self.kind is Kind.DECIMAL:
            return models.DecimalField(
                self.label, max_digits=self.places + 4, decimal_places=self.places, null=True
            )
        if self.kind is Kind.CODES:
            return ArrayField(models.CharField(max_length=16), verbose_name=self.label, null=True)
        plain: dict[Kind, Callable[..., models.Field[Any, Any]]] = {
            Kind.INTEGER: models.SmallIntegerField,
            Kind.DATE: models.DateField,
            Kind.YES_NO: models.BooleanField,
        }
        if self.kind in plain:
            return plain[self.kind](self.label, null=True)
        return models.CharField(self.label, max_length=32, null=True)

    @property
    def header(self) -> str:
        """The title of its column in our own workbooks."""
        return f"{self.label} ({self.said_unit})" if self.unit else str(self.label)

    @property
    def said_unit(self) -> str:
        """The unit in the reader's words."""
        return str(UNITS.get(self.unit, self.unit))


@dataclass(frozen=True)
class Derived:
    """A column worked out, never typed: from the visit's own values when it is written or, if
    `linked`, from the person's other visits afterwards."""

    name: str
    label: Text
    column: Callable[[], models.Field[Any, Any]]
    linked: bool = False


@dataclass(frozen=True)
class Rule:
    """A contradiction between values of one visit. `broken` gets the values, header included."""

    code: str
    fields: tuple[str, ...]
    message: Text
    broken: Callable[[Values], bool]
    warning: bool = False


@dataclass(frozen=True)
class Apart:
    """Two different days of a person in this column lie at least `days` apart.

    A contradiction between visits: of two that are closer the later written one is refused, and
    `field` names the box that is to be looked at.
    """

    column: str
    field: str
    days: int
    code: str
    message: Text


@dataclass(frozen=True)
class Service:
    """A kind of visit: what is written down, for whom, and what follows from it.

    `ages` is half-open, in completed years or months as told by `ages_in`; outside it a row is
    refused. `derive` gets the values of a visit with sex, age_days and seen_on, and returns the
    derived columns. What a `sensitive` service tells is for those who give the care, not for kader.
    """

    code: str
    label: Text
    cluster: str
    stage: str
    fields: tuple[Field, ...]
    derived: tuple[Derived, ...]
    derive: Callable[[Values], Values]
    age_months: tuple[int, int]
    sexes: str = "LP"
    rules: tuple[Rule, ...] = ()
    apart: Apart | None = None
    needs_one_of: tuple[str, ...] = ()  # a row with none of these says nothing
    source: str = ""
    # Other titles that the columns of person, day and place bear in this service's files.
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()  # titles that are known and not imported, beside those of all
    sensitive: bool = False

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """Names of the columns a person fills in."""
        return tuple(f.name for f in self.fields)

    @cached_property
    def worked_out(self) -> tuple[str, ...]:
        """Names of the columns that `derive` fills in."""
        return tuple(d.name for d in self.derived if not d.linked)

    @cached_property
    def numeric(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.kind in (Kind.INTEGER, Kind.DECIMAL))

    def accepts_age(self, months: int) -> bool:
        return self.age_months[0] <= months < self.age_months[1]


def whole(name: str, label: Text, unit: str = "", **more: Any) -> Field:
    return Field(name, label, Kind.INTEGER, unit, **more)


def measure(name: str, label: Text, unit: str, places: int, **more: Any) -> Field:
    return Field(name, label, Kind.DECIMAL, unit, places, **more)


def yes_no(name: str, label: Text, **more: Any) -> Field:
    return Field(name, label, Kind.YES_NO, **more)


def choice(name: str, label: Text, *choices: Choice, **more: Any) -> Field:
    return Field(name, label, Kind.CHOICE, choices=choices, **more)


def diagnosis(name: str, label: Text, **more: Any) -> Field:
    return Field(name, label, Kind.DIAGNOSIS, **more)


def on_day(name: str, label: Text, **more: Any) -> Field:
    return Field(name, label, Kind.DATE, **more)


def small_number() -> models.Field[Any, Any]:
    return models.SmallIntegerField(null=True)


def flag() -> models.Field[Any, Any]:
    return models.BooleanField(null=True)


def word() -> models.Field[Any, Any]:
    return models.CharField(max_length=16, null=True)


def score() -> models.Field[Any, Any]:
    return models.DecimalField(max_digits=5, decimal_places=2, null=True)


def day() -> models.Field[Any, Any]:
    return models.DateField(null=True)


__all__ = [
    "Apart",
    "Choice",
    "Derived",
    "Field",
    "Kind",
    "Rule",
    "Service",
    "Values",
    "choice",
    "date",
    "day",
    "diagnosis",
    "flag",
    "measure",
    "on_day",
    "score",
    "small_number",
    "whole",
    "word",
    "yes_no",
]
