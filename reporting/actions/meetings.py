"""A lokmin: opened, and what is typed in it kept at once, cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from facilities.access import require
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.errors import DomainError
from ilp.core.models import User
from reporting.actions.follow_up_errors import (
    MeetingBeforeItsMonth,
    MeetingInTheFuture,
    NoSlides,
    NoSuchDay,
    NotEmptied,
    TooLong,
    WrittenMeanwhile,
    WrongState,
)
from reporting.actions.follow_ups import Owner, due_from, note, owner_of
from reporting.models import FollowUp, Meeting
from reporting.models.follow_ups import LONGEST, LONGEST_NAME, State, Step
from reporting.models.meetings import MOST_PRESENT
from reporting.selectors.follow_ups import shown_of
from reporting.selectors.meetings import Sitting

LOCK_SPACE = 7_233  # one meeting a place and day
ROW_LIMITS = {"problem": LONGEST, "action": LONGEST, "owner": LONGEST_NAME, "due": 10}
MEETING_LIMITS = {"venue": 120, "attendants": MOST_PRESENT}


@dataclass(frozen=True)
class Cell:
    """What somebody typed into one box, and what stood there when he did. Without a key it is a
    field of the meeting itself."""

    key: UUID | None
    code: str
    field: str
    text: str
    seen: str


@dataclass(frozen=True)
class Refusal:
    """Why a box was not kept. `standing` is what somebody else wrote there meanwhile."""

    cell: Cell
    sentence: str
    standing: str | None = None


@dataclass(frozen=True)
class Kept:
    meeting: Meeting
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic
def open_meeting(
    *, sitting: Sitting, codes: Sequence[str], release: int | None, by: User | None
) -> Meeting:
    """Store the meeting with its slides; what it holds already stays."""
    if not codes:
        raise NoSlides
    meeting = _opened(sitting, release, by)
    if list(codes) != meeting.codes:
        meeting.codes = list(codes)
        meeting.save(update_fields=["codes"])
    return meeting


@transaction.atomic
def keep_typed(
    *, sitting: Sitting, cells: Iterable[Cell], release: int | None, by: User | None
) -> Kept:
    """Keep what was typed in a meeting; the first cell makes its record.

    A row becomes a follow-up, and reaches its owner, as soon as it is complete. A cell that
    somebody else changed meanwhile is left as it is and told.
    """
    meeting = _opened(sitting, release, by)
    kept = Kept(meeting)
    listed = list(cells)
    _keep_fields([cell for cell in listed if cell.key is None], kept, by)
    rows = [cell for cell in listed if cell.key is not None]
    for key in dict.fromkeys(cell.key for cell in rows):
        _keep_row([cell for cell in rows if cell.key == key], kept, by)
    return kept


def _opened(sitting: Sitting, release: int | None, by: User | None) -> Meeting:
    require(by, Permission.PLAN, sitting.place)
    if sitting.held_on > timezone.localdate():
        raise MeetingInTheFuture(day=formats.day(sitting.held_on))
    if sitting.held_on < sitting.month.first_day:
        raise MeetingBeforeItsMonth(day=formats.day(sitting.month.first_day))
    sql.lock(LOCK_SPACE, sitting.place.pk)  # whoever types beside us waits for these rows
    named = {"facility": sitting.place, "month": sitting.month, "held_on": sitting.held_on}
    meeting, is_new = Meeting.objects.get_or_create(
        **named, defaults={"codes": list(sitting.codes), "release_id": release, "opened_by": by}
    )
    if is_new:
        audit.record(
            "meeting.opened", by=by, subject=meeting, place=sitting.place.code,
            month=str(sitting.month), day=str(sitting.held_on),
        )  # fmt: skip
    return meeting


def _keep_fields(cells: Collection[Cell], kept: Kept, by: User | None) -> None:
    """Where it was, and who was there."""
    written = []
    for cell in cells:
        standing = getattr(kept.meeting, cell.field)
        if _may_stand(cell, standing, MEETING_LIMITS[cell.field], kept):
            setattr(kept.meeting, cell.field, cell.text.strip())
            written.append(cell.field)
    if written:
        kept.meeting.save(update_fields=written)
        audit.record(
            "meeting.noted", by=by, subject=kept.meeting, rows=len(written),
            day=str(kept.meeting.held_on),
        )  # fmt: skip


def _may_stand(cell: Cell, standing: str, limit: int, kept: Kept) -> bool:
    """Whether the cell is to be written: neither the same, nor another's, nor too long."""
    text = cell.text.strip()
    if text in (standing.strip(), cell.seen.strip()):  # without a script every box is sent
        return False
    if cell.seen.strip() != standing.strip():
        sentence = WrittenMeanwhile(standing=standing or "–").sentence
        kept.refused.append(Refusal(cell, sentence, standing))
        return False
    if len(text) > limit:
        kept.refused.append(Refusal(cell, TooLong(limit=formats.whole(limit)).sentence))
        return False
    return True


def _keep_row(cells: Sequence[Cell], kept: Kept, by: User | None) -> None:
    row = _row(cells[0], kept.meeting, by)
    was = row.state
    written = [cell for cell in cells if _written(cell, row, kept)]
    if not written:
        return
    if row.state == State.DRAFT and _is_blank(row):
        if row.pk is not None:
            row.delete()
        return
    if row.state == State.DRAFT and _is_complete(row):
        row.state = State.OPEN
    row.save()
    if row.state == State.OPEN:
        note(row, Step.MADE if was == State.DRAFT else Step.CHANGED, by=by)


def _row(cell: Cell, meeting: Meeting, by: User | None) -> FollowUp:
    """The row of that key; a new one with the figure as it is shown now."""
    held = FollowUp.objects.select_for_update(of=("self",))  # its owner may finish it meanwhile
    found = held.select_related("owner").filter(meeting=meeting, key=cell.key).first()
    if found is not None:
        return found
    value, target = shown_of(place=meeting.facility, indicator=cell.code, month=meeting.month)
    return FollowUp(
        facility=meeting.facility, office=meeting.facility, indicator=cell.code,
        month=meeting.month, value=value, target=target, state=State.DRAFT, meeting=meeting,
        key=cell.key, made_on=meeting.held_on, made_by=by,
    )  # fmt: skip


def text_of(row: FollowUp, name: str) -> str:
    """What stands in a box of a row."""
    if name == "due":
        return row.due_on.isoformat() if row.due_on else ""
    return row.owner_name if name == "owner" else getattr(row, name)


def _written(cell: Cell, row: FollowUp, kept: Kept) -> bool:
    """Put the cell into the row; what cannot stand there is told."""
    try:
        owner = _meant(cell, row)
        if owner is not None:  # by the name that is kept, so that a second try finds it there
            cell = replace(cell, text=owner.name)
        if not _may_stand(cell, text_of(row, cell.field), ROW_LIMITS[cell.field], kept):
            return False
        _put(cell, row, owner)
    except DomainError as broken:
        kept.refused.append(Refusal(cell, broken.sentence))
        return False
    return True


def _meant(cell: Cell, row: FollowUp) -> Owner | None:
    if cell.field != "owner" or not cell.text.strip() or len(cell.text) > LONGEST_NAME:
        return None
    return owner_of(cell.text, place=row.facility, office=row.office, stands=row)


def _put(cell: Cell, row: FollowUp, owner: Owner | None) -> None:
    text = cell.text.strip()
    if row.is_closed:
        raise WrongState(state=row.get_state_display())
    if not text and row.state == State.OPEN:
        raise NotEmptied
    if cell.field == "due":
        row.due_on = due_from(day_from(text), row.made_on) if text else None
    elif cell.field == "owner":
        row.owner_id = owner.pk if owner else None
        row.owner_name = owner.name if owner else ""
    else:
        setattr(row, cell.field, text)


def day_from(text: str) -> date:
    """Raises NoSuchDay."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay from None


def _is_complete(row: FollowUp) -> bool:
    return bool(row.problem and row.action and row.owner_name and row.due_on)


def _is_blank(row: FollowUp) -> bool:
    return not (row.problem or row.action or row.owner_name or row.due_on)
