"""The places of the fictitious district: planned by rule, then opened as the office would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from facilities.actions.opening import NewPlace, bulk_open
from facilities.models import Axis, Facility
from reporting.demo import names
from reporting.demo.sizes import Size

DISTRICT, DISTRICT_NAME = "99.01", "Kabupaten Contoh"
CENTRES = "P9901"  # how the codes of its Puskesmas begin
REGION = "990101"  # first digits of every NIK; the region code is given to no district
OPENED = date(2010, 1, 1)
SOURCE = "Data contoh"
KIND = Facility.Kind


@dataclass(frozen=True, slots=True)
class Posyandu:
    code: str
    name: str
    desa: str  # its name
    pustu: str  # code of the Pustu that supervises it; empty without one


@dataclass(frozen=True, slots=True)
class Village:
    code: str
    name: str
    pustu: str  # code of its Pustu; empty without one
    posyandu: tuple[Posyandu, ...]


@dataclass(frozen=True, slots=True)
class Puskesmas:
    number: int  # from 0
    code: str
    name: str
    kecamatan: str
    villages: tuple[Village, ...]

    @property
    def posyandu(self) -> tuple[Posyandu, ...]:
        return tuple(p for village in self.villages for p in village.posyandu)

    @property
    def is_late(self) -> bool:
        """One in six has sent nothing yet for the last month."""
        return self.number % 6 == 5


def plan(size: Size) -> tuple[Puskesmas, ...]:
    """Every Puskesmas with its villages and Posyandu; nothing is written."""
    pustu = _spread(size.pustu, size.puskesmas)
    posyandu = _spread(size.posyandu, size.desa)
    planned = []
    for number in range(size.puskesmas):
        kecamatan = f"{DISTRICT}.{number + 1:02d}"
        first = number * size.villages
        villages = tuple(
            _village(kecamatan, first, place, posyandu[first + place], place < pustu[number])
            for place in range(size.villages)
        )
        code = f"{CENTRES}{number + 1:02d}0101"
        planned.append(Puskesmas(number, code, _centre(number), kecamatan, villages))
    return tuple(planned)


def _spread(total: int, parts: int) -> list[int]:
    """The total in nearly equal parts."""
    return [total * (i + 1) // parts - total * i // parts for i in range(parts)]


def _village(kecamatan: str, first: int, place: int, posyandu: int, has_pustu: bool) -> Village:
    code = f"{kecamatan}.{2001 + place}"
    name = _combined(names.VILLAGES, names.VILLAGES_TAIL, first + place)
    pustu = f"{code}-PST-01" if has_pustu else ""
    inside = tuple(
        Posyandu(f"{code}-PSY-{i + 1:03d}", f"{names.FLOWERS[i]} {place + 1}", name, pustu)
        for i in range(posyandu)
    )
    return Village(code, name, pustu, inside)


def _centre(number: int) -> str:
    return _combined(names.HEALTH_CENTRES, names.HEALTH_CENTRES_TAIL, number)


def _combined(heads: Sequence[str], tails: Sequence[str], number: int) -> str:
    """The number-th pair of words; no pair comes twice below heads x tails."""
    turn, head = divmod(number, len(heads))
    return f"{heads[head]} {tails[(head + turn) % len(tails)]}"


def open_places(planned: Sequence[Puskesmas]) -> dict[str, Facility]:
    """Open the whole district; its places by code."""
    opened = bulk_open(places=list(_new(planned)), by=None)
    return {facility.code: facility for facility in opened}


def known_places() -> dict[str, Facility]:
    """The places of the district that stand already, by code; empty before the first run."""
    ours = Q(code__startswith=DISTRICT) | Q(code__startswith=CENTRES)
    return {facility.code: facility for facility in Facility.objects.filter(ours)}


def _new(planned: Sequence[Puskesmas]) -> Iterator[NewPlace]:
    yield _place(DISTRICT, DISTRICT_NAME, KIND.DISTRICT, {})
    for one in planned:
        yield _place(one.kecamatan, one.name, KIND.KECAMATAN, {Axis.LABEL: DISTRICT})
        above = {Axis.NETWORK: DISTRICT, Axis.LABEL: one.kecamatan}
        yield _place(one.code, one.name, KIND.PUSKESMAS, above, inpatient=one.number % 3 == 0)
        for village in one.villages:
            yield from _below(one, village)


def _below(centre: Puskesmas, village: Village) -> Iterator[NewPlace]:
    above = {Axis.AREA: centre.code, Axis.LABEL: centre.kecamatan}
    yield _place(village.code, village.name, KIND.DESA, above)
    if village.pustu:
        parents = {Axis.NETWORK: centre.code, Axis.AREA: village.code}
        yield _place(village.pustu, village.name, KIND.PUSTU, parents)
    for posyandu in village.posyandu:
        parents = {Axis.NETWORK: posyandu.pustu or centre.code, Axis.AREA: village.code}
        yield _place(posyandu.code, posyandu.name, KIND.POSYANDU, parents)


def _place(
    code: str, name: str, kind: str, parents: dict[Axis, str], inpatient: bool | None = None
) -> NewPlace:
    return NewPlace(
        code, name, kind, OPENED, parents=parents, inpatient=inpatient, source=SOURCE,
        time_zone="Asia/Jakarta" if kind == KIND.DISTRICT else "",
    )  # fmt: skip
