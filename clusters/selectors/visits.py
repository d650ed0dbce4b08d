"""Visits with their people, for those who give the care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, cast

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from clusters.models import VISITS, Visit
from clusters.services import SERVICES, Kind, Service, icd10
from clusters.services.language import Field
from clusters.services.outpatient import DIAGNOSES
from clusters.services.words import plain, word_for
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import formats
from ilp.core.models import User
from ilp.core.months import Month

CATEGORY = 3  # characters of a category of ICD-10


@dataclass(frozen=True)
class Change:
    """What a visit held before it was corrected: pairs of title and value that differ."""

    at: datetime
    values: tuple[tuple[str, str], ...]


def way_to(place: Facility, month: Month, user: User) -> list[Facility]:
    """From the highest place whose people the user may see down to the place; no kecamatan."""
    seen = Facility.objects.visible_to(user, Permission.VIEW_PEOPLE).exclude(
        kind=Facility.Kind.KECAMATAN
    )
    above = seen.filter(below__descendant=place, below__valid__contains=month.last_day)
    found = {one.pk: one for one in above} | {place.pk: place}
    rank = Facility.Kind.values.index
    return sorted(found.values(), key=lambda one: (one.pk == place.pk, rank(one.kind)))


def needed(service: str) -> Permission:
    """What one has to hold to see visits of the service with their people."""
    return Permission.VIEW_LIFE if SERVICES[service].sensitive else Permission.VIEW_PEOPLE


def visits_seen(
    user: User, *, service: str, place: Facility, month: Month, by_home: bool
) -> QuerySet[Visit]:
    """Visits of a month at a place and below or, `by_home`, of the people who live there."""
    places = Facility.objects.visible_to(user, needed(service))
    inside = places.filter(pk__in=Facility.objects.within(place, month.last_day).values("pk"))
    where = {"home__in" if by_home else "facility__in": inside}
    found = VISITS[service].objects.in_month(month).filter(**where)
    return found.select_related("person", "facility", "home").order_by("seen_on", "pk")


def new_cases_of(visits: QuerySet[Visit], categories: str) -> QuerySet[Visit]:
    """Of outpatient visits, the new cases with a diagnosis of these categories of ICD-10.

    `categories` are runs such as "J06" or "G43-G44 R51".
    """
    runs = [(run[:CATEGORY], run[-CATEGORY:]) for run in categories.split()]
    cut = {f"{name}_category": Left(name, CATEGORY) for name in DIAGNOSES}
    named = reduce(or_, (Q(**{f"{name}__range": run}) for name in cut for run in runs))
    found = visits.standing().alias(**cut)  # type: ignore[attr-defined]
    return cast("QuerySet[Visit]", found.filter(named, case_kind="baru"))


def visible_visits(user: User, service: str) -> QuerySet[Visit]:
    """Every visit that the user may see with its person: given here, or of people of here."""
    places = Facility.objects.visible_to(user, needed(service))
    found = VISITS[service].objects.filter(facility__in=places)
    found = found | VISITS[service].objects.filter(home__in=places)
    return found.select_related("person", "facility", "home", "upload", "recorded_by")


def values_of(visit: Visit) -> list[tuple[str, str]]:
    """The typed and worked-out values of a visit that are known, as they are read."""
    service = visit.service
    typed = [(f.header, written(f, getattr(visit, f.name))) for f in service.fields]
    derived = [
        (str(d.label), str(word_for(d, value, visit.seen_on).text))
        for d in service.derived
        if (value := getattr(visit, d.name)) is not None
    ]
    return [(title, text) for title, text in (*typed, *derived) if text]


def history_of(visit: Visit) -> list[Change]:
    """What was corrected, the latest first."""
    events = apps.get_model("clusters", f"{type(visit).__name__}Event")
    found, after = [], {f.name: getattr(visit, f.name) for f in visit.service.fields}
    for event in events.objects.filter(pgh_obj_id=visit.pk).order_by("-pgh_id"):
        before = {name: getattr(event, name) for name in after}
        if changed := _differences(visit.service, before, after):  # none: cancelled, or moved
            found.append(Change(event.pgh_created_at, changed))
        after = before
    return found


def _differences(
    service: Service, before: dict[str, Any], after: dict[str, Any]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f.header, written(f, before[f.name]) or _("kosong"))
        for f in service.fields
        if before[f.name] != after[f.name]
    )


def written(field: Field, value: Any) -> str:
    """A typed value in words; empty when unknown."""
    if value is None:
        return ""
    if field.kind in (Kind.CHOICE, Kind.CODES):
        labels = {c.code: str(c.label) for c in field.choices}
        codes: list[str] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(code, code) for code in codes)
    if field.kind is Kind.DECIMAL:
        return formats.measure(value, field.places)
    if field.kind is Kind.DIAGNOSIS:
        return f"{value} {icd10.name(value)}".strip()
    return plain(value)
