"""Target populations (sasaran): the number that a coverage is divided by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from facilities.models import Ancestry, Facility
from ilp.core import sql
from ilp.core.models import User
from ilp.core.months import Month
from reporting.catalogue import REGISTERS, SASARAN
from reporting.models import TargetSet
from reporting.selectors.parts import part
from reporting.selectors.places import Place
from reporting.selectors.registers import registers
from reporting.totals.shown import frozen_figures

K = Facility.Kind
ORDER = (K.DISTRICT, K.PUSKESMAS, K.DESA)
# More women are pregnant than give birth, and more give birth than children are born alive.
NEVER_LESS = (("S_BUMIL", "S_BULIN"), ("S_BULIN", "S_LH"), ("S_BALITA", "S_BAYI"))
BASIS = TargetSet.Basis.PROJECTION  # what indicators are divided by
Sasaran = dict[tuple[int, str], int]  # (place id, code) -> people


@part(lambda places, codes, month, basis=BASIS: (frozenset(places), frozenset(codes), month, basis))
def sasaran(
    *,
    places: Collection[int],
    codes: Collection[str],
    month: Month,
    basis: str = BASIS,
) -> Sasaran:
    """The target populations in force in a month; places that have none are left out. One query.

    A place's own number counts, else the sum of what lies below it. Registers that are asked for
    beside them are those at the end of the month; they take one more query. A released month's are
    read from its release where `shown` says so, and one more query finds them.
    """
    counted = {code for code in codes if code in REGISTERS}
    known = registers(places=places, codes=counted, months=[month])[month] if counted else {}
    people = [code for code in codes if code not in counted]
    frozen = frozen_figures(places, [month])[month] if people and basis == BASIS else {}
    known |= {(p, c): n[c] for p, n in frozen.items() for c in people if c in n}
    left = [place for place in places if place not in frozen]
    if not people or not left:
        return known
    rows = sql.run(
        "reporting/sasaran",
        places=left,
        codes=people,
        year=month.year,
        month=month.first_day,
        last_day=month.last_day,
        basis=basis,
    )
    return known | {(place, code): value for place, code, value in rows}


def versions(*, district: int, year: int) -> list[TargetSet]:
    """All versions of a year, the newest first."""
    held = TargetSet.objects.filter(district_id=district, year=year)
    return list(held.order_by("-since", "-version"))


@dataclass(frozen=True)
class PlaceTargets:
    """One place's target populations by code: its own, and what the villages below add up to."""

    place: Place
    values: Mapping[str, int]
    of_villages: Mapping[str, int]

    def difference(self, code: str) -> int:
        """By how much the place's number exceeds its villages' sum; 0 where one is missing."""
        if code not in self.values or code not in self.of_villages:
            return 0
        return self.values[code] - self.of_villages[code]

    @property
    def disorder(self) -> list[tuple[str, str]]:
        """Pairs of groups of which the first ought not to be smaller, and is."""
        known = self.values
        return [(a, b) for a, b in NEVER_LESS if a in known and b in known and known[a] < known[b]]


@dataclass(frozen=True)
class TargetTable:
    """A version as a table: the district, its Puskesmas, their villages."""

    version: TargetSet
    codes: tuple[str, ...]
    rows: tuple[PlaceTargets, ...]


def target_table(*, version: TargetSet) -> TargetTable:
    """Every place of a version with what it holds or adds up to. Five queries."""
    month = version.since
    places = Facility.objects.within(version.district, month.last_day).of_kind(*ORDER)
    listed = [Place(f.pk, f.code, f.name, f.kind) for f in places.order_by("name", "code")]
    under = _under([p.pk for p in listed], month)
    given: dict[int, dict[str, int]] = defaultdict(dict)
    for place, code, value in version.targets.values_list("place", "code", "value"):
        given[place][code] = value
    rows = [_with_villages(p, listed, under, given) for p in listed]
    by_pk = {row.place.pk: row for row in rows}
    ordered = _tree_order(listed, under)
    used = {code for held in given.values() for code in held}
    codes = tuple(code for code in SASARAN if code in used)
    return TargetTable(version, codes, tuple(by_pk[pk] for pk in ordered))


def _under(places: Collection[int], month: Month) -> dict[int, set[int]]:
    """Place -> those of the places that lie below it."""
    links = Ancestry.objects.filter(
        ancestor__in=places, descendant__in=places, valid__contains=month.last_day
    )
    under: dict[int, set[int]] = defaultdict(set)
    for above, below in links.values_list("ancestor", "descendant"):
        if above != below:
            under[above].add(below)
    return under


def _with_villages(
    place: Place,
    listed: Collection[Place],
    under: Mapping[int, set[int]],
    given: Mapping[int, Mapping[str, int]],
) -> PlaceTargets:
    villages: Counter[str] = Counter()
    nearest: Counter[str] = Counter()
    below = [p for p in listed if p.pk in under.get(place.pk, set())]
    for village in below:
        if village.kind == K.DESA:
            villages.update(given.get(village.pk, {}))
    for code in SASARAN:
        givers = {p.pk for p in below if code in given.get(p.pk, {})}
        hidden = {pk for giver in givers for pk in under.get(giver, set())}
        if givers:
            nearest[code] = sum(given[pk][code] for pk in givers - hidden)
    values = {**nearest, **given.get(place.pk, {})}
    return PlaceTargets(place, values, dict(villages))


def _tree_order(listed: Collection[Place], under: Mapping[int, set[int]]) -> list[int]:
    """The district, then each Puskesmas with its villages, then villages of none."""
    found = [p.pk for p in listed if p.kind == K.DISTRICT]
    for puskesmas in (p for p in listed if p.kind == K.PUSKESMAS):
        villages = [p.pk for p in listed if p.kind == K.DESA and p.pk in under[puskesmas.pk]]
        found += [puskesmas.pk, *villages]
    found += [p.pk for p in listed if p.pk not in set(found)]
    return list(dict.fromkeys(found))


def district_of(*, user: User, code: str = "") -> Facility | None:
    """The district whose sasaran the user may read: the one named, else the first."""
    seen = Facility.objects.visible_to(user)
    districts = Facility.objects.of_kind(K.DISTRICT).filter(below__descendant__in=seen.values("pk"))
    if code:
        districts = districts.filter(code=code)
    return districts.distinct().order_by("pk").first()
