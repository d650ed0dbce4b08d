"""Lists of places, and what hangs directly below and above one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from facilities.models import Axis, Facility, FacilityQuerySet, Placement
from facilities.registry import normalised
from facilities.roles import Permission
from facilities.selectors.pages import page_of, shown
from ilp.core.models import User
from ilp.core.months import Month


@dataclass(frozen=True)
class Filter:
    """What a list of places is narrowed to; empty means all. `kecamatan` is a code."""

    query: str = ""
    kind: str = ""
    kecamatan: str = ""
    closed: bool = False


@dataclass(frozen=True)
class FacilityRow:
    code: str
    name: str
    kind: str
    knowledge: str
    is_sure: bool
    parents: str
    opened_on: date
    closed_on: date | None


def directory(*, user: User, filter_by: Filter, today: date, page: str | None) -> Page[FacilityRow]:
    """A page of the places that the user sees, by kind and name. Three queries."""
    found = _found(Facility.objects.visible_to(user), filter_by, today)
    answer = page_of(found.order_by("kind", "name", "code"), page)
    places = list(answer.object_list)
    above = _parents(places, today)
    return shown(answer, [_row(place, above.get(place.pk, [])) for place in places])


def _found(places: FacilityQuerySet, filter_by: Filter, today: date) -> FacilityQuerySet:
    if not filter_by.closed:
        places = places.open_on(today)
    if filter_by.kind:
        places = places.of_kind(filter_by.kind)
    if filter_by.query:
        alias = Q(aliases__text_normalised=normalised(filter_by.query))
        words = Q(name__icontains=filter_by.query) | Q(code__icontains=filter_by.query)
        places = places.filter(pk__in=Facility.objects.filter(words | alias).values("pk"))
    if kecamatan := Facility.objects.filter(code=filter_by.kecamatan).first():
        places = places.filter(pk__in=Facility.objects.within(kecamatan, today).values("pk"))
    return places


def _parents(places: list[Facility], today: date) -> dict[int, list[Facility]]:
    above: dict[int, list[Facility]] = {}
    for placement in parents_on(places, today):
        above.setdefault(placement.facility_id, []).append(placement.parent)
    return above


def _row(place: Facility, parents: list[Facility]) -> FacilityRow:
    return FacilityRow(
        code=place.code,
        name=place.name,
        kind=place.get_kind_display(),
        knowledge=place.get_knowledge_display(),
        is_sure=place.knowledge == Facility.Knowledge.SURE,
        parents=" · ".join(dict.fromkeys(str(parent) for parent in parents)),
        opened_on=place.opened_on,
        closed_on=place.closed_on,
    )


def parents_on(places: list[Facility], day: date) -> list[Placement]:
    """What the places hang below on that day: network first, then area, then label."""
    order = list(Axis)
    rows = Placement.objects.filter(facility__in=places, valid__contains=day)
    return sorted(rows.select_related("parent"), key=lambda row: order.index(Axis(row.axis)))


def open_children(place: Facility, since: Month) -> Mapping[Facility, list[Axis]]:
    """What hangs directly below the place at that month or is planned to, and on which axes."""
    children: dict[Facility, list[Axis]] = {}
    day = since.first_day
    rows = place.child_placements.select_related("facility").order_by("facility__name", "pk")
    for row in rows.exclude(valid__fully_lt=DateRange(day, None)):
        if row.facility.closed_on is None or row.facility.closed_on > day:
            children.setdefault(row.facility, []).append(Axis(row.axis))
    return children


def kecamatan_choices(user: User) -> list[tuple[str, str]]:
    """(code, name) of the kecamatan that the user sees."""
    seen = Facility.objects.visible_to(user).of_kind(Facility.Kind.KECAMATAN)
    return list(seen.order_by("name").values_list("code", "name"))


def parent_choices(user: User, kinds: frozenset[str], today: date) -> FacilityQuerySet:
    """The open places of some kinds that the user manages, for a choice of parents."""
    managed = Facility.objects.visible_to(user, Permission.MANAGE_PLACES)
    return managed.of_kind(*kinds).open_on(today).order_by("kind", "name")
