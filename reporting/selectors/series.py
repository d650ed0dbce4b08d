"""One place's indicators month after month, each in the version that was in force."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import REGISTERS, Indicator
from reporting.catalogue.language import Aggregation
from reporting.charts.trend import TrendChart, of_shares, running_targets
from reporting.selectors.book import CATALOGUE, Book
from reporting.selectors.numbers import Numbers
from reporting.selectors.parts import of_people, part
from reporting.selectors.registers import registers
from reporting.selectors.scores import Held, Score, element_codes, sasaran_codes
from reporting.selectors.targets import Sasaran, sasaran
from reporting.totals import Cells

SPARK_MONTHS = 13


@dataclass(frozen=True)
class Series:
    """Scores by indicator code and month; a month before the indicator existed has none."""

    place: int
    last: Month
    scores: dict[tuple[str, Month], Score]

    def __len__(self) -> int:
        return len(self.scores)

    def at(self, code: str, month: Month) -> Score | None:
        return self.scores.get((code, month))

    def value(self, code: str, month: Month) -> float | None:
        one = self.at(code, month)
        return one.value if one and one.reported else None

    def spark(self, code: str) -> list[float | None]:
        """Thirteen months: what each month added, or the state it was in."""
        shown = self.last.plus(1 - SPARK_MONTHS).until(self.last)
        return [self._of_month(code, month) for month in shown]

    def _of_month(self, code: str, month: Month) -> float | None:
        one = self.at(code, month)
        if one is None or not one.reported:
            return None
        return one.this_month if one.indicator.target_runs else one.value

    def chart(self, code: str) -> TrendChart:
        """This year against the year before and the target, in percent."""
        now = self.scores[code, self.last]
        previous = Month(self.last.year - 1, 1).until(Month(self.last.year - 1, 12))
        chart = of_shares(
            [self.value(code, month) for month in self.last.of_year],
            targets_of(now),
            self.last.year,
            [self.value(code, month) for month in previous],
            now.indicator.higher_is_better is not False,
        )
        chart = replace(chart, unit=now.indicator.unit)
        rounds = now.indicator.rounds
        return chart.in_rounds(rounds) if rounds else chart


def targets_of(score: Score) -> tuple[float, ...]:
    """The target of each of the twelve months; nothing when there is none."""
    if score.target is None:
        return ()
    if score.indicator.target_runs:
        return running_targets(score.target)
    return (score.target,) * 12


def _key(
    *,
    place: int,
    codes: Collection[str],
    month: Month,
    people: Sasaran | None = None,
    **others: object,
) -> Hashable:
    """None where indicators or numbers are handed in: they may be those of another place."""
    if others.get("book", CATALOGUE) is not CATALOGUE or others.get("held") is not None:
        return None
    return place, tuple(codes), month, of_people(people)


@part(_key)
def series(
    *,
    place: int,
    codes: Collection[str],
    month: Month,
    people: Sasaran | None = None,
    book: Book = CATALOGUE,
    held: Numbers | None = None,
) -> Series:
    """From January of the year before to the month. One query, and one for each year's sasaran.

    `people`: the sasaran of the month for its own versions of the indicators, if they were read;
    `held`: everything, of all their versions.
    """
    months = Month(month.year - 1, 1).until(month)
    versions = {m: book.on(m.last_day) for m in months}
    # By identity: an indicator holds so many texts that to tell it by these takes long.
    each = {id(v[code]): v[code] for v in versions.values() for code in codes if code in v}
    used = list(each.values())
    cells = held.cells if held else _cells(place, used, months)
    outside = sasaran_codes(used)
    counted = registers(places=[place], codes=outside & set(REGISTERS), months=months)
    denominators = outside - set(REGISTERS)
    of_month = sasaran_codes(versions[month][code] for code in codes if code in versions[month])
    found: dict[tuple[str, Month], Score] = {}
    for year in (month.year - 1, month.year):
        last = min(month, Month(year, 12))
        known = people if last == month and denominators <= of_month else None
        if held is not None:
            known = held.targets(year)
        elif known is None:
            known = sasaran(places=[place], codes=denominators, month=last)
        for one in last.of_year:
            here = Held(place, one, cells, {**known, **counted.get(one, {})})
            for code in codes:
                if version := versions[one].get(code):
                    found[code, one] = here.score(version)
    return Series(place, month, found)


def _cells(place: int, used: Sequence[Indicator], months: Sequence[Month]) -> Cells:
    """The totals of the months, and of those before that school years and cohorts look back to."""
    looked_at = set(months)
    if any(one.aggregation is Aggregation.SCHOOL for one in used):
        looked_at |= {*months[0].of_school_year}
    cells = totals.read([place], looked_at, element_codes(used))
    for lag in {one.lag for one in used if one.lag}:
        then = [m.plus(-lag) for m in months]
        lagged = element_codes(one for one in used if one.lag == lag)
        cells = cells.beside(totals.read([place], then, lagged))
    return cells
