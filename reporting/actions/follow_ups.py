"""What is to be done about a number: set, changed, done, dropped, opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from facilities.models import Facility
from ilp.core import audit, formats
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.follow_up_errors import (
    ActionMissing,
    DoneMissing,
    DueInThePast,
    DueMissing,
    OwnerMissing,
    OwnerUnclear,
    ProblemMissing,
    ReasonMissing,
    WrongState,
)
from reporting.models import FollowUp, FollowUpEvent
from reporting.models.follow_ups import LONGEST, LONGEST_NAME, MOVES, Step
from reporting.selectors.follow_up_owners import candidates, meant
from reporting.selectors.follow_ups import may, office_of, shown_of

WITHOUT_A_WORD: dict[Step, type[DomainError]] = {
    Step.DONE: DoneMissing,
    Step.DROPPED: ReasonMissing,
    Step.REOPENED: ReasonMissing,
}

TRAIL = {step: f"follow-up.{step}" for step in Step}  # its events in the audit trail


@dataclass(frozen=True)
class Wish:
    """What was typed into the four fields."""

    problem: str
    action: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Owner:
    """Who is to do it: an account, or only what was typed."""

    pk: int | None
    name: str


@transaction.atomic
def make_follow_up(
    *, place: Facility, indicator: str, month: Month, wish: Wish, by: User | None
) -> FollowUp:
    """Set what is to be done about a number, with the figure as the page shows it."""
    office = office_of(user=by, place=place)
    if office is None:
        raise Forbidden(f"{by} may not plan at place {place.pk}")
    if not wish.problem.strip():
        raise ProblemMissing
    if not wish.action.strip():
        raise ActionMissing
    today = timezone.localdate()
    due_on = due_from(wish.due_on, today)
    owner = owner_of(wish.owner, place=place, office=office)
    value, target = shown_of(place=place, indicator=indicator, month=month)
    made = FollowUp.objects.create(
        facility=place,
        office=office,
        indicator=indicator,
        month=month,
        value=value,
        target=target,
        problem=wish.problem.strip()[:LONGEST],
        action=wish.action.strip()[:LONGEST],
        owner_id=owner.pk,
        owner_name=owner.name,
        due_on=due_on,
        made_on=today,
        made_by=by,
    )
    note(made, Step.MADE, by=by)
    return made


@transaction.atomic
def change_follow_up(
    *, follow_up: FollowUp, owner: str, due_on: date | None, by: User | None
) -> FollowUp:
    """Give it to somebody else, or another day."""
    held = _held(follow_up, Step.CHANGED, by)
    found = owner_of(owner, place=held.facility, office=held.office, stands=held)
    day = due_on if due_on == held.due_on else due_from(due_on, timezone.localdate())
    if (found.pk, found.name, day) == (held.owner_id, held.owner_name, held.due_on):
        return held
    held.owner_id, held.owner_name, held.due_on = found.pk, found.name, day
    held.save(update_fields=["owner", "owner_name", "due_on"])
    note(held, Step.CHANGED, by=by)
    return held


@transaction.atomic
def move_follow_up(*, follow_up: FollowUp, step: Step, words: str, by: User | None) -> FollowUp:
    """Finish it, drop it, or open it again; each with a sentence."""
    held = _held(follow_up, step, by)
    if not words.strip():
        raise WITHOUT_A_WORD[step]
    held.state = MOVES[step].target
    closes = held.is_closed
    held.closed_at = timezone.now() if closes else None
    held.closed_by = by if closes else None
    held.closing = words.strip()[:LONGEST] if closes else ""
    held.save(update_fields=["state", "closed_at", "closed_by", "closing"])
    note(held, step, by=by, words=words)
    return held


def _held(follow_up: FollowUp, step: Step, by: User | None) -> FollowUp:
    """The row as it stands, held until the end; who may not take the step is refused."""
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("facility", "office")
    held = rows.get(pk=follow_up.pk)
    if by is not None and step not in may(user=by, follow_up=held):
        raise Forbidden(f"{by} may not {step} follow-up {held.pk}")
    if held.state not in MOVES[step].source:
        raise WrongState(state=held.get_state_display())
    return held


def due_from(day: date | None, first: date) -> date:
    """The day, if it does not lie before the first that there may be."""
    if day is None:
        raise DueMissing
    if day < first:
        raise DueInThePast(day=formats.day(first))
    return day


def owner_of(
    typed: str, *, place: Facility, office: Facility, stands: FollowUp | None = None
) -> Owner:
    """Whom a text means: one account, or nobody's. What stands already keeps its account."""
    text = " ".join(typed.split())[:LONGEST_NAME]
    if not text:
        raise OwnerMissing
    if stands is not None and text == stands.owner_name:
        return Owner(stands.owner_id, text)
    found = meant(text, candidates(place=place, office=office))
    if len(found) > 1:
        raise OwnerUnclear(count=formats.whole(len(found)), name=text)
    return Owner(found[0].pk, found[0].label[:LONGEST_NAME]) if found else Owner(None, text)


def note(held: FollowUp, step: Step, *, by: User | None, words: str = "") -> None:
    """A line of its history and one of the audit trail; what was typed stands in the first only."""
    assert held.due_on is not None
    FollowUpEvent.objects.create(
        follow_up=held, by=by, step=step, note=words.strip()[:LONGEST],
        owner_name=held.owner_name, due_on=held.due_on,
    )  # fmt: skip
    audit.record(
        TRAIL[step], by=by, subject=held, place=held.facility.code,
        indicator=held.indicator, month=str(held.month), user=held.owner_id or "",
        until=str(held.due_on),
    )  # fmt: skip
