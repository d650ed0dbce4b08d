"""How ready a place says it is for ILP, and what holds it up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility
from ilp.core.spans import ends_after_it_begins, one_at_a_time


class Readiness(models.Model):
    """What holds of an item at a place since a day. History: cancelled, never changed."""

    class Answer(models.TextChoices):
        YES = "ya", _("Ya")
        UNDER_WAY = "proses", _("Proses")
        NO = "belum", _("Belum")
        NOT_HERE = "tb", _("Tidak berlaku")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="readiness")
    item = models.SlugField(_("butir"), max_length=16)  # a code of facilities.registry.readiness
    answer = models.CharField(_("jawaban"), max_length=6, choices=Answer)
    evidence = models.CharField(_("bukti"), max_length=200, blank=True, default="")
    since = models.DateField(_("sejak"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["Readiness"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "item", "since"],
                condition=Q(cancelled_at=None),
                name="one_readiness_a_day",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["ya", "proses", "belum", "tb"]),
                name="readiness_is_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"facility#{self.facility_id} {self.item}: {self.answer} since {self.since}"


class Obstacle(models.Model):
    """What holds a place up most, and by when it is promised to be out of the way.

    Another obstacle, or another promise, is another row: so the promises that passed remain.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="obstacles")
    text = models.CharField(_("hambatan utama"), max_length=200)
    promised_on = models.DateField(_("batas janji"))
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True)  # the first day on which it is no more
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet["Obstacle"].as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_obstacle_at_a_time", "facility"),
            ends_after_it_begins("obstacle_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(text=""), name="obstacle_says_what"),
            models.CheckConstraint(
                condition=Q(promised_on__gte=F("since")), name="obstacle_is_promised_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"obstacle of facility#{self.facility_id} since {self.since}"
