"""Which days a report covers, from when it may be begun and until when it is in time.

Every list, page and indicator asks here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from facilities.models import Facility
from ilp.core import sql
from ilp.core.months import Month
from ilp.core.weeks import Period, Week, month_of, week_number
from ilp.core.windows import Window
from reporting.catalogue import FORMS
from reporting.catalogue.language import Form
from reporting.models import Deadline, Report

ONE_DAY = timedelta(days=1)
SATURDAY = 5
NOWHERE = 0  # the district of places whose district has set nothing
LATEST_DAY_OFF = timedelta(days=150)  # after the end of a month: its deadline lies before


@dataclass(frozen=True)
class Rule:
    """A district's rule, as it is kept."""

    form: str
    kind: str
    since: date
    until: date | None
    day: int | None
    days_after: int | None
    grace_days: int
    to_workday: bool
    source: str
    closes_on: int | None = None
    opens_after: int | None = None

    def holds(self, period: Period) -> bool:
        """A rule that names a day of the next month says nothing of weeks."""
        if isinstance(period, Week) and self.day is not None:
            return False
        day = month_of(period).first_day
        return self.since <= day and (self.until is None or day < self.until)

    def due(self, period: Period, last: date) -> date:
        """The day it names, before days off are minded; `last` is the last day covered."""
        return _due(period, self.day, self.days_after or 0, last)


@dataclass(frozen=True)
class LastDay:
    """`day` is announced; a report is in time if it is sent by the end of `until`.

    `window` are the days that it covers; from `opens_on` on it may be begun.
    """

    day: date
    until: date
    source: str
    window: Window
    opens_on: date
    is_extended: bool = False

    @property
    def asked_from(self) -> date:
        """The first day on which all that it covers is over and it may be begun."""
        return max(self.window.last + ONE_DAY, self.opens_on)

    def has(self, report: Report | None) -> bool:
        """Whether the report was sent in time, by the clock of the installation."""
        sent = report and report.sent_at
        return bool(sent and timezone.localtime(sent).date() <= self.until)

    def is_over(self, today: date) -> bool:
        return self.until < today


@dataclass
class Deadlines:
    """The rules, days off and extensions of some places and months; asked by `of`."""

    homes: dict[int, list[tuple[int, date, date | None]]] = field(default_factory=dict)
    rules: dict[int, list[Rule]] = field(default_factory=dict)
    days_off: dict[int, set[date]] = field(default_factory=dict)
    extensions: dict[tuple[int, str, date], date] = field(default_factory=dict)
    _known: dict[tuple[str, str, int, int, Period], LastDay] = field(default_factory=dict)

    def of(self, form: Form, place: Facility, period: Period) -> LastDay:
        """Until when the place hands in the form of a month or week, and what it then covers."""
        month = month_of(period)
        before, district = (self._district(place.pk, m) for m in (month.plus(-1), month))
        usual = self.usual(form, place.kind, district, period, before=before)
        longer = self.extended(form, place.pk, month)
        if longer is None or longer <= usual.until:
            return usual
        return replace(usual, day=longer, until=longer, is_extended=True)

    def window(self, form: Form, place: Facility, period: Period) -> Window:
        """The days that the place's report of the month or week covers."""
        return self.of(form, place, period).window

    def usual(
        self, form: Form, kind: str, district: int, period: Period, *, before: int | None = None
    ) -> LastDay:
        """What holds for places of the kind in the district that were given no longer.

        `before` is the district to which they belonged the month before, if that was another.
        """
        before = district if before is None else before
        key = (form.code, kind, before, district, period)
        if key not in self._known:  # asked for every place, once for each kind of them
            self._known[key] = self._worked_out(form, kind, before, district, period)
        return self._known[key]

    def _worked_out(
        self, form: Form, kind: str, before: int, district: int, period: Period
    ) -> LastDay:
        rule = self._rule(form, kind, district, period)
        window = self._window(form, kind, before, district, period)
        if rule is None:
            said = form.usually_due(period)
            day = _due(period, said.day, said.days_after, window.last)
            return LastDay(day, day, said.source, window, window.first)
        day = rule.due(period, window.last)
        if rule.to_workday:
            day = self._workday(day, district)
        until = day + timedelta(days=rule.grace_days)
        opens = window.last + timedelta(days=rule.opens_after) if rule.opens_after else window.first
        return LastDay(day, until, rule.source, window, opens)

    def _window(self, form: Form, kind: str, before: int, now: int, period: Period) -> Window:
        """From the day after the one on which the month before ended by the rule of then."""
        if isinstance(period, Week) or not form.is_monthly:
            return Window.of(period)
        last = self._closes(form, kind, before, period.plus(-1))
        return Window(last + ONE_DAY, self._closes(form, kind, now, period))

    def _closes(self, form: Form, kind: str, district: int, month: Month) -> date:
        rule = self._rule(form, kind, district, month)
        if rule is None or rule.closes_on is None:
            return month.last_day
        return month.first_day.replace(day=rule.closes_on)

    def extended(self, form: Form, place: int, month: Month) -> date | None:
        """The day to which the place was given longer, for the form or for all of them; reports
        of weeks are none of "all"."""
        codes = (form.code,) if form.weekly else (form.code, "")
        found = (self.extensions.get((place, code, month.first_day)) for code in codes)
        return max((day for day in found if day), default=None)

    def add_home(self, place: int, district: int, since: str, until: str | None) -> None:
        """A district to which the place belongs, in days as PostgreSQL writes them."""
        self.homes.setdefault(place, []).append((district, _day(since), _maybe(until)))

    def add_rule(
        self, district: int, form: str, kind: str, since: str, until: str | None, *rest: Any
    ) -> None:
        """A rule in the order of `Rule`."""
        rule = Rule(form, kind, _day(since), _maybe(until), *rest)
        self.rules.setdefault(district, []).append(rule)

    def _rule(self, form: Form, kind: str, district: int, period: Period) -> Rule | None:
        """The rule that names most: form and kind, form, kind, none of them. One that names no
        form is about reports of months."""
        held = {(r.form, r.kind): r for r in self.rules.get(district, ()) if r.holds(period)}
        order = ((form.code, kind), (form.code, ""), ("", kind), ("", ""))
        named = order[:2] if form.weekly else order
        return next((held[key] for key in named if key in held), None)

    def _workday(self, day: date, district: int) -> date:
        off = self.days_off.get(district, set())
        while day.weekday() >= SATURDAY or day in off:
            day += ONE_DAY
        return day

    def _district(self, place: int, month: Month) -> int:
        on = month.last_day
        for district, since, until in self.homes.get(place, ()):
            if since <= on and (until is None or on < until):
                return district
        return NOWHERE

    def table(self, forms: Iterable[Form], months: Collection[Month]) -> str:
        """For SQL, as JSON: what is due, and the day until which it is in time; nothing of forms
        that nobody owes."""
        rows = [
            (district, form.code, kind, str(month.first_day), week_number(period), str(last.until))
            for form in forms
            if not form.voluntary
            for kind in form.kinds
            for month in months
            for period in form.periods(month)
            for district in (NOWHERE, *self.rules)
            for last in (self.usual(form, kind, district, period),)
        ]
        return _json(rows, ("district", "form", "kind", "month", "week", "until"))

    def longer(self, forms: Iterable[Form]) -> str:
        """For SQL, as JSON: the places that were given longer, form by form."""
        rows = [
            (place, form.code, str(day), str(self.extended(form, place, Month.of(day))))
            for place, day in {(place, day) for place, _code, day in self.extensions}
            for form in forms
            if not form.voluntary and self.extended(form, place, Month.of(day))
        ]
        return _json(rows, ("place", "form", "month", "until"))


def deadlines(*, places: Collection[int], months: Collection[Month]) -> Deadlines:
    """What is needed to answer for the places and months. One query.

    For no places at all: the rules, and the extensions of every place.
    """
    if not months:
        return Deadlines()
    first, last = min(months), max(months)
    (row,) = sql.run(
        "reporting/deadlines",
        places=list(places),
        before=first.plus(-1).first_day,
        first=first.first_day,
        last=last.first_day,
        last_off=last.last_day + LATEST_DAY_OFF,
    )
    homes, rules, off, longer = (json.loads(text) for text in row)
    found = Deadlines()
    for place, *link in homes:
        found.add_home(place, *link)
    for district, *rule in rules:
        found.add_rule(district, *rule)
    for district, day in off:
        found.days_off.setdefault(district, set()).add(_day(day))
    for place, form, month, until in longer:
        found.extensions[place, form, _day(month)] = _day(until)
    return found


def latest_closed(today: date) -> Month:
    """The month of which reports were last asked for: this one where some district closes it
    early, else the one before. One query."""
    this = Month.of(today)
    rules = Deadline.objects.filter(closes_on__lt=today.day, since__lte=this)
    return this if rules.exclude(until__lte=this).exists() else this.plus(-1)


def due_on(form: Form, place: Facility, period: Period) -> LastDay:
    """Until when one place hands in one report. One query; for lists ask `deadlines` once."""
    return deadlines(places=[place.pk], months=[month_of(period)]).of(form, place, period)


def _due(period: Period, day: int | None, days_after: int, last: date) -> date:
    """A day of the next month, or some days after the last one covered."""
    if day is not None and isinstance(period, Month):
        return period.plus(1).first_day.replace(day=day)
    return last + timedelta(days=days_after)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe(text: str | None) -> date | None:
    return None if text is None else _day(text)


def _json(rows: Iterable[tuple[object, ...]], names: tuple[str, ...]) -> str:
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows])


@dataclass(frozen=True)
class InForce:
    """What holds in a district for a form and kind in a month, and who says so."""

    form: Form
    kind: str
    last_day: LastDay
    is_apart: bool  # whether it covers other days than the month's


def in_force(*, district: Facility, month: Month) -> list[InForce]:
    """Until when each form of the month is handed in. One query."""
    known = deadlines(places=[], months=[month])
    return [
        InForce(form, kind, last_day, last_day.window != Window.of(periods[-1]))
        for form in FORMS.values()
        for periods in (form.periods(month),)
        if periods
        for kind in form.kinds
        for last_day in (known.usual(form, kind, district.pk, periods[-1]),)
    ]
