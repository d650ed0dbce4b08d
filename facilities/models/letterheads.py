"""What stands at the head of a place's letters, and who signs them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility

MOST_LINES = 4  # a fifth line leaves a report of one page no room
NIP = r"^[0-9]{18}$"  # Peraturan Kepala BKN 22/2007: birth, appointment, sex, number


class Letterhead(models.Model):
    """How a place heads its letters since a day. History: rows are cancelled, never changed.

    A district's lines stand above those of its Puskesmas.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="letterheads")
    lines = models.CharField(_("baris kop"), max_length=400)  # one below the other
    address = models.CharField(_("alamat"), max_length=200, blank=True, default="")
    town = models.CharField(_("tempat tanda tangan"), max_length=60)
    since = models.DateField(_("sejak"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["Letterhead"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "since"],
                condition=Q(cancelled_at=None),
                name="one_letterhead_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(lines="") & ~Q(town=""), name="letterhead_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"facility#{self.facility_id} since {self.since}"


class Signatory(models.Model):
    """Who signs for a place since a day, until the next one does or until he left.

    An officer signs one programme's reports, or with a programme of "" those of all others.
    """

    class Duty(models.TextChoices):
        HEAD = "kepala", _("Kepala")
        OFFICER = "petugas", _("Petugas program")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="signatories")
    duty = models.CharField(_("sebagai"), max_length=8, choices=Duty)
    programme = models.CharField(_("laporan"), max_length=20, blank=True, default="")
    name = models.CharField(_("nama dan gelar"), max_length=100)
    nip = models.CharField(_("NIP"), max_length=18, blank=True, default="")
    position = models.CharField(_("jabatan"), max_length=100)
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True)  # the first day on which he signs no more
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["Signatory"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "duty", "programme", "since"],
                condition=Q(cancelled_at=None),
                name="one_signatory_a_day",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="signatory_ends_after_he_begins",
            ),
            models.CheckConstraint(
                condition=Q(nip="") | Q(nip__regex=NIP), name="nip_has_18_digits"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(position=""), name="signatory_has_name_and_position"
            ),
            models.CheckConstraint(
                condition=Q(duty="petugas") | Q(programme=""), name="a_head_signs_everything"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} of facility#{self.facility_id} since {self.since}"
