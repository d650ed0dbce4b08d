"""The words in which monthly and quarterly reports are declared."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import cached_property
from django_stubs_ext import StrOrPromise as Text

from ilp.core.months import Month
from ilp.core.weeks import Period, weeks_of
from reporting.catalogue.formulas import Formula

LONG_AGO = date(2000, 1, 1)


Span = tuple[date, date | None]  # from a day to before another
Numbers = Mapping[str, int | None]  # by element
COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
    "!=": operator.ne,
}


class Blank(StrEnum):
    """What a check does with cells that say nothing, as DHIS2's missing value strategies."""

    ANY = "lewati"  # one is enough for the check to be left out
    ALL = "kosong"  # left out only where a whole side says nothing; else a blank counts as 0
    NONE = "nol"  # never left out: a blank counts as 0


@dataclass(frozen=True)
class Check:
    """A comparison between sums on a form: "n_naik + t_tidak <= d". A warning asks, an error stops.

    It is applied to each part of the breakdown; `blank` says what becomes of what is not filled in.
    """

    left: str
    operator: str  # of COMPARISONS
    right: str
    message: Text
    warning: bool = False
    blank: Blank = Blank.ANY

    def holds(self, values: Numbers, on_the_right: Numbers | None = None) -> bool:
        """`values` by element; None, or no key, where a cell says nothing.

        The right side may look at the cells in its own way.
        """
        left = self._side(Formula(self.left), values)
        right = self._side(Formula(self.right), values if on_the_right is None else on_the_right)
        return self.compares(left, right)

    def compares(self, left: int | None, right: int | None) -> bool:
        """Whether two sums stand to each other as they should; an unknown one always does."""
        return left is None or right is None or COMPARISONS[self.operator](left, right)

    def _side(self, formula: Formula, values: Numbers) -> int | None:
        known = {c: n for c in formula.codes if (n := values.get(c)) is not None}
        if self.blank is Blank.NONE or (self.blank is Blank.ALL and known):
            known = dict.fromkeys(formula.codes, 0) | known
        return formula.of(known)


@dataclass(frozen=True)
class Item:
    """A row of a form. The visits propose its numbers where they can."""

    number: str
    element: str
    label: Text
    computed: str = ""  # a sum of other rows' elements; not typed
    most: int | None = None  # the largest number that may stand here; 1 for yes or no


@dataclass(frozen=True)
class Section:
    label: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class DueDay:
    """Until when a report is handed in where its Dinas has set nothing; the last begun holds."""

    day: int | None  # of the month after the one that is reported
    source: str
    since: date = LONG_AGO
    days_after: int = 0  # the end of what is reported, where no day is named


# The Posyandu guides say "monthly"; the day is usual practice: reference.md 5.6.
END_OF_MONTH = (DueDay(None, "Modul kader: rekap Posyandu paling lambat akhir bulan"),)
# No regulation says it for the whole country: reference.md 5.6 marks both as usual practice.
FIFTH = (DueDay(5, "Kebiasaan laporan program Puskesmas ke Dinas"),)
TENTH = (DueDay(10, "Kebiasaan SP2TP dan laporan triwulan SPM"),)
MONDAY = (DueDay(None, "Kebiasaan SKDR: dikirim Senin, sesudah Selasa terlambat", days_after=3),)


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
    due: tuple[DueDay, ...]  # rising by `since`
    source: str
    rounds: tuple[int, ...] = ()  # months for which it is filled in; empty: every month
    weekly: bool = False  # for each epidemiological week of them
    since: date = LONG_AGO
    until: date | None = None
    spans: tuple[Span, ...] = ()  # of a form that paused in between; empty: from since to until
    pages: int = 1  # of A4 that its print takes; tests/journeys/test_prints.py counts them
    across: tuple[Check, ...] = ()  # between the columns of each row: "pakai + rusak <= sedia"
    carried: tuple[str, str] | None = None  # a column that begins with what another ended with
    compared: Text = ""  # beside what its numbers are laid; "": what was counted of the visits
    silence: Text = ""  # what a row says that is blank in all its cells; "": nothing
    voluntary: bool = False  # begun by who wants to, owed by nobody

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def is_monthly(self) -> bool:
        """Whether every month has one report: only such may close on another day than the last."""
        return not (self.rounds or self.weekly)

    def is_due(self, month: Month) -> bool:
        """Whether the month has this report at all."""
        in_round = not self.rounds or month.number in self.rounds
        return in_round and self.asked_on(month.last_day)

    def periods(self, month: Month) -> list[Period]:
        """What of the month is reported by itself: the month, its weeks, or nothing."""
        if not self.is_due(month):
            return []
        return [*weeks_of(month)] if self.weekly else [month]

    def usually_due(self, period: Period) -> DueDay:
        """What holds for the report unless the Dinas set something else."""
        return [one for one in self.due if one.since <= period.last_day][-1]

    def asked_on(self, day: date) -> bool:
        """Whether the form is in force on the day."""
        spans = self.spans or ((self.since, self.until),)
        return any(since <= day and (until is None or day < until) for since, until in spans)

    def asks(self, kind: str) -> bool:
        """Whether every place of the kind owes it."""
        return kind in self.kinds and not self.voluntary

    @cached_property
    def said(self) -> frozenset[str]:
        """Element codes that a report of it gives, typed or worked out."""
        return frozenset(item.element for item in self.items)

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """Element codes that a person fills in, in order."""
        return tuple(item.element for item in self.items if not item.computed)
