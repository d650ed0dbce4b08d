"""What somebody is to do about a number, until when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet, reach, stood_in_for
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import MonthField
from reporting.models.meetings import Meeting

LONGEST = 300  # of a problem, an action, and what is said at the end
LONGEST_NAME = 120


class State(models.TextChoices):
    DRAFT = "draft", _("Belum lengkap")  # being typed in a meeting
    OPEN = "open", _("Berjalan")
    DONE = "done", _("Selesai")
    DROPPED = "dropped", _("Dibatalkan")


class Step(models.TextChoices):
    """What happens to a follow-up; the words are those of its history."""

    MADE = "made", _("Ditetapkan")
    CHANGED = "changed", _("Diubah")
    DONE = "done", _("Diselesaikan")
    DROPPED = "dropped", _("Dibatalkan")
    REOPENED = "reopened", _("Dibuka lagi")


@dataclass(frozen=True)
class Move:
    """From which state to which; the owner may take it too where it says so."""

    source: tuple[State, ...]
    target: State
    by_owner: bool = False


MOVES: dict[Step, Move] = {
    Step.CHANGED: Move((State.OPEN,), State.OPEN),
    Step.DONE: Move((State.OPEN,), State.DONE, by_owner=True),
    Step.DROPPED: Move((State.OPEN,), State.DROPPED),
    Step.REOPENED: Move((State.DONE, State.DROPPED), State.OPEN),
}
CLOSED = (State.DONE, State.DROPPED)


def owned_by(user: User) -> Q:
    """Those of the user, and of whom the user stands in for."""
    return Q(owner=user) | Q(owner__in=stood_in_for(user, Permission.VIEW))


class FollowUpQuerySet(ScopedQuerySet["FollowUp"]):
    def visible_to(self, user: User, permission: Permission = Permission.VIEW) -> Self:
        """Those of the places where the permission is held; one's own also of places above, whose
        number one was asked to put right."""
        there = Q(facility__in=reach(user, permission))
        return self.filter(there | owned_by(user) if permission is Permission.VIEW else there)

    def agreed(self) -> Self:
        """Complete: without those that are still being typed."""
        return self.exclude(state=State.DRAFT)

    def overdue(self, today: object) -> Self:
        return self.filter(state=State.OPEN, due_on__lt=today)


class FollowUp(models.Model):
    """An agreement: problem, action, who, until when; with the figure as it was shown then.

    `office` is the place that set it and answers for it: a Puskesmas does not drop what the Dinas
    asked of it. Who has no account is a name alone.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    office = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=20, blank=True, default="")  # code; "" of no one number
    month = MonthField()
    value = models.FloatField(null=True)
    target = models.FloatField(null=True)
    problem = models.CharField(_("masalah"), max_length=LONGEST, blank=True, default="")
    action = models.CharField(_("tindakan"), max_length=LONGEST, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="follow_ups"
    )
    owner_name = models.CharField(
        _("penanggung jawab"), max_length=LONGEST_NAME, blank=True, default=""
    )
    due_on = models.DateField(_("batas waktu"), null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="follow_ups")
    key = models.UUIDField(null=True)  # of its row in the meeting, so that it is kept once
    made_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closing = models.CharField(max_length=LONGEST, blank=True, default="")  # what was done, or why

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="follow_up_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", meeting__isnull=False)
                | (
                    ~Q(state="draft")
                    & ~Q(problem="")
                    & ~Q(action="")
                    & ~Q(owner_name="")
                    & Q(due_on__isnull=False)
                ),
                name="follow_up_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("made_on")),
                name="follow_up_not_due_before_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open"], closed_at=None, closed_by=None, closing="")
                | (Q(state__in=["done", "dropped"], closed_at__isnull=False) & ~Q(closing="")),
                name="follow_up_closed_with_a_word",
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | ~Q(owner_name=""), name="follow_up_owner_is_named"
            ),
            models.CheckConstraint(
                condition=Q(meeting=None, key=None) | Q(meeting__isnull=False, key__isnull=False),
                name="follow_up_of_a_meeting_has_a_row",
            ),
            models.UniqueConstraint(fields=["meeting", "key"], name="follow_up_once_a_row"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="to_do"),
            models.Index(fields=["office", "indicator"], name="follow_up_office"),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.indicator} facility#{self.facility_id} {self.state}"

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    def days(self, today) -> int:
        """Until it is due; below nought when it is late."""
        return (self.due_on - today).days if self.due_on else 0

    def is_late(self, today) -> bool:
        return self.state == State.OPEN and self.days(today) < 0


class FollowUpEvent(models.Model):
    """One line of its history: what was done, by whom, and what held from then on."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=8, choices=Step)
    note = models.CharField(max_length=LONGEST, blank=True, default="")
    owner_name = models.CharField(max_length=LONGEST_NAME)
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="follow_up_step_known")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete | pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return f"{self.step} of follow-up#{self.follow_up_id}"
