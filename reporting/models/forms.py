"""Forms that a Dinas makes itself, and where their numbers stand in the totals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from ilp.core.months import MonthField
from ilp.core.spans import ends_after_it_begins, one_at_a_time


class FormVersion(models.Model):
    """A form as it was said in a workbook: one version, never rewritten.

    In force from `since` to before `until`, in every district of the installation. A code of the
    catalogue means that it stands in place of the catalogue's form.
    """

    code = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField()
    said = models.JSONField()  # catalogue.definitions.FormSaid
    since = MonthField()
    until = MonthField(null=True)  # type: ignore[misc]
    edition = models.PositiveIntegerField(unique=True)  # the highest says what was changed last
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="form_version_once"),
            ends_after_it_begins("form_version_ends_after_it_begins"),
            one_at_a_time("one_form_version_at_a_time", "code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class FormSlot(models.Model):
    """The position of a number that only such a form gives; as slots.txt, it only grows."""

    programme = models.CharField(max_length=20)
    element = models.CharField(max_length=24)
    part = models.CharField(max_length=8, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="one_cell_a_position"),
            models.UniqueConstraint(fields=["element", "part"], name="one_position_a_cell"),
            models.CheckConstraint(condition=Q(position__gte=1), name="positions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.element} {self.part} {self.position}"
