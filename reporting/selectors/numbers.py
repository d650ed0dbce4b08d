"""Totals and sasaran of some places, read once for everything that a page asks of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import REGISTERS, Indicator
from reporting.catalogue.language import Aggregation
from reporting.selectors.scores import ONLY_ON_FORMS, element_codes, said, sasaran_codes
from reporting.selectors.targets import Sasaran, sasaran
from reporting.totals import Cells


@dataclass(frozen=True)
class Numbers:
    """`people`: the sasaran of each year, with the registers of the month and of the one before
    it, where that ends a year."""

    months: tuple[Month, ...]
    cells: Cells
    people: Mapping[int, Sasaran]

    @property
    def month(self) -> Month:
        return self.months[-1]

    @property
    def now(self) -> Sasaran:
        return self.people[self.month.year]

    def targets(self, year: int) -> Sasaran:
        """The sasaran of a year without registers, which are of one month alone."""
        known = self.people.get(year, {})
        return {key: value for key, value in known.items() if key[1] not in REGISTERS}


def numbers(
    *, places: Collection[int], indicators: Iterable[Indicator], month: Month, years: int
) -> Numbers:
    """Of the last years, from January on, to the month, and of what cohorts and school years look
    back to. A query for the totals and one for the sasaran of each year, two of a released one."""
    wanted = list(indicators)
    first = Month(month.year + 1 - years, 1)
    months = tuple(first.until(month))
    looked_at = {m.plus(-lag) for m in months for lag in {0, *(one.lag for one in wanted)}}
    if any(one.aggregation is Aggregation.SCHOOL for one in wanted):
        looked_at |= {*first.of_school_year}
    codes = sasaran_codes(wanted)
    people = {
        last.year: sasaran(
            places=places,
            codes=codes if month.plus(-1) <= last else codes - set(REGISTERS),
            month=last,
        )
        for last in (*(Month(year, 12) for year in range(first.year, month.year)), month)
    }
    return Numbers(months, totals.read(places, looked_at, element_codes(wanted)), people)


def heard(indicator: Indicator, found: Mapping[str, int]) -> Mapping[str, int]:
    """What months say of an indicator; of one that only forms tell of, nothing where none was."""
    return said(indicator, found) if indicator.counted <= ONLY_ON_FORMS else found
