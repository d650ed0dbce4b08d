"""Women who plan their families, and couples who are about to marry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from reporting.demo.births import Birth
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Someone

LASTING = ("iud", "implan", "mow")
METHODS = ("suntik", "suntik", "suntik", "pil", "pil", "implan", "iud", "kondom", "mow")
EVERY_DAYS = {"suntik": 90, "pil": 150}
SHARE_SEEN = 0.12  # of the women of fertile age; most go to a midwife's practice
SHARE_MARRYING = 0.035  # of the young adults, in the months of the demo


def after_birth(birth: Birth, at: Setting) -> Iterator[Contact]:
    """A method begun some weeks after the birth, and fetched again."""
    rng = birth.rng
    if rng.random() > 0.35 + 0.35 * at.care:
        return
    begin = birth.day + timedelta(days=rng.randint(30, 75))
    values = {"delivered_on": birth.day, "children": birth.number}
    yield from _uses(birth.mother, rng.choice(METHODS), begin, "baru", values, at, rng)


def planning(person: Someone, at: Setting) -> Iterator[Contact]:
    """Of other women of fertile age, those who come to the Puskesmas."""
    rng = Random(f"kb:{person.nik}")  # noqa: S311 nothing secret
    first = at.span.first.first_day
    age = (first - person.born_on).days / YEAR
    if person.sex != "P" or not 19 <= age < 48 or rng.random() > SHARE_SEEN:
        return
    begin = first + timedelta(days=rng.randrange(300))
    children = min(6, max(0, round(rng.gauss((age - 18) / 7, 1))))
    state = rng.choice(("aktif", "aktif", "baru", "ganti"))
    values = {"children": children}
    yield from _uses(person, rng.choice(METHODS), begin, state, values, at, rng)


def _uses(
    person: Someone,
    method: str,
    day: date,
    state: str,
    values: dict[str, Any],
    at: Setting,
    rng: Random,
) -> Iterator[Contact]:
    place = at.home.pustu if at.home.pustu and method not in LASTING else at.centre.code
    while day <= at.span.last.last_day:
        told = {k: v for k, v in values.items() if k != "delivered_on" or state == "baru"}
        said = {"method": method, "state": state, "education": rng.random() < 0.8}
        yield Contact(person, place, day, told | said)
        if method in LASTING:
            return
        if rng.random() < 0.12:
            ended = day + timedelta(days=60)
            if ended <= at.span.last.last_day:
                yield Contact(person, place, ended, {"method": "tidak", "state": "berhenti"})
            return
        day += timedelta(days=EVERY_DAYS.get(method, 120) + rng.randrange(12))
        state = "aktif"


def premarital(person: Someone, at: Setting) -> Iterator[Contact]:
    """One examination at the Puskesmas, some weeks before the wedding."""
    rng = Random(f"catin:{person.nik}")  # noqa: S311 nothing secret
    day = at.span.first.first_day + timedelta(days=rng.randrange(390))
    age = (day - person.born_on).days / YEAR
    if not 19 <= age < 32 or rng.random() > SHARE_MARRYING or day > at.span.last.last_day:
        return
    woman = person.sex == "P"
    systole = round(rng.gauss(112, 9))
    tested = rng.random() < 0.5 + 0.45 * at.care
    values: dict[str, Any] = {
        "weight": round(max(36, rng.gauss(52 if woman else 62, 8)), 1),
        "height": round(rng.gauss(153 if woman else 164, 5), 1),
        "systole": systole,
        "diastole": max(55, round(systole * 0.64)),
        "hb": round(max(8.0, rng.gauss(12.4 if woman else 14.4, 1.1)), 1),
        "hiv_test": tested,
        "syphilis_test": tested,
        "hbsag_test": tested,
        "mental_screening": rng.random() < at.care,
        "counselling": rng.random() < 0.9,
    }
    if woman:
        values["muac"] = round(max(19.0, rng.gauss(25.6, 2.2)), 1)
        values["td_status"] = rng.choice(("T2", "T3", "T4", "T5"))
    yield Contact(person, at.centre.code, day, values)
