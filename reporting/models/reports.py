"""Monthly reports, what is typed into them, and the steps they take."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from ilp.core.weeks import Period, Week
from reporting.catalogue.language import Form
from reporting.catalogue.own import form_on
from reporting.workflow import Status, Step, steps_from

LAST_WEEK = 53


class ReportQuerySet(ScopedQuerySet["Report"]):
    def approved(self) -> ReportQuerySet:
        return self.filter(status=Status.APPROVED)


class Report(models.Model):
    """What a place reports for a month on one form of the catalogue, for itself and all below."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="reports")
    month = MonthField()
    week = models.PositiveSmallIntegerField(default=0)  # of the year; 0: the report is the month's
    form_code = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(
        default=1
    )  # raised by every save: tells two editors apart
    sent_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")  # why it was returned
    # By whom and when it was first looked at since it was sent, of those who may verify or approve.
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "month", "form_code", "week"], name="report_once_a_period"
            ),
            models.CheckConstraint(condition=Q(week__lte=LAST_WEEK), name="report_week_is_a_week"),
            models.CheckConstraint(
                condition=Q(status__in=["draft"]) | Q(sent_at__isnull=False),
                name="report_sent_before_it_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False, sent_at__isnull=False),
                name="report_opened_by_somebody_once_sent",
            ),
        ]
        indexes = [models.Index(fields=["month", "form_code", "status"], name="report_month")]

    def __str__(self) -> str:
        return f"{self.form_code} {self.period} facility#{self.facility_id}"

    @property
    def period(self) -> Period:
        """What it reports: its week, else its month."""
        return Week(self.month.year, self.week) if self.week else self.month

    @property
    def form(self) -> Form:
        """The form in the version of the report's month."""
        return form_on(self.form_code, self.month)

    @property
    def steps(self) -> list[Step]:
        return steps_from(self.status, self.facility.kind)


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
    # Why it differs from the visits or from what is usual.
    reason = models.CharField(max_length=200, blank=True, default="")
    # What the visits said when the cell was last changed or explained; None: nothing, or not known.
    counted = models.PositiveIntegerField(null=True)

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
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # the absent person, where a substitute took the step
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
