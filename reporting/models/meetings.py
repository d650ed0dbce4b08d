"""A lokakarya mini: a place goes through a month's numbers and agrees on what is to be done."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from reporting.models.releases import Release

MOST_PRESENT = 2_000  # letters: who attended, one a line


class Meeting(models.Model):
    """One sitting. What was agreed in it are its follow-ups; what it looked at are its slides."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()  # whose numbers were looked at
    held_on = models.DateField()
    codes = ArrayField(models.CharField(max_length=20))  # of the indicators, a slide each
    # Whose numbers were shown; None: those that stood at the time.
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    venue = models.CharField(_("tempat"), max_length=120, blank=True, default="")
    attendants = models.CharField(_("yang hadir"), max_length=MOST_PRESENT, blank=True, default="")
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ScopedQuerySet["Meeting"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "held_on", "month"], name="one_meeting_a_day_and_month"
            ),
            models.CheckConstraint(condition=Q(codes__len__gte=1), name="meeting_has_slides"),
            models.CheckConstraint(
                condition=Q(held_on__gte=models.F("month")), name="meeting_not_before_its_month"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting of facility#{self.facility_id} on {self.held_on}"
