"""How far the year has come in the rows of a report, beside the people that they are to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, SASARAN, Indicator, indicators_on
from reporting.catalogue.language import Form
from reporting.models import Report
from reporting.selectors.targets import sasaran

PERCENT = 100


@dataclass(frozen=True)
class Running:
    """`before`: what the months before add up to; None where months are not added up.

    `people` is None where no sasaran is set.
    """

    before: int | None
    people: int | None

    def total(self, now: int | None) -> int | None:
        """With what stands in the row now; None where months are not added up."""
        return None if self.before is None else self.before + (now or 0)

    def share(self, now: int | None) -> float | None:
        reached = now if self.before is None else self.total(now)
        return None if reached is None or not self.people else PERCENT * reached / self.people


def running(report: Report) -> Mapping[str, Running]:
    """Element -> its year, for rows that are the whole numerator of an indicator over one sasaran.

    The months before are those of which the indicator is made, as they stand in the totals. Two
    queries at most, none where no row is such.
    """
    month, place = report.month, report.facility_id
    wanted = {} if report.week else measured(report.form, month)
    months = {code: _before(one, month) for code, one in wanted.items()}
    every = sorted({one for listed in months.values() for one in listed})
    cells = totals.read([place], every, set(wanted))
    codes = {one.denominator for one in wanted.values()}
    people = sasaran(places=[place], codes=codes, month=month)
    return {
        code: Running(
            (cells.sums(place, months[code], [code])[code] or 0) if one.accumulates else None,
            people.get((place, one.denominator)),
        )
        for code, one in wanted.items()
    }


def _before(one: Indicator, month: Month) -> list[Month]:
    return one.months(month)[:-1] if one.accumulates else []


def measured(form: Form, month: Month) -> dict[str, Indicator]:
    """Element of a row -> the indicator, in percent of one sasaran, that is made of it alone."""
    rows = {item.element for item in form.items if item.element in ELEMENTS}
    found: dict[str, Indicator] = {}
    for one in indicators_on(month.last_day).values():
        plain = one.per == PERCENT and not one.lag and not one.provinces
        if plain and one.numerator in rows and one.denominator in SASARAN:
            found.setdefault(one.numerator, one)
    return found
