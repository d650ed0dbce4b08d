"""How ready places are for ILP on a day, item by item, and what holds them up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from facilities.models import Facility, Obstacle, Readiness
from facilities.registry.readiness import Item, asked

K = Facility.Kind
Answer = Readiness.Answer
BELOW = (K.PUSTU, K.POSYANDU)  # listed on the page of the place above them


@dataclass(frozen=True)
class Line:
    """An item, and what was said of it last; nothing yet is None."""

    item: Item
    held: Readiness | None

    @property
    def answer(self) -> str:
        return self.held.answer if self.held else ""


@dataclass(frozen=True)
class Share:
    """How many of the items that apply are in order. Items of which nothing was said apply."""

    yes: int
    applicable: int
    answered: int

    @property
    def percent(self) -> float | None:
        """None where nothing was said at all: that is not zero."""
        if not self.answered or not self.applicable:
            return None
        return 100 * self.yes / self.applicable


@dataclass(frozen=True)
class Ready:
    """A place on a day."""

    place: Facility
    lines: tuple[Line, ...]
    obstacle: Obstacle | None

    @property
    def share(self) -> Share:
        said = [line.answer for line in self.lines]
        apart = said.count(Answer.NOT_HERE)
        return Share(said.count(Answer.YES), len(said) - apart, sum(map(bool, said)))


def ready(*, places: Sequence[Facility], on: date) -> dict[int, Ready]:
    """By id of the place, in the order given. Two queries."""
    pks = [one.pk for one in places]
    said, held_up = answers(places=pks, on=on), obstacles(places=pks, on=on)
    return {
        one.pk: Ready(
            one,
            tuple(Line(item, said.get((one.pk, item.code))) for item in asked(one.kind, on)),
            held_up.get(one.pk),
        )
        for one in places
    }


def answers(*, places: Collection[int], on: date) -> dict[tuple[int, str], Readiness]:
    """(place id, code of the item) -> what holds on the day. One query."""
    rows = Readiness.objects.filter(facility__in=places, since__lte=on, cancelled_at=None)
    last = rows.order_by("facility", "item", "-since").distinct("facility", "item")
    return {(row.facility_id, row.item): row for row in last}


def obstacles(*, places: Collection[int], on: date) -> Mapping[int, Obstacle]:
    """Place id -> what holds it up on the day. One query."""
    rows = Obstacle.objects.filter(Q(until=None) | Q(until__gt=on), facility__in=places)
    return {row.facility_id: row for row in rows.filter(since__lte=on)}


def ready_below(*, place: Facility, on: date) -> list[Ready]:
    """Pustu and Posyandu of a Puskesmas; of other places none, as a district has too many. Three
    queries."""
    if place.kind != K.PUSKESMAS:
        return []
    within = Facility.objects.within(place, on).of_kind(*BELOW).open_on(on)
    listed = sorted(within, key=lambda one: (BELOW.index(K(one.kind)), one.name, one.code))
    return list(ready(places=listed, on=on).values())


def past(*, place: Facility) -> tuple[list[Readiness], list[Obstacle]]:
    """All that was written down of a place, the newest first. Two queries."""
    said = Readiness.objects.filter(facility=place).select_related("recorded_by")
    held_up = Obstacle.objects.filter(facility=place).select_related("recorded_by")
    return list(said.order_by("-since", "-pk")[:100]), list(held_up.order_by("-since", "-pk")[:50])
