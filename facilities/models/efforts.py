"""What a place has thought up itself, and who works with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility
from ilp.core.spans import ends_after_it_begins


class Cluster(models.TextChoices):
    MANAGEMENT = "K1", _("K1 Manajemen")
    MOTHER_CHILD = "K2", _("K2 Ibu dan anak")
    ADULT = "K3", _("K3 Dewasa dan lansia")
    INFECTION = "K4", _("K4 Penyakit menular dan kesling")
    ACROSS = "LK", _("LK Lintas klaster")


class Effort(models.Model):
    """What both registers have in common."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    name = models.CharField(_("nama"), max_length=120)
    link = models.URLField(_("tautan dokumen"), blank=True, default="")
    since = models.DateField(_("mulai"))
    until = models.DateField(_("berakhir"), null=True)  # the first day on which it is no more
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} at facility#{self.facility_id}"


class Innovation(Effort):
    """Something new that a place does about a problem of its own."""

    cluster = models.CharField(_("klaster"), max_length=2, choices=Cluster)
    problem = models.CharField(_("masalah"), max_length=300)
    result = models.CharField(_("hasil"), max_length=300, blank=True, default="")

    objects = ScopedQuerySet["Innovation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="innovation_once_a_place"),
            ends_after_it_begins("innovation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(problem=""), name="innovation_says_its_problem"
            ),
        ]


class Partner(Effort):
    """Who works with a place, and what he brings."""

    class Field(models.TextChoices):
        GOVERNMENT = "pemerintah", _("Pemerintah lain")
        VILLAGE = "desa", _("Desa atau kelurahan")
        CARE = "faskes", _("Faskes lain")
        SCHOOL = "pendidikan", _("Sekolah atau kampus")
        BUSINESS = "usaha", _("Dunia usaha")
        COMMUNITY = "masyarakat", _("Organisasi masyarakat")

    field = models.CharField(_("unsur"), max_length=10, choices=Field)
    contribution = models.CharField(_("peran"), max_length=300)

    objects = ScopedQuerySet["Partner"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="partner_once_a_place"),
            ends_after_it_begins("partner_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(contribution=""), name="partner_says_his_part"
            ),
        ]
