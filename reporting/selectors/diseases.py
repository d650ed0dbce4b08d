"""The ten largest diseases of a place: new cases of outpatient care by ICD-10 (LB1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clusters.services import icd10
from ilp.core import sql
from ilp.core.months import Month
from reporting.selectors.places import Place

TEN = 10


@dataclass(frozen=True)
class Disease:
    """One category of ICD-10; `rank` is shared by those with as many cases."""

    rank: int
    code: str
    male: int
    female: int
    under_five: int
    share: float  # percent of all new cases

    @property
    def cases(self) -> int:
        return self.male + self.female

    @property
    def name(self) -> str:
        """Our name for it; empty for rarer ones."""
        return icd10.name(self.code)


@dataclass(frozen=True)
class Diseases:
    """The largest ones, most cases first, and how many cases all others come to."""

    largest: tuple[Disease, ...]
    total: int

    @property
    def others(self) -> int:
        return self.total - sum(one.cases for one in self.largest)


def largest_diseases(*, of: Place, first: Month, last: Month) -> Diseases:
    """At the place and below it, by place of service. One query.

    Those with as many cases as the tenth are all listed.
    """
    counted: dict[str, dict[str, int]] = defaultdict(lambda: {"L": 0, "P": 0, "young": 0})
    rows = sql.run(
        "reporting/new_cases", place=of.pk, first_day=first.first_day, last_day=last.last_day
    )
    for code, sex, cases, young in rows:
        counted[code][sex] += cases
        counted[code]["young"] += young
    total = sum(one["L"] + one["P"] for one in counted.values())
    in_order = sorted(counted, key=lambda code: (-_cases(counted[code]), code))
    least = _cases(counted[in_order[TEN - 1]]) if len(in_order) > TEN else 1
    listed = [code for code in in_order if _cases(counted[code]) >= least]
    return Diseases(tuple(_ranked(listed, counted, total)), total)


def _cases(one: dict[str, int]) -> int:
    return one["L"] + one["P"]


def _ranked(
    codes: Iterable[str], counted: dict[str, dict[str, int]], total: int
) -> Iterable[Disease]:
    rank, before = 0, -1
    for number, code in enumerate(codes, start=1):
        one = counted[code]
        if _cases(one) != before:
            rank, before = number, _cases(one)
        yield Disease(rank, code, one["L"], one["P"], one["young"], 100 * _cases(one) / total)
