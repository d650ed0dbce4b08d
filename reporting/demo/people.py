"""Synthetic people: names, birth dates, NIK that belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from reporting.demo import names
from reporting.demo.places import REGION, Posyandu
from reporting.demo.sizes import Size
from reporting.demo.span import Span

GESTATION = 280  # days from the last menstrual period to the birth
YEAR = 365.25
# Shares of those aged 15 and over, by the first year of ten-year groups.
AGES = ((15, 23), (25, 21), (35, 19), (45, 15), (55, 11), (65, 7), (75, 4))
WITHOUT_NIK = 0.06  # of the youngest, who wait for theirs


@dataclass(slots=True)
class Someone:
    nik: str  # empty when not issued yet
    name: str
    sex: str
    born_on: date
    mother: str
    home: Posyandu


@dataclass(slots=True)
class Pregnancy:
    mother: Someone
    lmp_on: date
    number: int  # gravida
    child: Someone | None = None  # born of it within the span


@dataclass(slots=True)
class Population:
    """Those who belong to one Posyandu."""

    children: list[Someone]
    pregnancies: list[Pregnancy]
    adults: list[Someone]
    pupils: list[Someone] = field(default_factory=list)


class Register:
    """Issues NIK: the day of birth, 40 more for women, and a serial that never repeats."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def issue(self, sex: str, born_on: date) -> str:
        day = born_on.day + (40 if sex == "P" else 0)
        stem = f"{REGION}{day:02d}{born_on.month:02d}{born_on.year % 100:02d}"
        serial = self._last[stem] = self._last.get(stem, 0) + 1
        return f"{stem}{serial:04d}"


def populate(home: Posyandu, size: Size, span: Span, register: Register, rng: Random) -> Population:
    """The people of a Posyandu: children under five, their mothers, and adults."""
    found = Population([], [], [])
    first = span.first.plus(-60).first_day
    last = span.last.last_day + timedelta(days=240)
    days = (last - first).days
    expected = size.births * days / YEAR
    for _ in range(max(1, round(rng.gauss(expected, expected**0.5 / 2)))):
        _birth(found, first + timedelta(days=rng.randrange(days)), home, span, register, rng)
    for _ in range(max(1, round(rng.gauss(size.adults, size.adults**0.5)))):
        found.adults.append(_adult(home, span.last.last_day, register, rng))
    return found


def _birth(
    found: Population, due: date, home: Posyandu, span: Span, register: Register, rng: Random
) -> None:
    born = due - timedelta(days=int((rng.triangular(18, 42, 26)) * YEAR))
    name = person_name("P", rng)
    pregnancy = None
    if due >= span.first.plus(-1).first_day:
        mother = Someone(register.issue("P", born), name, "P", born, "", home)
        lmp = due - timedelta(days=GESTATION)
        number = rng.choice((1, 1, 1, 2, 2, 2, 3, 3, 4, 5))
        pregnancy = Pregnancy(mother, lmp, number)
        found.pregnancies.append(pregnancy)
    birth = due + timedelta(days=round(rng.gauss(-3, 9)))
    if birth <= span.last.last_day:
        child = _child(name, birth, home, span, register, rng)
        found.children.append(child)
        if pregnancy is not None:
            pregnancy.child = child


def _child(
    mother: str, born: date, home: Posyandu, span: Span, register: Register, rng: Random
) -> Someone:
    sex = "L" if rng.random() < 0.512 else "P"
    newborn = (span.last.last_day - born).days < 200 and rng.random() < WITHOUT_NIK * 4
    nik = "" if newborn or rng.random() < WITHOUT_NIK / 6 else register.issue(sex, born)
    return Someone(nik, person_name(sex, rng), sex, born, mother, home)


def _adult(home: Posyandu, today: date, register: Register, rng: Random) -> Someone:
    sex = "L" if rng.random() < 0.49 else "P"
    start = rng.choices([age for age, _ in AGES], [share for _, share in AGES])[0]
    born = today - timedelta(days=int((start + rng.random() * 10) * YEAR) + 400)
    return Someone(register.issue(sex, born), person_name(sex, rng), sex, born, "", home)


def person_name(sex: str, rng: Random) -> str:
    first = rng.choice(names.MEN if sex == "L" else names.WOMEN)
    if rng.random() < 0.3:
        first = f"{first} {rng.choice(names.MEN if sex == 'L' else names.WOMEN)}"
    return f"{first} {rng.choice(names.FAMILY)}"
