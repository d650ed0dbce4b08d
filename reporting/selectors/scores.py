"""Indicators worked out for places and months. Every page, export and command reads these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, Indicator
from reporting.catalogue.language import Reported
from reporting.catalogue.thresholds import SMALL_DENOMINATOR, Standing, standing
from reporting.selectors.targets import Sasaran, sasaran
from reporting.totals import Cells

ABSENT = {Standing.NOT_REPORTED: "BL", Standing.NOT_DUE: "TJ"}
ONLY_ON_FORMS = frozenset(e.code for e in ELEMENTS.values() if isinstance(e.source, Reported))


@dataclass(frozen=True)
class Score:
    """One indicator of one place in one month; all numbers unrounded, missing is None.

    Outside the indicator's rounds there is no numerator, whatever was counted.
    For indicators that accumulate, `numerator` is the sum since January; `this_month` and
    `last_month` are the flows alone.
    """

    indicator: Indicator
    place: int
    month: Month
    numerator: int | None
    denominator: int | None
    this_month: int | None
    last_month: int | None
    reported: bool

    @property
    def value(self) -> float | None:
        """Numerator over denominator, in the indicator's unit; None without a denominator."""
        if self.numerator is None or not self.denominator:
            return None
        return self.indicator.per * self.numerator / self.denominator

    @property
    def is_due(self) -> bool:
        return self.indicator.is_due(self.month)

    @cached_property
    def target(self) -> float | None:
        """The annual target."""
        goal = self.indicator.goal(self.month.last_day)
        return None if goal is None else goal.value

    @cached_property
    def target_now(self) -> float | None:
        """The target of this month: m/12 of the year's for what accumulates."""
        if self.target is None or not self.indicator.target_runs:
            return self.target
        return self.target * self.month.number / 12

    @cached_property
    def standing(self) -> Standing:
        if not self.is_due:
            return Standing.NOT_DUE
        if not self.reported:
            return Standing.NOT_REPORTED
        return standing(
            self.value,
            self.target_now,
            higher_is_better=self.indicator.higher_is_better,
            on=self.month.last_day,
        )

    @property
    def absent(self) -> str:
        """What stands in place of the number: BL or TJ; empty where there may be one."""
        return ABSENT.get(self.standing, "")

    @property
    def short_by(self) -> int | None:
        """People still missing to this month's target; None where lower is better or unknown."""
        if self.value is None or self.target_now is None or not self.indicator.higher_is_better:
            return None
        assert self.denominator is not None
        assert self.numerator is not None
        needed = self.target_now * self.denominator / self.indicator.per
        return max(0, ceil(needed - self.numerator))

    @property
    def is_known(self) -> bool:
        """Whether the month was reported and there is a value to compare."""
        return self.reported and self.value is not None

    @property
    def distance(self) -> float:
        """How far the value lies from this month's target, as a share of it."""
        value, target = self.value or 0.0, self.target_now or 0.0
        return abs(value - target) / target if target else value

    @property
    def is_small(self) -> bool:
        return bool(self.denominator) and (self.denominator or 0) < SMALL_DENOMINATOR

    @property
    def is_odd(self) -> bool:
        """Over 100 %, below 0 %, or people counted where there is nobody: shown, never clamped."""
        value = self.value
        beyond = value is not None and self.indicator.unit == "%" and not 0 <= value <= 100
        return beyond or bool(self.numerator and self.denominator == 0)


Scores = dict[tuple[int, str], Score]  # (place id, indicator code)


def scores(*, places: Collection[int], indicators: Iterable[Indicator], month: Month) -> Scores:
    """Every indicator at every place. One query for each programme and one for the sasaran."""
    wanted = list(indicators)
    codes = element_codes(wanted)
    months = {*month.of_year, month.plus(-1)}
    cells = totals.read(places, months, codes)
    people = sasaran(places=places, codes=sasaran_codes(wanted), month=month)
    return {
        (place, one.code): score(one, place, month, cells, people)
        for place in places
        for one in wanted
    }


def element_codes(indicators: Iterable[Indicator]) -> set[str]:
    used = {code for i in indicators for code in i.codes}
    return {code for code in used if code in ELEMENTS}


def sasaran_codes(indicators: Iterable[Indicator]) -> set[str]:
    return {code for i in indicators for code in i.bottom.codes if code.startswith("S_")}


def score(indicator: Indicator, place: int, month: Month, cells: Cells, people: Sasaran) -> Score:
    """One indicator from numbers that were read before."""
    top = indicator.top
    now = numbers(indicator, place, month, cells)
    before = {} if month.number == 1 else numbers(indicator, place, month.plus(-1), cells)
    this_month = top.of(now) if indicator.is_due(month) else None
    numerator = this_month
    if indicator.accumulates:
        numerator = top.of(cells.sums(place, month.of_year, top.codes))
    return Score(
        indicator=indicator,
        place=place,
        month=month,
        numerator=numerator,
        denominator=_denominator(indicator, place, month, cells, people),
        this_month=this_month,
        last_month=top.of(before) if indicator.is_due(month.plus(-1)) else None,
        reported=bool(top.codes & now.keys()),
    )


def numbers(indicator: Indicator, place: int, month: Month, cells: Cells) -> Mapping[str, int]:
    """What the month says of the indicator: nothing where no form was, rather than zeros.

    A place with visits has a row, and in it a zero for what only a form can say.
    """
    found = cells.of(place, month)
    if indicator.codes <= ONLY_ON_FORMS and not any(found.get(code) for code in indicator.codes):
        return {}
    return found


def _denominator(
    indicator: Indicator, place: int, month: Month, cells: Cells, people: Sasaran
) -> int | None:
    bottom = indicator.bottom
    if bottom.is_sasaran:
        return bottom.of({code: people.get((place, code)) for code in bottom.codes})
    if indicator.accumulates:
        return bottom.of(cells.sums(place, month.of_year, bottom.codes))
    return bottom.of(numbers(indicator, place, month, cells))
