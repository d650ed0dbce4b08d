"""The words in which it is declared what a person reaches by visits: scopes, needs, milestones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, Q

from clusters.cutoffs import LONG_AGO


class Scope(StrEnum):
    PREGNANCY = "pregnancy"  # keyed by its first day
    YEAR = "year"  # keyed by 1 January
    LIFE = "life"  # keyed by the birth date
    DELIVERY = "delivery"  # keyed by the day of the birth
    TREATMENT = "treatment"  # keyed by the day on which it began


@dataclass(frozen=True)
class Need:
    """The n-th visit of the scope that meets the predicate.

    With `after`, only when the pregnancy that ended on the visit's day of birth had reached that
    milestone.
    """

    when: Q
    nth: int = 1
    after: str = ""


@dataclass(frozen=True)
class Milestone:
    code: str
    service: str
    scope: Scope
    needs: tuple[Need, ...]
    source: str
    since: date = LONG_AGO
    until: date | None = None


def first(**when: object) -> Need:
    """The first visit with these values."""
    return Need(Q(**when))


EVERYONE = Q(person__isnull=False)
SEEN = Need(EVERYONE)
SCOPE_KEYS = {
    Scope.PREGNANCY: F("pregnancy_on"),
    Scope.LIFE: F("person__born_on"),
    Scope.DELIVERY: F("delivered_on"),
    Scope.TREATMENT: F("treatment_on"),
}
