"""Adults and the elderly: a screening each year, and again for those who are ill or old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ilp.core.months import Month
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Someone
from reporting.demo.span import liveliness


@dataclass(slots=True)
class Health:
    """What an adult is like; it changes little in a year. cm, kg/m2, mmHg, mg/dL."""

    height: float
    bmi: float
    systole: float
    glucose: float
    smokes: bool
    hypertensive: bool
    diabetic: bool


def screenings(person: Someone, at: Setting) -> Iterator[Contact]:
    """In a month of the year's choice, and follow-ups in the months after."""
    rng = at.rng
    age = (at.span.last.last_day - person.born_on).days / YEAR
    if rng.random() > 0.4 + 0.45 * at.attendance:
        return
    health = _health(person.sex, age, at)
    months = [m for m in at.sessions if m >= at.span.first]
    returns = 0.03 + 0.06 * (health.hypertensive or health.diabetic) + 0.1 * (age >= 60)
    seen_in: set[int] = set()
    start = _first_month(months, at)
    for month in months:
        due = month == start or (month.year not in seen_in and month > start)
        chance = 0.35 if due and month != start else 1.0 if due else returns * at.attendance
        if month < start or rng.random() > chance * liveliness(month):
            continue
        full = month.year not in seen_in
        seen_in.add(month.year)
        yield Contact(
            person, _place(at), at.sessions[month], _examined(person, age, health, full, at)
        )


def _first_month(months: list[Month], at: Setting) -> Month:
    return months[min(at.rng.randrange(len(months)), at.rng.randrange(len(months)) + 2)]


def _place(at: Setting) -> str:
    """Most come to the Posyandu, some to the Pustu, some to the Puskesmas."""
    chance = at.rng.random()
    if chance < 0.85:
        return at.home.code
    return at.home.pustu if at.home.pustu and chance < 0.95 else at.centre.code


def _health(sex: str, age: float, at: Setting) -> Health:
    rng = at.rng
    bmi = max(15.5, rng.gauss(23.2 if sex == "L" else 24.6, 3.7))
    systole = rng.gauss(108 + 0.42 * age + 0.7 * (bmi - 23), 11)
    diabetic = rng.random() < 0.015 + 0.0016 * max(0.0, age - 25)
    return Health(
        height=rng.gauss(163 if sex == "L" else 152, 5.5),
        bmi=bmi,
        systole=systole,
        glucose=rng.gauss(225, 45) if diabetic else rng.gauss(108, 16),
        smokes=rng.random() < (0.56 if sex == "L" else 0.03),
        hypertensive=systole >= 138,
        diabetic=diabetic,
    )


def _examined(
    person: Someone, age: float, health: Health, full: bool, at: Setting
) -> dict[str, Any]:
    rng = at.rng
    systole = max(84, round(health.systole + rng.gauss(0, 5)))
    values: dict[str, Any] = {
        "weight": round(health.bmi * (health.height / 100) ** 2 + rng.gauss(0, 0.6), 1),
        "systole": systole,
        "diastole": max(52, min(round(systole * 0.62 + rng.gauss(0, 5)), systole - 18)),
        "education": rng.random() < 0.75 + 0.25 * at.care,
    }
    if full or health.diabetic:
        values["glucose"] = max(55, round(health.glucose + rng.gauss(0, 9)))
    if health.hypertensive or health.diabetic:
        values |= {"on_treatment": rng.random() < 0.4 + 0.3 * at.care}
    if full:
        _add_yearly(values, person.sex, age, health, at)
    return values


def _add_yearly(values: dict[str, Any], sex: str, age: float, health: Health, at: Setting) -> None:
    rng = at.rng
    values |= {
        "height": round(health.height, 1),
        "waist": round(33 + 2.05 * health.bmi + (2 if sex == "L" else 0) + rng.gauss(0, 4), 1),
        "smoker": health.smokes,
        "inactive": rng.random() < 0.32,
        "sugar": rng.random() < 0.3,
        "salt": rng.random() < 0.35,
        "fat": rng.random() < 0.33,
        "family_history": rng.random() < 0.25,
        "known_hypertension": health.hypertensive and rng.random() < 0.5,
        "known_diabetes": health.diabetic and rng.random() < 0.6,
        "sight_ok": rng.random() < 0.97 - 0.006 * max(0.0, age - 40),
        "hearing_ok": rng.random() < 0.98 - 0.005 * max(0.0, age - 45),
        "tb_signs": rng.choices((0, 1, 2), (94, 4, 2))[0],
    }
    if rng.random() < 0.5 + 0.45 * at.care:
        values |= {"srq": min(20, int(rng.expovariate(0.45))), "srq_17": rng.random() < 0.004}
    if rng.random() < 0.4 * at.care:
        values["cholesterol"] = max(95, round(rng.gauss(188, 32)))
    if health.smokes and age >= 40 and rng.random() < 0.5 + 0.45 * at.care:
        values["puma"] = rng.randrange(1, 8)
    if sex == "P" and 30 <= age < 50 and rng.random() < 0.13 * at.care:
        values |= {"iva": rng.choices(("negatif", "positif"), (97, 3))[0], "breast_exam": True}
