"""New places, one or thousands at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from facilities.access import require
from facilities.actions.errors import CodeTaken, NoParent, ParentUnknown
from facilities.actions.tree import check_parent, lock_tree, rebuild
from facilities.models import Axis, Facility, FacilityAlias, Placement
from facilities.registry import normalised
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import Forbidden
from ilp.core.models import User
from ilp.core.months import Month

ROOTS = {Facility.Kind.PROVINCE, Facility.Kind.DISTRICT}


@dataclass(frozen=True)
class NewPlace:
    """A place to be opened. `parents` maps an axis to a parent's code, which may be new too."""

    code: str
    name: str
    kind: str
    opened_on: date
    parents: Mapping[Axis, str] = field(default_factory=dict)
    inpatient: bool | None = None
    knowledge: str = Facility.Knowledge.SURE
    source: str = ""
    time_zone: str = ""
    aliases: Sequence[str] = ()


@transaction.atomic
def bulk_open(*, places: Sequence[NewPlace], by: User | None) -> list[Facility]:
    """Open the places in one go, with one rebuild of the tree; in the order given.

    Raises CodeTaken, NoParent, ParentUnknown, WrongParent or ParentNotOpen, and then opens none.
    """
    lock_tree()
    _check_codes(places)
    known = _parents(places)
    _check_permission(places, known, by)
    opened = Facility.objects.bulk_create(_facility(place) for place in places)
    known |= {facility.code: facility for facility in opened}
    Placement.objects.bulk_create(
        placement
        for place, facility in zip(places, opened, strict=True)
        for placement in _placements(place, facility, known)
    )
    FacilityAlias.objects.bulk_create(
        FacilityAlias(facility=facility, text_normalised=text)
        for place, facility in zip(places, opened, strict=True)
        for text in sorted({normalised(alias) for alias in place.aliases})
    )
    rebuild()  # and nothing to count again: nobody was seen at a place that was not there
    for facility in opened:
        audit.record("place.opened", by=by, subject=facility, code=facility.code)
    return opened


def _facility(place: NewPlace) -> Facility:
    return Facility(
        code=place.code,
        name=place.name,
        kind=place.kind,
        opened_on=place.opened_on,
        inpatient=place.inpatient,
        knowledge=place.knowledge,
        source=place.source,
        time_zone=place.time_zone,
    )


def _check_codes(places: Sequence[NewPlace]) -> None:
    names: dict[str, str] = {}
    for place in places:
        if place.code in names:
            raise CodeTaken(code=place.code, holder=names[place.code])
        names[place.code] = place.name
    if taken := Facility.objects.filter(code__in=names).first():
        raise CodeTaken(code=taken.code, holder=taken)


def _parents(places: Iterable[NewPlace]) -> dict[str, Facility]:
    codes = {code for place in places for code in place.parents.values()}
    return {facility.code: facility for facility in Facility.objects.filter(code__in=codes)}


def _check_permission(
    places: Iterable[NewPlace], known: Mapping[str, Facility], by: User | None
) -> None:
    """Every parent that stands already must be the user's to manage; roots are the system's."""
    new = set()
    for place in places:
        new.add(place.code)
        if not place.parents and place.kind not in ROOTS:
            raise NoParent(place=place.name)
        for code in place.parents.values():
            if code not in known and code not in new:
                raise ParentUnknown(parent=code, place=place.name)
    has_root = any(not place.parents for place in places)
    if has_root and by is not None and not by.is_superuser:
        raise Forbidden(f"{by} may not open a district")
    for facility in known.values():
        require(by, Permission.MANAGE_PLACES, facility)


def _placements(
    place: NewPlace, facility: Facility, known: Mapping[str, Facility]
) -> Iterable[Placement]:
    for axis, code in place.parents.items():
        check_parent(facility, known[code], Axis(axis), Month.of(place.opened_on))
        yield Placement(
            facility=facility,
            parent=known[code],
            axis=axis,
            valid=DateRange(place.opened_on, None),
        )
