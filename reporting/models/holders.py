"""Programmes that each have to approve a report, who speaks for them, and that they did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from ilp.core.spans import ends_after_it_begins, one_at_a_time
from reporting.models.reports import Report, ReportEvent


class HolderQuerySet(ScopedQuerySet["Holder"]):
    facility_field = "district"


class Holder(models.Model):
    """A programme without whose approval no report on the form is approved in the district.

    It holds for the reports of the months from `since` to before `until`. A form without such rows
    is approved by one person.
    """

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    form_code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    since = MonthField()
    until = MonthField(null=True)  # type: ignore[misc]
    source = models.CharField(max_length=200)  # the decision that says so
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = HolderQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("holder_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(name=""), name="holder_says_its_name_and_source"
            ),
            one_at_a_time("one_holder_of_a_name_at_a_time", "district", "form_code", Lower("name")),
        ]

    def __str__(self) -> str:
        return f"{self.form_code} {self.name} since {self.since}"


class HolderPerson(models.Model):
    """Somebody who approves for a programme, from a day on to before another."""

    holder = models.ForeignKey(Holder, models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "user"], condition=Q(ends_on=None), name="holds_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="holding_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for holder#{self.holder_id}"


class ReportApproval(models.Model):
    """That a programme approved a report, in which step. It stands until the report goes back."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="approvals")
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="+")
    event = models.ForeignKey(ReportEvent, models.CASCADE, related_name="+")
    stands = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "holder"], condition=Q(stands=True), name="approved_once"
            )
        ]

    def __str__(self) -> str:
        return f"holder#{self.holder_id} report#{self.report_id}"
