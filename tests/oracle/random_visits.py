"""Random people and their visits over two years: messy on purpose, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from clusters.actions.staging import Incoming
from clusters.services import SERVICES
from clusters.services.language import Field, Kind
from facilities.models import Facility
from tests.reporting.rows import incoming

START, DAYS = date(2024, 9, 1), 720  # into 2026: two Januaries and the change of rules
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


@dataclass(frozen=True)
class Somebody:
    """Who is seen, and what of it chance decides the same way at every visit."""

    nik: str
    sex: str
    born_on: date
    homes: tuple[Facility | None, ...]
    moves_on: date
    careless: float  # share of the boxes left blank

    def home(self, on: date) -> Facility | None:
        return self.homes[on >= self.moves_on]


class Made:
    """Rows of all services at these places."""

    def __init__(self, seed: int, places: list[Facility]):
        self.chance, self.places, self.count = Random(seed), places, 0
        self.births: list[tuple[Somebody, date]] = []
        self.seen: dict[str, list[Somebody]] = {}

    def rows(self, service: str, people: int) -> list[Incoming]:
        made: dict[tuple, Incoming] = {}
        for _ in range(people):
            who = self.somebody(service)
            for seen_on, values in VISITS_OF.get(service, Made.anyhow)(self, who):
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

    def antenatal(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """One to three pregnancies; some end early and the next begins soon."""
        chance, start = self.chance, who.moves_on - timedelta(100)
        for _ in range(chance.choice([1, 1, 2, 3])):
            length = chance.choice([280, 280, 280, 110])
            for _ in range(chance.randrange(1, 13)):
                seen = start + timedelta(chance.randrange(28, length))
                guess = start + timedelta(chance.randint(-9, 9))
                weeks = max(1, (seen - guess).days // 7)
                by_date = {"lmp_on": guess, "weeks": None}
                yield seen, chance.choice([by_date, {"weeks": weeks}])
            self.births.append((who, start + timedelta(length)))
            # Far enough apart for either order of the estimates to tell two pregnancies.
            start += timedelta(length + chance.choice([50, 80, 200]))

    def growth(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """Weighed most months, gaining little or much; now and then only measured.

        How they develop is seldom looked at then, so that it depends on the form.
        """
        chance, kilos = self.chance, None
        offset = chance.uniform(-4.2, 2.5)
        for month in range(24):
            if chance.random() < 0.25:
                continue
            seen = START + timedelta(month * 30 + chance.randrange(28))
            age = max(0.0, (seen - who.born_on).days / 30.44)
            normal = 3.3 + 0.75 * min(age, 6) + 0.33 * min(max(age - 6, 0), 6)
            normal += 0.19 * max(age - 12, 0)
            kilos = round(max(1.5, normal * (1 + offset / 9) + chance.uniform(-0.3, 0.3)), 2)
            tall = 50 + 2.8 * min(age, 6) + 1.3 * min(max(age - 6, 0), 8)
            tall = round(tall + 0.75 * max(age - 14, 0) + offset * 2 + chance.uniform(-2, 2), 1)
            yield (
                seen,
                {
                    "weight": None if chance.random() < 0.08 else kilos,
                    "height": None if chance.random() < 0.3 else tall,
                    "oedema": chance.random() < 0.02,
                    "kpsp": chance.randrange(11) if chance.random() < 0.02 else None,
                    "checklist": None if chance.random() < 0.97 else chance.random() < 0.5,
                },
            )

    def immunisation(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """Doses near their day, sometimes too early, late, left out or given twice."""
        chance = self.chance
        for day, codes in SCHEDULE:
            given = [code for code in codes if chance.random() > who.careless / 3]
            late = chance.choice([-9, -4, 0, 0, 1, 3, 10, 40])
            seen = who.born_on + timedelta(max(0, day + late))
            if given:
                yield seen, {"antigens": given, "refusal": None}

    def adult(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        for _ in range(self.chance.randrange(1, 7)):
            yield START + timedelta(self.chance.randrange(DAYS)), {}

    def often(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        for _ in range(self.chance.randrange(2, 11)):
            yield START + timedelta(self.chance.randrange(DAYS)), {}

    def school(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """Small as children are, so that BMI for age has something to say."""
        for seen, _ in self.monthly(who):
            age = (seen - who.born_on).days / 365.25
            tall = 116 + 5.4 * (age - 6) + self.chance.uniform(-6, 6)
            kilos = self.chance.uniform(12.5, 24) * (tall / 100) ** 2
            yield seen, {"height": round(min(tall, 185), 1), "weight": round(kilos, 1),
                         "tablets": self.chance.choice([None, 2, 4, 12, 20]),
                         "grade": self.chance.choice([None, 1, 2, 5, 5, 6, 7, 10]),
                         "bias": self.chance.choice([None, *AT_SCHOOL])}  # fmt: skip

    def monthly(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """Now in every month for a while, now with gaps: cohorts are kept and lost."""
        chance, month = self.chance, self.chance.randrange(12)
        for _ in range(chance.randrange(1, 20)):
            month += chance.choice([0, 1, 1, 1, 1, 1, 1, 2, 5])
            yield START + timedelta(month * 30 + chance.randrange(28)), {}

    def delivery(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """As often as she was pregnant; some days are wrong, and then too close to another."""
        chance = self.chance
        for day in self.births_of(who):
            born = day + timedelta(chance.choice([-20, -3, 0, 0, 0, 4]))
            by_date = {"lmp_on": born - timedelta(chance.randrange(150, 300)), "weeks": None}
            yield born, chance.choice([by_date, {"weeks": chance.randrange(24, 43)}, {}])

    def postnatal(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        for day in self.births_of(who):
            for after in (0, 1, 2, 3, 5, 8, 20, 28, 29, 41, 42, 43):
                if self.chance.random() < 0.6:
                    yield day + timedelta(after), {"delivered_on": day}

    def births_of(self, who: Somebody) -> list[date]:
        return [day for mother, day in self.births if mother is who]

    def newborn(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        for after in (0, 1, 2, 3, 6, 8, 14, 15, 28):
            if self.chance.random() < 0.7:
                weeks = self.chance.choice([None, 35, 36, 37, 40])
                yield who.born_on + timedelta(after), {"weeks": weeks}

    def family_planning(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        for _ in range(self.chance.randrange(1, 6)):
            seen = START + timedelta(self.chance.randrange(DAYS))
            after = self.chance.choice([None, 0, 30, 42, 43, 200])
            born = None if after is None else seen - timedelta(after)
            yield (
                seen,
                {"delivered_on": born, "youngest_months": self.chance.choice([None, 20, 24])},
            )

    def anyhow(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """On any days, with whatever the fields allow."""
        for _ in range(self.chance.randrange(1, 5)):
            yield START + timedelta(self.chance.randrange(DAYS)), {}

    def tb_case(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """One or two treatments, begun before or within the time; not all end."""
        chance = self.chance
        for _ in range(chance.choice([1, 1, 2])):
            found = START + timedelta(chance.randrange(-200, DAYS))
            begun = chance.choice([None, found, found + timedelta(chance.randrange(40))])
            end = chance.choice([None, "sembuh", "lengkap", "putus", "meninggal"])
            for month in range(chance.randrange(1, 8)):
                seen = found + timedelta(30 * month + chance.randrange(20))
                last = begun and end and month == 6
                yield (
                    seen,
                    {
                        "diagnosed_on": chance.choice([found, found, None]),
                        "treatment_on": begun,
                        "outcome": end if last else None,
                    },
                )

    def outpatient(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        for _ in range(self.chance.randrange(1, 6)):
            codes = self.chance.sample(CODES, self.chance.choice([1, 1, 2, 3]))
            names = ("diagnosis", "diagnosis_2", "diagnosis_3")
            seen = START + timedelta(self.chance.randrange(DAYS))
            yield seen, dict(zip(names, codes, strict=False))

    def home_visit(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        chance = self.chance
        for _ in range(chance.randrange(1, 5)):
            seen = START + timedelta(chance.randrange(DAYS))
            found = chance.choice([None, None, ["a"], ["c", "d"]])
            followed = seen + timedelta(chance.randrange(12)) if chance.random() < 0.6 else None
            yield seen, {"findings": found, "followed_on": found and followed}

    def vital(self, who: Somebody) -> Iterator[tuple[date, dict]]:
        """Births on their day, and deaths at any age."""
        yield who.born_on, {"event": "lahir_hidup"}
        if self.chance.random() < 0.7:
            after = self.chance.choice([3, 28, 29, 200, 500, 0])
            yield who.born_on + timedelta(after), {"event": "meninggal"}
            yield START + timedelta(self.chance.randrange(DAYS)), {"event": "meninggal"}
        if self.chance.random() < 0.3:
            yield START + timedelta(self.chance.randrange(DAYS)), {"event": "lahir_mati"}


CODES = ("A09", "A01.0", "J18.9", "J12", "J06.9", "J20", "J00", "K02", "I10", "E11.9")
AT_SCHOOL = (["MR"], ["MR", "DT"], ["TD"], ["TD", "HPV1"], ["HPV1"], ["HPV2"])
SCHEDULE = (
    (0, ("HB0",)),
    (20, ("BCG", "OPV1")),
    (60, ("DPT1", "OPV2", "PCV1", "RV1")),
    (88, ("DPT2", "OPV3", "PCV2", "RV2")),
    (116, ("DPT3", "OPV4", "IPV1", "RV3")),
    (272, ("MR1", "IPV2")),
    (366, ("PCV3",)),
    (545, ("DPT4", "MR2")),
    (600, ("MR2", "DPT4")),
)
VISITS_OF: dict[str, Callable[[Made, Somebody], Iterator[tuple[date, dict]]]] = {
    "antenatal": Made.antenatal,
    "growth": Made.growth,
    "immunisation": Made.immunisation,
    "adult": Made.adult,
    "delivery": Made.delivery,
    "postnatal": Made.postnatal,
    "newborn": Made.newborn,
    "family_planning": Made.family_planning,
    "premarital": Made.adult,
    "tb_case": Made.tb_case,
    "outpatient": Made.outpatient,
    "home_visit": Made.home_visit,
    "vital": Made.vital,
    "development": Made.often,
    "school": Made.school,
    "elderly": Made.monthly,
    "mental": Made.monthly,
    "chronic": Made.monthly,
}
