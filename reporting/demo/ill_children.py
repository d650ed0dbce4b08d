"""Sick children at the Puskesmas (MTBS), and what follows when growth falters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from clusters.growth import age_days, completed_months, zscores
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import Someone

ILL = 0.35  # of the children, once in the span
COMPLAINTS = ("cough", "cough", "cough", "diarrhoea", "diarrhoea", "fever", "fever", "ear")
UNDER_FIVE_DAYS = 1795


def sick_visits(child: Someone, weighings: Sequence[Contact], at: Setting) -> Iterator[Contact]:
    """One illness for some; who came back is seen again after two to five days."""
    rng, span = at.rng, at.span
    if rng.random() > ILL:
        return
    length = (span.last.last_day - span.first.first_day).days
    day = span.first.first_day + timedelta(days=rng.randrange(length))
    if not 3 <= (day - child.born_on).days <= UNDER_FIVE_DAYS:
        return
    before = [c for c in weighings if c.day <= day]
    seen = _seen(completed_months(child.born_on, day), before, at)
    yield Contact(child, at.centre.code, day, seen)
    back = day + timedelta(days=rng.randrange(2, 6))
    if back <= span.last.last_day and rng.random() < 0.35 * at.care:
        better = {"visit_kind": "ulang", "danger": False, "cough": False, "fever": False,
                  "outcome": rng.choice(("membaik", "membaik", "membaik", "tetap")),
                  "form_used": rng.random() < 0.4 + 0.6 * at.care}  # fmt: skip
        yield Contact(child, at.centre.code, back, better)


def _seen(months: int, before: Sequence[Contact], at: Setting) -> dict[str, Any]:
    rng = at.rng
    whole = rng.random() < 0.35 + 0.6 * at.care  # how much of the chart was filled in
    complaint = rng.choice(COMPLAINTS)
    danger = rng.random() < 0.03
    values: dict[str, Any] = {
        "visit_kind": "pertama",
        "temperature": round(rng.gauss(38.3 if complaint == "fever" else 36.9, 0.4), 1),
        "danger": danger,
        **{name: complaint == name for name in ("cough", "diarrhoea", "fever", "ear")},
        "treated": True,
        "advice": whole,
        "referred": danger,
    }
    if whole:
        values |= {"weight": _weight(months, before, at), "immunisation_checked": True}
        fast = complaint == "cough" and rng.random() < 0.2
        values["breaths"] = _breaths(months, fast=fast, at=at)
        if months < 2:
            values["infection"] = rng.random() < 0.1
        if months >= 6:
            values["muac"] = _arm(before, at)
    if complaint == "diarrhoea":
        values |= _loose(whole, at)
    if complaint == "fever":
        values["malaria"] = "negatif"
    if complaint == "cough":
        values["antibiotic"] = rng.random() < 0.25
    return values


def _arm(before: Sequence[Contact], at: Setting) -> float:
    known = [c.values["muac"] for c in before if "muac" in c.values]
    return max(10.0, round(at.rng.gauss(known[-1] if known else 14.3, 0.2 if known else 1.0), 1))


def _weight(months: int, before: Sequence[Contact], at: Setting) -> float:
    """Near to what it weighed last at the Posyandu; of its age where it never was there."""
    if before:
        return max(2.2, round(before[-1].values["weight"] + at.rng.gauss(0, 0.15), 1))
    return round(max(2.2, 3.3 + 0.7 * min(months, 6) + 0.2 * max(0, months - 6)
                     + at.rng.gauss(0, 0.5)), 1)  # fmt: skip


def _breaths(months: int, *, fast: bool, at: Setting) -> int:
    usual = 46 if months < 2 else 38 if months < 12 else 30
    return usual + (16 if fast else 0) + at.rng.randrange(-4, 5)


def _loose(whole: bool, at: Setting) -> dict[str, Any]:
    rng, some = at.rng, at.rng.random() < 0.25
    values: dict[str, Any] = {"diarrhoea_days": rng.randrange(1, 6), "blood": rng.random() < 0.04}
    values |= {"ors": True, "zinc": rng.random() < 0.4 + 0.6 * at.care}
    if whole:
        values |= {
            "alertness": "rewel" if some else "baik",
            "sunken_eyes": some and rng.random() < 0.6,
            "drinking": "haus" if some else "biasa",
            "pinch": "lambat" if some and rng.random() < 0.5 else "segera",
        }
    return values


def look_after(weighings: Sequence[Contact], at: Setting) -> None:
    """Whether staff confirmed a child that stands or gains badly, and treated or referred it."""
    rng, last = at.rng, 0.0
    for contact in weighings:
        values = contact.values
        grown = zscores(
            contact.person.sex,
            age_days(contact.person.born_on, contact.day),
            values.get("weight"),
            values.get("height"),
            values.get("measured"),
        )
        falters = last > 0 and values.get("weight", last) <= last
        last = values.get("weight", last)
        severe = grown.whz is not None and grown.whz < -3
        moderate = grown.whz is not None and -3 <= grown.whz < -2
        short = grown.haz is not None and grown.haz < -2
        if not (severe or moderate or short or falters):
            continue
        values["confirmed"] = rng.random() < 0.3 + 0.6 * at.care
        if severe:
            values |= {"severe_care": rng.random() < 0.5 + 0.5 * at.care, "referred": True}
        if moderate or (falters and values["confirmed"]):
            values["extra_food"] = rng.random() < 0.4 + 0.6 * at.care
        if short and values["confirmed"] and not severe:
            values["referred"] = rng.random() < 0.2 + 0.4 * at.care
