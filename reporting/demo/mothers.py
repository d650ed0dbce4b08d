"""A pregnancy's check-ups: the six contacts, what is done at each, and dropping out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import Pregnancy

# Completed weeks at which a mother is expected; the first and the fifth time by a doctor.
EXPECTED = (9, 16, 21, 29, 33, 36)
DOCTOR_AT = (0, 4)
TABLETS = 30
SUNDAY = 6
LOW_HB = 10.0  # g/dL: tablets alone do not help


@dataclass(slots=True)
class Body:
    """Of a mother at the start of her pregnancy: kg, cm, cm, g/dL, mmHg."""

    weight: float
    height: float
    muac: float
    hb: float
    systole: float
    gain: float  # kg a week after the first trimester


def check_ups(pregnancy: Pregnancy, at: Setting) -> Iterator[Contact]:
    """From the first contact on, until the mother drops out, gives birth, or the span ends."""
    rng, body = at.rng, _body(at)
    late = rng.choices((0, 1, 2, 3), (0.76 + 0.12 * at.care, 0.08, 0.03, 0.01))[0]
    birth = 36.5 + min(4.5, max(0.0, rng.gauss(2.2, 1.2)))
    tells_day = rng.random() < 0.85
    for number, week in enumerate(EXPECTED):
        if number < late:
            continue
        weeks = week + rng.choice((-1, 0, 0, 0, 1, 2)) + (2 if number == late and late else 0)
        day = _working_day(pregnancy.lmp_on + timedelta(days=7 * weeks + rng.randrange(6)))
        if weeks >= birth or day > at.span.last.last_day or _is_born(pregnancy, day):
            return
        values = _examined(number, weeks, number == late, body, at)
        values["gravida"] = pregnancy.number
        if tells_day:
            values["lmp_on"] = pregnancy.lmp_on
        yield Contact(pregnancy.mother, _place(values["examiner"], at), day, values)
        if rng.random() > 0.975 + 0.02 * at.care:
            return


def _is_born(pregnancy: Pregnancy, day: date) -> bool:
    return pregnancy.child is not None and day >= pregnancy.child.born_on


def _working_day(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day


def _place(examiner: str, at: Setting) -> str:
    """Doctors work at the Puskesmas, midwives at the Pustu or the Posyandu."""
    if examiner == "dokter" or at.rng.random() < 0.2:
        return at.centre.code
    return at.home.pustu if at.home.pustu and at.rng.random() < 0.5 else at.home.code


def _body(at: Setting) -> Body:
    rng = at.rng
    muac = rng.gauss(26.6, 2.4)
    return Body(
        weight=max(34.0, 1.9 * muac + rng.gauss(2, 4)),
        height=rng.gauss(153, 5),
        muac=max(18.0, muac),
        hb=rng.gauss(12.0, 1.0),
        systole=rng.gauss(112, 10),
        gain=rng.uniform(0.25, 0.5),
    )


def _examined(number: int, weeks: int, first: bool, body: Body, at: Setting) -> dict[str, Any]:
    rng = at.rng
    doctor = number in DOCTOR_AT and rng.random() < 0.88 + 0.11 * at.care
    systole = round(body.systole + rng.gauss(0, 6) + (weeks > 28 and rng.random() < 0.08) * 28)
    tablets = TABLETS * rng.choices((0, 1, 2), (0.18 - 0.17 * at.care, 0.7, 0.12))[0]
    values: dict[str, Any] = {
        "weeks": weeks,
        "examiner": "dokter" if doctor else "bidan",
        "usg": doctor and rng.random() < 0.9,
        "weight": round(body.weight + body.gain * max(0, weeks - 12), 1),
        "systole": max(85, systole),
        "diastole": max(55, min(round(systole * 0.64 + rng.gauss(0, 4)), max(85, systole) - 20)),
        "tablets": tablets,
        "tablets_taken": max(0, tablets - rng.choice((*[0] * 14, 2, 10))),
        "mothers_class": rng.random() < 0.85 * at.care,
        "counselling": rng.random() < 0.5 + 0.5 * at.care,
    }
    if weeks >= 16:
        values["fetal_heart"] = round(rng.gauss(142, 8))
    if weeks >= 20:
        values["fundal"] = round(weeks - 2 + rng.gauss(0, 1.2))
    if first or number == 4:
        dip = 0.5 if number == 4 else 0.0
        values["hb"] = round(min(15.0, max(6.2, body.hb - dip + rng.gauss(0, 0.3))), 1)
        if values["hb"] < LOW_HB:
            values["anaemia_care"] = rng.random() < 0.85 + 0.12 * at.care
    if first:
        _add_first_contact(values, body, at)
    elif body.muac < 23.5 and rng.random() < at.care:
        values["extra_food"] = True
    return values


def _add_first_contact(values: dict[str, Any], body: Body, at: Setting) -> None:
    rng = at.rng
    tested = rng.random() < 0.78 + 0.2 * at.care
    values |= {
        "height": round(body.height, 1),
        "muac": round(body.muac, 1),
        "td_status": rng.choice(("T2", "T3", "T4", "T5", "T5")),
        "birth_plan": rng.random() < 0.6 + 0.4 * at.care,
        "mental_screening": rng.random() < 0.6 + 0.4 * at.care,
        "risk": rng.choices(("tidak", "masyarakat", "nakes"), (80, 8, 12))[0],
    }
    for test in ("urine_protein_test", "glucose_test", "hiv_test", "syphilis_test", "hbsag_test"):
        values[test] = tested and rng.random() < 0.99
