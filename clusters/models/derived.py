"""What follows from visits; may be worked out again at any time."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clusters.models.people import Person
from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField


def _link(to: type[models.Model], related_name: str = "+", **more: Any) -> Any:
    """A foreign key that the database does not check: these rows are written by SQL from rows
    that it has checked, and checking 50,000 of them again takes longer than writing them."""
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        related_name=related_name,
        db_constraint=False,
        db_index=False,
        **more,
    )


class TouchedPerson(models.Model):
    """Someone whose visits of a service changed: the to-do list of what follows from visits.

    Written in the transaction that wrote the visits; append-only and without a unique constraint,
    so that writers wait for nobody.
    """

    person = _link(Person)
    service = models.CharField(max_length=20)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.service} person#{self.person_id}"


class Milestone(models.Model):
    """Something a person reached, once in its scope (a pregnancy, a year, a life). Derived.

    Coverage counts it where the person lives (home), workload where it was done (facility).
    """

    pk = models.CompositePrimaryKey("person", "code", "scope")
    person = _link(Person, "milestones")
    service = models.CharField(max_length=20)
    code = models.CharField(max_length=24)
    scope = models.DateField()  # first day of the pregnancy, the year or the life
    on = models.DateField()
    facility = _link(Facility)
    home = _link(Facility, null=True)
    sex = models.CharField(max_length=1)
    visit_id = models.BigIntegerField()
    # NULL: the visit is of the milestone's own service, as nearly all are.
    visit_service = models.CharField(max_length=20, null=True)  # noqa: DJ001

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["home", "on"], name="milestone_home"),
            # A month, whatever the length of its history. It costs next to nothing to keep, and
            # a row or two out of order widens no range of pages.
            BrinIndex(
                fields=["on"],
                opclasses=["date_minmax_multi_ops"],
                name="milestone_days",
                autosummarize=True,
            ),
            # Cohorts are counted by the month in which they began; few have one.
            models.Index(fields=["scope"], condition=Q(service="tb_case"), name="milestone_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on} person#{self.person_id}"


class GrowthMonth(models.Model):
    """How a child stood at its last weighing of a month: one row a child and month. Derived.

    `label` is N (gained enough), T (did not), O (not weighed the month before) or B (weighed for
    the first time); empty when the child was measured but not weighed.
    """

    person = _link(Person, "growth_months")
    month = MonthField()
    facility = _link(Facility)
    home = _link(Facility, null=True)
    sex = models.CharField(max_length=1)
    age_months = models.SmallIntegerField()
    label = models.CharField(max_length=1, blank=True)
    twice_t = models.BooleanField(default=False)
    below_red_line = models.BooleanField(default=False)
    waz_class = models.CharField(max_length=16, null=True)  # noqa: DJ001 NULL: not measured
    haz_class = models.CharField(max_length=16, null=True)  # noqa: DJ001
    whz_class = models.CharField(max_length=16, null=True)  # noqa: DJ001
    newly_stunted = models.BooleanField(null=True)  # NULL: stunted before, or no earlier length
    # Confirmed, and given food or advice, at whatever visits of the month.
    acted_on = models.BooleanField(default=False, db_default=False)
    visit_id = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="one_state_a_month"),
            models.CheckConstraint(
                condition=Q(label__in=["", "N", "T", "O", "B"]), name="growth_label_known"
            ),
        ]
        indexes = [models.Index(fields=["home", "month"], name="growthmonth_home")]

    def __str__(self) -> str:
        return f"{self.label} {self.month} person#{self.person_id}"
