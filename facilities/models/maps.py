"""What a map of a district is drawn from: boundaries, or a grid of equal squares."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility

K = Facility.Kind
MAPPED = (K.DESA, K.PUSKESMAS)
MOST_SQUARES = 24  # across and down


class BoundaryMapQuerySet(ScopedQuerySet["BoundaryMap"]):
    facility_field = "district"


class BoundaryMap(models.Model):
    """The boundaries of a district's villages, or of its Puskesmas, as they were uploaded last."""

    district = models.ForeignKey(Facility, models.CASCADE, related_name="boundary_maps")
    kind = models.CharField(_("jenis"), max_length=12, choices=Facility.Kind)
    source = models.CharField(_("sumber"), max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    unmatched = models.JSONField(default=list)  # areas of the file that belong to no place
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = BoundaryMapQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "kind"], name="one_map_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=MAPPED), name="maps_are_of_areas"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.district_id}"


class Boundary(models.Model):
    """The outline of one place on its map, as an SVG takes it, and the box around it."""

    map = models.ForeignKey(BoundaryMap, models.CASCADE, related_name="boundaries")
    facility = models.ForeignKey(Facility, models.CASCADE, related_name="boundaries")
    path = models.TextField()
    left = models.PositiveSmallIntegerField()
    top = models.PositiveSmallIntegerField()
    right = models.PositiveSmallIntegerField()
    bottom = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet["Boundary"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "facility"], name="one_outline_on_a_map"),
            models.CheckConstraint(
                condition=Q(left__lte=F("right"), top__lte=F("bottom")), name="a_box_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"outline of {self.facility_id}"


class MapTile(models.Model):
    """Where a Puskesmas stands in the grid of squares; the first column and row are 1."""

    district = models.ForeignKey(Facility, models.CASCADE, related_name="tiles_within")
    facility = models.OneToOneField(Facility, models.CASCADE, related_name="tile")
    column = models.PositiveSmallIntegerField(_("kolom"))
    row = models.PositiveSmallIntegerField(_("baris"))

    objects = ScopedQuerySet["MapTile"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district", "column", "row"], name="one_place_in_a_square"
            ),
            models.CheckConstraint(
                condition=Q(column__range=(1, MOST_SQUARES), row__range=(1, MOST_SQUARES)),
                name="squares_within_the_grid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} at {self.column},{self.row}"
