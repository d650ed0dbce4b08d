"""What waits for a user: uploads to accept, reports to fill in, send, verify, approve, release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count

from clusters.models import Upload
from clusters.selectors import month_locked_at
from clusters.selectors.pending import pending
from facilities.access import permissions
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of
from reporting.catalogue import FORMS, SPM, indicators_on
from reporting.catalogue.thresholds import Standing
from reporting.models import Report
from reporting.selectors.deadlines import deadlines
from reporting.selectors.due import Due, Waiting, waiting
from reporting.selectors.follow_ups import ToDo, as_to_do, to_do
from reporting.selectors.home_district import Late, Releases, late, to_release
from reporting.selectors.owing import Progress, owing, progress
from reporting.selectors.periods import Span
from reporting.selectors.places import Place
from reporting.selectors.reminders import Unsent, unsent
from reporting.selectors.scores import Score, scores
from reporting.selectors.unlocking import Unlocks, unlocks
from reporting.workflow import CHECKING, EDITABLE, Status, Step

P = Permission
AT_MOST = 8  # of one kind on the page; the rest is a number
RECENT = timedelta(days=7)
WEAKEST = 3


class Wait(StrEnum):
    """What has to be done; the page has a sentence and a button for each."""

    FIX = "fix"
    SEND = "send"
    VERIFY = "verify"
    APPROVE = "approve"
    ACCEPT = "accept"


@dataclass(frozen=True)
class Task:
    """One thing to do. `days` until it is due, negative when it is late; `state` of its report,
    "" of one not begun; `count` rows to accept, or flags."""

    wait: Wait
    place: str
    code: str
    form: str
    month: Period | None
    days: int | None
    until: date | None = None
    note: str = ""
    pk: int = 0
    count: int = 0
    state: str = ""
    progress: Progress | None = None

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
    unsent: Unsent


@dataclass(frozen=True)
class Home:
    today: date
    blocks: tuple[Block, ...]
    late: tuple[Late, ...]
    releases: Releases | None
    permissions: frozenset[Permission]
    health: Health | None
    unlocks: Unlocks
    to_do: ToDo

    @property
    def is_idle(self) -> bool:
        asked = self.unlocks.to_decide or self.to_do.mine or self.to_do.late
        waits = self.blocks or self.late or asked
        return not (waits or (self.releases and self.releases.months))


def home(
    *, user: User, today: date, span: Span | None, held: frozenset[Permission] | None = None
) -> Home:
    """Counters only; a query or a few for each kind of work that the user's roles bring.

    `held`: what the user may do, where it has been asked.
    """
    held = permissions(user) if held is None else held
    tasks: list[Task] = []
    if P.RECORD in held:
        tasks += _uploads(user)
    if CHECKING & held:
        found = waiting(user=user, steps=tuple(CHECKED), held=held)
        tasks += [_to_check(one, today) for one in found if one.report.form_code in FORMS]
    if P.FILL in held:
        tasks += _to_fill(user, today)
    looks_after = P.EXPORT in held and not held & {P.VERIFY, P.FILL}
    first = span.first if span else None
    releases = to_release(user=user, first=first, today=today) if P.RELEASE in held else None
    return Home(
        today=today,
        blocks=tuple(_blocks(tasks)),
        late=tuple(late(user=user, today=today)) if looks_after else (),
        releases=releases,
        permissions=held,
        health=_health(today) if P.SYSTEM in held else None,
        unlocks=unlocks(user=user, fills=P.FILL in held, asked=releases.asked if releases else ()),
        to_do=as_to_do(releases.told) if releases else to_do(user=user, today=today),
    )


def spm_now(*, of: Place, span: Span | None) -> list[Score]:
    """The minimum service standards of the last month that has numbers."""
    if span is None:
        return []
    listed = indicators_on(span.last.last_day)
    wanted = [listed[code] for code in SPM.values() if code in listed]
    return list(scores(places=[of.pk], indicators=wanted, month=span.last).values())


def weakest(found: Sequence[Score]) -> list[Score]:
    """The standards that lie furthest below their target, by its share. Pure."""
    behind = [one for one in found if one.standing in (Standing.NEAR, Standing.BEHIND)]
    return sorted(behind, key=lambda one: -one.distance)[:WEAKEST]


@dataclass(frozen=True)
class Done:
    """What of a month is out of hand: how many reports, by the word for where they stand."""

    month: Month
    counts: tuple[tuple[str, int], ...]
    is_locked: bool


def done(*, user: User, today: date) -> Done:
    """The reports of last month that need nothing from who fills them in. One query."""
    month = Month.of(today).plus(-1)
    mine = Report.objects.visible_to(user).filter(month=month).exclude(status__in=EDITABLE)
    rows = list(
        mine.annotate(locked_at=month_locked_at())
        .order_by()
        .values_list("status", "locked_at")
        .annotate(Count("pk"))
    )
    counts = [
        (str(status.label), sum(n for one, _at, n in rows if one == status)) for status in Status
    ]
    locked = bool(rows) and all(at is not None for _status, at, _n in rows)
    return Done(month, tuple((word, n) for word, n in counts if n), locked)


def next_report(*, user: User, today: date) -> Due | None:
    """What the user hands in next, of the periods that are not over. Two queries."""
    place = Facility.objects.visible_to(user, P.FILL).open_on(today).order_by("name")
    kinds = {kind for form in FORMS.values() for kind in form.kinds if form.asks(kind)}
    found = place.of_kind(*kinds).first()
    if found is None:
        return None
    month = Month.of(today)
    known = deadlines(places=[found.pk], months=[month, month.plus(1)])
    listed = [
        Due(found, period, None, known.of(form, found, period), form.code)
        for form in FORMS.values()
        if form.asks(found.kind)
        for one in (month, month.plus(1))
        for period in form.periods(one)
    ]
    ahead = [due for due in listed if due.last_day.asked_from > today]
    return min(ahead, key=lambda due: (due.due_on, due.form_code), default=None)


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


CHECKED = {Step.VERIFY: Wait.VERIFY, Step.APPROVE: Wait.APPROVE}


def _to_check(one: Waiting, today: date) -> Task:
    """The oldest come first: `days` since the period ended, below nought."""
    report, place = one.report, one.report.facility
    age = (month_of(report.period).last_day - today).days
    return Task(
        CHECKED[one.step], place.name, place.code, report.form_code, report.period, age,
        count=one.flags, state=str(Status(report.status).label),
    )  # fmt: skip


def _to_fill(user: User, today: date) -> list[Task]:
    """Not begun, not finished, or sent back."""
    found = owing(user=user, permission=P.FILL, today=today)
    filled = progress([due.report for due in found if due.report is not None])
    return [_of_due(due, filled, today) for due in found]


def _of_due(due: Due, filled: dict[int, Progress], today: date) -> Task:
    report, place = due.report, due.place
    until = None if due.is_voluntary else due.due_on
    days = (until - today).days if until else None
    if report is None:
        return Task(Wait.SEND, place.name, place.code, due.form_code, due.month, days, until)
    wait = Wait.FIX if report.status == Status.RETURNED else Wait.SEND
    return Task(
        wait, place.name, place.code, due.form_code, due.month, days, until, report.note,
        state=str(Status(report.status).label), progress=filled[report.pk],
    )  # fmt: skip


def _health(today: date) -> Health:
    waiting = pending()
    failed = Upload.objects.filter(
        status=Upload.Status.FAILED, created_at__date__gte=today - RECENT
    )
    return Health(waiting.count, waiting.oldest, failed.count(), unsent(today=today))
