"""How many work at places on a day, and how many should."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from facilities.models import (
    ASSESSED,
    Facility,
    Group,
    StaffCount,
    StandardItem,
    Worker,
)
from facilities.selectors.standards import asked_of, district_over, in_force

K = Facility.Kind
Counts = Mapping[str, StaffCount]  # by kind of worker


@dataclass(frozen=True)
class Line:
    """One kind of worker at a place: without a standard not asked, without a count not known."""

    worker: str
    label: str
    standard: int | None
    count: int | None
    since: date | None

    @property
    def missing(self) -> int | None:
        if self.standard is None or self.count is None:
            return None
        return max(0, self.standard - self.count)


@dataclass(frozen=True)
class PlaceStaff:
    """A place's staff on a day: what is asked for or there, and its kader by competence."""

    place: Facility
    lines: tuple[Line, ...]
    kader: StaffCount | None

    @property
    def asked(self) -> int:
        return sum(line.standard is not None and line.standard > 0 for line in self.lines)

    @property
    def met(self) -> int:
        """Kinds of workers of which there are as many as there should be."""
        return sum(bool(line.standard) and line.missing == 0 for line in self.lines)

    @property
    def short(self) -> tuple[Line, ...]:
        """Kinds of workers that it lacks, also those of which nothing was written down."""
        return tuple(one for one in self.lines if one.standard and one.missing != 0)

    @property
    def untrained(self) -> int:
        """Kader that have not reached the first level yet."""
        if self.kader is None:
            return 0
        return self.kader.number - self.kader.purwa - self.kader.madya - self.kader.utama


def current_counts(*, place: Facility, on: date) -> dict[str, StaffCount]:
    """What holds at a place on a day, by kind of worker. One query."""
    return counts_at(places=[place.pk], on=on).get(place.pk, {})


def counts_at(*, places: Collection[int], on: date) -> dict[int, dict[str, StaffCount]]:
    """The same for many places: of each kind of worker the count that began last. One query."""
    held = StaffCount.objects.filter(facility__in=places, since__lte=on, cancelled_at=None)
    found: dict[int, dict[str, StaffCount]] = {}
    for row in held.order_by("facility", "worker", "-since").distinct("facility", "worker"):
        found.setdefault(row.facility_id, {})[row.worker] = row
    return found


def staff_of(*, place: Facility, on: date) -> PlaceStaff:
    """What a place's page of staff shows. Three queries."""
    return _one(place, _asked(place, on), current_counts(place=place, on=on))


def staff_below(*, place: Facility, on: date) -> list[PlaceStaff]:
    """The same of the places below it that have staff, Pustu first. Four queries."""
    within = Facility.objects.within(place, on).exclude(pk=place.pk)
    listed = list(within.of_kind(*ASSESSED).open_on(on).order_by("name", "code"))
    listed.sort(key=lambda one: ASSESSED.index(K(one.kind)))
    items = _asked(place, on)
    counts = counts_at(places=[one.pk for one in listed], on=on)
    return [_one(one, items, counts.get(one.pk, {})) for one in listed]


def history(*, place: Facility) -> list[StaffCount]:
    """Every count that was written down of a place, the newest first; cancelled ones too."""
    rows = StaffCount.objects.filter(facility=place).select_related("recorded_by")
    return list(rows.order_by("-since", "worker", "-pk")[:100])


def _asked(place: Facility, on: date) -> list[StandardItem]:
    district = district_over(place, on)
    items = in_force(district=district, on=on) if district else []
    return [item for item in items if item.group == Group.STAFF]


def _one(place: Facility, items: Iterable[StandardItem], counts: Counts) -> PlaceStaff:
    asked = {item.code: item.number for item in asked_of(place, items)}
    lines = tuple(
        Line(
            worker=worker,
            label=str(worker.label),
            standard=asked.get(worker),
            count=counts[worker].number if worker in counts else None,
            since=counts[worker].since if worker in counts else None,
        )
        for worker in Worker
        if worker in asked or worker in counts
    )
    return PlaceStaff(place, lines, counts.get(Worker.KADER))
