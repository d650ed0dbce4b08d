"""Indicators that a district defines for itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from ilp.core.spans import ends_after_it_begins, one_at_a_time


class LocalIndicatorQuerySet(ScopedQuerySet["LocalIndicator"]):
    facility_field = "district"


class LocalIndicator(models.Model):
    """An indicator that a district defined over existing elements: one version, never rewritten.

    In force from `since` to before `until`; a change is a new version from a later month on.
    `numerator` and `denominator` are sums of element codes, the latter also of sasaran.
    """

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    cluster = models.CharField(max_length=2)
    stage = models.CharField(max_length=12)
    numerator = models.CharField(max_length=200)
    denominator = models.CharField(max_length=200)
    aggregation = models.CharField(max_length=1)
    per = models.PositiveIntegerField(default=100)
    higher_is_better = models.BooleanField(null=True)
    target = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    definition = models.CharField(max_length=600)
    source = models.CharField(max_length=200)
    since = MonthField()
    until = MonthField(null=True)  # type: ignore[misc]
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = LocalIndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code", "version"], name="local_indicator_version_once"
            ),
            ends_after_it_begins("local_indicator_ends_after_it_begins"),
            one_at_a_time("one_local_indicator_at_a_time", "district", "code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
