"""What waits for a user: uploads to accept, reports to fill in, send, verify, approve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clusters.models import Upload
from clusters.selectors.pending import pending
from facilities.access import permissions
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period
from reporting.catalogue import FORMS, SPM, indicators_on
from reporting.catalogue.language import Form
from reporting.selectors.deadlines import Deadlines, deadlines
from reporting.selectors.due import (
    Due,
    Waiting,
    by_kinds,
    matrices,
    places_of_kinds,
    waiting,
)
from reporting.selectors.owing import next_to_fill
from reporting.selectors.periods import Span
from reporting.selectors.places import Place
from reporting.selectors.scores import Score, scores
from reporting.workflow import Status, Step

P = Permission
AT_MOST = 8  # of one kind on the page; the rest is a number
RECENT = timedelta(days=7)


class Wait(StrEnum):
    """What has to be done; the page has a sentence and a button for each."""

    FIX = "fix"
    SEND = "send"
    VERIFY = "verify"
    APPROVE = "approve"
    ACCEPT = "accept"
    LATE = "late"


@dataclass(frozen=True)
class Task:
    """One thing to do. `days` until it is due, negative when it is late."""

    wait: Wait
    place: str
    code: str
    form: str
    month: Period | None
    days: int | None
    note: str = ""
    pk: int = 0
    count: int = 0

    @property
    def order(self) -> tuple[int, str, str]:
        return (10_000 if self.days is None else self.days, self.wait, self.place)


@dataclass(frozen=True)
class Block:
    """Tasks of one kind, the most pressing first; `more` are not listed."""

    wait: Wait
    tasks: tuple[Task, ...]
    more: int


@dataclass(frozen=True)
class Health:
    """For those who keep the installation running."""

    pending: int
    oldest: object  # a moment, or None
    failed_uploads: int


@dataclass(frozen=True)
class Home:
    today: date
    blocks: tuple[Block, ...]
    held: frozenset[Permission]
    health: Health | None

    @property
    def is_idle(self) -> bool:
        return not self.blocks


def home(*, user: User, today: date) -> Home:
    """Counters only; a query for each kind of work that the user's roles bring."""
    held = permissions(user)
    tasks: list[Task] = []
    if P.RECORD in held:
        tasks += _uploads(user)
    tasks += _waiting(user, today)
    tasks += _to_send(user, today)
    if P.EXPORT in held and not held & {P.VERIFY, P.FILL}:
        tasks += _late(user, today)
    health = _health(today) if P.SYSTEM in held else None
    return Home(today, tuple(_blocks(tasks)), held, health)


def spm_now(*, of: Place, span: Span | None) -> list[Score]:
    """The minimum service standards of the last month that has numbers."""
    if span is None:
        return []
    listed = indicators_on(span.last.last_day)
    wanted = [listed[code] for code in SPM.values() if code in listed]
    return list(scores(places=[of.pk], indicators=wanted, month=span.last).values())


def _blocks(tasks: Iterable[Task]) -> Iterable[Block]:
    sorted_out: dict[Wait, list[Task]] = {}
    for task in sorted(tasks, key=lambda one: one.order):
        sorted_out.setdefault(task.wait, []).append(task)
    for wait, found in sorted_out.items():
        yield Block(wait, tuple(found[:AT_MOST]), max(0, len(found) - AT_MOST))


def _uploads(user: User) -> list[Task]:
    waiting = Upload.objects.visible_to(user, P.RECORD).filter(status=Upload.Status.PREVIEWED)
    return [
        Task(
            Wait.ACCEPT,
            place=one.facility.name,
            code=one.facility.code,
            form=one.label,
            month=None,
            days=None,
            note=one.file_name,
            pk=one.pk,
            count=one.new + one.changed,
        )
        for one in waiting.select_related("facility").order_by("created_at")
    ]


WAITS = {Step.VERIFY: Wait.VERIFY, Step.APPROVE: Wait.APPROVE, Step.SEND: Wait.FIX}


def _waiting(user: User, today: date) -> list[Task]:
    """Reports on which it is the user's turn."""
    found = [one for one in waiting(user=user) if one.report.form_code in FORMS]
    last_days = deadlines(
        places=[one.report.facility_id for one in found], months=[one.report.month for one in found]
    )
    return [_task(one, last_days, today) for one in found]


def _to_send(user: User, today: date) -> list[Task]:
    """Reports not begun or not finished; those that came back are listed as such."""
    found = []
    for due in next_to_fill(user=user, today=today):
        if due.report is None or due.report.status == Status.DRAFT:
            found.append(_of_due(Wait.SEND, due, today))
    return found


def _late(user: User, today: date) -> list[Task]:
    """Last month's reports that are overdue, for those who look after the district."""
    month = Month.of(today).plus(-1)
    tasks = []
    for kinds, forms in by_kinds(_forms_on(month).values()).items():
        places = places_of_kinds(user=user, kinds=kinds, on=month.last_day)
        held = matrices(places=places, forms=forms, months=[month])
        listed = [due for rows in held.values() for row in rows.values() for due in row]
        tasks += [_of_due(Wait.LATE, due, today) for due in listed if _is_late(due, today)]
    return tasks


def _is_late(due: Due, today: date) -> bool:
    """Overdue, and not begun or only begun."""
    begun = due.report is not None and due.report.status != Status.DRAFT
    return due.last_day.is_over(today) and not begun


def _task(one: Waiting, last_days: Deadlines, today: date) -> Task:
    report, form = one.report, one.report.form
    place, month = report.facility, report.period
    days = (last_days.of(form, place, month).until - today).days
    return Task(
        WAITS[one.step], place.name, place.code, form.code, month, days, report.note,
        count=one.flags,
    )  # fmt: skip


def _of_due(wait: Wait, due: Due, today: date) -> Task:
    days = (due.due_on - today).days
    return Task(wait, due.place.name, due.place.code, due.form_code, due.month, days)


def _forms_on(month: Month) -> Mapping[str, Form]:
    return {code: form for code, form in FORMS.items() if form.is_due(month)}


def _health(today: date) -> Health:
    waiting = pending()
    failed = Upload.objects.filter(
        status=Upload.Status.FAILED, created_at__date__gte=today - RECENT
    )
    return Health(waiting.count, waiting.oldest, failed.count())
