"""How a place heads its letters on a day, and who signs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from facilities.models import Facility, Letterhead, Signatory

Duty = Signatory.Duty


@dataclass(frozen=True)
class Head:
    """The head of a sheet: lines from the widest authority to the place, its address, its town."""

    lines: tuple[str, ...]
    address: str
    town: str
    is_set: bool  # whether anybody said so; else it is made of the names of the places


@dataclass(frozen=True)
class Signer:
    """Who signs: of an unnamed one only the position is known, the rest is left to be written."""

    position: str
    name: str = ""
    nip: str = ""


@dataclass(frozen=True)
class Signed:
    """One row of the history of signatories, with the day on which it ended in fact."""

    row: Signatory
    until: date | None


def head_of(*, place: Facility, on: date) -> Head:
    """The letterhead in force on the day, a district's lines above its places' own. Two queries."""
    district = _district(place, on)
    held = {row.facility_id: row for row in _in_force(place, district, on)}
    above = held.get(district.pk) if district else None
    own = held.get(place.pk) if place != district else None
    lines = tuple(above.lines.split("\n")) if above else _usual(district)
    if place != district:
        lines += tuple(own.lines.split("\n")) if own else (str(place).upper(),)
    return Head(
        lines=lines,
        address=next((row.address for row in (own, above) if row and row.address), ""),
        town=next((row.town for row in (own, above) if row), place.name),
        is_set=above is not None and (own is not None or place == district),
    )


def signers(*, place: Facility, programme: str, on: date) -> tuple[Signer, Signer]:
    """Head and officer on the day; the officer of the programme comes before the one of all.

    One query.
    """
    rows = _standing(Signatory.objects.filter(facility=place, since__lte=on))
    head = _current((r for r in rows if r.duty == Duty.HEAD), on)
    officers = [r for r in rows if r.duty == Duty.OFFICER]
    officer = _current((r for r in officers if programme and r.programme == programme), on)
    officer = officer or _current((r for r in officers if not r.programme), on)
    usual = _("Kepala %(place)s") % {"place": place}
    return _signer(head, usual), _signer(officer, _("Petugas pelaporan"))


def letterheads(*, place: Facility) -> list[Letterhead]:
    """What was recorded of a place, the newest first; cancelled ones too."""
    rows = Letterhead.objects.filter(facility=place).select_related("recorded_by")
    return list(rows.order_by("-since", "-pk"))


def signatories(*, place: Facility) -> list[Signed]:
    """What was recorded of a place by duty, the newest first; cancelled ones too."""
    rows = Signatory.objects.filter(facility=place).select_related("recorded_by", "facility")
    found: list[Signed] = []
    following: dict[tuple[str, str], date] = {}
    for row in rows.order_by("duty", "programme", "-since", "-pk"):
        if row.cancelled_at is not None:
            found.append(Signed(row, row.until))
            continue
        ends = [day for day in (row.until, following.get((row.duty, row.programme))) if day]
        found.append(Signed(row, min(ends, default=None)))
        following[row.duty, row.programme] = row.since
    return found


def _district(place: Facility, on: date) -> Facility | None:
    if place.kind == Facility.Kind.DISTRICT:
        return place
    return Facility.objects.above(place, on).of_kind(Facility.Kind.DISTRICT).first()


def _in_force(place: Facility, district: Facility | None, on: date) -> Iterable[Letterhead]:
    """At most one row of each of the two: the last that began."""
    places = [one.pk for one in (place, district) if one]
    rows = Letterhead.objects.filter(facility__in=places, since__lte=on, cancelled_at=None)
    return rows.order_by("facility", "-since").distinct("facility")


def _standing(rows: Iterable[Signatory]) -> list[Signatory]:
    return [row for row in rows if row.cancelled_at is None]


def _current(rows: Iterable[Signatory], on: date) -> Signatory | None:
    """The last that began, unless he has left meanwhile: then nobody."""
    last = max(rows, key=lambda row: row.since, default=None)
    return last if last and (last.until is None or on < last.until) else None


def _signer(row: Signatory | None, usual: str) -> Signer:
    return Signer(row.position, row.name, row.nip) if row else Signer(usual)


def _usual(district: Facility | None) -> tuple[str, ...]:
    named = (_("PEMERINTAH %(name)s") % {"name": district.name.upper()},) if district else ()
    return (*named, _("DINAS KESEHATAN"))
