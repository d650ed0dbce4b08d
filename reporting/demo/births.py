"""Births and the four weeks after them: of the mother at her visits, of the baby at its own.

Chance is drawn by the mother's NIK, so that nobody else's life changes with what is told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import Pregnancy, Someone

NIFAS = ((1, 2), (3, 7), (8, 28), (29, 42))
NEONATAL = ((1, 2), (3, 7), (8, 28))
STILLBORN = 0.006  # of twins, one
METHODS = ("suntik", "suntik", "pil", "implan", "iud", "mal", "kondom", "mow")


@dataclass(slots=True)
class Birth:
    """A birth, with what chance has decided of it."""

    mother: Someone
    child: Someone
    day: date
    weeks: int
    number: int  # gravida
    lmp_on: date
    complication: str
    rng: Random


def birth_of(pregnancy: Pregnancy) -> Birth | None:
    """The birth that ended the pregnancy, if it has ended."""
    child = pregnancy.child
    if child is None:
        return None
    rng = Random(f"birth:{pregnancy.mother.nik}")  # noqa: S311 nothing secret
    found = ("tidak", "perdarahan", "eklampsia", "macet", "ketuban")
    weeks = (child.born_on - pregnancy.lmp_on).days // 7
    complication = rng.choices(found, (86, 4, 4, 3, 3))[0]
    return Birth(
        pregnancy.mother, child, child.born_on, weeks, pregnancy.number, pregnancy.lmp_on,
        complication, rng,
    )  # fmt: skip


def delivery(birth: Birth, at: Setting) -> Iterator[Contact]:
    """Written down by the Puskesmas on the day of the birth."""
    rng = birth.rng
    hard = birth.complication != "tidak"
    where = "rs" if hard and rng.random() < 0.7 else _birthplace(rng, at)
    cut = where == "rs" and rng.random() < 0.55
    at_home = where == "rumah"
    attended = not at_home or rng.random() < 0.5
    helper = "spog" if cut else "bidan" if attended else "dukun"
    values: dict[str, Any] = {
        "lmp_on": birth.lmp_on,
        "gravida": birth.number,
        "birthplace": where,
        "helper": helper,
        "way": "sesar" if cut else "normal",
        "by_standard": attended and rng.random() < 0.75 + 0.24 * at.care,
        "live_births": 1,
        "stillbirths": int(rng.random() < STILLBORN),
        "complication": birth.complication,
        "referred": hard and where == "rs",
    }
    if attended and not at_home and rng.random() < 0.6 + 0.38 * at.care:
        values["helper_2"] = rng.choice(("bidan", "bidan", "perawat"))
    if hard:
        values["treated"] = rng.random() < 0.75 + 0.24 * at.care
    yield Contact(birth.mother, at.centre.code, birth.day, values)


def _birthplace(rng: Random, at: Setting) -> str:
    places = ("puskesmas", "rs", "klinik", "tpmb", "polindes", "rumah")
    return rng.choices(places, (40, 22, 6, 24, 4, 14 * (1.05 - at.care)))[0]


def nifas(birth: Birth, at: Setting) -> Iterator[Contact]:
    """KF1 to KF4, until the mother is no longer found."""
    rng, last = birth.rng, at.span.last.last_day
    for number, (first, latest) in enumerate(NIFAS):
        if rng.random() > 0.93 + 0.06 * at.care - 0.02 * number:
            continue
        day = birth.day + timedelta(days=rng.randint(first, latest))
        if day > last:
            return
        yield Contact(birth.mother, _place(number, at, rng), day, _of_nifas(number, birth, at))


def _of_nifas(number: int, birth: Birth, at: Setting) -> dict[str, Any]:
    rng = birth.rng
    systole = round(rng.gauss(114, 9))
    values: dict[str, Any] = {
        "delivered_on": birth.day,
        "systole": systole,
        "diastole": max(55, round(systole * 0.64)),
        "temperature": round(rng.gauss(36.6, 0.3), 1),
        "bleeding_checked": True,
        "breast_checked": rng.random() < 0.9,
        "danger": rng.choices(("tidak", "perdarahan", "demam", "payudara"), (94, 1, 3, 2))[0],
        "education": rng.random() < 0.7 + 0.3 * at.care,
    }
    if values["danger"] != "tidak":
        values |= {"treated": rng.random() < 0.8, "referred": rng.random() < 0.3}
    if number == 0:
        given = rng.random() < 0.8 + 0.19 * at.care
        values |= {"vitamin_a_1": given, "vitamin_a_2": given and rng.random() < 0.9, "tablets": 30}
    if number == 3:
        uses = rng.random() < 0.45 + 0.4 * at.care
        values["method"] = rng.choice(METHODS) if uses else "tidak"
        values["mental_screening"] = rng.random() < at.care
    return values


def newborn(birth: Birth, at: Setting) -> Iterator[Contact]:
    """What is given at birth, and KN1 to KN3."""
    rng, child = birth.rng, birth.child
    grams = round(rng.gauss(3080 - 150 * max(0, 38 - birth.weeks), 380))
    small = grams < 2500
    yield Contact(child, at.centre.code, birth.day, _at_birth(max(900, grams), birth, at))
    for number, (first, latest) in enumerate(NEONATAL):
        if rng.random() > 0.9 + 0.09 * at.care - 0.02 * number:
            continue
        day = birth.day + timedelta(days=rng.randint(first, latest))
        screened = number == 0 and rng.random() < 0.5 + 0.45 * at.care
        if screened:  # the foot is pricked on the third day of life
            day = birth.day + timedelta(days=2)
        if day > at.span.last.last_day:
            return
        values: dict[str, Any] = {
            "examined": True,
            "cord_care": rng.random() < 0.9,
            "education": rng.random() < 0.8,
            "complication": _complication(small, rng),
        }
        if values["complication"] != "tidak":
            values["treated"] = rng.random() < 0.6 + 0.35 * at.care
        if screened:
            values["shk"] = True
        yield Contact(child, _place(number, at, rng), day, values)


def _at_birth(grams: int, birth: Birth, at: Setting) -> dict[str, Any]:
    rng = birth.rng
    values: dict[str, Any] = {
        "hours": 1,
        "birth_weight": grams,
        "birth_length": round(rng.gauss(49.2, 1.6) - (2.0 if grams < 2500 else 0.0), 1),
        "weeks": birth.weeks,
        "imd": rng.random() < 0.6 + 0.35 * at.care,
        "complication": "bblr" if grams < 2500 else rng.choice(("tidak",) * 39 + ("asfiksia",)),
    }
    for one in ("vitamin_k", "eye_ointment", "hb0"):
        values[one] = rng.random() < 0.88 + 0.11 * at.care
    if values["complication"] != "tidak":
        values |= {"treated": rng.random() < 0.75, "referred": rng.random() < 0.4}
    return values


def _complication(small: bool, rng: Random) -> str:
    if small:
        return rng.choice(("tidak", "tidak", "bblr"))
    return rng.choices(("tidak", "ikterus", "infeksi"), (98, 1, 1))[0]


def _place(number: int, at: Setting, rng: Random) -> str:
    if number == 0 or rng.random() < 0.25:
        return at.centre.code
    return at.home.pustu if at.home.pustu and rng.random() < 0.6 else at.home.code
