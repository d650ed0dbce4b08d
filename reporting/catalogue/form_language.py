"""The words in which monthly and quarterly reports are declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django_stubs_ext import StrOrPromise as Text

from ilp.core.months import Month
from reporting.catalogue.formulas import Formula

LONG_AGO = date(2000, 1, 1)


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
        return self.compares(Formula(self.left).of(values), Formula(self.right).of(values))

    def compares(self, left: int | None, right: int | None) -> bool:
        """Whether two sums stand to each other as they should; an unknown one always does."""
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
    most: int | None = None  # the largest number that may stand here; 1 for yes or no


@dataclass(frozen=True)
class Section:
    label: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class DueDay:
    """Until when a report is handed in where its Dinas has set nothing; the last begun holds."""

    day: int  # of the month after the one that is reported
    source: str
    since: date = LONG_AGO


# No regulation says it for the whole country: reference.md 5.6 marks both as usual practice.
FIFTH = (DueDay(5, "Kebiasaan laporan program Puskesmas ke Dinas"),)
TENTH = (DueDay(10, "Kebiasaan SP2TP dan laporan triwulan SPM"),)


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
    since: date = LONG_AGO
    until: date | None = None
    across: tuple[Check, ...] = ()  # between the columns of each row: "pakai + rusak <= sedia"
    carried: tuple[str, str] | None = None  # a column that begins with what another ended with
    compared: Text = ""  # beside what its numbers are laid; "": what was counted of the visits
    silence: Text = ""  # what a row says that is blank in all its cells; "": nothing

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def is_due(self, month: Month) -> bool:
        """Whether the month has this report at all."""
        return not self.rounds or month.number in self.rounds

    def usually_due(self, month: Month) -> DueDay:
        """What holds for the month's report unless the Dinas set something else."""
        return [one for one in self.due if one.since <= month.last_day][-1]

    def asked_on(self, day: date) -> bool:
        """Whether the form is in force on the day."""
        return self.since <= day and (self.until is None or day < self.until)

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """Element codes that a person fills in, in order."""
        return tuple(item.element for item in self.items if not item.computed)
