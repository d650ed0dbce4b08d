"""The words in which what is counted, shown and reported is written. Pure: no tables, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import cached_property
from django_stubs_ext import StrOrPromise as Text

from ilp.core.months import Month

LONG_AGO = date(2000, 1, 1)
TERM = re.compile(r"([+-]?)\s*([A-Za-z]\w*)\s*")


class Axis(StrEnum):
    HOME = "domisili"  # counted where the person lives: coverage
    SERVICE = "tempat pelayanan"  # counted where care was given: workload


class Kind(StrEnum):
    FLOW = "kejadian"  # adds up over months and places
    STOCK = "keadaan"  # adds up over places, takes the last month


class Breakdown(StrEnum):
    """How an element is split; the parts always add up to the element."""

    NONE = ""
    SEX = "L/P"
    SEX_AGE_F1 = "L/P x umur F1"  # 0–5, 6–11, 12–23, 24–35, 36–59 months


F1_AGES: tuple[tuple[str, int, int], ...] = (
    ("0-5", 0, 6),
    ("6-11", 6, 12),
    ("12-23", 12, 24),
    ("24-35", 24, 36),
    ("36-59", 36, 60),
)
PARTS: dict[Breakdown, tuple[str, ...]] = {
    Breakdown.NONE: ("",),
    Breakdown.SEX: ("L", "P"),
    Breakdown.SEX_AGE_F1: tuple(f"{sex}:{age}" for sex in "LP" for age, _, _ in F1_AGES),
}


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
class Children:
    """Counts children by how they stood at their last weighing of the month."""

    when: Q = Q()


@dataclass(frozen=True)
class Reported:
    """A number that only a form gives."""


Source = Visits | Reached | Children | Reported


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


@dataclass(frozen=True)
class Formula:
    """A signed sum of elements or sasaran, such as "dpt1 - dpt3" or "S_BUMIL"."""

    text: str

    @cached_property
    def terms(self) -> tuple[tuple[int, str], ...]:
        """(sign, code) in order; ValueError when the text is no such sum."""
        if not self.text.strip() or TERM.sub("", self.text).strip():
            raise ValueError(f"not a sum of elements: {self.text!r}")
        return tuple((-1 if sign == "-" else 1, code) for sign, code in TERM.findall(self.text))

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code for _, code in self.terms)

    @cached_property
    def is_sasaran(self) -> bool:
        return all(code.startswith("S_") for code in self.codes)

    def of(self, values: Mapping[str, int | None]) -> int | None:
        """The sum; None, not zero, as soon as one part is unknown."""
        total = 0
        for sign, code in self.terms:
            value = values.get(code)
            if value is None:
                return None
            total += sign * value
        return total


class Aggregation(StrEnum):
    """How an indicator stands for more than one month; see domain reference 4.1."""

    CUMULATIVE = "A"  # sum since January over the annual sasaran; running target
    PERSONS = "D"  # likewise, of distinct persons
    RATIO = "R"  # sums since January on both sides; the target does not run
    SCHOOL = "J"  # sums since July, when a school year begins; the target does not run
    MONTHLY = "M"  # this month over this month
    STATE = "S"  # state at the last measurement of this month


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
    unit: str = "%"
    why: Text = ""
    misread: Text = ""  # the common misreading
    also: tuple[str, ...] = ()  # clusters that use it besides its own
    spm: int | None = None
    rounds: tuple[int, ...] = ()  # months of the year in which it is due; empty: in every month
    certain: bool = True
    since: date = LONG_AGO
    until: date | None = None

    @cached_property
    def top(self) -> Formula:
        return Formula(self.numerator)

    @cached_property
    def bottom(self) -> Formula:
        return Formula(self.denominator)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every element and sasaran that it is made of."""
        return self.top.codes | self.bottom.codes

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
        return self.aggregation in ("A", "D", "R", "J")

    def months(self, month: Month) -> list[Month]:
        """The months that are added up to make the number of this one."""
        running = month.of_school_year if self.aggregation == "J" else month.of_year
        return running if self.accumulates else [month]

    @cached_property
    def target_runs(self) -> bool:
        """Whether the target of month m is m/12 of the year's."""
        return self.aggregation in ("A", "D")

    def goal(self, on: date) -> Goal | None:
        """The annual target in force on the day."""
        held = [g for g in self.goals if g.since <= on and (g.until is None or on < g.until)]
        return held[-1] if held else None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Sasaran:
    """A target population: the denominator that is set once a year for each place."""

    code: str
    label: Text
    note: Text = ""


@dataclass(frozen=True)
class Check:
    """A comparison between sums on a form: "n_naik + t_tidak <= d". A warning asks, an error stops.

    It is applied to each part of the breakdown and holds where a side is not filled in.
    """

    left: str
    operator: str  # <= or =
    right: str
    message: Text
    warning: bool = False

    def holds(self, values: Mapping[str, int | None]) -> bool:
        left, right = Formula(self.left).of(values), Formula(self.right).of(values)
        if left is None or right is None:
            return True
        return left <= right if self.operator == "<=" else left == right


@dataclass(frozen=True)
class Item:
    """A row of a form. The visits propose its numbers where they can."""

    number: str
    element: str
    label: Text
    computed: str = ""  # a sum of other rows' elements; not typed


@dataclass(frozen=True)
class Section:
    label: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Form:
    """A monthly report: which elements, for which kinds of place, under which checks.

    Its approved numbers stand for the place and all below it.
    """

    code: str
    label: Text
    kinds: tuple[str, ...]
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    due_day: int  # of the following month
    source: str
    since: date = LONG_AGO
    until: date | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """Element codes that a person fills in, in order."""
        return tuple(item.element for item in self.items if not item.computed)
