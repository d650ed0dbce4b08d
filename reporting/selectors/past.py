"""What a place reported on a form in the periods before, and what of a report is unlike it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast

from django.db.models import F, Func, TextField
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from ilp.core import formats, sql
from ilp.core.months import Month
from ilp.core.weeks import Period, Week
from reporting.catalogue.language import Form
from reporting.catalogue.quality import LIMITS, Limits, limits
from reporting.models import Report
from reporting.selectors.checking import Finding, Numbers, part_label
from reporting.selectors.usual import Usual, usual

MOST = max(one.months for one in LIMITS)
Told = Mapping[str, int]  # "element|part" -> number


class _Told(TypedDict):
    told: str | None


@dataclass(frozen=True)
class Past:
    """The reports of the periods before. Only what was sent speaks for what is usual."""

    periods: tuple[Period, ...]  # the oldest first
    sent: Mapping[Period, Told]
    last: Told  # of the period just before, sent or not
    held: Limits
    unsaid: int | None = None  # what a blank cell of a report that was sent says

    def of_cell(self, element: str, part: str) -> list[int | None]:
        """A number for each period; None where none was reported."""
        name = f"{element}|{part}"
        told = (self.sent.get(period) for period in self.periods)
        return [None if one is None else one.get(name, self.unsaid) for one in told]

    def of_row(self, element: str, parts: Collection[str]) -> list[int | None]:
        """The same of all the cells of a row."""
        columns = zip(*(self.of_cell(element, part) for part in parts), strict=True)
        return [_sum(column) for column in columns]

    def last_of(self, element: str, parts: Collection[str]) -> int | None:
        """What stood in the row in the period just before."""
        return _sum([self.last.get(f"{element}|{part}") for part in parts])


def _sum(numbers: Collection[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def past_of(report: Report) -> Past:
    """What was reported before. One query."""
    rows = sql.run("reporting/past", report=report.pk, most=MOST)
    return past_from(report, rows[0][0])


def told_before() -> Func:
    """For `annotate(told=…)`: what `past_beside` wants, in a query that is asked anyway."""
    statement = sql.text("reporting/past").replace("%(report)s", "%(expressions)s")
    return Func(F("pk"), template=f"({statement})", most=MOST, output_field=TextField())


def past_beside(report: Report) -> Past:
    """What was reported before, of a report that was read with `told_before`."""
    return past_from(report, cast("WithAnnotations[Report, _Told]", report).told)


def past_from(report: Report, told: str | None) -> Past:
    """The text of past.sql, by period."""
    held = limits(report.month.last_day)
    found: dict[Period, Told] = {}
    sent: dict[Period, Told] = {}
    for day, week, is_sent, numbers in json.loads(told or "[]"):
        month = Month.of(date.fromisoformat(day))
        period: Period = Week(month.year, week) if week else month
        found[period] = numbers
        if is_sent:
            sent[period] = numbers
    periods = before(report.form, report.period, held.months)
    last = found.get(report.period.plus(-1), {})
    return Past(periods, sent, last, held, unsaid=0 if report.form.silence else None)


def before(form: Form, period: Period, count: int) -> tuple[Period, ...]:
    """The last periods for which the form was due, the oldest first."""
    found: list[Period] = []
    while len(found) < count:
        period = period.plus(-1)
        if isinstance(period, Week) or not form.rounds or period.number in form.rounds:
            found.append(period)
    return tuple(reversed(found))


def unusual(element: str, parts: tuple[str, ...], saved: Numbers, past: Past) -> Finding | None:
    """What of a row's saved numbers, or of their sum, is far from what its place usually says.

    Source: ux.md R-FORM 7; the limits are those of catalogue/quality.py.
    """
    numbers = {part: saved.get((element, part)) for part in parts}
    odd = []
    for part, number in numbers.items():
        if number is None:
            continue
        known = usual(past.of_cell(element, part), past.held)
        if known.is_odd(number):
            odd.append((part, _told(part_label(part), number, known)))
    if not odd and len(parts) > 1 and None not in numbers.values():
        total = sum(filter(None, numbers.values()))
        known = usual(past.of_row(element, parts), past.held)
        if known.is_odd(total):
            odd.append(("", _told(_("Jumlah"), total, known)))
    if not odd:
        return None
    message = _("%(numbers)s. Periksa kembali; bila benar, tulis alasannya.") % {
        "numbers": "; ".join(words for _part, words in odd)
    }
    return Finding(message, element, tuple(part for part, _words in odd), warning=True, asks=True)


def _told(label: str, number: int, known: Usual) -> str:
    return _("%(where)s%(number)s, %(usual)s") % {
        "where": f"{label} " if label else "",
        "number": formats.whole(number),
        "usual": known.sentence,
    }
