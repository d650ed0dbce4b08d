"""From which month on the months of an indicator are measured anew, who said so and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField

LONGEST = 200


class BaselineQuerySet(ScopedQuerySet["Baseline"]):
    facility_field = "district"


class Baseline(models.Model):
    """The limits of a district's indicator begin anew with this month; the last row that began
    holds, and none is ever changed or taken away."""

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=12)
    since = MonthField()
    reason = models.CharField(max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="baseline_says_why"),
            models.CheckConstraint(condition=~Q(indicator=""), name="baseline_of_an_indicator"),
        ]
        indexes = [models.Index(fields=["indicator", "district"], name="baseline_of")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.since} district#{self.district_id}"
