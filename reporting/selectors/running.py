"""How far the year has come in the rows of a report, beside the people that they are to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from ilp.core import formats, sql
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, SASARAN, Indicator, indicators_on
from reporting.catalogue.language import Form
from reporting.models import Report
from reporting.selectors.targets import BASIS

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


def running(report: Report, *, summed: bool = False) -> Mapping[str, Running]:
    """Element -> its year, for rows that are the whole numerator of an indicator over one sasaran.

    With `summed` only those whose months are added up. The months before are those of which the
    indicator is made, as they stand in the totals. One query, none where no row is such.
    """
    month, place = report.month, report.facility_id
    wanted = {} if report.week else measured(report.form, month)
    if summed:
        wanted = {code: one for code, one in wanted.items() if one.accumulates}
    if not wanted:
        return {}
    rows = sql.run_text(_statement(), _params(wanted, place, month))
    found = {(kind, code): number for kind, code, number in rows}
    return {
        code: Running(
            found.get(("before", code), 0) if one.accumulates else None,
            found.get(("people", one.denominator)),
        )
        for code, one in wanted.items()
    }


@cache
def _statement() -> str:
    people = sql.text("reporting/sasaran").rstrip().removesuffix(";")
    return sql.text("reporting/year_of_rows").replace("(/* sasaran */)", f"({people}\n)")


def _params(wanted: Mapping[str, Indicator], place: int, month: Month) -> dict[str, object]:
    firsts = {code: _first(one, month) for code, one in wanted.items() if one.accumulates}
    slots = totals.slots_of(firsts)
    return {
        "elements": [code for code, _programme, _slot in slots],
        "programmes": [programme for _code, programme, _slot in slots],
        "slots": [slot for _code, _programme, slot in slots],
        "firsts": [firsts[code].first_day for code, _programme, _slot in slots],
        "place": place,
        "places": [place],
        "codes": sorted({one.denominator for one in wanted.values()}),
        "year": month.year,
        "month": month.first_day,
        "last_day": month.last_day,
        "basis": BASIS,
    }


def _first(one: Indicator, month: Month) -> Month:
    """The first of the months that are added up; in it nothing lies before."""
    return min(one.months(month))


def beyond(run: Running | None, now: int | None) -> str:
    """What is said of a row that has reached more people than there are, "" of any other."""
    total = run.total(now) if run and now else None
    if run is None or total is None or run.people is None or total <= run.people:
        return ""
    said = {"total": formats.whole(total), "people": formats.whole(run.people)}
    told = _("Kumulatif %(total)s melebihi sasaran %(people)s.") % said
    return f"{told} {_('Periksa kembali; bila benar, tulis alasannya.')}"


def measured(form: Form, month: Month) -> dict[str, Indicator]:
    """Element of a row -> the indicator, in percent of one sasaran, that is made of it alone."""
    rows = {item.element for item in form.items if item.element in ELEMENTS}
    found: dict[str, Indicator] = {}
    for one in indicators_on(month.last_day).values():
        plain = one.per == PERCENT and not one.lag and not one.provinces
        if plain and one.numerator in rows and one.denominator in SASARAN:
            found.setdefault(one.numerator, one)
    return found
