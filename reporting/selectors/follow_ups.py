"""Follow-ups: who may do what with one, lists of them, and what the last meeting came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page
from django.db.models import BooleanField, Case, Count, Q, QuerySet, When, Window
from django.db.models.functions import JSONObject
from django.utils import timezone

from facilities.access import can, posts, reach, standing_in_for
from facilities.models import Ancestry, Facility
from facilities.roles import Permission, roles_with
from facilities.selectors.pages import page_of
from ilp.core import formats
from ilp.core.models import User
from ilp.core.months import Month
from reporting.catalogue import VERSIONS, Indicator, NoIndicator
from reporting.models import FollowUp, FollowUpEvent, Meeting
from reporting.models.follow_ups import MOVES, State, Step, owned_by
from reporting.selectors.book import CATALOGUE, LOCAL, Book, book
from reporting.selectors.places import ORDER
from reporting.selectors.scores import scores

AT_MOST = 8  # on the home page; the rest is a number
LATE = "lewat"  # the state of the list that no row has: open, and its day is over


def office_of(*, user: User | None, place: Facility) -> Facility | None:
    """In whose name the user sets what is to be done there: the highest place of a post that may.

    The place itself for the system, and for who may do everything; None for who may not. One query.
    """
    if user is None or user.is_superuser:
        return place
    mine = posts(user).filter(role__in=roles_with(Permission.PLAN))
    above = Ancestry.objects.filter(descendant=place, valid__contains=timezone.localdate())
    held = Facility.objects.filter(pk__in=mine.values("facility")).filter(
        pk__in=above.values("ancestor")
    )
    height = Case(*(When(kind=kind, then=at) for at, kind in enumerate(ORDER)), default=len(ORDER))
    return held.order_by(height, "code").first()


def may(*, user: User, follow_up: FollowUp) -> frozenset[Step]:
    """What the user may do with it as it stands: its office everything, its owner what falls to
    him. Two queries."""
    owns = follow_up.owner_id in standing_in_for(user, Permission.VIEW)
    plans = can(user, Permission.PLAN, follow_up.office)
    return frozenset(
        step
        for step, move in MOVES.items()
        if follow_up.state in move.source and (plans or (owns and move.by_owner))
    )


def shown_of(*, place: Facility, indicator: str, month: Month) -> tuple[float | None, float | None]:
    """Value and target of the month as pages show them now; None and None of no indicator."""
    if not indicator:
        return None, None
    try:
        one = book_of(place, indicator).find(indicator, month.last_day)
    except NoIndicator:
        return None, None
    (score,) = scores(places=[place.pk], indicators=[one], month=month).values()
    return (None if score.absent else score.value), score.target_now


def book_of(place: Facility, code: str) -> Book:
    return book(of=place.pk) if code.startswith(LOCAL) else CATALOGUE


@dataclass(frozen=True)
class Named:
    """A follow-up with the words for its number."""

    row: FollowUp
    label: str
    figure: str  # "36,2% (target 41,7%)" as it was shown then; "" of no number

    @property
    def title(self) -> str:
        return self.label or str(self.row.facility)


def named(rows: Sequence[FollowUp]) -> list[Named]:
    """One query where one is of a district's own indicator, else none."""
    local = any(row.indicator.startswith(LOCAL) for row in rows)
    known = book() if local else CATALOGUE
    return [_named(row, known) for row in rows]


def _named(row: FollowUp, known: Book) -> Named:
    if not row.indicator:
        return Named(row, "", "")
    try:
        one = known.find(row.indicator, row.month.last_day)
    except NoIndicator:
        return Named(row, row.indicator, "")
    return Named(row, str(one.label), _figure(row, one))


def _figure(row: FollowUp, one: Indicator) -> str:
    value = formats.amount(row.value, one.unit, row.target)
    return f"{value} (target {formats.amount(row.target, one.unit)})" if row.target else value


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; "" and None of what is not asked."""

    place: Facility
    state: str = ""
    owner: str = ""  # the id of an account; "0": of none
    cluster: str = ""
    meeting: int | None = None
    indicator: str = ""


def follow_ups(*, user: User, wanted: Filters, today: date, page: str | None) -> Page[FollowUp]:
    """What is still to be done first, by its day; then what is closed, the newest first."""
    own = wanted.owner == str(user.pk)  # wherever it lies, also above one's place
    rows = (
        FollowUp.objects.visible_to(user).agreed()
        if own
        else within(user=user, place=wanted.place, today=today)
    )
    rows = _narrowed(rows, wanted, today)
    closed = Case(When(state=State.OPEN, then=0), default=1)
    rows = rows.select_related("facility", "office", "owner", "meeting")
    return page_of(rows.order_by(closed, "due_on", "pk"), page)


def within(*, user: User, place: Facility, today: date) -> QuerySet[FollowUp]:
    below = Facility.objects.within(place, today)
    return FollowUp.objects.visible_to(user).agreed().filter(facility__in=below.values("pk"))


def _narrowed(rows: QuerySet[FollowUp], wanted: Filters, today: date) -> QuerySet[FollowUp]:
    if wanted.state == LATE:
        rows = rows.filter(state=State.OPEN, due_on__lt=today)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.owner:
        rows = rows.filter(owner=int(wanted.owner) or None)
    if wanted.cluster:
        known = (*VERSIONS, *book().local)
        codes = {one.code for one in known if one.cluster == wanted.cluster}
        rows = rows.filter(indicator__in=codes)
    if wanted.meeting:
        rows = rows.filter(meeting=wanted.meeting)
    return rows.filter(indicator=wanted.indicator) if wanted.indicator else rows


def owners(*, user: User, place: Facility, today: date) -> list[tuple[int, str]]:
    """The accounts that have something to do there, by name. One query."""
    rows = within(user=user, place=place, today=today).filter(owner__isnull=False)
    names = dict(rows.order_by("pk").values_list("owner", "owner_name"))
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def history(*, follow_up: FollowUp) -> list[FollowUpEvent]:
    """The newest first. One query."""
    return list(follow_up.events.select_related("by").order_by("-pk"))


@dataclass(frozen=True)
class ToDo:
    """Of the home page: what the user is to do, by its day, and how much of what the user's
    places is late."""

    mine: tuple[Named, ...] = ()
    more: int = 0
    late: int = 0


def waiting(*, user: User, today: date) -> QuerySet[FollowUp, Any]:
    """For an ArraySubquery: what `as_to_do` reads, in a query that is asked anyway."""
    own = owned_by(user)
    late = Q(due_on__lt=today, facility__in=reach(user, Permission.PLAN))
    told = JSONObject(
        pk="pk", action="action", problem="problem", indicator="indicator", month="month",
        due="due_on", code="facility__code", name="facility__name", kind="facility__kind",
        own="own", owned=Window(Count("pk", filter=own)), late=Window(Count("pk", filter=late)),
    )  # fmt: skip
    rows = FollowUp.objects.filter(own | late, state=State.OPEN)
    mine = Case(When(own, then=True), default=False, output_field=BooleanField())
    in_order = rows.annotate(own=mine).order_by("-own", "due_on", "pk")
    return in_order.values(told=told)[:AT_MOST]


def as_to_do(told: Sequence[Mapping[str, Any]]) -> ToDo:
    """No query, but one where a district's own indicator is among them."""
    if not told:
        return ToDo()
    mine = [
        FollowUp(
            pk=one["pk"],
            facility=Facility(code=one["code"], name=one["name"], kind=one["kind"]),
            indicator=one["indicator"],
            month=Month.of(date.fromisoformat(one["month"])),
            problem=one["problem"],
            action=one["action"],
            due_on=date.fromisoformat(one["due"]),
        )
        for one in told
        if one["own"]
    ]
    return ToDo(tuple(named(mine)), told[0]["owned"] - len(mine), told[0]["late"])


def to_do(*, user: User, today: date) -> ToDo:
    """One query more than `as_to_do`."""
    return as_to_do([row["told"] for row in waiting(user=user, today=today)])


@dataclass(frozen=True)
class Outcome:
    """How far what was agreed has come."""

    meeting: Meeting | None
    done: int = 0
    late: int = 0
    open: int = 0  # and not late
    dropped: int = 0
    rows: tuple[Named, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.done or self.late or self.open or self.dropped)


def outcome(rows: Iterable[FollowUp], *, meeting: Meeting | None, today: date) -> Outcome:
    """Pure but for the words of local indicators."""
    listed = list(rows)
    late = sum(one.is_late(today) for one in listed)
    return Outcome(
        meeting,
        done=sum(one.state == State.DONE for one in listed),
        late=late,
        open=sum(one.state == State.OPEN for one in listed) - late,
        dropped=sum(one.state == State.DROPPED for one in listed),
        rows=tuple(named(listed)),
    )


def last_meeting(*, place: Facility, before: date) -> Meeting | None:
    """The last one that was held earlier and agreed on something. One query."""
    agreed = Count("follow_ups", filter=~Q(follow_ups__state=State.DRAFT))
    rows = Meeting.objects.filter(facility=place, held_on__lt=before).annotate(agreed=agreed)
    return rows.filter(agreed__gt=0).order_by("-held_on", "-pk").first()


def of_last_meeting(*, place: Facility, today: date) -> Outcome:
    """What the last meeting before tomorrow agreed on, and how far it has come. Two queries."""
    meeting = last_meeting(place=place, before=today + timedelta(days=1))
    if meeting is None:
        return Outcome(None)
    rows = FollowUp.objects.agreed().filter(meeting=meeting)
    return outcome(rows, meeting=meeting, today=today)
