"""Random people and their visits over two years: messy on purpose, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from clusters.actions.staging import Incoming
from clusters.services import SERVICES
from clusters.services.language import Field, Kind
from facilities.models import Facility
from tests.oracle.random_courses import DAYS, START, VISITS_OF, Courses, Somebody
from tests.reporting.rows import incoming

LIKELY: dict[str, tuple[float, float]] = {
    "hb": (6.5, 13.5),
    "muac": (20, 28),
    "weight": (40, 95),
    "height": (145, 175),
    "waist": (70, 100),
    "systole": (100, 155),
    "diastole": (55, 98),
    "glucose": (90, 240),
    "tablets": (0, 60),
    "tablets_taken": (0, 60),
    "birth_weight": (1900, 3600),
    "children": (0, 6),
    "live_births": (0, 2),
    "stillbirths": (0, 1),
    "kpsp": (4, 10),
    "aks": (3, 20),
    "srq": (0, 9),
    "fasting": (70, 160),
    "hba1c": (5.5, 9),
    "cholesterol": (150, 260),
}
AGES = {"development": (-0.5, 5.5), "school": (6, 18), "elderly": (60, 88), "mental": (16, 80)}
AGES |= {"newborn": (0, 0.2), "family_planning": (15, 48)}
BY_HAND = {"lmp_on", "weeks", "antigens", "delivered_on", "findings", "bias"}
ALSO_IN = {"growth": ("immunisation",), "immunisation": ("growth",)}
ALSO_IN |= {"premarital": ("antenatal",), "antenatal": ("premarital",)}
ALSO_IN |= {"development": ("growth",), "hiv_test": ("antenatal", "tb_case")}
OF_MOTHERS = {"delivery", "postnatal"}  # of women whose pregnancies were made before


def likely(asked: Field) -> tuple[float, float] | None:
    """What that measure is of most people, unless the service is for those of another size."""
    found, possible = LIKELY.get(asked.name), asked.reject
    small = found and possible and not possible[0] <= found[0] <= found[1] <= possible[1]
    return None if small else found


class Made(Courses):
    """Rows of all services at these places."""

    def __init__(self, seed: int, places: list[Facility]):
        super().__init__(Random(seed))
        self.places, self.count = places, 0
        self.seen: dict[str, list[Somebody]] = {}

    def rows(self, service: str, people: int) -> list[Incoming]:
        made: dict[tuple, Incoming] = {}
        for _ in range(people):
            who = self.somebody(service)
            for seen_on, values in VISITS_OF.get(service, Courses.anyhow)(self, who):
                if not self.accepted(service, who, seen_on):
                    continue
                for row in self.at_places(service, who, seen_on, values):
                    made[row.identity, row.facility_id, seen_on] = row
        return list(made.values())

    def somebody(self, service: str) -> Somebody:
        """A mother, somebody whom another service knows as well, or somebody new."""
        if service in OF_MOTHERS:
            return self.chance.choice(self.births)[0]
        known = [one for other in ALSO_IN.get(service, ()) for one in self.seen.get(other, ())]
        known = [one for one in known if one.sex in SERVICES[service].sexes]
        new = not known or self.chance.random() < 0.5
        who = self.person(service) if new else self.chance.choice(known)
        self.seen.setdefault(service, []).append(who)
        return who

    def accepted(self, service: str, who: Somebody, seen_on: date) -> bool:
        if not max(who.born_on, START) <= seen_on < START + timedelta(DAYS):
            return False
        months = (seen_on.year - who.born_on.year) * 12 + seen_on.month - who.born_on.month
        return SERVICES[service].accepts_age(months - (seen_on.day < who.born_on.day))

    def person(self, service: str) -> Somebody:
        chance, day = self.chance, START + timedelta(self.chance.randrange(DAYS))
        self.count += 1
        ages = {"antenatal": (17, 42), "growth": (-0.5, 4.5), "immunisation": (0, 2.6)} | AGES
        ages |= {"outpatient": (0, 4) if self.count % 2 else (5, 70), "vital": (-0.1, 60)}
        low, high = ages.get(service) or self.declared_ages(service)
        born = day - timedelta(int(chance.uniform(low, high) * 365.25))
        homes = [chance.choice([*self.places, *self.places, None]) for _ in range(2)]
        if chance.random() < 0.7:
            homes[1] = homes[0]
        return Somebody(
            nik=f"990101{len(service):02d}{self.count:08d}",
            sex=chance.choice(SERVICES[service].sexes),
            born_on=born,
            homes=tuple(homes),
            moves_on=day,
            careless=chance.choice([0.02, 0.3, 0.7]),
        )

    def declared_ages(self, service: str) -> tuple[float, float]:
        """In years; adults, where the service is for them too."""
        low, high = SERVICES[service].age_months
        return (15, 78) if high > 18 * 12 else (low / 12, high / 12)

    def at_places(self, service, who, seen_on, values) -> Iterator[Incoming]:
        """Once as a rule, now and then at two places on the same day."""
        often = 2 if self.chance.random() < 0.08 else 1
        for place in self.chance.sample(self.places, often):
            held = {f.name: self.value(who, f) for f in SERVICES[service].fields} | values
            if held.get("systole") and held.get("diastole"):
                held["diastole"] = min(held["diastole"], held["systole"] - 5)
            if service == "adult" and who.sex == "L":
                held |= {"iva": None, "breast_exam": None}
            if service == "school" and who.sex == "L":
                held |= {"tablets": None, "tablets_taken": None}
            yield incoming(
                service, nik=who.nik, born_on=who.born_on, sex=who.sex, seen_on=seen_on,
                facility=place, home=who.home(seen_on), row=self.count, **held,
            )  # fmt: skip

    def value(self, who: Somebody, asked: Field) -> object:
        chance = self.chance
        by_hand = asked.name in BY_HAND or asked.kind in (Kind.DATE, Kind.DIAGNOSIS)
        if by_hand or chance.random() < who.careless:
            return None
        if asked.kind is Kind.YES_NO:
            return chance.random() < 0.75
        if asked.kind is Kind.CHOICE:
            return chance.choice(asked.choices).code
        low, high = likely(asked) or asked.warn or asked.reject or (0, 1)
        if asked.kind is Kind.INTEGER:
            return chance.randint(int(low), int(high))
        return round(chance.uniform(low, high), asked.places)
