"""That somebody asked for a locked month to be opened again, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models import Ancestry, Facility
from ilp.core.months import Month, MonthField
from ilp.core.weeks import Period, Week
from reporting.models.reports import LAST_WEEK

LONGEST = 200  # of a reason or an answer


class UnlockRequestQuerySet(ScopedQuerySet["UnlockRequest"]):
    def waiting(self) -> UnlockRequestQuerySet:
        """Not answered yet."""
        return self.filter(answer="")

    def of_month(self, district: Facility, month: Month) -> UnlockRequestQuerySet:
        """Those of places that belonged to the district in the month that they are about."""
        links = Ancestry.objects.filter(ancestor=district, valid__contains=month.last_day)
        return self.filter(month=month, facility__in=links.values("descendant"))


class UnlockRequest(models.Model):
    """One place's wish to put right, or still send, a report of a month that is locked.

    It names the report as a report names itself, so that one that was never begun can be asked for.
    """

    class Answer(models.TextChoices):
        OPENED = "opened", _("Dibuka")
        REFUSED = "refused", _("Ditolak")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    week = models.PositiveSmallIntegerField(default=0)  # of the year; 0: the report is the month's
    form_code = models.CharField(max_length=20)
    reason = models.CharField(max_length=LONGEST)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="")
    answer_note = models.CharField(max_length=LONGEST, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = UnlockRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "month", "form_code", "week"],
                condition=Q(answer=""),
                name="one_open_request_a_report",
            ),
            models.CheckConstraint(condition=Q(week__lte=LAST_WEEK), name="request_week_is_a_week"),
            models.CheckConstraint(condition=~Q(reason=""), name="request_says_why"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answer__in=["opened", "refused"], answered_at__isnull=False),
                name="request_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(answer_note=""), name="refusal_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["month"], condition=Q(answer=""), name="unlock_waiting"),
            models.Index(fields=["answered_at"], name="unlock_answered"),
        ]

    def __str__(self) -> str:
        return f"unlock {self.form_code} {self.period} facility#{self.facility_id}"

    @property
    def period(self) -> Period:
        """What is to be reported: its week, else its month."""
        return Week(self.month.year, self.week) if self.week else self.month
