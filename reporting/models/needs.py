"""What counts how much when needs are ranked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models import Facility


class NeedWeightsQuerySet(ScopedQuerySet["NeedWeights"]):
    facility_field = "district"


class NeedWeights(models.Model):
    """The three weights of a district since a day, in percent of each other's sum.

    History: a second choice of one day cancels the first, none is changed.
    """

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    gap = models.PositiveSmallIntegerField(_("kesenjangan"))
    burden = models.PositiveSmallIntegerField(_("beban sasaran"))
    low = models.PositiveSmallIntegerField(_("capaian rendah"))
    since = models.DateField(_("sejak"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = NeedWeightsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "since"],
                condition=Q(cancelled_at=None),
                name="one_choice_of_weights_a_day",
            ),
            models.CheckConstraint(
                condition=Q(gap=100 - F("burden") - F("low")), name="weights_are_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gap}/{self.burden}/{self.low} since {self.since}"

    @property
    def facility_id(self) -> int:
        """The place that it belongs to, as every scoped row has one."""
        return self.district_id
