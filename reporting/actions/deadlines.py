"""Deadlines of a district, its days off, and more time for one place: set, ended, on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from clusters.actions.locks import hold_months, hold_what_is_locked
from clusters.models import LockedMonth
from clusters.selectors import locked_months
from facilities.access import require
from facilities.actions.versions import raise_versions
from facilities.models import Ancestry, Facility
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.actions.deadline_errors import (
    AlreadyEnded,
    ClosesNoMonth,
    ClosesTooEarly,
    DayOrDistance,
    ExtendedAlready,
    ExtensionGone,
    GraceTooLong,
    HolidayNameMissing,
    HolidayTwice,
    MonthsLocked,
    NobodyReports,
    NotAReporter,
    NotLaterRule,
    NotLonger,
    OpensTooLate,
    ReasonMissing,
    ReportsSent,
    SourceMissing,
    UnknownForm,
)
from reporting.catalogue import FORMS
from reporting.catalogue.own import form_on
from reporting.models import Deadline, Extension, Holiday, Report
from reporting.models.deadlines import EARLIEST_CLOSE, LAST_DAY_OF_MONTH, LONGEST, MOST_GRACE
from reporting.selectors.deadlines import LastDay, deadlines, due_on
from reporting.workflow import EDITABLE

LOCK_SPACE = 7_202  # one writer a district
LONGEST_EXTENSION = 366
Sent = tuple[Month, str, str]  # month, form, kind of place


@dataclass(frozen=True)
class Rule:
    """What a district decides; a form or kind of "" is every one."""

    form: str
    kind: str
    day: int | None
    days_after: int | None
    grace_days: int
    to_workday: bool
    source: str
    closes_on: int | None = None
    opens_after: int | None = None


@transaction.atomic
def set_deadline(*, district: Facility, rule: Rule, since: Month, by: User | None) -> Deadline:
    """Let a rule hold for the months from `since` on; the one before it ends there.

    A month begins the day after the one before it has ended, so every day is in one report,
    whatever changes. When a month ends and its report is due is for each district to decide:
    reference.md 5.6.
    """
    require(by, Permission.MANAGE_TARGETS, district)
    _check(rule)
    sql.lock(LOCK_SPACE, district.pk)
    with _keeping_published(district), _keeping_sent(district, since):
        _end_before(district, rule, since)
        made = Deadline.objects.create(
            district=district,
            form_code=rule.form,
            kind=rule.kind,
            day=rule.day,
            days_after=rule.days_after,
            grace_days=rule.grace_days,
            to_workday=rule.to_workday,
            source=rule.source.strip(),
            closes_on=rule.closes_on,
            opens_after=rule.opens_after,
            since=since,
            created_by=by,
        )
    sql.run("reporting/new_version", district=district.pk)
    noted = {
        "form": rule.form, "kind": rule.kind, "since": str(since), "district": district.code,
        "closes_on": rule.closes_on, "opens_after": rule.opens_after,
    }  # fmt: skip
    audit.record("deadline.set", by=by, subject=made, **noted)
    return made


@transaction.atomic
def end_deadline(*, deadline: Deadline, until: Month, by: User | None) -> None:
    """The rule no longer holds from a month on; what the catalogue says does again."""
    require(by, Permission.MANAGE_TARGETS, deadline.district)
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    if row.until is not None:
        raise AlreadyEnded
    if until < row.since:
        raise NotLaterRule(month=formats.month(row.since.plus(-1)))
    with _keeping_published(row.district), _keeping_sent(row.district, until):
        row.until = until
        row.save(update_fields=["until"])
    sql.run("reporting/new_version", district=row.district_id)
    audit.record("deadline.ended", by=by, subject=row, form=row.form_code, until=str(until))


@transaction.atomic
def add_holidays(*, district: Facility, days: Mapping[date, str], by: User | None) -> list[Holiday]:
    """Days off with their names: all of them, or none where one is there already."""
    require(by, Permission.MANAGE_TARGETS, district)
    sql.lock(LOCK_SPACE, district.pk)
    for day, name in days.items():
        if not name.strip():
            raise HolidayNameMissing(day=formats.day(day))
    held = Holiday.objects.filter(district=district, day__in=days).order_by("day").first()
    if held is not None:
        raise HolidayTwice(day=formats.day(held.day))
    with _keeping_published(district):
        made = Holiday.objects.bulk_create(
            Holiday(district=district, day=day, name=name.strip()[:120], created_by=by)
            for day, name in sorted(days.items())
        )
    sql.run("reporting/new_version", district=district.pk)
    audit.record("holidays.added", by=by, subject=district, number=len(made))
    return made


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: User | None) -> None:
    """It was no day off after all; the audit trail keeps the day."""
    require(by, Permission.MANAGE_TARGETS, holiday.district)
    audit.record("holiday.removed", by=by, subject=holiday, day=str(holiday.day))
    with _keeping_published(holiday.district):
        holiday.delete()
    sql.run("reporting/new_version", district=holiday.district_id)


@transaction.atomic
def grant_extension(
    *, place: Facility, form: str, month: Month, until: date, reason: str, by: User | None
) -> Extension:
    """More time for one place and month, on one form or, with "", on all that it fills in."""
    require(by, Permission.MANAGE_TARGETS, place)
    if form and form not in FORMS:
        raise UnknownForm(form=form)
    if not reason.strip():
        raise ReasonMissing
    asked = [FORMS[form]] if form else list(FORMS.values())
    due = [f for f in asked if f.asks(place.kind) and f.is_due(month)]
    if not due:
        raise NotAReporter(place=str(place), month=formats.month(month))
    hold_months([month])
    sql.lock(LOCK_SPACE, place.pk)
    held = Extension.objects.standing().filter(facility=place, month=month, form_code=form)
    if held.exists():
        raise ExtendedAlready
    if locked_months({place.pk}, {month}):
        raise MonthsLocked(month=formats.month(month))
    usual = max(due_on(f, place, month).until for f in due)
    if not 0 < (until - usual).days <= LONGEST_EXTENSION:
        raise NotLonger(day=formats.day(usual))
    made = Extension.objects.create(
        facility=place, month=month, form_code=form, until=until, reason=reason.strip()[:300],
        created_by=by,
    )  # fmt: skip
    raise_versions(place=place, by=by)
    noted = {"form": form, "month": str(month), "until": str(until), "reason": made.reason}
    audit.record("extension.granted", by=by, subject=made, **noted)
    return made


@transaction.atomic
def cancel_extension(*, extension: Extension, by: User | None) -> None:
    """The usual deadline holds again."""
    require(by, Permission.MANAGE_TARGETS, extension.facility)
    hold_months([extension.month])
    row = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    if row.cancelled_at is not None:
        raise ExtensionGone
    if locked_months({row.facility_id}, {row.month}):
        raise MonthsLocked(month=formats.month(row.month))
    row.cancelled_at, row.cancelled_by = timezone.now(), by
    row.save(update_fields=["cancelled_at", "cancelled_by"])
    raise_versions(place=row.facility, by=by)
    audit.record(
        "extension.cancelled", by=by, subject=row, form=row.form_code, month=str(row.month)
    )


def _end_before(district: Facility, rule: Rule, since: Month) -> None:
    """The rule for the same forms and kinds that held until now ends where the new one begins."""
    held = Deadline.objects.filter(district=district, form_code=rule.form, kind=rule.kind)
    held = held.exclude(until=F("since"))  # ended before it began to hold
    before = held.order_by("-since", "-pk").first()
    if before is None:
        return
    if since <= before.since:
        raise NotLaterRule(month=formats.month(before.since))
    if before.until is None or before.until > since:
        before.until = since
        before.save(update_fields=["until"])


def _check(rule: Rule) -> None:
    """Raises the DomainError of the first thing that is wrong."""
    if rule.form and rule.form not in FORMS:
        raise UnknownForm(form=rule.form)
    asked = [FORMS[rule.form]] if rule.form else FORMS.values()
    if rule.kind and not any(rule.kind in form.kinds for form in asked):
        labels = dict(Facility.Kind.choices)
        raise NobodyReports(kind=labels.get(rule.kind, rule.kind))
    if (rule.day is None) == (rule.days_after is None):
        raise DayOrDistance
    day, distance = rule.day, rule.days_after
    _check_window(rule)
    if not (day is None or 1 <= day <= LAST_DAY_OF_MONTH):
        raise DayOrDistance
    if not (distance is None or 1 <= distance <= LONGEST):
        raise DayOrDistance
    if not 0 <= rule.grace_days <= MOST_GRACE:
        raise GraceTooLong
    if not rule.source.strip():
        raise SourceMissing


def _check_window(rule: Rule) -> None:
    if rule.closes_on is not None:
        if not EARLIEST_CLOSE <= rule.closes_on <= LAST_DAY_OF_MONTH:
            raise ClosesTooEarly
        if rule.form and not FORMS[rule.form].is_monthly:
            raise ClosesNoMonth(form=FORMS[rule.form].label)
    most = rule.day or rule.days_after or 0
    if rule.opens_after is not None and not 1 <= rule.opens_after <= most:
        raise OpensTooLate(days=most)


@contextmanager
def _keeping_published(district: Facility) -> Iterator[None]:
    """What is written inside must move no deadline of a locked month: its rates were published."""
    hold_what_is_locked()
    locked = LockedMonth.objects.filter(district=district)
    months = sorted(locked.values_list("month", flat=True))
    before = _usual(district, months)
    yield
    if moved := [m for m, due in _usual(district, months).items() if due != before[m]]:
        raise MonthsLocked(month=formats.month(moved[0]))


@contextmanager
def _keeping_sent(district: Facility, since: Month) -> Iterator[None]:
    """What is written inside must change no days that a report covers which was sent."""
    below = Ancestry.objects.filter(
        ancestor=district, descendant=OuterRef("facility"), valid__contains=OuterRef("month")
    )
    sent = Report.objects.filter(Exists(below), month__gte=since, week=0)
    rows = sent.exclude(status__in=EDITABLE).order_by("month", "form_code", "facility__kind")
    asked = list(rows.values_list("month", "form_code", "facility__kind").distinct())
    before = _windows(district, asked)
    yield
    after = _windows(district, asked)
    for row in asked:
        if before[row] != after[row]:
            raise ReportsSent(form=form_on(row[1], row[0]).label, month=formats.month(row[0]))


def _windows(district: Facility, asked: list[Sent]) -> dict[Sent, Window]:
    known = deadlines(places=[], months={row[0] for row in asked})
    return {
        (month, form, kind): known.usual(form_on(form, month), kind, district.pk, month).window
        for month, form, kind in asked
    }


def _usual(district: Facility, months: list[Month]) -> dict[Month, list[tuple[date, Window]]]:
    """Month -> until when each form is in time for each kind of place, and what it covers."""
    known = deadlines(places=[], months=months)
    asked = [(form, kind) for form in FORMS.values() for kind in form.kinds]
    return {m: [_told(known.usual(f, k, district.pk, m)) for f, k in asked] for m in months}


def _told(last_day: LastDay) -> tuple[date, Window]:
    return last_day.until, last_day.window
