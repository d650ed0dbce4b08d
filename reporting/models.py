"""Monthly reports, target populations, and the totals that dashboards read."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from reporting.deadlines import Deadline, Extension, Holiday
from reporting.models_local import LocalIndicator
from reporting.workflow import Status, Step, steps_from

__all__ = [
    "Confirmation",
    "ConfirmationQuerySet",
    "Deadline",
    "Extension",
    "Holiday",
    "LocalIndicator",
    "OutsideFigure",
    "OutsideFigureQuerySet",
    "Report",
    "ReportComment",
    "ReportEvent",
    "ReportQuerySet",
    "ReportValue",
    "Target",
    "TargetSet",
    "Total",
]


class ReportQuerySet(ScopedQuerySet["Report"]):
    def approved(self) -> ReportQuerySet:
        return self.filter(status=Status.APPROVED)


class Report(models.Model):
    """What a place reports for a month on one form of the catalogue, for itself and all below."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="reports")
    month = MonthField()
    form_code = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(
        default=1
    )  # raised by every save: tells two editors apart
    sent_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")  # why it was returned

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "month", "form_code"], name="report_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft"]) | Q(sent_at__isnull=False),
                name="report_sent_before_it_goes_on",
            ),
        ]
        indexes = [models.Index(fields=["month", "form_code", "status"], name="report_month")]

    def __str__(self) -> str:
        return f"{self.form_code} {self.month} facility#{self.facility_id}"

    @property
    def steps(self) -> list[Step]:
        return steps_from(self.status)


class ReportValue(models.Model):
    """One cell of a report: a number, or no service and why, or text that is neither yet.

    No row: not filled in. 0 is a reported zero. Only a number is ever counted.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="values")
    element = models.CharField(max_length=24)
    part = models.CharField(max_length=8, blank=True, default="")
    value = models.PositiveIntegerField(null=True)
    absent = models.CharField(max_length=200, blank=True, default="")  # why there is no service
    text = models.CharField(max_length=100, blank=True, default="")  # as typed, to be put right
    version = models.PositiveIntegerField(default=1)  # the report's when the cell was last changed
    reason = models.CharField(max_length=200, blank=True, default="")  # why it differs from visits

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "element", "part"], name="one_value_a_cell"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, absent="", text="")
                | (Q(value=None, text="") & ~Q(absent=""))
                | (Q(value=None, absent="") & ~Q(text="")),
                name="cell_number_or_absent_or_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.part}={self.value}"


class ReportEvent(models.Model):
    """A step that a report took: by whom, when, with what note."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="events")
    step = models.CharField(max_length=10, choices=Step)
    note = models.CharField(max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.step} report#{self.report_id}"


class ReportComment(models.Model):
    """What is to be looked at in one cell of a returned report; of a whole row where no part says.

    It is open until the cell is changed or the report is sent again.
    """

    event = models.ForeignKey(ReportEvent, models.CASCADE, related_name="comments")
    element = models.CharField(max_length=24)
    part = models.CharField(max_length=8, blank=True, default="")
    text = models.CharField(max_length=300)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "element", "part"], name="one_comment_a_cell"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.part} event#{self.event_id}"


class TargetSet(models.Model):
    """One version of a district's target populations: in force from a month on."""

    class Basis(models.TextChoices):
        PROJECTION = "proyeksi", _("Sasaran proyeksi")
        COUNT = "riil", _("Sasaran riil")

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=8, choices=Basis)
    version = models.PositiveSmallIntegerField()
    since = MonthField()  # the first month that uses it
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ScopedQuerySet["TargetSet"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "year", "basis", "version"], name="target_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.year} v{self.version}"


class Target(models.Model):
    """Sasaran: how many people of a group live at a place in a year, in one version."""

    set = models.ForeignKey(TargetSet, models.CASCADE, related_name="targets")
    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "place", "code"], name="one_target_a_place")
        ]
        indexes = [models.Index(fields=["place", "code"], name="target_of_place")]

    def __str__(self) -> str:
        return f"{self.code}={self.value} place#{self.place_id}"


class Total(models.Model):
    """The numbers of one place, month and programme. Derived; may be thrown away at any time.

    Each position of the arrays is a slot of the catalogue: known to reporting.totals alone. `own`
    is what visits say of the place itself, `total` is the place and all below it, with approved
    reports standing in for visits. No row: nothing was recorded.
    """

    pk = models.CompositePrimaryKey("month", "place_id", "programme")
    month = MonthField()
    # Places are never deleted, and the check of each row takes a tenth of a roll-up (ADR 20).
    place = models.ForeignKey(
        Facility, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    programme = models.CharField(max_length=20)
    own = ArrayField(models.IntegerField())
    total = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"{self.programme} {self.month} place#{self.place_id}"


class ConfirmationQuerySet(ScopedQuerySet["Confirmation"]):
    facility_field = "place"


class Confirmation(models.Model):
    """An unusual number that somebody looked at and found right. Asked again only if it changes.

    `check_code` and `subject` say what was asked, `numbers` which numbers it was asked of.
    """

    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    check_code = models.CharField(max_length=16)
    subject = models.CharField(max_length=64)
    numbers = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "check_code", "subject", "numbers"],
                name="confirmed_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="confirmed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.subject} {self.month} place#{self.place_id}"


class OutsideFigureQuerySet(ScopedQuerySet["OutsideFigure"]):
    facility_field = "place"


class OutsideFigure(models.Model):
    """What a national application says of a place and month, typed from its screen."""

    place = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    source = models.CharField(max_length=12)
    element = models.CharField(max_length=24)
    value = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = OutsideFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "source", "element"], name="one_outside_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.element} {self.month} place#{self.place_id}"
