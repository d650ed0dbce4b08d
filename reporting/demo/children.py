"""A child's weighings: along its own percentile of the WHO standards, with falters and illness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from clusters.growth.standards import FIRST_STANDING_DAY, LAST_DAY, Lms, standards
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Someone
from reporting.demo.span import liveliness

CAMPAIGN = (2, 8)  # vitamin A, worms, and everybody is measured
OF_A_MONTH = 30.4375
CATCHING_UP = 0.28  # z-scores of weight a year, from the third year on
STILL_UNDER_FIVE = 1795  # days: a margin before the last day that the service accepts


@dataclass(slots=True)
class Curve:
    """Where a child grows, in z-scores: its own line, and how far it falls below it later."""

    length: float
    weight: float
    fall: float
    ill_at: int  # age in days at which an illness begins; weight comes back in four months
    loss: float
    keenness: float  # of the family to come, about 1
    only_milk: float  # age in months until which it gets nothing else


def weighings(child: Someone, at: Setting) -> Iterator[Contact]:
    """Once a month, when the family comes."""
    rng, curve = at.rng, _curve(child, at)
    taller_than = 0.0
    for month, day in at.sessions.items():
        age = (day - child.born_on).days
        if month < at.span.first or age < 3 or age > STILL_UNDER_FIVE:
            continue
        fewer = 0.85 if age > 1100 and month.number not in CAMPAIGN else 1.0
        if rng.random() > at.attendance * liveliness(month) * curve.keenness * fewer:
            continue
        values = _measured(child.sex, age, curve, at, month.number)
        if "height" in values:
            taller_than = values["height"] = max(values["height"], taller_than)
        yield Contact(child, at.home.code, day, values)


def _curve(child: Someone, at: Setting) -> Curve:
    rng, feeding = at.rng, Random(f"asi:{child.nik}")  # noqa: S311 nothing secret
    length = rng.gauss(-0.66, 1.0)
    return Curve(
        length=length,
        weight=0.5 * length + rng.gauss(-0.26, 0.81),
        fall=max(0.0, rng.gauss(0.45, 0.45)),
        ill_at=rng.randrange(150, 2400),
        loss=rng.choice((0.5, 0.8, 1.2, 1.8)),
        keenness=rng.uniform(0.82, 1.2),
        only_milk=9.0 if feeding.random() < 0.3 + 0.35 * at.care else feeding.uniform(0.1, 4.0),
    )


def _measured(sex: str, age: int, curve: Curve, at: Setting, month: int) -> dict[str, Any]:
    rng = at.rng
    fall = curve.fall * min(1.0, max(0.0, (age - 150) / 450))
    since_ill = age - curve.ill_at
    loss = curve.loss * (1 - since_ill / 120) if 0 <= since_ill < 120 else 0.0
    caught_up = CATCHING_UP * max(0.0, age - FIRST_STANDING_DAY) / YEAR
    z = curve.weight - 0.6 * fall - loss + caught_up + rng.gauss(0, 0.025)
    values: dict[str, Any] = {
        "weight": max(1.5, round(_at(standards()[sex].weight[min(age, LAST_DAY)], z), 1)),
        "kia_book": rng.random() < 0.93,
        "sick": loss > 0.3,
    }
    if month in CAMPAIGN or age < 30 or rng.random() < 0.3 + 0.4 * at.care:
        lying = age < FIRST_STANDING_DAY
        z = curve.length - fall + rng.gauss(0, 0.05)
        median = standards()[sex].height[min(age, LAST_DAY)]
        values |= {
            "height": max(42.0, round(_at(median, z), 1)),
            "measured": "l" if lying else "h",
        }
    if age < 7 * OF_A_MONTH:
        values["exclusive_milk"] = age / OF_A_MONTH < curve.only_milk
    _add_food_and_care(values, age, z, at, month)
    return values


def _at(lms: Lms, z: float) -> float:
    """The measurement at a z-score."""
    power, median, spread = lms
    return median * (1 + power * spread * z) ** (1 / power)


def _add_food_and_care(values: dict[str, Any], age: int, z: float, at: Setting, month: int) -> None:
    rng, months = at.rng, age / OF_A_MONTH
    if months >= 6:
        _add_from_six_months(values, months, z, at)
        if month in CAMPAIGN:
            _add_campaign(values, months, at)
    if months < 24 and rng.random() < 0.5 * at.care:
        values["head"] = round(36 + 10.5 * min(1.0, (months / 24) ** 0.5) + rng.gauss(0, 0.8), 1)
    if month % 3 == 2 and months >= 3 and rng.random() < at.care:
        values |= {"kpsp": rng.choice((10, 10, 9, 9, 8, 7)), "checklist": True}
    values["tb_signs"] = 0 if rng.random() < 0.97 else rng.choice((1, 2))
    values["education"] = rng.random() < at.care
    if z < -2:
        values |= {"extra_food": rng.random() < at.care, "referred": z < -3 and rng.random() < 0.5}


def _add_from_six_months(values: dict[str, Any], months: float, z: float, at: Setting) -> None:
    rng = at.rng
    if months < 24:
        values["complementary_food"] = rng.random() < 0.45 + 0.3 * at.care
    if rng.random() < at.care:
        values["muac"] = round(13.2 + min(months, 60) * 0.05 + 0.75 * z + rng.gauss(0, 0.35), 1)


def _add_campaign(values: dict[str, Any], months: float, at: Setting) -> None:
    if at.rng.random() < 0.82 + 0.15 * at.care:
        values["vitamin_a"] = "biru" if months < 12 else "merah"
        if months >= 12:
            values["deworming"] = at.rng.random() < 0.9
