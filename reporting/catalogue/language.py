"""The words in which what is counted, shown and reported is written. Pure: no tables, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import cached_property
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import Region
from ilp.core.months import Month
from reporting.catalogue.breakdowns import F1_AGES, PARTS, Breakdown
from reporting.catalogue.form_language import (
    END_OF_MONTH,
    FIFTH,
    MONDAY,
    TENTH,
    Blank,
    Check,
    DueDay,
    Form,
    Item,
    Section,
)
from reporting.catalogue.formulas import Formula

LONG_AGO = date(2000, 1, 1)


class Axis(StrEnum):
    HOME = "domisili"  # counted where the person lives: coverage
    SERVICE = "tempat pelayanan"  # counted where care was given: workload


class Kind(StrEnum):
    FLOW = "kejadian"  # adds up over months and places
    STOCK = "keadaan"  # adds up over places, takes the last month
    CUMULATIVE = "kumulatif"  # of the year so far: adds up over places, takes the last month


@dataclass(frozen=True)
class Visits:
    """Counts standing visits of the service that meet the predicate."""

    service: str
    when: Q = Q()


@dataclass(frozen=True)
class Reached:
    """Counts milestones of that code, in the month in which they were reached."""

    code: str


@dataclass(frozen=True)
class Summed:
    """Adds up a number of the standing visits of the service that meet the predicate."""

    service: str
    field: str
    when: Q = Q()


@dataclass(frozen=True)
class Cohort:
    """Counts milestones of that code, in the month in which their scope began."""

    code: str


@dataclass(frozen=True)
class Children:
    """Counts children by how they stood at their last weighing of the month."""

    when: Q = Q()


@dataclass(frozen=True)
class Reported:
    """A number that only a form gives."""


@dataclass(frozen=True)
class Cases:
    """Counts diagnoses of outpatient care in these categories of ICD-10; it stands in no totals."""

    ranges: tuple[tuple[str, str], ...]  # first and last category; none: what no other row names


@dataclass(frozen=True)
class Ledger:
    """Columns of a row that only a form gives, and that are no totals of anything."""


Source = Visits | Summed | Reached | Cohort | Children | Reported | Cases | Ledger
# What is kept in reports alone: many cells of which most are empty, or numbers that do not add up.
APART = (Cases, Ledger)


@dataclass(frozen=True)
class Element:
    """One number that is counted for a place and a month.

    `programme` names the totals row in which it is kept; it is the service whose visits change it.
    """

    code: str
    label: Text
    programme: str
    source: Source
    axis: Axis = Axis.HOME
    kind: Kind = Kind.FLOW
    breakdown: Breakdown = Breakdown.NONE
    since: date = LONG_AGO
    until: date | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        return PARTS[self.breakdown]


class Aggregation(StrEnum):
    """How an indicator stands for more than one month; see domain reference 4.1."""

    CUMULATIVE = "A"  # sum since January over the annual sasaran; running target
    PERSONS = "D"  # likewise, of distinct persons
    RATIO = "R"  # sums since January on both sides; the target does not run
    SCHOOL = "J"  # sums since July, when a school year begins; the target does not run
    MONTHLY = "M"  # this month over this month
    STATE = "S"  # state at the last measurement of this month
    SNAPSHOT = "C"  # what a report says of the year so far: its last; running target
    RATE = "I"  # cases since January over the people of the year; the target does not run
    FACILITIES = "F"  # places that have something over all of them, this month


@dataclass(frozen=True)
class Goal:
    """The annual target, in the indicator's unit."""

    value: float
    source: str
    since: date = LONG_AGO
    until: date | None = None


@dataclass(frozen=True)
class Indicator:
    """Numerator over denominator, with everything that a reader must know to trust it."""

    code: str
    label: Text
    cluster: str
    stage: str
    numerator: str
    denominator: str
    aggregation: Aggregation
    definition: Text  # what is counted, in one or two sentences
    source: str
    goals: tuple[Goal, ...] = ()
    higher_is_better: bool | None = True  # None: watched, neither good nor bad
    per: int = 100
    unit: str = "%"  # "n" for a plain number, which has no denominator
    why: Text = ""
    misread: Text = ""  # the common misreading
    also: tuple[str, ...] = ()  # clusters that use it besides its own
    spm: int | None = None
    rounds: tuple[int, ...] = ()  # months of the year in which it is due; empty: in every month
    lag: int = 0  # months by which what is counted lies back: the cohort that began then
    certain: bool = True
    since: date = LONG_AGO
    until: date | None = None
    provinces: tuple[Region, ...] = ()  # where it applies at all; empty: everywhere
    heard_by: str = ""  # an element that the month must have; without it a register is not reported

    @cached_property
    def top(self) -> Formula:
        return Formula(self.numerator)

    @cached_property
    def bottom(self) -> Formula:
        """The denominator; of a plain number the number itself, which nothing divides by."""
        return Formula(self.denominator or self.numerator)

    @property
    def is_count(self) -> bool:
        """Whether it is a plain number."""
        return not self.denominator

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every element and sasaran that it is made of."""
        return self.top.codes | self.bottom.codes

    @cached_property
    def counted(self) -> frozenset[str]:
        """The elements among them."""
        return frozenset(code for code in self.codes if not code.startswith("S_"))

    def is_due(self, month: Month) -> bool:
        """Whether the month has this number at all; outside its rounds there is none, not zero."""
        return not self.rounds or month.number in self.rounds

    def last_due(self, month: Month) -> Month:
        """The month itself, or the last one before it in which the number was due."""
        while not self.is_due(month):
            month = month.plus(-1)
        return month

    @cached_property
    def accumulates(self) -> bool:
        """Whether months since January, or since July, are added up."""
        return self.aggregation in ("A", "D", "R", "I", "J")

    @cached_property
    def target_runs(self) -> bool:
        """Whether the target of month m is m/12 of the year's."""
        return self.aggregation in ("A", "D", "C")

    def months(self, month: Month) -> list[Month]:
        """The months that are counted for a month."""
        running = month.of_school_year if self.aggregation == "J" else month.of_year
        counted = running if self.accumulates else [month]
        return [one.plus(-self.lag) for one in counted] if self.lag else list(counted)

    def goal(self, on: date) -> Goal | None:
        """The annual target in force on the day."""
        if on not in self._goal_on:  # asked again for each place of a page
            held = [g for g in self.goals if g.since <= on and (g.until is None or on < g.until)]
            self._goal_on[on] = held[-1] if held else None
        return self._goal_on[on]

    @cached_property
    def _goal_on(self) -> dict[date, Goal | None]:
        return {}

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Sasaran:
    """A target population: the denominator that is set once a year for each place."""

    code: str
    label: Text
    note: Text = ""


@dataclass(frozen=True)
class Register:
    """What the system itself knows of places and reports, counted at a place and below it."""

    code: str
    label: Text
    note: Text = ""


__all__ = [
    "APART",
    "END_OF_MONTH",
    "F1_AGES",
    "FIFTH",
    "LONG_AGO",
    "MONDAY",
    "PARTS",
    "TENTH",
    "Aggregation",
    "Axis",
    "Blank",
    "Breakdown",
    "Cases",
    "Check",
    "Children",
    "Cohort",
    "DueDay",
    "Element",
    "Form",
    "Formula",
    "Goal",
    "Indicator",
    "Item",
    "Kind",
    "Ledger",
    "Reached",
    "Register",
    "Reported",
    "Sasaran",
    "Section",
    "Source",
    "Summed",
    "Visits",
]
