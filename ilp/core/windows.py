"""The days that a report covers: a calendar month, or in some districts the 21st to the 20th."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp.core.months import Month
from ilp.core.weeks import Period


@dataclass(frozen=True, order=True)
class Window:
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, period: Period) -> Window:
        """All days of the month or week."""
        return cls(period.first_day, period.last_day)

    def by_month(self) -> list[Window]:
        """Cut where a calendar month ends: the tree of places changes only there."""
        months = Month.of(self.first).until(Month.of(self.last))
        return [Window(max(self.first, m.first_day), min(self.last, m.last_day)) for m in months]
