"""What people say of numbers that look wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField


class ConfirmationQuerySet(ScopedQuerySet["Confirmation"]):
    facility_field = "place"


class Confirmation(models.Model):
    """An unusual number that somebody looked at and found right. Asked again only if it changes.

    `check_code` and `subject` say what was asked, `numbers` which numbers it was asked of.
    """

    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    check_code = models.CharField(max_length=16)
    subject = models.CharField(max_length=64)
    numbers = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "check_code", "subject", "numbers"],
                name="confirmed_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="confirmed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.subject} {self.month} place#{self.place_id}"


class OutsideFigureQuerySet(ScopedQuerySet["OutsideFigure"]):
    facility_field = "place"


class OutsideFigure(models.Model):
    """What a national application says of a place and month, typed from its screen."""

    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    source = models.CharField(max_length=12)
    element = models.CharField(max_length=24)
    value = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = OutsideFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "source", "element"], name="one_outside_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.element} {self.month} place#{self.place_id}"
