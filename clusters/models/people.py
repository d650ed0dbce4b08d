"""The people cared for, and where they live."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.crypto import masked_nik, unseal
from ilp.core.references import NEVER_DELETED, reference, reference_checks

# A record that others were merged into is never merged itself without them: one step leads home.
ONE_STEP = pgtrigger.Trigger(
    name="merged_in_one_step",
    operation=pgtrigger.UpdateOf("merged_into_id"),
    when=pgtrigger.After,
    condition=pgtrigger.Q(new__merged_into_id__isnull=False),
    func="""
        IF EXISTS (SELECT FROM clusters_person WHERE merged_into_id = NEW.id)
           OR EXISTS (
               SELECT FROM clusters_person
               WHERE id = NEW.merged_into_id AND merged_into_id IS NOT NULL
           )
        THEN
            RAISE check_violation USING MESSAGE = 'a merged person must lead to a standing one';
        END IF;
        RETURN NULL;
    """,
)


class PersonQuerySet(ScopedQuerySet["Person"]):
    facility_field = "home"

    def standing(self) -> PersonQuerySet:
        """Not merged into another record."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """Someone who is cared for.

    `identity` is the blind index of the NIK or, for those who have none, of what is known of them
    (name, birth date, sex, mother, home): equal only for exactly equal records, never a guess.
    A record that was found to be the same person as another keeps its identity as an alias:
    what comes in under it belongs to `merged_into`.
    """

    class Sex(models.TextChoices):
        MALE = "L", _("Laki-laki")
        FEMALE = "P", _("Perempuan")

    identity = models.BinaryField(max_length=32, unique=True)
    nik_sealed = models.BinaryField(null=True)
    is_temporary = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    mother_name = models.CharField(max_length=120, blank=True, default="")
    sex = models.CharField(max_length=1, choices=Sex)
    born_on = models.DateField()
    home = reference(Facility, null=True)
    home_since = models.DateField(null=True)
    registered_at = models.DateTimeField(auto_now_add=True)
    merged_into = reference("self", "aliases", null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["home"], name="person_home"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="person_merged",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=["L", "P"]), name="person_sex_l_or_p"),
            models.CheckConstraint(
                condition=Q(is_temporary=True) | Q(nik_sealed__isnull=False),
                name="person_has_nik_or_is_temporary",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_itself",
            ),
        ]
        triggers: ClassVar = [
            NEVER_DELETED,
            ONE_STEP,
            *reference_checks(home_id=Facility._meta.db_table, merged_into_id="clusters_person"),
        ]

    def __str__(self) -> str:
        return f"person#{self.pk}"

    @property
    def facility_id(self) -> int | None:
        """The place that the record belongs to: where the person lives."""
        return self.home_id

    @property
    def nik_masked(self) -> str:
        return masked_nik(unseal(bytes(self.nik_sealed)).decode()) if self.nik_sealed else "–"


class HomeChange(models.Model):
    """Where a person lived before: the home they left, and when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="homes")
    facility = models.ForeignKey(Facility, models.PROTECT)
    until = models.DateField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"person#{self.person_id} until {self.until}"
