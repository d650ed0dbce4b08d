"""A month as it was published: the numbers of that day, which nothing changes any more."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from ilp.core.references import reference, reference_checks
from reporting.models.targets import TargetSet

FROZEN = pgtrigger.Protect(name="frozen", operation=pgtrigger.Delete | pgtrigger.Update)
NEXT_MONTH = Func(
    F("month"),
    template="(%(expressions)s + interval '1 month')::date",
    output_field=models.DateField(),
)


class ReleaseQuerySet(ScopedQuerySet["Release"]):
    facility_field = "district"


class Release(models.Model):
    """One revision of a district's month: from now on pages show its numbers.

    Corrections come in later and are kept as revisions that say who, when and why:
    reference.md G13.
    """

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    number = models.PositiveSmallIntegerField()  # the revision, from 1
    released_at = models.DateTimeField(default=timezone.now)
    released_on = models.DateField()  # the day of it, where the office is
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    targets = models.ForeignKey(TargetSet, models.PROTECT, null=True, related_name="+")
    reports_due = models.PositiveIntegerField()
    reports_in = models.PositiveIntegerField()
    data_version = models.BigIntegerField()  # of the district, whose numbers these were

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "month", "number"], name="one_release_a_revision"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_begin_with_one"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="revision_says_why"),
            models.CheckConstraint(
                condition=Q(released_on__gte=NEXT_MONTH), name="released_month_is_over"
            ),
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"district#{self.district_id} {self.month} rev. {self.number}"


class ReleasedTotal(models.Model):
    """A row of totals as it stood when the month was released."""

    pk = models.CompositePrimaryKey("release_id", "place_id", "programme")
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", db_index=False)
    place = reference(Facility)
    programme = models.CharField(max_length=20)
    own = ArrayField(models.IntegerField())
    total = ArrayField(models.IntegerField())

    class Meta:
        triggers = [FROZEN, *reference_checks(place_id="facilities_facility")]

    def __str__(self) -> str:
        return f"{self.programme} release#{self.release_id} place#{self.place_id}"


class ReleasedFigures(models.Model):
    """What a place's indicators take from elsewhere than totals: its sasaran and registers."""

    pk = models.CompositePrimaryKey("release_id", "place_id")
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", db_index=False)
    place = reference(Facility)
    numbers = models.JSONField()  # code -> number

    class Meta:
        triggers = [FROZEN, *reference_checks(place_id="facilities_facility")]

    def __str__(self) -> str:
        return f"release#{self.release_id} place#{self.place_id}"
