"""The elderly, those with hypertension or diabetes, and mental health; what is new of adults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ilp.core.months import Month
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Someone
from reporting.demo.span import liveliness

# Of the adults from 35 on, by what a screening found: in a cohort that comes month after month.
FOLLOWED, FOLLOWED_IF_HIGH, FOLLOWED_IF_SWEET = 0.004, 0.22, 0.4
HIGH, SWEET = 140, 200  # mmHg, mg/dL
KEEN = 0.5  # of those followed: never miss a month
SEVERELY_ILL = 0.0024
ASKED_OF_MIND = 0.006
SCREENED_OLD = 0.85


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
    if woman and "iva" not in values and at.rng.random() < 0.12 * at.care:
        values |= {"iva": "negatif", "breast_exam": True}


def elderly_visits(person: Someone, at: Setting) -> Iterator[Contact]:
    """One screening in the span for some, at a session of the Posyandu."""
    rng = at.rng
    if _age(person, at) < 61.2 or rng.random() > SCREENED_OLD * (0.6 + 0.4 * at.care):
        return
    day = rng.choice([d for m, d in at.sessions.items() if m >= at.span.first])
    leaning = rng.random() < 0.03 + 0.006 * (_age(person, at) - 62)
    score = rng.choice((4, 7, 10, 10, 11)) if leaning else rng.choice((20,) * 9 + (18,))
    systole = max(95, round(rng.gauss(138, 14)))
    values: dict[str, Any] = {
        "systole": systole,
        "diastole": min(round(rng.gauss(82, 6)), systole - 20),
        "aks": score,
        "education": True,
        "ckg": rng.random() < 0.3 + 0.5 * at.care,
    }
    groups = ("cognition", "mobility", "nutrition", "sight", "hearing", "mood")
    values |= {f"skilas_{g}": rng.random() < 0.05 for g in groups}
    if rng.random() < 0.55 + 0.42 * at.care:
        values |= {"glucose": round(rng.gauss(128, 32)), "cholesterol": round(rng.gauss(192, 30))}
    if score < 20 or any(values[f"skilas_{g}"] for g in groups):
        values["referred"] = rng.random() < 0.4 + 0.5 * at.care
    if leaning:
        values["home_care"] = rng.random() < at.care
    yield Contact(person, at.home.code, day, values)


def chronic_visits(person: Someone, screened: Sequence[Contact], at: Setting) -> Iterator[Contact]:
    """Month after month from some month on; some miss a few, and are the less under control."""
    rng = at.rng
    high = any(c.values["systole"] >= HIGH for c in screened)
    sweet = any(c.values.get("glucose", 0) >= SWEET for c in screened)
    chance = FOLLOWED_IF_SWEET if sweet else FOLLOWED_IF_HIGH if high else FOLLOWED
    if _age(person, at) < 36 or rng.random() > chance:
        return
    diabetic, keen = sweet, rng.random() < KEEN
    pressure, sugar = rng.gauss(158, 12), rng.gauss(230, 40)
    since = at.span.first.plus(-rng.randrange(4, 60)).first_day
    begin = _begin(screened, at)
    for number, month in enumerate(at.span.months):
        if number < begin or rng.random() > (
            0.99 if keen else (0.72 + 0.26 * at.care) * liveliness(month)
        ):
            continue
        eased = 1 - min(0.13, 0.02 * (number - begin) * (0.4 + at.care))
        systole = max(100, round(pressure * eased + rng.gauss(0, 6)))
        values: dict[str, Any] = {
            "hypertension": high or not diabetic,
            "diabetes": diabetic,
            "diagnosed_on": since,
            "systole": systole,
            "diastole": min(round(systole * 0.6 + rng.gauss(0, 4)), systole - 20),
            "education": keen or rng.random() < 0.8 + 0.2 * at.care,
            "drug_given": keen or rng.random() < 0.82 + 0.17 * at.care,
            "adherent": rng.random() < 0.8,
        }
        if diabetic:
            values["glucose"] = max(80, round(sugar * eased + rng.gauss(0, 15)))
        day = month.first_day.replace(day=rng.randrange(3, 27))
        yield Contact(person, at.home.pustu or at.centre.code, day, values)


def _begin(screened: Sequence[Contact], at: Setting) -> int:
    """In which month: known ones come from the first on, others after they were found."""
    known = any(
        c.values.get("known_hypertension") or c.values.get("known_diabetes") for c in screened
    )
    if known or not screened:
        return at.rng.randrange(3)
    return max(0, at.span.months.index(Month.of(screened[0].day)))


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
        "mental_exam": rng.random() < 0.7 + 0.25 * at.care,
        "interview": True,
        "education": rng.random() < 0.9,
        "drug_given": rng.random() < 0.5 + 0.45 * at.care,
        "adherent": rng.random() < 0.6,
    }
