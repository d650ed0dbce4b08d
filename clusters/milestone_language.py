"""The words in which it is declared what people reach by visits, and how they stand by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import DateField, DurationField, F, Q, Value
from django.db.models.functions import Cast, Trunc

from clusters.cutoffs import LONG_AGO


class Scope(StrEnum):
    PREGNANCY = "pregnancy"  # keyed by its first day
    YEAR = "year"  # keyed by 1 January
    SCHOOL_YEAR = "school-year"  # keyed by 1 July
    MONTH = "month"  # keyed by its first day
    LIFE = "life"  # keyed by the birth date
    DELIVERY = "delivery"  # keyed by the day of the birth
    TREATMENT = "treatment"  # keyed by the day on which it began


@dataclass(frozen=True)
class Need:
    """The n-th visit of the scope that meets the predicate.

    With `sum_of`, the visit with which that column, added up over such visits, comes to `nth`.
    With `after`, only when the pregnancy that ended on the visit's day of birth had reached that
    milestone. With `without`, only of who had not reached that milestone of another service by the
    day of the visit; with `ever` of who has reached it on no day. With `unless`, only of who has no
    visit in the scope that meets it. With `also`, visits of these services in the same scope meet
    it as well, whatever `unless` says; those of one day count once, for what was done once may
    have been written down twice.
    """

    when: Q
    nth: int = 1
    sum_of: str = ""
    after: str = ""
    without: str = ""
    ever: bool = False
    unless: Q | None = None
    also: Mapping[str, Q] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.also and (self.sum_of or self.after or self.without):
            raise ValueError(f"{self}: of visits of other services nothing else may be asked")


@dataclass(frozen=True)
class Due:
    """What is asked besides visits of who comes to an age, in months, in the year of the scope.

    A milestone of another service and of a life, reached on any day before that year ends. By the
    birthday, so that nobody is asked by the chance of when a session was held, and once in a life.
    """

    service: str
    reached: str
    months: int

    def falls_in(self, year: date, born_on: date) -> bool:
        """Whether who was born on that day comes to the age in the year that begins then."""
        return (born_on.year * 12 + born_on.month - 1 + self.months) // 12 == year.year


@dataclass(frozen=True)
class Milestone:
    code: str
    service: str
    scope: Scope
    needs: tuple[Need, ...]
    source: str
    since: date = LONG_AGO
    until: date | None = None
    due: Due | None = None

    def __post_init__(self) -> None:
        if self.due and self.scope is not Scope.YEAR:
            raise ValueError(f"{self.code}: only in a year can something fall due")


def first(**when: object) -> Need:
    """The first visit with these values."""
    return Need(Q(**when))


ANY_BIRTH = date(1850, 1, 1)  # a life begins with the birth, long before the rule was made
EVERYONE = Q(person__isnull=False)
SEEN = Need(EVERYONE)
JULY_TO_JANUARY = Value(timedelta(days=184), output_field=DurationField())  # in every year
SCOPE_KEYS = {
    Scope.PREGNANCY: F("pregnancy_on"),
    Scope.LIFE: F("person__born_on"),
    Scope.DELIVERY: F("delivered_on"),
    Scope.TREATMENT: F("treatment_on"),
    Scope.YEAR: Trunc("seen_on", "year", output_field=DateField()),
    Scope.MONTH: Trunc("seen_on", "month", output_field=DateField()),
    Scope.SCHOOL_YEAR: Cast(
        Trunc(Cast(F("seen_on") + JULY_TO_JANUARY, DateField()), "year", output_field=DateField())
        - JULY_TO_JANUARY,
        DateField(),
    ),
}


@dataclass(frozen=True)
class State:
    """How a person stands in a month, told by the last visit up to it that says so.

    A visit that meets `of` speaks for its own month and, until another speaks, for those after
    it, `months` in all; with `in_year` no longer than its calendar year. Who meets `holds` in it
    stands so. With `unbroken`, who has a visit that holds in every month since 1 January or, if
    later, since the first visit of all that meets `of`.
    """

    code: str
    service: str
    of: Q
    source: str
    holds: Q = Q()
    months: int = 1
    in_year: bool = False
    unbroken: bool = False
    since: date = LONG_AGO
    until: date | None = None
