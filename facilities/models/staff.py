"""How many work at a place, by kind of worker, and how many kader of which competence.

Counts, not names: who works there is the business of the national registry of staff.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility


class Worker(models.TextChoices):
    """The 12 kinds of staff of the 2025 monitor, and kader."""

    DOCTOR = "dokter", _("Dokter")
    DENTIST = "dokter_gigi", _("Dokter gigi")
    NURSE = "perawat", _("Perawat")
    MIDWIFE = "bidan", _("Bidan")
    PROMOTION = "promkes", _("Promosi kesehatan")
    ENVIRONMENT = "kesling", _("Sanitasi lingkungan")
    NUTRITION = "gizi", _("Gizi")
    PHARMACY = "farmasi", _("Farmasi")
    LABORATORY = "atlm", _("Ahli teknologi laboratorium medik")
    DENTAL = "terapis_gigi", _("Terapis gigi dan mulut")
    RECORDS = "ti_rekam_medik", _("TI atau rekam medik")
    OFFICE = "keuangan_tu", _("Keuangan atau tata usaha")
    KADER = "kader", _("Kader")


class StaffCount(models.Model):
    """How many of a kind work at a place since a day. History: cancelled, never changed.

    Of kader it also says how many reached which of the levels of the 25 competences.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="staff_counts")
    worker = models.CharField(_("jenis tenaga"), max_length=14, choices=Worker)
    number = models.PositiveSmallIntegerField(_("jumlah"))
    purwa = models.PositiveSmallIntegerField(_("purwa"), default=0)
    madya = models.PositiveSmallIntegerField(_("madya"), default=0)
    utama = models.PositiveSmallIntegerField(_("utama"), default=0)
    since = models.DateField(_("sejak"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["StaffCount"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "worker", "since"],
                condition=Q(cancelled_at=None),
                name="one_staff_count_a_day",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=F("purwa") + F("madya") + F("utama")),
                name="no_more_competent_than_there_are",
            ),
            models.CheckConstraint(
                condition=Q(worker="kader") | Q(purwa=0, madya=0, utama=0),
                name="only_kader_have_levels",
            ),
        ]

    def __str__(self) -> str:
        return f"facility#{self.facility_id} {self.number} {self.worker} since {self.since}"
