"""The days on which random people are seen, and what belongs together on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from facilities.models import Facility

START, DAYS = date(2024, 9, 1), 720  # into 2026: two Januaries and the change of rules
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


class Courses:
    """How visits of each service follow upon one another: messy, and decided by chance."""

    def __init__(self, chance: Random):
        self.chance = chance
        self.births: list[tuple[Somebody, date]] = []

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


VISITS_OF: dict[str, Callable[[Courses, Somebody], Iterator[tuple[date, dict]]]] = {
    "antenatal": Courses.antenatal,
    "growth": Courses.growth,
    "immunisation": Courses.immunisation,
    "adult": Courses.adult,
    "delivery": Courses.delivery,
    "postnatal": Courses.postnatal,
    "newborn": Courses.newborn,
    "family_planning": Courses.family_planning,
    "premarital": Courses.adult,
    "tb_case": Courses.tb_case,
    "outpatient": Courses.outpatient,
    "home_visit": Courses.home_visit,
    "vital": Courses.vital,
    "development": Courses.often,
    "school": Courses.school,
    "elderly": Courses.monthly,
    "mental": Courses.monthly,
    "chronic": Courses.monthly,
}
