"""Visits: one table for each service, its columns taken from the declaration."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.models.people import Person
from clusters.models.set_aside import set_aside
from clusters.models.uploads import Upload
from clusters.services import SERVICES, Service
from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.models import User
from ilp.core.months import Month, MonthField
from ilp.core.references import reference, reference_checks


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


UPLOAD_UNDONE = "upload"  # why a visit does not stand whose upload was taken back
# Why somebody takes a visit out of the counts; kept in `extra` under cancelled_because.
CANCEL_REASONS: dict[str, Text] = {
    "other-person": _("Salah orang"),
    "other-day": _("Salah tanggal atau tempat"),
    "twice": _("Tercatat dua kali"),
    "died": _("Bertentangan dengan catatan kematian"),
    "not-served": _("Pelayanan tidak jadi diberikan"),
}
CANCELLED_BECAUSE = CANCEL_REASONS | {UPLOAD_UNDONE: _("Unggahannya dibatalkan")}


class Visit(models.Model):
    """One service given to one person, at one place, on one day. Each service has its own table."""

    person = reference(Person, "%(class)s_visits")
    facility = reference(Facility)
    home = reference(Facility, null=True)
    seen_on = models.DateField()
    sex = models.CharField(max_length=1)
    age_days = models.IntegerField()
    age_months = models.SmallIntegerField()
    upload = reference(Upload, null=True)
    sheet = models.CharField(max_length=64, null=True)  # noqa: DJ001 NULL: not from a workbook
    row = models.IntegerField(null=True)
    recorded_by = reference(settings.AUTH_USER_MODEL, null=True)
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


def _class_name(code: str) -> str:
    """TbCase for tb_case; the table's name follows from it."""
    return "".join(word.capitalize() for word in code.split("_"))


def _model(name: str, service: Service) -> type[Visit]:
    """The table of a service, its typed columns taken from the declaration."""
    meta = type(
        "Meta",
        (),
        {
            "indexes": [
                models.Index(fields=["facility", "seen_on"], name=f"{service.code}_facility_day"),
                models.Index(fields=["home", "seen_on"], name=f"{service.code}_home_day"),
                models.Index(fields=["upload"], name=f"{service.code}_upload"),
            ],
            "constraints": _rules_in_the_database(service),
            "triggers": [
                *reference_checks(
                    person_id=Person._meta.db_table,
                    facility_id=Facility._meta.db_table,
                    home_id=Facility._meta.db_table,
                    upload_id=Upload._meta.db_table,
                    recorded_by_id=User._meta.db_table,
                ),
                set_aside(service.code),
            ],
            "verbose_name": service.label,
        },
    )
    columns: dict[str, Any] = {f.name: f.column() for f in service.fields}
    columns |= {d.name: d.column() for d in service.derived}
    return type(
        name,
        (Visit,),
        {"__module__": "clusters.models", "Meta": meta, "service": service, **columns},
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


VISITS: dict[str, type[Visit]] = {
    code: _remembered(_model(_class_name(code), service)) for code, service in SERVICES.items()
}
BY_NAME: dict[str, type[Visit]] = {model.__name__: model for model in VISITS.values()}
