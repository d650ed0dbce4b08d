"""The words in which it is declared what people reach by visits, and how they stand by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from clusters.cutoffs import LONG_AGO


class Scope(StrEnum):
    PREGNANCY = "pregnancy"  # keyed by its first day
    YEAR = "year"  # keyed by 1 January
    SCHOOL_YEAR = "school-year"  # keyed by 1 July
    MONTH = "month"  # keyed by its first day
    LIFE = "life"  # keyed by the birth date


@dataclass(frozen=True)
class Need:
    """The n-th visit of the scope that meets the predicate.

    With `sum_of`, the visit with which that column, added up over such visits, comes to `nth`.
    """

    when: Q
    nth: int = 1
    sum_of: str = ""


@dataclass(frozen=True)
class Milestone:
    code: str
    service: str
    scope: Scope
    needs: tuple[Need, ...]
    source: str
    since: date = LONG_AGO
    until: date | None = None


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
