"""Pupils checked at the start of a school year, girls who get iron, children whose skills are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from clusters.growth.ages import completed_months
from clusters.growth.school import FIRST_MONTH, reference
from ilp.core.months import Month
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Register, Someone, person_name
from reporting.demo.places import Posyandu
from reporting.demo.span import Span

PUPILS_A_BIRTH = 1.8  # those who are made up, for each birth a year
CHECKED_IN = (8, 9, 10, 11)  # months in which schools are visited
HOLIDAYS = (7,)
FORMS = (*range(3, 24, 3), *range(24, 73, 6))  # ages in months of the KPSP forms
OLDEST_MONTHS = 70
TENSE = 0.025  # of pupils: blood pressure that is high for their age


def pupils_of(
    home: Posyandu, births: float, span: Span, register: Register, rng: Random
) -> list[Someone]:
    """Children of up to fifteen at the beginning of the span, some of whom enter school in it."""
    found = []
    for _ in range(max(1, round(births * PUPILS_A_BIRTH))):
        sex = rng.choice("LP")
        born = span.first.first_day - timedelta(days=int(rng.uniform(5.3, 15) * YEAR))
        found.append(Someone(register.issue(sex, born), person_name(sex, rng), sex, born, "", home))
    return found


def grade_on(born: date, day: date) -> int:
    """The class of a child that entered school at six or seven, in the school year of the day."""
    school_year = day.year - (day.month < 7)
    return max(1, min(12, (date(school_year, 7, 1) - born).days // 365 - 5))


def is_in_school(born: date, day: date) -> bool:
    """Whether a child was six when the school year of the day began."""
    return completed_months(born, date(day.year - (day.month < 7), 7, 1)) >= 6 * 12


def school_visits(pupil: Someone, at: Setting) -> Iterator[Contact]:
    """A check a school year; for older girls tablets in most months of school."""
    rng, build = at.rng, at.rng.gauss(-0.3, 1.1)
    check = {year: rng.choice(CHECKED_IN) for year in (at.span.first.year, at.span.last.year)}
    for month in at.span.months:
        day = _school_day(month, rng)
        if not is_in_school(pupil.born_on, day):
            continue
        values: dict[str, Any] = {}
        if month.number == check[month.year] and rng.random() < 0.6 + 0.35 * at.care:
            values = _checked(pupil, day, build, at)
        if _gets_tablets(pupil, day) and month.number not in HOLIDAYS and rng.random() < at.care:
            values |= {"tablets": 4, "tablets_taken": rng.choice((4, 4, 4, 3, 2))}
        values |= _vaccinated(pupil, day, at)
        if values:
            yield Contact(
                pupil, at.centre.code, day, {"grade": grade_on(pupil.born_on, day)} | values
            )


def _vaccinated(pupil: Someone, day: date, at: Setting) -> dict[str, Any]:
    """MR and HPV in August, DT and Td in November; some are ill or kept at home."""
    rng = Random(f"bias:{pupil.nik}:{day.year}:{day.month}")  # noqa: S311 nothing secret
    grade = grade_on(pupil.born_on, day)
    girl = pupil.sex == "P" or None
    given = {
        (8, 1): ["MR"],
        (8, 5): girl and ["HPV1"],
        (8, 6): girl and ["HPV2"],
        (11, 1): ["DT"],
        (11, 2): ["TD"],
        (11, 5): ["TD"],
    }.get((day.month, grade))
    return {"bias": given} if given and rng.random() < 0.82 + 0.16 * at.care else {}


def _school_day(month: Month, rng: Random) -> date:
    day = month.first_day + timedelta(days=rng.randrange(2, 24))
    return day + timedelta(days=1) if day.weekday() == 6 else day


def _gets_tablets(pupil: Someone, day: date) -> bool:
    return pupil.sex == "P" and completed_months(pupil.born_on, day) >= 12 * 12


def _checked(pupil: Someone, day: date, build: float, at: Setting) -> dict[str, Any]:
    rng, age = at.rng, completed_months(pupil.born_on, day)
    power, median, spread = reference()[pupil.sex][age - FIRST_MONTH]
    z = max(-3.4, min(2.9, build))
    bmi = median * (1 + power * spread * z) ** (1 / power)
    height = round(min(168, 115 + 0.46 * (age - 72)) + rng.gauss(0, 4), 1)
    tense = 34 if rng.random() < TENSE else 0
    senior = grade_on(pupil.born_on, day) >= 7
    values: dict[str, Any] = {
        "weight": round(bmi * (height / 100) ** 2, 1),
        "height": height,
        "systole": round(rng.gauss(98 + 0.08 * (age - 72), 7) + tense),
        "diastole": round(rng.gauss(62, 4) + tense / 2),
        "caries": rng.random() < 0.34,
        "sight_ok": rng.random() < 0.93,
        "hearing_ok": rng.random() < 0.98,
        "tb_signs": 0,
        "education": True,
        "ckg": rng.random() < 0.4 + 0.5 * at.care,
    }
    if rng.random() < 0.3 + 0.7 * at.care:
        values |= {"srq": min(20, int(rng.expovariate(0.5))), "followed_up": True}
    if age >= 120:
        values["smoker"] = pupil.sex == "L" and rng.random() < 0.12
    if senior:
        values["reproductive"] = rng.random() < at.care
        if pupil.sex == "P":
            values["hb"] = round(rng.gauss(12.6, 1.1), 1)
    return values


def development_visits(child: Someone, at: Setting) -> Iterator[Contact]:
    """Some children, at most twice in the span, at sessions of the Posyandu."""
    rng = at.rng
    if rng.random() > 0.15 + 0.3 * at.care:
        return
    days = [day for month, day in at.sessions.items() if month >= at.span.first]
    days = [day for day in days if 3 <= completed_months(child.born_on, day) <= OLDEST_MONTHS]
    for day in sorted(rng.sample(days, min(2, len(days)))):
        yield Contact(child, at.home.code, day, _skills(completed_months(child.born_on, day), at))


def _skills(age: int, at: Setting) -> dict[str, Any]:
    rng = at.rng
    score = rng.choices((10, 9, 8, 7, 6, 5), (52, 32, 8, 4, 2, 2))[0]
    values: dict[str, Any] = {
        "kpsp_form": max(form for form in FORMS if form <= age),
        "kpsp": score,
        "hearing": "curiga" if rng.random() < 0.02 else "normal",
        "stimulation": score < 10 or rng.random() < 0.5,
        "ckg": rng.random() < 0.3 + 0.5 * at.care,
    }
    if score < 7:
        values["referred"] = rng.random() < 0.5 + 0.5 * at.care
    if 18 <= age <= 30:
        values["mchat"] = min(20, int(rng.expovariate(1.1)))
    if age >= 36:
        values |= {"sight": "curiga" if rng.random() < 0.03 else "normal", "kmpe": 0}
        if rng.random() < 0.04:
            values["kmpe"] = rng.randrange(1, 4)
    return values
