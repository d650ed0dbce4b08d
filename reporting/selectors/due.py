"""Which reports are due, which wait for whom, and which came late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from facilities.access import permissions
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period
from reporting.catalogue import FORMS
from reporting.catalogue.language import Form
from reporting.models import Report, ReportApproval, ReportValue
from reporting.selectors.deadlines import LastDay, deadlines
from reporting.selectors.holders import open_to
from reporting.selectors.reports import findings
from reporting.workflow import TO_THE_DINAS, TRANSITIONS, Status, Step

MONTHS_BACK = 6
# Of a report: the programmes whose approval stands.
APPROVED_BY = ReportApproval.objects.filter(report=OuterRef("pk"), stands=True).values("holder")
# Which step a report waits for.
STATUS_FOR = {
    Step.VERIFY: Status.SENT,
    Step.APPROVE: Status.VERIFIED,
    Step.SEND: Status.RETURNED,
}


@dataclass(frozen=True)
class Due:
    """One place's report of one month or week, or that there is none yet."""

    place: Facility
    month: Period
    report: Report | None
    last_day: LastDay
    form_code: str

    @property
    def due_on(self) -> date:
        return self.last_day.until

    @property
    def is_late(self) -> bool:
        """Sent after the last day on which it was in time, where anybody owed it."""
        sent = self.report is not None and self.report.sent_at is not None
        return sent and not self.is_voluntary and not self.last_day.has(self.report)

    @property
    def is_voluntary(self) -> bool:
        """Whether nobody owes it."""
        return FORMS[self.form_code].voluntary


def matrix(
    *, places: Collection[Facility], form: Form, months: Collection[Month]
) -> dict[int, list[Due]]:
    """For each place its reports of the months, or their weeks, in order. Two queries."""
    return matrices(places=places, forms=[form], months=months)[form.code]


def matrices(
    *, places: Collection[Facility], forms: Collection[Form], months: Collection[Month]
) -> dict[str, dict[int, list[Due]]]:
    """The same for several forms, by their codes. Two queries."""
    last_days = deadlines(places=[p.pk for p in places], months=months)
    held = Report.objects.filter(
        facility__in=[p.pk for p in places],
        form_code__in=[form.code for form in forms],
        month__in=list(months),
    )
    cells = {(r.form_code, r.facility_id, r.period): r for r in held}
    return {
        form.code: {
            place.pk: [
                Due(
                    place,
                    period,
                    cells.get((form.code, place.pk, period)),
                    last_days.of(form, place, period),
                    form.code,
                )
                for month in months
                for period in form.periods(month)
            ]
            for place in places
        }
        for form in forms
    }


def by_kinds(forms: Iterable[Form]) -> dict[tuple[str, ...], list[Form]]:
    """The forms that the same kinds of place fill in."""
    found: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    for form in forms:
        found[form.kinds].append(form)
    return found


def reporting_places(
    *, user: User, form: Form, on: date, months: Collection[Month] = ()
) -> list[Facility]:
    """Places of the user's scope that fill in the form and are open on the day, by name.

    Of a form that nobody owes: those where the user may begin it, and those with a report in one
    of the months.
    """
    rows = Facility.objects.visible_to(user).open_on(on).of_kind(*form.kinds)
    if form.voluntary:
        told = Report.objects.filter(form_code=form.code, month__in=list(months))
        mine = Facility.objects.visible_to(user, Permission.FILL)
        rows = rows.filter(Q(pk__in=told.values("facility")) | Q(pk__in=mine.values("pk")))
    return list(rows.order_by("name"))


def districts(*, user: User) -> list[Facility]:
    """The districts of the user's scope, whose recaps he may see. One query."""
    seen = Facility.objects.visible_to(user).of_kind(Facility.Kind.DISTRICT)
    return list(seen.order_by("name"))


@dataclass(frozen=True)
class Waiting:
    """A report on which the user is to act; `flags` counts what deserves a look."""

    report: Report
    step: Step
    flags: int


def waiting(
    *,
    user: User,
    steps: Collection[Step] = tuple(STATUS_FOR),
    held: frozenset[Permission] | None = None,
) -> list[Waiting]:
    """Reports that wait for the user: to verify, to approve, or sent back to be put right.

    Those with the most flags first, then the oldest. A report that several programmes approve waits
    only for those of them that have not. Seven queries at most, however many there are.
    """
    reports = steps_of(user=user, steps=steps, held=held)
    flags = _flags([one for one, _step in reports])
    found = [Waiting(one, step, flags.get(one.pk, 0)) for one, step in reports]
    return sorted(found, key=lambda w: (-w.flags, w.report.period.last_day, w.report.facility.name))


def steps_of(
    *, user: User, steps: Collection[Step], held: frozenset[Permission] | None = None
) -> list[tuple[Report, Step]]:
    """The same without a look at what is in the reports, in no order."""
    held = permissions(user) if held is None else held
    reports: list[tuple[Report, Step]] = []
    for step in steps:
        permission, status = TRANSITIONS[step].permission, STATUS_FOR[step]
        if permission in held:
            mine = Report.objects.visible_to(user, permission).filter(status=status)
            if step is Step.APPROVE:
                mine = mine.filter(facility__kind=TO_THE_DINAS)
            listed = mine.annotate(approved_by=ArraySubquery(APPROVED_BY))
            reports += [(one, step) for one in listed.select_related("facility")]
    return _of_the_user(reports, user)


def _of_the_user(reports: list[tuple[Report, Step]], user: User) -> list[tuple[Report, Step]]:
    """Without the approvals that are for another programme to give."""
    to_approve = [one for one, step in reports if step is Step.APPROVE]
    if not to_approve:
        return reports
    given = {one.pk: one.approved_by for one in to_approve}  # type: ignore[attr-defined]
    mine = open_to(user=user, reports=to_approve, given=given)
    return [(one, step) for one, step in reports if step is not Step.APPROVE or one.pk in mine]


def _flags(reports: Collection[Report]) -> dict[int, int]:
    """Checks that do not hold and rows that differ from the visits, by report. One query."""
    if not reports:
        return {}
    saved: dict[int, dict[tuple[str, str], int | None]] = defaultdict(dict)
    differing: dict[int, set[str]] = defaultdict(set)
    values = ReportValue.objects.filter(report__in=[one.pk for one in reports])
    for pk, element, part, value, reason in values.values_list(
        "report_id", "element", "part", "value", "reason"
    ):
        saved[pk][element, part] = value
        if reason:
            differing[pk].add(element)
    return {
        one.pk: len(findings(one.form, saved[one.pk])) + len(differing[one.pk]) for one in reports
    }
