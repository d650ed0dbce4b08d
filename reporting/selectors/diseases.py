"""The ten largest diseases of a place: new cases by visits or, where approved, by LB1 reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clusters.services import icd10
from ilp.core import sql
from ilp.core.months import Month
from reporting.catalogue import forms_morbidity
from reporting.catalogue.breakdowns import OLD, YOUNG
from reporting.catalogue.diseases import OTHERS, Listing, listing_on
from reporting.selectors.places import Place

TEN = 10


@dataclass(frozen=True)
class Disease:
    """A row of LB1, else a category of ICD-10; `rank` is shared by those with as many cases."""

    rank: int
    code: str  # categories as they are written: "J06", "A15–A19"
    name: str  # our name for it; empty for rarer ones
    categories: str  # as an address asks for them: "J06", "A15-A19"
    male: int
    female: int
    under_five: int
    share: float  # percent of all new cases

    @property
    def cases(self) -> int:
        return self.male + self.female


@dataclass(frozen=True)
class Diseases:
    """The largest ones, most cases first, and how many cases all others come to.

    `reported` is how many of all cases an approved LB1 report gives.
    """

    largest: tuple[Disease, ...]
    total: int
    reported: int = 0

    @property
    def others(self) -> int:
        return self.total - sum(one.cases for one in self.largest)


def largest_diseases(*, of: Place, first: Month, last: Month) -> Diseases:
    """At the place and below it, by place of service. One query.

    Where an LB1 report was approved it speaks for its place and all below, and visits there do
    not. Those with as many cases as the tenth are all listed; the row for all others is not.
    """
    listing = listing_on(last.first_day)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for code, sex, cases, young, reported in _rows(of, first, last):
        told = cases if reported else 0
        counted[_line(code, listing)] += Counter({sex: cases, "young": young, "told": told})
    total = sum(map(_cases, counted.values()))
    told = sum(one["told"] for one in counted.values())
    named = counted.keys() - {OTHERS.code}
    in_order = sorted(named, key=lambda code: (-_cases(counted[code]), code))
    least = _cases(counted[in_order[TEN - 1]]) if len(in_order) > TEN else 1
    listed = [code for code in in_order if _cases(counted[code]) >= least]
    return Diseases(tuple(_ranked(listed, counted, total, listing)), total, told)


def _rows(of: Place, first: Month, last: Month) -> list[tuple[str, str, int, int, bool]]:
    return sql.run(
        "reporting/new_cases",
        place=of.pk,
        first_day=first.first_day,
        last_day=last.last_day,
        form=forms_morbidity.FORM.code,
        old=OLD,
        young=list(YOUNG),
    )


def _line(code: str, listing: Listing) -> str:
    """The line in which cases of a category are added up; rows of reports are lines already."""
    if code in listing.rows:
        return code
    row = listing.row_of(code)
    return row.code if row else code


def _cases(one: Counter[str]) -> int:
    return one["L"] + one["P"]


def _ranked(
    codes: Iterable[str], counted: dict[str, Counter[str]], total: int, listing: Listing
) -> Iterable[Disease]:
    rank, before = 0, -1
    for number, code in enumerate(codes, start=1):
        one, row = counted[code], listing.rows.get(code)
        if _cases(one) != before:
            rank, before = number, _cases(one)
        yield Disease(
            rank,
            row.shown if row else code,
            str(row.label) if row else icd10.name(code),
            row.categories if row else code,
            one["L"],
            one["P"],
            one["young"],
            100 * _cases(one) / total,
        )
