"""The months of the demo, and on which days each Posyandu opened in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ilp.core.months import Month
from reporting.demo.sizes import MONTHS

# Months in which Idul Fitri falls: many families travel, some Posyandu do not open.
HOLIDAY_MONTHS = frozenset(
    Month(*one) for one in ((2024, 4), (2025, 3), (2026, 3), (2027, 3), (2028, 2), (2029, 2))
)
QUIET = {"holiday": 0.68, "december": 0.85, "usual": 1.0}
SUNDAY = 6


@dataclass(frozen=True)
class Span:
    """First and last month of visits, both included."""

    first: Month
    last: Month

    @classmethod
    def ending(cls, last: Month) -> Span:
        return cls(last.plus(1 - MONTHS), last)

    @property
    def months(self) -> list[Month]:
        return self.first.until(self.last)


def liveliness(month: Month) -> float:
    """How many of those who usually come do so in this month, 0 to 1."""
    if month in HOLIDAY_MONTHS:
        return QUIET["holiday"]
    return QUIET["december"] if month.number == 12 else QUIET["usual"]


def sessions(first: Month, last: Month, rng: Random) -> dict[Month, date]:
    """A Posyandu's day in each month from first to last; months without a session are left out."""
    usual = rng.randrange(3, 24)
    held = {}
    for month in first.until(last):
        day = month.first_day + timedelta(days=usual + rng.choice((-1, 0, 0, 0, 0, 1)))
        if day.weekday() == SUNDAY:
            day += timedelta(days=1)
        if month in HOLIDAY_MONTHS and rng.random() < 0.12:
            continue
        held[month] = day
    return held
