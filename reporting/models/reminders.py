"""What somebody is reminded of by e-mail, and whether it has been sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from facilities.access import ScopedQuerySet
from facilities.models import Facility

MOST_TRIES = 5


class ReminderQuerySet(ScopedQuerySet["Reminder"]):
    facility_field = "place"

    def wanted(self) -> ReminderQuerySet:
        """Not sent, and still to somebody who has an address and wants to be reminded."""
        reached = Q(user__is_active=True, user__wants_reminders=True) & ~Q(user__email="")
        return self.filter(reached, sent_at=None)


class Reminder(models.Model):
    """One letter a day to somebody at a place; `items` name forms, places and days, never people.

    It counts its tries. One that was not sent on its day is left: the next day has its own.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    items = models.JSONField()  # of each: place, form, period, until, came_back
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    failure = models.CharField(max_length=80, blank=True, default="")  # its kind; no address

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "place", "day"], name="one_reminder_a_day"),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES), name="reminder_is_given_up_at_last"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(tries__gte=1), name="reminder_is_sent_by_trying"
            ),
        ]
        indexes = [models.Index(fields=["day"], condition=Q(sent_at=None), name="reminder_unsent")]

    def __str__(self) -> str:
        return f"reminder#{self.pk} of {self.day}"
