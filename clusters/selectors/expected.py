"""Who is expected at a facility in a month, as the rows of a template name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Person
from clusters.selectors.places import Homes, Kind, template_places
from clusters.selectors.roster import Day, Roster, last_visits
from clusters.services import Service
from facilities.models import Facility
from ilp.core import formats
from ilp.core.crypto import unseal
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month

MOST = 5_000  # rows: what a template carries drop-downs for, and one sheet to work through


class NobodyExpected(DomainError):
    code = "nobody-expected"
    text = _(
        "Belum ada sasaran %(service)s yang dikenal di %(facility)s. Unduh templat tanpa daftar "
        "sasaran, lalu isi orangnya."
    )


class TooManyExpected(DomainError):
    code = "too-many-expected"
    text = _(
        "Ada %(count)s sasaran %(service)s di %(facility)s, lebih dari %(most)s baris untuk satu "
        "templat. Pilih Posyandu atau Pustu satu per satu."
    )


@dataclass(frozen=True)
class Expected:
    """One row of a roster: who it is and, by code, where they live and were served last."""

    nik: str
    name: str
    mother_name: str
    born_on: date
    sex: str
    home_desa: str
    home_posyandu: str
    place: str


class MonthRoster(Roster):
    """Those who are expected at a facility or below it on any day of a month."""

    def __init__(self, user: User, service: Service, place: Facility, month: Month) -> None:
        super().__init__(user, Day(service, place, month.last_day))
        self.month = month

    @property
    def _since(self) -> date:
        return self.month.first_day

    def _seen_at(self) -> Q:
        within = Facility.objects.within(self.day.place, self.day.on)
        return Q(facility__in=within.values("pk"))


def expected(user: User, service: Service, facility: Facility, month: Month) -> list[Expected]:
    """The rows of a template by name, at most MOST. Raises NobodyExpected, TooManyExpected."""
    roster = MonthRoster(user, service, facility, month)
    count = roster.persons.count()
    told = {"service": service.label, "facility": facility}
    if not count:
        raise NobodyExpected(**told)
    if count > MOST:
        raise TooManyExpected(count=formats.whole(count), most=formats.whole(MOST), **told)
    return list(_rows(roster, facility))


def _rows(roster: MonthRoster, facility: Facility) -> Iterator[Expected]:
    """A home is named only where the import knows it: in the facility's own district."""
    persons, day = list(roster.persons), roster.day
    homes = Homes(facility)
    codes = {code for code, _name, kind in template_places(facility) if kind != Kind.DESA}
    own = dict(Facility.objects.filter(code__in=codes).values_list("pk", "code"))
    last = last_visits(day, [one.pk for one in persons])
    for one in persons:
        home = homes.places.get(one.home_id or 0)
        posyandu = home if home and home.kind == Kind.POSYANDU else None
        desa = homes.desa_on(posyandu, day.on) if posyandu else home
        seen = last.get(one.pk)
        yield Expected(
            nik=_nik(one),
            name=one.name,
            mother_name=one.mother_name,
            born_on=one.born_on,
            sex=one.sex,
            home_desa=desa.code if desa and desa.kind == Kind.DESA else "",
            home_posyandu=posyandu.code if posyandu else "",
            place=own.get(seen.facility_id, "") if seen else "",
        )


def _nik(person: Person) -> str:
    return unseal(bytes(person.nik_sealed)).decode() if person.nik_sealed else ""
