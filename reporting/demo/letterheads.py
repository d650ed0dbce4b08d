"""How the fictitious offices head their letters, and who signs: made-up names and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from facilities.actions.letterheads import record_letterhead, record_signatory
from facilities.models import Facility, Letterhead, Signatory
from ilp.core.months import Month
from reporting.demo import names
from reporting.demo.places import DISTRICT, Puskesmas

Duty = Signatory.Duty
NUTRITION = "F1"
SINCE = date(2020, 1, 1)
LINES = "PEMERINTAH KABUPATEN CONTOH\nDINAS KESEHATAN"


def head_letters(
    planned: Sequence[Puskesmas], places: Mapping[str, Facility], last: Month, seed: int
) -> int:
    """Letterheads and signatories of the Dinas and its Puskesmas, once; how many places."""
    if Letterhead.objects.filter(facility__in=places.values()).exists():
        return 0
    rng = Random(f"{seed}:kop")  # noqa: S311 nothing secret
    district = places[DISTRICT]
    _head(district, LINES, "Jl. Contoh Raya No. 1, Contoh, telp. (0999) 100000")
    _sign(district, Duty.HEAD, "", "Kepala Dinas Kesehatan Kabupaten Contoh", SINCE, rng)
    _sign(district, Duty.OFFICER, "", "Kepala Bidang Kesehatan Masyarakat", SINCE, rng)
    for one in planned:
        place = places[one.code]
        address = f"Jl. Puskesmas No. {one.number + 1}, Kecamatan {one.name}, Kabupaten Contoh"
        _head(place, str(place).upper(), address)
        position = f"Kepala {place}"
        _sign(place, Duty.HEAD, "", position, SINCE, rng)
        if one.number % 4 == 1:  # a new head in the course of the reported months
            _sign(place, Duty.HEAD, "", position, last.plus(-1).first_day, rng)
        _sign(place, Duty.OFFICER, "", "Petugas Sistem Informasi Puskesmas", SINCE, rng)
        _sign(place, Duty.OFFICER, NUTRITION, "Tenaga Pelaksana Gizi", SINCE, rng)
    return 1 + len(planned)


def _head(place: Facility, lines: str, address: str) -> None:
    record_letterhead(
        facility=place, lines=lines, address=address, town="Contoh", since=SINCE, by=None
    )


def _sign(
    place: Facility, duty: str, programme: str, position: str, since: date, rng: Random
) -> None:
    record_signatory(
        facility=place,
        duty=duty,
        programme=programme,
        person=(_name(rng), _nip(rng), position),
        since=since,
        by=None,
    )


def _name(rng: Random) -> str:
    given, family = rng.choice(names.WOMEN), rng.choice(names.FAMILY)
    return f"{given} {family}, {rng.choice(('SKM', 'S.Gz', 'M.Kes', 'S.Kep'))}"


def _nip(rng: Random) -> str:
    """Digits in the order of a NIP with a month of birth that no calendar has: nobody's."""
    born, began = rng.randrange(1970, 1995), rng.randrange(2000, 2020)
    return f"{born}1399{began}01{rng.choice('12')}{rng.randrange(1, 1000):03d}"
