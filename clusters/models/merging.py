"""Two records that were one person: what was put together, so that it can be taken apart again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clusters.models.people import Person
from ilp.core.references import NEVER_DELETED


class Merge(models.Model):
    """A record (`gone`) found to be the same person as another (`kept`), until it is undone.

    `before` and `after` hold what the merge changed in the kept record: name, mother's name, home.
    `followers` are the records that had been merged into `gone` before and came along.
    """

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    followers = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merged_into_one_only"
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False),
                name="merge_undone_by_and_when",
            ),
        ]
        triggers: ClassVar = [NEVER_DELETED]

    def __str__(self) -> str:
        return f"person#{self.gone_id} into person#{self.kept_id}"

    @property
    def facility_id(self) -> int | None:
        """The place whose audit trail tells of it: the home of the kept record."""
        return self.kept.home_id


class MergedVisit(models.Model):
    """What a merge did to one visit: moved it to the kept record, cancelled it beside a fuller one
    of the same day and place, or both."""

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="visits")
    service = models.CharField(max_length=20)
    visit_id = models.BigIntegerField()
    moved = models.BooleanField()
    cancelled = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "service", "visit_id"], name="merged_visit_once"
            ),
            models.CheckConstraint(
                condition=Q(moved=True) | Q(cancelled=True), name="merged_visit_was_changed"
            ),
        ]
        triggers: ClassVar = [NEVER_DELETED]

    def __str__(self) -> str:
        return f"{self.service}#{self.visit_id}"


class ToldApart(models.Model):
    """Two records that somebody has said to be two persons: never asked again."""

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="told_apart_in_order"),
        ]
        triggers: ClassVar = [NEVER_DELETED]

    def __str__(self) -> str:
        return f"person#{self.first_id} is not person#{self.second_id}"

    @property
    def facility_id(self) -> int | None:
        return self.first.home_id
