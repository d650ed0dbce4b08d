"""Target populations, and the totals that dashboards read."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from ilp.core.references import reference, reference_checks


class TargetSet(models.Model):
    """One version of a district's target populations: in force from a month on."""

    class Basis(models.TextChoices):
        PROJECTION = "proyeksi", _("Sasaran proyeksi")
        COUNT = "riil", _("Sasaran riil")

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=8, choices=Basis)
    version = models.PositiveSmallIntegerField()
    since = MonthField()  # the first month that uses it
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ScopedQuerySet["TargetSet"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "year", "basis", "version"], name="target_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.year} v{self.version}"


class Target(models.Model):
    """Sasaran: how many people of a group live at a place in a year, in one version."""

    set = models.ForeignKey(TargetSet, models.CASCADE, related_name="targets")
    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "place", "code"], name="one_target_a_place")
        ]
        indexes = [models.Index(fields=["place", "code"], name="target_of_place")]

    def __str__(self) -> str:
        return f"{self.code}={self.value} place#{self.place_id}"


class Total(models.Model):
    """The numbers of one place, month and programme. Derived; may be thrown away at any time.

    Each position of the arrays is a slot of the catalogue: known to reporting.totals alone. `own`
    is what visits say of the place itself, `total` is the place and all below it, with approved
    reports standing in for visits. No row: nothing was recorded.
    """

    pk = models.CompositePrimaryKey("month", "place_id", "programme")
    month = MonthField()
    place = reference(Facility)
    programme = models.CharField(max_length=20)
    own = ArrayField(models.IntegerField())
    total = ArrayField(models.IntegerField())

    class Meta:
        triggers = reference_checks(place_id="facilities_facility")

    def __str__(self) -> str:
        return f"{self.programme} {self.month} place#{self.place_id}"
