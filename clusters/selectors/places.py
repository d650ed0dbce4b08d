"""Places as workbooks name them: by code or by name, where one may record, where people live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone

from facilities.models import (
    Ancestry,
    Axis,
    Facility,
    FacilityAlias,
    Placement,
)
from facilities.registry import normalised
from facilities.roles import Permission
from ilp.core.models import User

Kind = Facility.Kind
AREAS = frozenset({Kind.PROVINCE, Kind.DISTRICT, Kind.KECAMATAN, Kind.DESA})
NAMED = (Kind.DESA, Kind.POSYANDU, Kind.PUSKESMAS, Kind.PUSTU)  # in workbooks, by people
ALIKE = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place as far as importing needs it; found once, so equal only to itself."""

    id: int
    code: str
    name: str
    kind: str
    opened_on: date
    closed_on: date | None

    @property
    def label(self) -> str:
        return f"{Kind(self.kind).label} {self.name}"

    @property
    def gives_care(self) -> bool:
        return self.kind not in AREAS

    def is_open_on(self, day: date) -> bool:
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


FIELDS = ("pk", "code", "name", "kind", "opened_on", "closed_on")


def place(facility: Facility) -> Place:
    return Place(*(getattr(facility, name) for name in FIELDS))


def places_with_codes(codes: Iterable[str]) -> dict[str, Place]:
    """The places of these codes; unknown codes are left out."""
    rows = Facility.objects.filter(code__in=set(codes)).values_list(*FIELDS)
    return {row[1]: Place(*row) for row in rows}


def place_named(code: str) -> Facility | None:
    """The place of a code, if there is one."""
    return Facility.objects.filter(code=code).first()


def recordable(facility: Facility, by: User | None, among: Collection[int]) -> set[int]:
    """Which of the places lie at or below the facility, now or before, and may be recorded at."""
    below = Ancestry.objects.filter(ancestor=facility, descendant__in=among)
    found = Facility.objects.filter(pk__in=below.values("descendant"))
    if by is not None:
        found = found.visible_to(by, Permission.RECORD)
    return set(found.values_list("pk", flat=True))


class Homes:
    """The villages, Posyandu, Pustu and Puskesmas of a facility's district, to be found by what
    people write."""

    def __init__(self, facility: Facility) -> None:
        self.facility = facility
        above = Ancestry.objects.filter(descendant=facility).values("ancestor")
        tops = Facility.objects.filter(pk__in=above).values_list("pk", "kind")
        districts = [pk for pk, kind in tops if kind == Kind.DISTRICT] or [facility.pk]
        self.near = [pk for pk, kind in tops if kind == Kind.PUSKESMAS] or [facility.pk]
        below = Ancestry.objects.filter(ancestor__in=districts).values("descendant")
        rows = Facility.objects.filter(pk__in=below, kind__in=NAMED).values_list(*FIELDS)
        self.places = {row[0]: Place(*row) for row in rows}
        self.by_code = {one.code.casefold(): one for one in self.places.values()}

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[Place]]:
        """Places by kind and normalised name, other names included."""
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for one in self.places.values():
            found[one.kind, normalised(one.name)].append(one)
        aliases = FacilityAlias.objects.filter(facility__kind__in=NAMED)
        for pk, text in aliases.values_list("facility_id", "text_normalised"):
            named = self.places.get(pk)
            if named and named not in found[named.kind, text]:
                found[named.kind, text].append(named)
        return found

    @cached_property
    def desa_of(self) -> dict[int, list[tuple[int, DateRange]]]:
        """For each Posyandu the villages in which it lay, and when."""
        found: dict[int, list[tuple[int, DateRange]]] = defaultdict(list)
        rows = Placement.objects.filter(
            Q(axis=Axis.AREA), facility__kind=Kind.POSYANDU
        ).values_list("facility_id", "parent_id", "valid")
        for pk, parent, valid in rows.order_by("valid"):
            found[pk].append((parent, valid))
        return found

    @cached_property
    def nearby(self) -> frozenset[int]:
        """Villages and Posyandu of the facility's own Puskesmas."""
        below = Ancestry.objects.filter(ancestor__in=self.near, descendant__in=self.places)
        return frozenset(below.values_list("descendant", flat=True))

    def find(self, kind: str, text: str, inside: Place | None = None) -> list[Place]:
        """The places of a kind that the text may mean: by code, else by name, nearby first.

        With `inside`, only Posyandu of that village.
        """
        exact = self.by_code.get(text.casefold())
        found = [exact] if exact and exact.kind == kind else []
        found = found or self.by_name.get((kind, normalised(text)), [])
        if inside is not None:
            return [one for one in found if self._lies_in(one, inside)]
        near = [one for one in found if one.id in self.nearby] if len(found) > 1 else []
        return near or found

    def alike(self, kind: str, text: str) -> str:
        """The name of a place that the text may have meant, or nothing."""
        found = self.closest(kind, text)
        return found.name if found else ""

    def closest(self, kind: str, text: str) -> Place | None:
        """The place whose name is most like the text, nearby ones first; None where none is."""
        names: dict[str, Place] = {}
        for (k, name), found in self.by_name.items():
            if k == kind and found:
                names[name] = next((one for one in found if one.id in self.nearby), found[0])
        near = [name for name, one in names.items() if one.id in self.nearby]
        for among in (near, list(names)):
            if close := get_close_matches(normalised(text), among, n=1, cutoff=ALIKE):
                return names[close[0]]
        return None

    def desa_on(self, posyandu: Place, day: date) -> Place | None:
        """The village in which a Posyandu lay on a day, or else at any time."""
        links = self.desa_of.get(posyandu.id, [])
        now = [parent for parent, valid in links if day in valid]
        ever = now or [parent for parent, _valid in links]
        return self.places.get(ever[-1]) if ever else None

    def _lies_in(self, posyandu: Place, desa: Place) -> bool:
        return any(parent == desa.id for parent, _valid in self.desa_of.get(posyandu.id, []))


def template_places(facility: Facility) -> list[tuple[str, str, str]]:
    """(code, name, kind) of what lies below a facility today, for the lists of its template."""
    today = timezone.localdate()
    below = Facility.objects.within(facility, today).open_on(today)
    offices = (Kind.PROVINCE, Kind.DISTRICT, Kind.KECAMATAN)
    rows = below.exclude(kind__in=offices).order_by("kind", "code")
    return list(rows.values_list("code", "name", "kind"))
