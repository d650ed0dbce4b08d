"""Outpatient visits, TBC, HIV tests, home visits, births and deaths of one Posyandu."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Population, Someone

CHILD_CODES = ("J06.9", "J06.9", "J00", "A09", "A09", "A09", "J18.9", "L08", "B35", "R50")
ADULT_CODES = ("I10", "I10", "E11", "K30", "M79", "J06.9", "K02", "L23", "R51", "A09")
TB_SHARE, FOUND = 0.035, 0.18  # of adults presumed to have TBC; of those examined, with it
TREATED_BEFORE = 0.002  # of adults: begun in the year before the span
VISITED, SICK = 0.08, 0.22  # of adults in a year and a half
DIED_IN_A_YEAR = 0.002  # of adults; the very old more often


def events(found: Population, at: Setting) -> Iterator[tuple[str, Contact]]:
    """What happens to these people beside check-ups, as (service, contact)."""
    for child in found.children:
        yield from (("outpatient", one) for one in _ill(child, CHILD_CODES, 0.3, at))
        if child.born_on >= at.span.first.first_day:
            born = {"event": "lahir_hidup", "place_of_event": "faskes"}
            yield "vital", Contact(child, at.centre.code, child.born_on, born)
    for person in found.adults:
        yield from (("outpatient", one) for one in _ill(person, ADULT_CODES, SICK, at))
        yield from _tuberculosis(person, at)
        yield from _at_home(person, at)
        yield from _hiv(person, at)


def deaths(found: Population, contacts: dict[str, list[Contact]], at: Setting) -> Iterator[Contact]:
    """Some die; whoever was seen on a later day did not."""
    seen = {c.person.nik: c.day for listed in contacts.values() for c in
            sorted(listed, key=lambda c: c.day)}  # fmt: skip
    for person in found.adults:
        age = (at.span.last.last_day - person.born_on).days / YEAR
        if at.rng.random() > DIED_IN_A_YEAR * (8 if age >= 70 else 1):
            continue
        day = max(_day(at), seen.get(person.nik, date.min) + timedelta(days=3))
        if day <= at.span.last.last_day:
            cause = at.rng.choice(("tidak_menular", "tidak_menular", "infeksi", "lain"))
            values = {"event": "meninggal", "cause": cause, "place_of_event": "rumah"}
            yield Contact(person, at.centre.code, day, values)


def _day(at: Setting) -> date:
    first, last = at.span.first.first_day, at.span.last.last_day
    return first + timedelta(days=at.rng.randrange((last - first).days + 1))


def _ill(person: Someone, codes: tuple[str, ...], chance: float, at: Setting) -> Iterator[Contact]:
    rng = at.rng
    if rng.random() > chance:
        return
    day = _day(at)
    if day <= person.born_on:
        return
    code = rng.choice(codes)
    values: dict[str, Any] = {
        "diagnosis": code,
        "case_kind": rng.choice(("baru", "baru", "lama")),
        "payer": rng.choice(("jkn", "jkn", "umum")),
        "referred": rng.random() < 0.08,
    }
    if code[0] == "J":
        values |= {"antibiotic": rng.random() < 0.35 - 0.2 * at.care, "standard": True}
        values["breaths"] = rng.randint(22, 38) if rng.random() < at.care else None
    if code == "A09":
        given = rng.random() < 0.4 + 0.6 * at.care
        values |= {"ors": given, "zinc": given, "antibiotic": rng.random() < 0.1}
    if code == "K02":
        values |= rng.choice(({"teeth_filled": 1}, {"teeth_filled": 1}, {"teeth_pulled": 1}))
    yield Contact(person, at.centre.code, day, values)


def _tuberculosis(person: Someone, at: Setting) -> Iterator[tuple[str, Contact]]:
    rng = at.rng
    if rng.random() < TREATED_BEFORE:
        begun = _day(at) - timedelta(days=365)
        yield from (("tb_case", one) for one in _treated(person, begun, at))
        return
    if rng.random() > TB_SHARE:
        return
    day, place = _day(at), at.centre.code
    complete = rng.random() < 0.45 + 0.5 * at.care
    sick = complete and rng.random() < FOUND
    yield "tb_screening", Contact(person, place, day, {
        "cough": True, "fever": rng.random() < 0.3, "weight_loss": rng.random() < 0.2,
        "contact": rng.random() < 0.1, "suspected": True, "examined": True,
        "test": "tcm" if complete else None,
        "result": ("positif" if sick else "negatif") if complete else None,
        "education": complete,
    })  # fmt: skip
    if sick:
        yield from (("tb_case", one) for one in _treated(person, day, at))


def _treated(person: Someone, found: date, at: Setting) -> Iterator[Contact]:
    """From the first month to the sixth, as far as the span goes."""
    rng = at.rng
    start = found + timedelta(days=rng.randrange(1, 6))
    contacts = rng.randrange(2, 6)
    ends = "sembuh" if rng.random() < 0.9 else "putus"
    known = "negatif" if rng.random() < 0.93 else None
    visited = contacts if rng.random() < 0.6 + 0.38 * at.care else 0
    for month in (0, 2, 5, 6):
        day = start + timedelta(days=round(30.5 * month))
        if day > at.span.last.last_day:
            return
        values: dict[str, Any] = {
            "case_type": "baru", "confirmed": "bakteriologis", "diagnosed_on": found,
            "treatment_on": start, "treatment_month": month, "hiv_status": known,
            "sputum": "positif" if month == 0 else "negatif",
        }  # fmt: skip
        if month == 0:
            started = round(visited * at.care)
            values |= {"contacts_found": contacts, "contacts_examined": visited}
            values |= {"tpt_eligible": visited, "tpt_started": started}
        if month == 6:
            values |= {"outcome": ends, "outcome_on": day}
        yield Contact(person, at.centre.code, day, values)


def _at_home(person: Someone, at: Setting) -> Iterator[tuple[str, Contact]]:
    rng = at.rng
    if rng.random() > VISITED:
        return
    day = _day(at)
    values: dict[str, Any] = {
        "target_kind": "keluarga", "reason": "rutin", "education": True,
        "phbs": min(10, rng.randint(6, 13)), "larvae": rng.random() < 0.12,
    }  # fmt: skip
    if rng.random() < 0.3:
        values |= {"findings": [rng.choice("aabbcd")], "referred": True}
        closed = day + timedelta(days=rng.choice((1, 3, 6, 11)))
        if rng.random() < at.care and closed <= at.span.last.last_day:
            values["followed_on"] = closed
    yield "home_visit", Contact(person, at.home.code, day, values)


def _hiv(person: Someone, at: Setting) -> Iterator[tuple[str, Contact]]:
    if at.rng.random() > 0.012:
        return
    group = at.rng.choice(("ims", "kunci", "tbc", "pasangan"))
    values = {"risk_group": group, "education": True, "r1": "nonreaktif"}
    yield "hiv_test", Contact(person, at.centre.code, _day(at), values)
