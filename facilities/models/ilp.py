"""How far each place is with ILP, and how far it should be."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility


class IlpStatus(models.Model):
    """How far a place was with ILP since a day. History: rows are cancelled, never changed."""

    class State(models.TextChoices):
        NOT_YET = "belum", _("Belum")
        PLANNED = "direncanakan", _("Direncanakan")
        PREPARING = "persiapan", _("Persiapan")
        RUNNING = "berjalan", _("Berjalan")
        VERIFIED = "terverifikasi", _("Terverifikasi")

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="ilp_statuses")
    state = models.CharField(_("status"), max_length=14, choices=State)
    since = models.DateField(_("sejak"))
    evidence = models.TextField(_("bukti"), blank=True)
    decree = models.CharField(_("nomor SK"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["IlpStatus"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "since"],
                condition=Q(cancelled_at=None),
                name="one_ilp_status_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.state} since {self.since}"


class IlpTargetQuerySet(ScopedQuerySet["IlpTarget"]):
    facility_field = "district"


class IlpTarget(models.Model):
    """How many places of a kind shall run ILP by the end of a year. The highest version holds."""

    district = models.ForeignKey(Facility, models.CASCADE, related_name="ilp_targets")
    kind = models.CharField(_("jenis"), max_length=12, choices=Facility.Kind)
    year = models.PositiveSmallIntegerField(_("tahun"))
    number = models.PositiveIntegerField(_("jumlah"))
    version = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(_("sumber"), max_length=200)
    decided_on = models.DateField(_("ditetapkan"))

    objects = IlpTargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "year", "version"], name="ilp_target_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.kind} {self.year}: {self.number}"
