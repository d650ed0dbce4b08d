"""Where care is given, how the places hang together over time, and who works there."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.roles import Role
from ilp.core.months import MonthField
from ilp.core.references import NEVER_DELETED


class FacilityQuerySet(ScopedQuerySet["Facility"]):
    """Places, in the words of the office."""

    facility_field = "pk"

    def open_on(self, day: date) -> Self:
        return self.filter(opened_on__lte=day).exclude(closed_on__lte=day)

    def within(self, ancestor: Facility, on: date) -> Self:
        """The ancestor itself and all below it, as the tree stood on that day."""
        links = Ancestry.objects.filter(ancestor=ancestor, valid__contains=on)
        return self.filter(pk__in=links.values("descendant"))

    def above(self, descendant: Facility, on: date) -> Self:
        """The place itself and all that it belongs to on that day, over all axes."""
        links = Ancestry.objects.filter(descendant=descendant, valid__contains=on)
        return self.filter(pk__in=links.values("ancestor"))

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)


class Facility(models.Model):
    """A place that a number can be shown for: the district, a village, a Posyandu, a school."""

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        DISTRICT = "dinas", _("Dinas Kesehatan")
        KECAMATAN = "kecamatan", _("Kecamatan")
        PUSKESMAS = "puskesmas", _("Puskesmas")
        DESA = "desa", _("Desa/kelurahan")
        PUSTU = "pustu", _("Pustu")
        POSYANDU = "posyandu", _("Posyandu")
        POSKESDES = "poskesdes", _("Poskesdes/Polindes/Ponkesdes")
        CLINIC = "klinik", _("Klinik")
        TPMB = "tpmb", _("Praktik mandiri bidan")
        HOSPITAL = "rs", _("Rumah sakit")
        SCHOOL = "sekolah", _("Sekolah")

    class Knowledge(models.TextChoices):
        """How sure the registry is of a place."""

        SURE = "pasti", _("Pasti")
        NAME_ONLY = "nama_saja", _("Nama saja")
        TO_VERIFY = "perlu_verifikasi", _("Perlu verifikasi")

    code = models.CharField(_("kode"), max_length=32, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    opened_on = models.DateField(_("mulai berlaku"))
    closed_on = models.DateField(_("tutup sejak"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    inpatient = models.BooleanField(_("rawat inap"), null=True, blank=True)
    knowledge = models.CharField(
        _("keadaan data"), max_length=16, choices=Knowledge, default=Knowledge.SURE
    )
    source = models.CharField(_("sumber"), max_length=200, blank=True)
    time_zone = models.CharField(_("zona waktu"), max_length=40, blank=True)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = [NEVER_DELETED]  # a place is closed
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")),
                name="facility_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(closed_on=None),
                name="only_a_closed_facility_has_a_successor",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="facility_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def facility_id(self) -> int:
        """The place that it belongs to, as every scoped row has one: itself."""
        return self.pk


class FacilityAlias(models.Model):
    """Another way in which lists write a place, normalised by registry.normalised."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="aliases")
    text_normalised = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "text_normalised"], name="alias_once_per_facility"
            )
        ]
        indexes = [models.Index(fields=["text_normalised"], name="alias_by_text")]

    def __str__(self) -> str:
        return self.text_normalised


class FacilityIdentifier(models.Model):
    """What another system calls a place, and while it did so."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_place_per_identifier_at_a_time",
                expressions=[
                    ("system", RangeOperators.EQUAL),
                    ("value", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


class Axis(models.TextChoices):
    """In which sense a place hangs below another."""

    NETWORK = "network", _("Jaringan")  # who supervises it
    AREA = "area", _("Wilayah")  # where it lies
    LABEL = "label", _("Kecamatan")  # what it is grouped by


class Placement(models.Model):
    """Under which parent a place stood, from when to when. The one truth of the tree."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Facility, models.PROTECT, related_name="child_placements")
    axis = models.CharField(max_length=8, choices=Axis)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_parent_per_axis_at_a_time",
                expressions=[
                    ("facility", RangeOperators.EQUAL),
                    ("axis", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=~Q(facility=F("parent")), name="no_place_below_itself"
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="placed_for_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} under {self.parent_id} ({self.axis}) {self.valid}"


class Ancestry(models.Model):
    """Every (ancestor, descendant) pair over all axes, itself included, and when it held.

    Derived from Placement by sql/rebuild_ancestry.sql and may be thrown away at any time. The
    ranges of one pair never overlap, so joining on a day gives a descendant once. Scope of
    access and roll-up both join on this table.
    """

    ancestor = models.ForeignKey(Facility, models.CASCADE, related_name="below", db_index=False)
    descendant = models.ForeignKey(Facility, models.CASCADE, related_name="above")
    valid = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["ancestor", "descendant"], name="ancestry_downwards")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id} {self.valid}"


class Assignment(models.Model):
    """A user's role at a place, which reaches all that lies below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    facility = models.ForeignKey(Facility, models.CASCADE, related_name="assignments")
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)
    # The post of an absent person that this one fills for some days: same role, same place.
    stands_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="substitutes"
    )

    objects = ScopedQuerySet["Assignment"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "facility", "role"],
                condition=Q(ends_on=None),
                name="assigned_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(stands_for=None) | Q(ends_on__isnull=False),
                name="a_substitute_stands_in_for_some_days",
            ),
            ExclusionConstraint(
                name="one_substitute_at_a_time",
                expressions=[
                    ("stands_for", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(stands_for__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at {self.facility_id}"


class ChangedCell(models.Model):
    """Something counted at a place in a month has changed: the roll-up's to-do list.

    Append-only and without a unique constraint, so writers never wait for the roll-up and a
    mark made while it runs is never lost. Programme "*" stands for all. Not `whole` is what only
    changes the place's own numbers, as a visit does; a place that moved, or a report that was
    approved or taken back, changes what stands above it in ways that they do not tell.
    """

    place = models.ForeignKey(Facility, models.CASCADE, related_name="+", db_index=False)
    month = MonthField()
    programme = models.CharField(max_length=20)
    district = models.ForeignKey(
        Facility, models.CASCADE, null=True, related_name="+", db_index=False
    )
    whole = models.BooleanField(default=True, db_default=True)
    at = models.DateTimeField(db_default=Now())  # SQL writes these rows too

    def __str__(self) -> str:
        return f"place#{self.place_id} {self.month} {self.programme}"


class DataVersion(models.Model):
    """How often what is shown of a district has changed: part of every cached page's key.

    `changed_at` is when its numbers last did; names, maps and the tree change without them.
    """

    district = models.OneToOneField(Facility, models.CASCADE, related_name="data_version")
    number = models.BigIntegerField(default=0, db_default=0)
    changed_at = models.DateTimeField(null=True, db_default=Now())

    def __str__(self) -> str:
        return f"district#{self.district_id} v{self.number}"
