"""The people cared for, the visits they made, and what follows from these."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.services import SERVICES, Service
from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.crypto import masked_nik, unseal
from ilp.core.months import Month, MonthField


class PersonQuerySet(ScopedQuerySet["Person"]):
    facility_field = "home"


class Person(models.Model):
    """Someone who is cared for.

    `identity` is the blind index of the NIK or, for those who have none, of what is known of them
    (name, birth date, sex, mother, home): equal only for exactly equal records, never a guess.
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
    home = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    home_since = models.DateField(null=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["home"], name="person_home")]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=["L", "P"]), name="person_sex_l_or_p"),
            models.CheckConstraint(
                condition=Q(is_temporary=True) | Q(nik_sealed__isnull=False),
                name="person_has_nik_or_is_temporary",
            ),
        ]

    def __str__(self) -> str:
        return f"person#{self.pk}"

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


class Upload(models.Model):
    """A workbook of visits on its way in. Resumable: what it did is known by its status."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        CHECKING = "checking", _("Diperiksa")
        PREVIEWED = "previewed", _("Siap diterima")
        ACCEPTED = "accepted", _("Sedang diterima")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Tidak dapat dibaca")
        CANCELLED = "cancelled", _("Dibatalkan")

    facility = models.ForeignKey(Facility, models.PROTECT)
    service = models.CharField(max_length=20)
    file = models.CharField(max_length=200)  # sealed, below MEDIA_ROOT
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    failure = models.CharField(max_length=300, blank=True, default="")
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    headers = models.JSONField(default=dict)  # recognised, unknown and guessed column titles
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["facility", "-created_at"], name="upload_recent")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done")
                | Q(read=F("new") + F("changed") + F("same") + F("rejected")),
                name="upload_counts_add_up",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="upload_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"upload#{self.pk} {self.service} {self.status}"

    @property
    def label(self) -> str:
        return str(SERVICES[self.service].label)


class UploadIssue(models.Model):
    """What is wrong in one row of an upload, in the words the user reads. NIK masked."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="issues")
    sheet = models.CharField(max_length=64)
    row = models.PositiveIntegerField()  # as Excel numbers it
    column = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    is_warning = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["upload", "is_warning", "row"], name="issue_of_upload")]

    def __str__(self) -> str:
        return f"{self.code} row {self.row}"


class LockedMonthQuerySet(ScopedQuerySet["LockedMonth"]):
    facility_field = "district"


class LockedMonth(models.Model):
    """A month of a district in which no visit may be written or cancelled any more."""

    district = models.ForeignKey(Facility, models.CASCADE, related_name="locked_months")
    month = MonthField()
    reason = models.CharField(max_length=200, blank=True, default="")
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    locked_at = models.DateTimeField(auto_now_add=True)

    objects = LockedMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "month"], name="month_locked_once")
        ]

    def __str__(self) -> str:
        return f"district#{self.district_id} {self.month}"


class VisitQuerySet(ScopedQuerySet):
    """Visits, in the words the midwives use."""

    def standing(self) -> VisitQuerySet:
        """Not cancelled since."""
        return self.filter(cancelled_at=None)

    def in_month(self, month: Month) -> VisitQuerySet:
        return self.filter(seen_on__range=(month.first_day, month.last_day))


class Visit(models.Model):
    """One service given to one person, at one place, on one day. Each service has its own table."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, db_default=RandomUUID())
    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)s_visits")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    home = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    seen_on = models.DateField()
    sex = models.CharField(max_length=1)
    age_days = models.IntegerField()
    age_months = models.SmallIntegerField()
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, related_name="+")
    sheet = models.CharField(max_length=64, null=True)  # noqa: DJ001 NULL: not from a workbook
    row = models.IntegerField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    cancelled_at = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict, db_default={})

    objects = VisitQuerySet.as_manager()
    service: ClassVar[Service]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.service.code} {self.seen_on} person#{self.person_id}"


def _rules_in_the_database(service: Service) -> list[models.BaseConstraint]:
    """One standing visit per person, place and day; every number within its reject range."""
    name = service.code
    ranges = [
        models.CheckConstraint(
            condition=Q(**{f"{f.name}__isnull": True}) | Q(**{f"{f.name}__range": f.reject}),
            name=f"{name}_{f.name}_in_range",
        )
        for f in service.numeric
        if f.reject
    ]
    return [
        models.UniqueConstraint(
            fields=["person", "facility", "seen_on"],
            condition=Q(cancelled_at=None),
            name=f"{name}_once_a_day_and_place",
        ),
        models.CheckConstraint(condition=Q(age_days__gte=0), name=f"{name}_not_before_birth"),
        *ranges,
    ]


def _model(name: str, service: Service) -> type[Visit]:
    """The table of a service, its typed columns taken from the declaration."""
    meta = type(
        "Meta",
        (),
        {
            "indexes": [
                models.Index(fields=["facility", "seen_on"], name=f"{service.code}_facility_day"),
                models.Index(fields=["home", "seen_on"], name=f"{service.code}_home_day"),
                models.Index(fields=["person", "seen_on"], name=f"{service.code}_person_day"),
                models.Index(fields=["upload"], name=f"{service.code}_upload"),
            ],
            "constraints": _rules_in_the_database(service),
            "verbose_name": service.label,
        },
    )
    columns: dict[str, Any] = {f.name: f.column() for f in service.fields}
    columns |= {d.name: d.column() for d in service.derived}
    return type(
        name, (Visit,), {"__module__": __name__, "Meta": meta, "service": service, **columns}
    )


def _remembered(model: type[Visit]) -> type[Visit]:
    """Keep what a row was before a person corrected or deleted it; plain inserts are not kept."""
    apart = [d.name for d in model.service.derived] + ["upload", "sheet", "row"]
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.UpdateEvent(
            condition=pghistory.AnyChange(exclude=apart), row=pghistory.Old, label="before_update"
        ),
        pghistory.DeleteEvent(),
        exclude=apart,
    )(model)


Antenatal = _remembered(_model("Antenatal", SERVICES["antenatal"]))
Growth = _remembered(_model("Growth", SERVICES["growth"]))
Immunisation = _remembered(_model("Immunisation", SERVICES["immunisation"]))
Adult = _remembered(_model("Adult", SERVICES["adult"]))
VISITS: dict[str, type[Visit]] = {
    m.service.code: m for m in (Antenatal, Growth, Immunisation, Adult)
}


class Milestone(models.Model):
    """Something a person reached, once in its scope (a pregnancy, a year, a life). Derived.

    Coverage counts it where the person lives (home), workload where it was done (facility).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="milestones")
    service = models.CharField(max_length=20)
    code = models.CharField(max_length=24)
    scope = models.DateField()  # first day of the pregnancy, the year or the life
    on = models.DateField()
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    home = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=1)
    visit_id = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code", "scope"], name="reached_once")
        ]
        indexes = [
            models.Index(fields=["home", "on"], name="milestone_home"),
            models.Index(fields=["facility", "on"], name="milestone_facility"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on} person#{self.person_id}"


class GrowthMonth(models.Model):
    """How a child stood at its last weighing of a month: one row a child and month. Derived.

    `label` is N (gained enough), T (did not), O (not weighed the month before) or B (weighed for
    the first time); empty when the child was measured but not weighed.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="growth_months")
    month = MonthField()
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    home = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=1)
    age_months = models.SmallIntegerField()
    label = models.CharField(max_length=1, blank=True)
    twice_t = models.BooleanField(default=False)
    below_red_line = models.BooleanField(default=False)
    waz_class = models.CharField(max_length=16, null=True)  # noqa: DJ001 NULL: not measured
    haz_class = models.CharField(max_length=16, null=True)  # noqa: DJ001
    whz_class = models.CharField(max_length=16, null=True)  # noqa: DJ001
    newly_stunted = models.BooleanField(null=True)  # NULL: stunted before, or no earlier length
    visit_id = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="one_state_a_month"),
            models.CheckConstraint(
                condition=Q(label__in=["", "N", "T", "O", "B"]), name="growth_label_known"
            ),
        ]
        indexes = [
            models.Index(fields=["home", "month"], name="growthmonth_home"),
            models.Index(fields=["facility", "month"], name="growthmonth_facility"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.month} person#{self.person_id}"
