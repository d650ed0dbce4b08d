"""What waits to be verified or approved: what is doubtful in each report, and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import month_of, week_number
from reporting.catalogue import ROWS
from reporting.catalogue.breakdowns import add_up
from reporting.catalogue.quality import limits
from reporting.models import Report, ReportValue
from reporting.selectors.checking import findings
from reporting.selectors.due import steps_of
from reporting.selectors.reports import Part, Row, Sheet
from reporting.workflow import Step

Totals = dict[str, int]  # element -> what all its cells add up to


class Kept(NamedTuple):
    """What is looked at of a cell."""

    element: str
    part: str
    value: int | None
    text: str
    reason: str


@dataclass(frozen=True)
class Change:
    """A row that is far from last month's."""

    label: str
    before: int
    now: int

    @property
    def percent(self) -> int | None:
        """By how much of last month's; None where there was nothing."""
        return round(100 * (self.now - self.before) / self.before) if self.before else None


@dataclass(frozen=True)
class Candidate:
    """A report on which the user is to act, with all that speaks against doing so unseen."""

    report: Report
    step: Step
    findings: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]  # row, why it is as it is
    changes: tuple[Change, ...]

    @property
    def flags(self) -> int:
        return len(self.findings) + len(self.reasons) + len(self.changes)

    @property
    def token(self) -> str:
        """The report as it was seen: another version of it is another report."""
        return f"{self.report.pk}:{self.report.version}"


@dataclass(frozen=True)
class Neighbours:
    """Where a report stands among those that wait: the `at`-th of `count`."""

    at: int
    count: int
    before: Report | None
    after: Report | None


def changed_much(before: int | None, now: int | None, month: Month) -> bool:
    """Whether a number is so far from last month's that it is looked at: catalogue/quality.py."""
    if before is None or now is None:
        return False
    held = limits(month.last_day)
    return max(before, now) >= held.least_mean and abs(now - before) >= max(1, held.jump * before)


def queue(*, user: User) -> list[Candidate]:
    """What the user is to verify or approve, the flagged first, then the oldest."""
    mine = steps_of(user=user, steps=(Step.VERIFY, Step.APPROVE))
    return sorted(candidates(mine), key=_order)


def in_order(*, user: User, order: Sequence[int]) -> list[tuple[Report, Step]]:
    """What waits for the user now, in the order of the queue as it was listed, by ids of reports.

    What has come since stands at the end, the oldest first. Nothing is read of what is in them.
    """
    place = {pk: at for at, pk in enumerate(order)}
    waits = steps_of(user=user, steps=(Step.VERIFY, Step.APPROVE))
    return sorted(waits, key=lambda one: (place.get(one[0].pk, len(place)), *_age(one[0])))


def neighbours(*, user: User, report: Report, order: Sequence[int]) -> Neighbours | None:
    """The reports before and after it in the user's queue; None where it does not wait."""
    reports = [one for one, _step in in_order(user=user, order=order)]
    ids = [one.pk for one in reports]
    if report.pk not in ids:
        return None
    at = ids.index(report.pk)
    before = reports[at - 1] if at else None
    after = reports[at + 1] if at + 1 < len(ids) else None
    return Neighbours(at + 1, len(ids), before, after)


def _order(one: Candidate) -> tuple[bool, int, date, str, str]:
    return (not one.flags, -one.flags, *_age(one.report))


def _age(report: Report) -> tuple[date, str, str]:
    return (report.period.last_day, report.facility.name, report.form_code)


def candidates(waits: Collection[tuple[Report, Step]]) -> list[Candidate]:
    """Each with what is doubtful in it. Two queries, however many there are."""
    reports = [report for report, _step in waits]
    kept: dict[int, list[Kept]] = defaultdict(list)
    # Of a whole district these are a hundred thousand: no object is made of each.
    rows = ReportValue.objects.filter(report__in=reports).values_list("report_id", *Kept._fields)
    for pk, *cell in rows:
        kept[pk].append(Kept(*cell))
    before = _last_months(reports)
    return [
        _candidate(report, step, kept[report.pk], before.get(_key(report), {}))
        for report, step in waits
    ]


def _key(report: Report) -> tuple[int, str, Month, int]:
    last = report.period.plus(-1)
    return (report.facility_id, report.form_code, month_of(last), week_number(last))


def _last_months(reports: Iterable[Report]) -> dict[tuple[int, str, Month, int], Totals]:
    """(place, form, month, week) -> what was reported there the month or week before."""
    keys = {_key(one) for one in reports}
    values = ReportValue.objects.filter(
        report__facility__in={place for place, *_rest in keys},
        report__form_code__in={form for _place, form, *_rest in keys},
        report__month__in={month for *_rest, month, _week in keys},
    )
    named = ("report__facility", "report__form_code", "report__month", "report__week", "element")
    found: dict[tuple[int, str, Month, int], Totals] = defaultdict(dict)
    for *key, element, total in values.values_list(*named).annotate(Sum("value")):
        if total is not None:
            found[tuple(key)][element] = total  # type: ignore[index]
    return found


def _candidate(report: Report, step: Step, kept: Collection[Kept], before: Totals) -> Candidate:
    form = report.form
    saved = {(v.element, v.part): v.value for v in kept if not v.text}
    reasons = {v.element: v.reason for v in kept if v.reason}
    now: dict[str, int] = defaultdict(int)
    for (element, _part), value in saved.items():
        if value is not None:
            now[element] += value
    labels = {item.element: str(item.label) for item in form.items}
    return Candidate(
        report=report,
        step=step,
        findings=tuple(found.message for found in findings(form, saved)),
        reasons=tuple((labels.get(element, element), why) for element, why in reasons.items()),
        changes=tuple(
            Change(label, before[element], now[element])
            for element, label in labels.items()
            if element in now
            and add_up(ROWS[element].parts)
            and changed_much(before.get(element), now[element], report.month)
        ),
    )


def worth_a_look(sheet: Sheet) -> tuple[Part, ...]:
    """The rows that are doubtful or changed much; all of them where last month says nothing."""
    if all(row.last_month is None for row in sheet.rows):
        return sheet.sections
    doubted = {found.element for found in sheet.findings}
    chosen = (
        Part(part.label, tuple(row for row in part.rows if _is_doubtful(row, doubted, sheet)))
        for part in sheet.sections
    )
    return tuple(part for part in chosen if part.rows)


def _is_doubtful(row: Row, doubted: Collection[str], sheet: Sheet) -> bool:
    said = row.differs or row.reason or row.has_absent or row.comments
    much = changed_much(row.last_month, row.total, sheet.report.month)
    return row.element in doubted or bool(said) or much
