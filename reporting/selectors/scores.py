"""Indicators worked out for places and months. Every page, export and command reads these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from django.utils.functional import cached_property

from clusters.cutoffs import is_in_force
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, REGISTERS, SASARAN, SERVICES, Indicator
from reporting.catalogue.language import Aggregation, Reported
from reporting.catalogue.registers import PROVINCE
from reporting.catalogue.thresholds import SMALL_DENOMINATOR, Standing, oddity, standing
from reporting.selectors.parts import of_numbers, part
from reporting.selectors.targets import Sasaran, sasaran
from reporting.totals import Cells

ABSENT = {Standing.NOT_REPORTED: "BL", Standing.NOT_DUE: "TJ"}
# What only a form says, in a row of totals that visits make as well.
ONLY_ON_FORMS = frozenset(
    e.code for e in ELEMENTS.values() if isinstance(e.source, Reported) and e.programme in SERVICES
)
OUTSIDE_TOTALS = (*SASARAN, *REGISTERS)


@dataclass(eq=False)
class Score:
    """One indicator of one place in one month; all numbers unrounded, missing is None.

    Outside the indicator's rounds there is no numerator, whatever was counted.
    For indicators that accumulate, `numerator` is the sum since January; `this_month` and
    `last_month` are the flows alone. Not frozen only because a page makes a thousand of them;
    nothing changes one.
    """

    indicator: Indicator
    place: int
    month: Month
    numerator: int | None
    denominator: int | None
    this_month: int | None
    last_month: int | None
    reported: bool
    applies: bool = True  # in the place's province

    @cached_property
    def value(self) -> float | None:
        """Numerator over denominator, in the indicator's unit; None without a denominator.

        A plain number is its own value.
        """
        if self.indicator.is_count and self.numerator is not None:
            return float(self.numerator)
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
        if not self.applies:
            return Standing.NOT_APPLICABLE
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
        """What stands in place of the number: BL, TJ or TA; empty where there may be one."""
        if not self.applies:
            return "TA"
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
    def of_target(self) -> float | None:
        """The value in percent of this month's target; None without either."""
        if self.value is None or not self.target_now:
            return None
        return 100 * self.value / self.target_now

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

    @cached_property
    def odd(self) -> str:
        """What cannot be about the number, in words; it is shown as it is, never clamped."""
        return oddity(self.value, self.indicator.unit, self.numerator, self.denominator)

    @property
    def is_odd(self) -> bool:
        return bool(self.odd)


Scores = dict[tuple[int, str], Score]  # (place id, indicator code)


@part(of_numbers)
def scores(
    *,
    places: Collection[int],
    indicators: Collection[Indicator],
    month: Month,
    people: Sasaran | None = None,
) -> Scores:
    """Every indicator at every place. One query for the totals and one for the sasaran, and one
    more each for cohorts and registers, where they are asked for.

    `people`: the sasaran, where they have been read.
    """
    cells = cells_of(indicators, places, month)
    if people is None:
        people = sasaran(places=places, codes=sasaran_codes(indicators), month=month)
    found: Scores = {}
    for place in places:
        held = Held(place, month, cells, people)
        found |= {(place, one.code): held.score(one) for one in indicators}
    return found


def _months(indicators: Iterable[Indicator], month: Month) -> set[Month]:
    """Every month that is looked at; the year before only where a school year began in it."""
    months = {*month.of_year, month.plus(-1)}
    if any(one.aggregation is Aggregation.SCHOOL for one in indicators):
        months |= {*month.of_school_year}
    return months


def element_codes(indicators: Iterable[Indicator]) -> set[str]:
    return {code for i in indicators for code in (*i.codes, i.heard_by) if code in ELEMENTS}


def sasaran_codes(indicators: Iterable[Indicator]) -> set[str]:
    """What stands outside the totals: sasaran and registers; the province where one asks for it."""
    wanted = list(indicators)
    used = {code for i in wanted for code in i.codes}
    if any(i.provinces for i in wanted):
        used.add(PROVINCE)
    return {code for code in used if code not in ELEMENTS}


def cells_of(indicators: Iterable[Indicator], places: Collection[int], month: Month) -> Cells:
    """The totals of which the indicators are made, for a month and the one before it."""
    wanted = list(indicators)
    cells = totals.read(places, _months(wanted, month), element_codes(wanted))
    for lag in {one.lag for one in wanted if one.lag}:
        lagged = [one for one in wanted if one.lag == lag]
        then = month.plus(-lag)
        back = totals.read(places, {*then.of_year, then.plus(-1)}, element_codes(lagged))
        cells = cells.beside(back)
    return cells


def score(indicator: Indicator, place: int, month: Month, cells: Cells, people: Sasaran) -> Score:
    """One indicator from numbers that were read before; for several, ask one Held."""
    return Held(place, month, cells, people).score(indicator)


@dataclass
class Held:
    """What is known of a place in a month, put together once for all its indicators."""

    place: int
    month: Month
    cells: Cells
    people: Sasaran

    @cached_property
    def now(self) -> Mapping[str, int]:
        return self.cells.of(self.place, self.month)

    @cached_property
    def previous(self) -> Month:
        return self.month.plus(-1)

    @cached_property
    def before(self) -> Mapping[str, int]:
        return {} if self.month.number == 1 else self.cells.of(self.place, self.previous)

    @cached_property
    def year(self) -> Mapping[str, int]:
        """Since January."""
        return self.cells.added(self.place, self.month.of_year)

    @cached_property
    def school_year(self) -> Mapping[str, int]:
        """Since July."""
        return self.cells.added(self.place, self.month.of_school_year)

    @cached_property
    def sasaran(self) -> Mapping[str, int]:
        known = ((code, self.people.get((self.place, code))) for code in OUTSIDE_TOTALS)
        return {code: value for code, value in known if value is not None}

    def score(self, indicator: Indicator) -> Score:
        if indicator.provinces and not self._is_in_force(indicator):
            nothing = (None, None, None, None)
            return Score(indicator, self.place, self.month, *nothing, False, applies=False)
        if indicator.top.is_sasaran:
            return self._of_registers(indicator)
        if indicator.lag:
            return self._of_cohort(indicator)
        return self._of_totals(indicator)

    def _is_in_force(self, indicator: Indicator) -> bool:
        return is_in_force(indicator.provinces, self.sasaran.get(PROVINCE), self.month.last_day)

    def _of_registers(self, indicator: Indicator) -> Score:
        """What the system knows at the end of the month; nobody has to report it, but where it is
        made of what people record, somebody has to have done so."""
        value = indicator.top.of(self.sasaran)
        bottom = indicator.bottom.of(self.sasaran)
        heard = not indicator.heard_by or indicator.heard_by in self.now
        return Score(indicator, self.place, self.month, value, bottom, value, None, heard)

    def _of_cohort(self, indicator: Indicator) -> Score:
        """The numbers of the months in which the cohort began, told for this month."""
        then = Held(self.place, self.month.plus(-indicator.lag), self.cells, self.people)
        return replace(then._of_totals(indicator), month=self.month)

    def _of_totals(self, indicator: Indicator) -> Score:
        top, bottom = indicator.top, indicator.bottom
        now, before, counted = self.now, self.before, self._counted(indicator)
        if indicator.counted <= ONLY_ON_FORMS:
            now, before, counted = (said(indicator, found) for found in (now, before, counted))
        this_month = top.of(now) if indicator.is_due(self.month) else None
        return Score(
            indicator=indicator,
            place=self.place,
            month=self.month,
            numerator=top.of(counted) if indicator.accumulates else this_month,
            denominator=None
            if indicator.is_count
            else bottom.of(self.sasaran if bottom.is_sasaran else counted),
            this_month=this_month,
            last_month=top.of(before) if indicator.is_due(self.previous) else None,
            reported=not top.codes.isdisjoint(now),
        )

    def _counted(self, indicator: Indicator) -> Mapping[str, int]:
        """What the months that the indicator adds up say."""
        if not indicator.accumulates:
            return self.now
        return self.school_year if indicator.aggregation is Aggregation.SCHOOL else self.year


def said(indicator: Indicator, found: Mapping[str, int]) -> Mapping[str, int]:
    """What a month says of an indicator that only forms tell of: nothing where no form was.

    A place with visits has a row, and in it a zero for what only a form can say.
    """
    return found if any(found.get(code) for code in indicator.counted) else {}
