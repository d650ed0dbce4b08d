"""The elderly, those with hypertension or diabetes, and mental health; what is new of adults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Someone
from reporting.demo.span import liveliness

FOLLOWED = 0.014  # of the adults from 35 on: in a cohort that comes month after month
SEVERELY_ILL = 0.0025
ASKED_OF_MIND = 0.006
SCREENED_OLD = 0.3


def _age(person: Someone, at: Setting) -> float:
    return (at.span.last.last_day - person.born_on).days / YEAR


def complete_adult(contact: Contact, at: Setting) -> None:
    """What a full screening tells besides: married or not, cancer of women, the free check."""
    values = contact.values
    if "height" not in values:
        return
    age = (contact.day - contact.person.born_on).days / YEAR
    values |= {"married": age >= 24, "ckg": age < 60 and at.rng.random() < 0.25 + 0.5 * at.care}
    woman = contact.person.sex == "P" and 30 <= age < 51
    if woman and "iva" not in values and at.rng.random() < 0.5 * at.care:
        values |= {"iva": "negatif", "breast_exam": True}


def elderly_visits(person: Someone, at: Setting) -> Iterator[Contact]:
    """One screening in the span for some, at a session of the Posyandu."""
    rng = at.rng
    if _age(person, at) < 62 or rng.random() > SCREENED_OLD * (0.6 + 0.4 * at.care):
        return
    day = rng.choice([d for m, d in at.sessions.items() if m >= at.span.first])
    leaning = rng.random() < 0.03 + 0.006 * (_age(person, at) - 62)
    score = rng.choice((4, 7, 10, 10, 11)) if leaning else rng.choice((20, 20, 20, 20, 19, 17))
    values: dict[str, Any] = {
        "systole": round(rng.gauss(138, 14)),
        "diastole": round(rng.gauss(82, 6)),
        "aks": score,
        "education": True,
        "ckg": rng.random() < 0.3 + 0.5 * at.care,
    }
    groups = ("cognition", "mobility", "nutrition", "sight", "hearing", "mood")
    values |= {f"skilas_{g}": rng.random() < 0.09 for g in groups}
    if rng.random() < 0.35 + 0.6 * at.care:
        values |= {"glucose": round(rng.gauss(128, 32)), "cholesterol": round(rng.gauss(192, 30))}
    if score < 20 or any(values[f"skilas_{g}"] for g in groups):
        values["referred"] = rng.random() < 0.4 + 0.5 * at.care
    if leaning:
        values["home_care"] = rng.random() < at.care
    yield Contact(person, at.home.code, day, values)


def chronic_visits(person: Someone, at: Setting) -> Iterator[Contact]:
    """Month after month from some month on, missing a few; better under control in time."""
    rng = at.rng
    if _age(person, at) < 36 or rng.random() > FOLLOWED:
        return
    diabetic = rng.random() < 0.3
    pressure, sugar = rng.gauss(158, 12), rng.gauss(230, 40)
    since = at.span.first.plus(-rng.randrange(4, 60)).first_day
    begin = rng.randrange(4)
    for number, month in enumerate(at.span.months):
        if number < begin or rng.random() > (0.72 + 0.26 * at.care) * liveliness(month):
            continue
        eased = 1 - min(0.2, 0.025 * (number - begin) * (0.4 + at.care))
        systole = max(100, round(pressure * eased + rng.gauss(0, 6)))
        values: dict[str, Any] = {
            "hypertension": not diabetic or rng.random() < 0.99,
            "diabetes": diabetic,
            "diagnosed_on": since,
            "systole": systole,
            "diastole": min(round(systole * 0.6 + rng.gauss(0, 4)), systole - 20),
            "education": rng.random() < 0.8 + 0.2 * at.care,
            "drug_given": rng.random() < 0.82 + 0.17 * at.care,
            "adherent": rng.random() < 0.8,
        }
        if diabetic:
            values["glucose"] = max(80, round(sugar * eased + rng.gauss(0, 15)))
        day = month.first_day.replace(day=rng.randrange(3, 27))
        yield Contact(person, at.home.pustu or at.centre.code, day, values)


def mental_visits(person: Someone, at: Setting) -> Iterator[Contact]:
    """Some are asked the twenty questions; the few severely ill are visited again and again."""
    rng = at.rng
    if _age(person, at) < 19:
        return
    chance = rng.random()
    months = at.span.months
    if chance < SEVERELY_ILL:
        shackled = rng.random() < 0.08
        for number in sorted(rng.sample(range(len(months)), rng.randrange(4, 9))):
            values = _of_severe(at) | {"shackled": shackled}
            shackled = shackled and rng.random() < 0.8
            day = months[number].first_day.replace(day=rng.randrange(3, 27))
            yield Contact(person, at.centre.code, day, values)
    elif chance < SEVERELY_ILL + ASKED_OF_MIND:
        score = min(20, int(rng.expovariate(0.3)))
        values = {"srq": score, "srq_17": False}
        if score >= 8:
            values |= {"depression": True, "depression_care": rng.random() < 0.3 + 0.6 * at.care}
        day = rng.choice(months).first_day.replace(day=rng.randrange(3, 27))
        yield Contact(person, at.centre.code, day, values)


def _of_severe(at: Setting) -> dict[str, Any]:
    rng = at.rng
    return {
        "severe": True,
        "mental_exam": rng.random() < 0.5 + 0.4 * at.care,
        "interview": True,
        "education": rng.random() < 0.9,
        "drug_given": rng.random() < 0.5 + 0.45 * at.care,
        "adherent": rng.random() < 0.6,
    }
