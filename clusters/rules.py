"""The words in which milestones are declared: scopes, needs, and how they are keyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, Q

EVER = date(1900, 1, 1)  # before the birth of anybody who is served


class Scope(StrEnum):
    PREGNANCY = "pregnancy"  # keyed by its first day
    YEAR = "year"  # keyed by 1 January
    LIFE = "life"  # keyed by the birth date
    TREATMENT = "treatment"  # keyed by the day on which it began


@dataclass(frozen=True)
class Need:
    """The n-th visit of the scope that meets the predicate."""

    when: Q
    nth: int = 1


@dataclass(frozen=True)
class Milestone:
    code: str
    service: str
    scope: Scope
    needs: tuple[Need, ...]
    source: str
    since: date = EVER
    until: date | None = None


SEEN = Need(Q(person__isnull=False))
SCOPE_KEYS = {
    Scope.PREGNANCY: F("pregnancy_on"),
    Scope.LIFE: F("person__born_on"),
    Scope.TREATMENT: F("treatment_on"),
}
