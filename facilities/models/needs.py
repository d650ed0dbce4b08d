"""What a place shall have, what it said it has, and whether the Dinas found that right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models.places import Facility
from facilities.models.staff import Worker
from ilp.core.spans import ends_after_it_begins, one_at_a_time

K = Facility.Kind
# Places that assess themselves, the widest first.
ASSESSED = (K.PUSKESMAS, K.PUSTU, K.POSYANDU)


class Group(models.TextChoices):
    """What kind of need an item is. Staff are not assessed: their register says how many."""

    BUILDING = "sarana", _("Sarana")
    UTILITY = "prasarana", _("Prasarana")
    EQUIPMENT = "alat", _("Alat")
    STAFF = "sdm", _("SDM")
    MEDICINE = "obat", _("Obat/BMHP")


class StandardItemQuerySet(ScopedQuerySet["StandardItem"]):
    facility_field = "district"


class StandardItem(models.Model):
    """How many of something a kind of place shall have, in a district, from a day on.

    It is ended, never changed; one with another number follows it. Its code is the same in all
    kinds of places and at all times, and of staff it is the kind of worker.
    """

    class Certainty(models.TextChoices):
        """How sure it is that this is asked."""

        SOURCED = "bersumber", _("Bersumber")
        USUAL = "lazim", _("Lazim")
        UNSURE = "belum_pasti", _("Belum pasti")
        EXAMPLE = "contoh", _("Contoh")

    class Beds(models.TextChoices):
        """For which places of the kind it holds."""

        ANY = "", _("Semua")
        WITH = "ya", _("Rawat inap")
        WITHOUT = "tidak", _("Tanpa rawat inap")

    district = models.ForeignKey(Facility, models.PROTECT, related_name="standard_items")
    kind = models.CharField(
        _("jenis tempat"), max_length=12, choices=[(kind.value, kind.label) for kind in ASSESSED]
    )
    beds = models.CharField(_("berlaku bagi"), max_length=5, choices=Beds, blank=True, default="")
    group = models.CharField(_("kelompok"), max_length=9, choices=Group)
    code = models.SlugField(_("kode"), max_length=32)
    name = models.CharField(_("nama"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=20)
    number = models.PositiveSmallIntegerField(_("jumlah standar"))
    price = models.PositiveBigIntegerField(_("harga satuan"), null=True, blank=True)  # rupiah
    source = models.CharField(_("sumber"), max_length=200)
    certainty = models.CharField(_("kepastian"), max_length=11, choices=Certainty)
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True)  # the first day on which it holds no more
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StandardItemQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_standard_at_a_time", "district", "kind", "beds", "code"),
            ends_after_it_begins("standard_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(name="") & ~Q(unit=""), name="standard_says_its_source"
            ),
            models.CheckConstraint(
                condition=~Q(group=Group.STAFF) | Q(code__in=Worker.values),
                name="standard_of_staff_is_a_kind_of_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} x{self.number} at {self.kind} since {self.since}"

    @property
    def facility_id(self) -> int:
        """The place that it belongs to, as every scoped row has one."""
        return self.district_id


class Assessment(models.Model):
    """What a place says of itself for a year. What was verified stays as it was."""

    class State(models.TextChoices):
        DRAFT = "draf", _("Draf")
        SENT = "dikirim", _("Dikirim")
        RETURNED = "dikembalikan", _("Dikembalikan")
        VERIFIED = "diverifikasi", _("Diverifikasi")

    EDITABLE = (State.DRAFT, State.RETURNED)

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("tahun"))
    state = models.CharField(_("status"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)  # so that two editors notice each other
    sent_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    remark = models.CharField(_("catatan Dinas"), max_length=300, blank=True, default="")

    objects = ScopedQuerySet["Assessment"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "year"], name="one_assessment_a_year"),
            models.CheckConstraint(
                condition=Q(state="draf") | Q(sent_at__isnull=False),
                name="assessment_was_sent_before",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draf", "dikirim"]) | Q(checked_at__isnull=False),
                name="assessment_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"facility#{self.facility_id} {self.year} {self.state}"

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE


class AssessmentRow(models.Model):
    """One item in it. While it is being filled in the numbers need not add up yet."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="rows")
    item = models.ForeignKey(StandardItem, models.PROTECT, related_name="+")
    standard = models.PositiveSmallIntegerField(_("standar"))  # as the item said it
    present = models.PositiveIntegerField(_("ada"), null=True)
    good = models.PositiveIntegerField(_("baik"), null=True)
    light = models.PositiveIntegerField(_("rusak ringan"), null=True)
    heavy = models.PositiveIntegerField(_("rusak berat"), null=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True, default="")
    comment = models.CharField(_("komentar Dinas"), max_length=200, blank=True, default="")
    settled = models.BooleanField(default=False)  # was sent

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], name="assessed_once_an_item"),
            models.CheckConstraint(
                condition=Q(settled=False)
                | Q(
                    present__isnull=False,
                    good__isnull=False,
                    light__isnull=False,
                    heavy__isnull=False,
                    present=F("good") + F("light") + F("heavy"),
                ),
                name="what_was_sent_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"assessment#{self.assessment_id} item#{self.item_id}: {self.present}"
