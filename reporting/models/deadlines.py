"""Until when reports are handed in: what a district set, its days off, and who was given longer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.months import MonthField
from ilp.core.spans import ends_after_it_begins, one_at_a_time

LAST_DAY_OF_MONTH = 28  # a day that every month has
EARLIEST_CLOSE = 15  # a month of fewer days would be the next one's
LONGEST = 90  # days after the end of the period
MOST_GRACE = 31


class DeadlineQuerySet(ScopedQuerySet["Deadline"]):
    facility_field = "district"


class HolidayQuerySet(ScopedQuerySet["Holiday"]):
    facility_field = "district"


class ExtensionQuerySet(ScopedQuerySet["Extension"]):
    def standing(self) -> ExtensionQuerySet:
        return self.filter(cancelled_at=None)


class Deadline(models.Model):
    """A district's rule for handing in reports, for the months from `since` to before `until`.

    A form or kind of "" is every one; the rule that names more goes before, in all that it says.
    What held for a month that is locked stays: a change is a new row from a later month on.
    """

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    form_code = models.CharField(max_length=20, blank=True, default="")
    kind = models.CharField(max_length=12, blank=True, default="", choices=Facility.Kind)
    day = models.PositiveSmallIntegerField(null=True)  # of the month after the one reported
    days_after = models.PositiveSmallIntegerField(null=True)  # or days after its end
    grace_days = models.PositiveSmallIntegerField(default=0)  # in which it is still in time
    to_workday = models.BooleanField(default=False)  # a day off moves it to the next working day
    # The last day that a report of a month covers; none: the month's own. The next begins after it.
    closes_on = models.PositiveSmallIntegerField(null=True)
    # Days after the last one covered from which it may be begun; none: from the first one covered.
    opens_after = models.PositiveSmallIntegerField(null=True)
    since = MonthField()
    until = MonthField(null=True)  # type: ignore[misc]
    source = models.CharField(max_length=200)  # the decision that says so
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    day__isnull=False, day__range=(1, LAST_DAY_OF_MONTH), days_after__isnull=True
                )
                | Q(day__isnull=True, days_after__isnull=False, days_after__range=(1, LONGEST)),
                name="deadline_is_a_day_or_a_distance",
            ),
            models.CheckConstraint(
                condition=Q(grace_days__lte=MOST_GRACE), name="deadline_grace_is_short"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True)
                | Q(closes_on__range=(EARLIEST_CLOSE, LAST_DAY_OF_MONTH)),
                name="deadline_closes_late_in_the_month",
            ),
            models.CheckConstraint(
                condition=Q(opens_after__isnull=True)
                | Q(opens_after__gte=1, opens_after__lte=Coalesce("day", "days_after")),
                name="deadline_opens_before_it_is_due",
            ),
            ends_after_it_begins("deadline_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(source=""), name="deadline_says_its_source"),
            one_at_a_time("one_deadline_at_a_time", "district", "form_code", "kind"),
        ]

    def __str__(self) -> str:
        return f"{self.form_code or '*'} {self.kind or '*'} since {self.since}"


class Holiday(models.Model):
    """A day off in a district; a deadline that minds days off moves past it."""

    district = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "day"], name="one_holiday_a_day"),
            models.CheckConstraint(condition=~Q(name=""), name="holiday_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Extension(models.Model):
    """A place that was given longer for a month, and why. A form of "" is every form."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = MonthField()
    form_code = models.CharField(max_length=20, blank=True, default="")
    until = models.DateField()
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "month", "form_code"],
                condition=Q(cancelled_at=None),
                name="one_extension_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("month")), name="extension_lies_after_its_month_begins"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
        ]

    def __str__(self) -> str:
        return f"facility#{self.facility_id} {self.month} until {self.until}"
