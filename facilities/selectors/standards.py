"""What a place shall have on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from facilities.models import Facility, Group, StandardItem

Beds = StandardItem.Beds
GROUP_ORDER = {group: place for place, group in enumerate(Group.values)}


def district_over(place: Facility, on: date) -> Facility | None:
    """The district whose standards hold for the place. One query, none for a district."""
    if place.kind == Facility.Kind.DISTRICT:
        return place
    return Facility.objects.above(place, on).of_kind(Facility.Kind.DISTRICT).first()


def day_of(year: int, today: date) -> date:
    """The day by whose standards a year is assessed: its last, or today while it runs."""
    return min(today, date(year, 12, 31))


def in_force(*, district: Facility, on: date) -> list[StandardItem]:
    """Items of a district on a day, by group and name. One query."""
    held = _items(district).filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return sorted(held, key=lambda item: (GROUP_ORDER[item.group], item.name, item.kind))


def all_of(*, district: Facility) -> list[StandardItem]:
    """Every item that a district has or had, those in force first."""
    found = _items(district).order_by("kind", "name", "beds", "-since")
    return sorted(found, key=lambda item: (GROUP_ORDER[item.group], item.until is not None))


def asked_of(place: Facility, items: Iterable[StandardItem]) -> list[StandardItem]:
    """Which of the items in force the place shall have; what is said of its beds goes before.

    A place of which nobody knows whether it has beds is taken for one without.
    """
    beds = Beds.WITH if place.inpatient else Beds.WITHOUT
    found: dict[str, StandardItem] = {}
    for item in items:
        holds = item.kind == place.kind and item.beds in (Beds.ANY, beds)
        if holds and (item.code not in found or item.beds):
            found[item.code] = item
    return list(found.values())


def _items(district: Facility) -> QuerySet[StandardItem]:
    return StandardItem.objects.filter(district=district)
