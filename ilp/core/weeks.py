"""The epidemiological week, Sunday to Saturday, by which diseases are watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ilp.core.months import Month

SEVEN = timedelta(days=7)
TO_WEDNESDAY = timedelta(days=3)
SUNDAY = 6  # date.weekday()


@dataclass(frozen=True, order=True)
class Week:
    """Week `number` of `year`, as SKDR counts: the first has at least four days of the year.

    So a week is of the year, and here also of the month, in which its Wednesday lies.
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        return cls._with(day - timedelta(days=(day.weekday() + 1) % 7))

    @classmethod
    def _with(cls, sunday: date) -> Week:
        year = (sunday + TO_WEDNESDAY).year
        return cls(year, (sunday - _first_sunday(year)).days // 7 + 1)

    @classmethod
    def parse(cls, text: str) -> Week:
        """The week written as 2025-W19; ValueError for anything else and for a week 53 that the
        year does not have."""
        year, mark, number = text.partition("-W")
        week = cls(int(year), int(number))
        if not mark or week.number < 1 or cls.of(week.first_day) != week:
            raise ValueError(text)
        return week

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def first_day(self) -> date:
        return _first_sunday(self.year) + (self.number - 1) * SEVEN

    @property
    def last_day(self) -> date:
        return self.first_day + SEVEN - timedelta(days=1)

    @property
    def month(self) -> Month:
        """The month in which most of its days lie."""
        return Month.of(self.first_day + TO_WEDNESDAY)

    def plus(self, weeks: int) -> Week:
        return self._with(self.first_day + weeks * SEVEN)


Period = Month | Week


def month_of(period: Period) -> Month:
    """The month to which a report of the period belongs."""
    return period.month if isinstance(period, Week) else period


def week_number(period: Period) -> int:
    """As a report keeps it: 0 for a month."""
    return period.number if isinstance(period, Week) else 0


def parse_period(text: str) -> Period:
    """2025-05 as a month, 2025-W19 as a week; ValueError for anything else."""
    return Week.parse(text) if "W" in text else Month.parse(text)


def weeks_of(month: Month) -> list[Week]:
    """The four or five weeks of a month, in order."""
    begin = Week.of(month.first_day)
    listed = [begin.plus(n) for n in range(-1, 6)]
    return [week for week in listed if week.month == month]


def _first_sunday(year: int) -> date:
    """On which the first week begins: the Sunday within three days of New Year."""
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() + 1) % 7)
