"""A calendar month: the period in which everything is counted."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models


@cache  # a page of numbers asks for it thousands of times
def _last_day(year: int, number: int) -> date:
    return date(year, number, monthrange(year, number)[1])


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    def __hash__(self) -> int:  # half the time of the one that would be made of the fields
        return self.year * 12 + self.number

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as 2025-05; ValueError for anything else."""
        return cls.of(date.fromisoformat(f"{text}-01"))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return _last_day(self.year, self.number)

    def plus(self, months: int) -> Month:
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def until(self, last: Month) -> list[Month]:
        """This month to the last, both included; empty when the last lies before."""
        begin, end = self.year * 12 + self.number - 1, last.year * 12 + last.number
        return [Month(index // 12, index % 12 + 1) for index in range(begin, end)]

    @property
    def of_year(self) -> list[Month]:
        """January to this month."""
        return [Month(self.year, number) for number in range(1, self.number + 1)]

    @property
    def of_school_year(self) -> list[Month]:
        """The last July to this month."""
        return Month(self.year - (self.number < 7), 7).until(self)


if TYPE_CHECKING:
    _DateField = models.DateField["Month | date | str", "Month"]
else:
    _DateField = models.DateField


class MonthField(_DateField):
    """A Month, stored as its first day."""

    if TYPE_CHECKING:
        _pyi_lookup_exact_type: Any

    def from_db_value(self, value, expression, connection):
        return None if value is None else Month.of(value)

    def to_python(self, value):
        if value is None or isinstance(value, Month):
            return value
        return Month.of(super().to_python(value))

    def get_prep_value(self, value):
        return value.first_day if isinstance(value, Month) else super().get_prep_value(value)

    def value_to_string(self, obj):
        return str(self.value_from_object(obj).first_day)
