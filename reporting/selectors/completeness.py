"""Which reports are in and in time: a matrix of places and months, and the rates that follow.

Above and below the line stands the same: places of a kind that fills in the form, open on the last
day of the month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of
from reporting.catalogue.language import Form
from reporting.models import Report
from reporting.selectors.due import Due, matrix
from reporting.selectors.registers import registers
from reporting.workflow import Status

IN = frozenset({Status.SENT, Status.VERIFIED, Status.APPROVED})


class Mark(StrEnum):
    """What stands in a cell."""

    IN_TIME = "✓"
    LATE = "L"
    SENT = "K"  # in time, and nobody has looked at it yet
    DRAFT = "D"
    RETURNED = "R"
    MISSING = "–"
    NOT_DUE = "·"
    FREE = "○"  # none, and none is owed
    CLOSED = ""


@dataclass(frozen=True)
class Rate:
    """How many reports were expected, came in, and came in time."""

    expected: int = 0
    sent: int = 0
    in_time: int = 0

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.expected + other.expected,
            self.sent + other.sent,
            self.in_time + other.in_time,
        )

    @property
    def complete(self) -> float | None:
        """In percent; None where nothing is expected."""
        return 100 * self.sent / self.expected if self.expected else None

    @property
    def timely(self) -> float | None:
        return 100 * self.in_time / self.expected if self.expected else None


NONE = Rate()


@dataclass(frozen=True)
class Cell:
    """One place and month. `is_open`: whether the place counts in the month; `is_free`: whether
    it owes nothing."""

    due: Due
    is_open: bool
    today: date
    is_free: bool = False

    @property
    def mark(self) -> Mark:
        report = self.due.report
        if not self.is_open:
            return Mark.CLOSED
        if report is None and self.is_free:
            return Mark.FREE
        if report is None:
            return Mark.MISSING if self.is_over else Mark.NOT_DUE
        if report.status in IN:
            if self.due.is_late:
                return Mark.LATE
            return Mark.SENT if report.status == Status.SENT else Mark.IN_TIME
        return Mark.RETURNED if report.status == Status.RETURNED else Mark.DRAFT

    @property
    def is_over(self) -> bool:
        """Whether the last day on which it is in time has passed."""
        return self.due.last_day.is_over(self.today)

    @property
    def rate(self) -> Rate:
        if not self.is_open or self.is_free:
            return NONE
        report = self.due.report
        is_in = report is not None and report.status in IN
        return Rate(1, int(is_in), int(is_in and not self.due.is_late))

    @property
    def is_owed(self) -> bool:
        """Expected, overdue and not in."""
        return bool(self.rate.expected) and self.is_over and not self.rate.sent


@dataclass(frozen=True)
class Line:
    """A place with its months; `rate` over those whose deadline has passed."""

    place: Facility
    cells: tuple[Cell, ...]

    @property
    def rate(self) -> Rate:
        return sum((cell.rate for cell in self.cells if cell.is_over), NONE)

    @property
    def owed(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_owed]


@dataclass(frozen=True)
class Completeness:
    """The matrix of a form and year; `months` are its weeks where it is a weekly one."""

    form: Form
    months: tuple[Period, ...]
    lines: tuple[Line, ...]

    @property
    def rate(self) -> Rate:
        return sum((line.rate for line in self.lines), NONE)

    @property
    def by_month(self) -> list[Rate]:
        """As the registers count the month, whether its deadline has passed or not."""
        return [
            sum((ln.cells[at].rate for ln in self.lines), NONE) for at in range(len(self.months))
        ]

    @property
    def owing(self) -> list[Line]:
        return [line for line in self.lines if line.owed]


def months_of(form: Form, year: int, today: date) -> list[Month]:
    """The months of the year that have the form and have begun."""
    every = Month(year, 1).until(min(Month(year, 12), Month.of(today)))
    return [m for m in every if form.is_due(m)]


def completeness(
    *,
    user: User,
    form: Form,
    year: int,
    kinds: Collection[str],
    today: date,
    permission: Permission = Permission.VIEW,
    below: Facility | None = None,
) -> Completeness:
    """The places of the kinds in the user's scope by the months of a year. Three queries.

    With `below` only places that lie under that one in the last of the months. Of a form that
    nobody owes: the places with a report of the year.
    """
    months = months_of(form, year, today)
    periods = [p for m in months for p in form.periods(m) if p.first_day <= today]
    if not periods:
        return Completeness(form, (), ())
    first, last = months[0], months[-1]
    found = Facility.objects.visible_to(user, permission).of_kind(*kinds)
    found = found.filter(opened_on__lte=last.last_day).exclude(closed_on__lte=first.last_day)
    if form.voluntary:
        told = Report.objects.filter(form_code=form.code, month__in=months)
        found = found.filter(pk__in=told.values("facility"))
    if below is not None:
        found = found.filter(pk__in=Facility.objects.within(below, last.last_day).values("pk"))
    places = list(found.order_by("name", "code"))
    rows = matrix(places=places, form=form, months=months)
    lines = tuple(
        Line(
            place,
            tuple(_cell(due, form, today) for due in rows[place.pk] if due.month in periods),
        )
        for place in places
    )
    return Completeness(form, tuple(periods), lines)


def _cell(due: Due, form: Form, today: date) -> Cell:
    place, day = due.place, month_of(due.month).last_day
    stood = place.opened_on <= day and (place.closed_on is None or place.closed_on > day)
    return Cell(due, stood and place.kind in form.kinds, today, form.voluntary)


def rates(
    *, places: Collection[int], months: Collection[Month], forms: Collection[Form]
) -> dict[tuple[int, Month], Rate]:
    """For each place with all below it, and month: what the indicators of reports are made of.

    One query for all of them, one before it for the deadlines. What expects no report is left out.
    """
    codes = ("F_LAPORAN_WAJIB", "F_LAPORAN_MASUK", "F_LAPORAN_TEPAT")
    found = registers(places=places, codes=codes, months=months, forms=forms)
    return {
        (place, month): Rate(*(known[place, code] for code in codes))
        for month, known in found.items()
        for place in _counted(known)
    }


def _counted(known: Mapping[tuple[int, str], int]) -> Iterable[int]:
    return {place for place, code in known if code == "F_LAPORAN_WAJIB"}


@dataclass(frozen=True)
class Lower:
    """A Posyandu below: whether visits were recorded there, month by month; None where closed."""

    place: Facility
    active: tuple[bool | None, ...]


def lower_units(*, of: Facility, months: Collection[Month], user: User) -> list[Lower]:
    """The Posyandu below a place in the last of the months, as `F_POSYANDU_AKTIF` counts them."""
    last = max(months)
    links = Facility.objects.within(of, last.last_day).values("pk")
    seen = Facility.objects.visible_to(user).of_kind(Facility.Kind.POSYANDU).filter(pk__in=links)
    places = list(seen.open_on(last.last_day).order_by("name", "code"))
    found = registers(
        places=[place.pk for place in places], codes=["F_POSYANDU_AKTIF"], months=list(months)
    )
    return [Lower(place, tuple(_active(found[m], place.pk) for m in months)) for place in places]


def _active(known: Mapping[tuple[int, str], int], place: int) -> bool | None:
    value = known.get((place, "F_POSYANDU_AKTIF"))
    return None if value is None else value > 0


def posyandu_at_work(*, places: Collection[int], month: Month) -> dict[int, tuple[int, int]]:
    """For each place: its Posyandu with visits in the month, and all of them. One query."""
    codes = ("F_POSYANDU_AKTIF", "F_POSYANDU")
    known = registers(places=places, codes=codes, months=[month])[month]
    return {
        place: (known.get((place, codes[0]), 0), known[place, codes[1]])
        for place in places
        if (place, codes[1]) in known
    }
