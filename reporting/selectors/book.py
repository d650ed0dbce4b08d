"""Every indicator that holds somewhere: the catalogue's, and those that a district has made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from facilities.models import Ancestry
from reporting.catalogue import Aggregation, Goal, Indicator, NoIndicator, indicators_on
from reporting.models import LocalIndicator
from reporting.selectors.parts import part


class Book:
    """What is in force on a day; the catalogue alone unless local ones are added."""

    def __init__(self, local: Iterable[Indicator] = ()) -> None:
        self.local = tuple(local)
        self._days: dict[date, dict[str, Indicator]] = {}

    def on(self, day: date) -> dict[str, Indicator]:
        """By code; the catalogue's first. Shared: do not change it."""
        if not self.local:
            return indicators_on(day)
        if day not in self._days:
            own = {one.code: one for one in self.local if one.holds_on(day)}
            self._days[day] = indicators_on(day) | own
        return self._days[day]

    def find(self, code: str, day: date) -> Indicator:
        """The version in force on the day; NoIndicator where there is none."""
        try:
            return self.on(day)[code]
        except KeyError:
            raise NoIndicator(f"{code} on {day}") from None


CATALOGUE = Book()
LOCAL = "LOK"  # what the codes of local indicators begin with


@part(lambda of=None: (of,))
def book(*, of: int | None = None) -> Book:
    """With the indicators of the districts that hold a place, or of all. One query."""
    rows = LocalIndicator.objects.order_by("code", "version")
    if of is not None:
        above = Ancestry.objects.filter(ancestor=OuterRef("district"), descendant=of)
        rows = rows.filter(Exists(above))
    return Book(map(as_indicator, rows))


def as_indicator(row: LocalIndicator) -> Indicator:
    """In the words of the catalogue, so that it is counted, shown and explained like any other."""
    goals = () if row.target is None else (Goal(float(row.target), row.source),)
    return Indicator(
        row.code,
        row.label,
        row.cluster,
        row.stage,
        row.numerator,
        row.denominator,
        Aggregation(row.aggregation),
        row.definition,
        row.source,
        goals=goals,
        higher_is_better=row.higher_is_better,
        per=row.per,
        unit="%" if row.per == 100 else f"per {row.per}",
        why=row.definition,
        misread="",
        since=row.since.first_day,
        until=row.until.first_day if row.until else None,
    )
