"""Mothers and young children who die in the span, and that nobody is seen after a death."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import Population, Pregnancy, Someone

# Of a thousand births, in the order of Sensus Penduduk 2020 (long form); contoh.
NEONATAL, POSTNEONATAL, MOTHERS = 9, 6, 1.9
AFTER_THE_FIRST_YEAR = 1  # of a thousand children in the span
NEWBORN_CAUSES = ("bblr", "asfiksia", "bblr", "kelainan", "infeksi")
LATER_CAUSES = ("infeksi", "infeksi", "kelainan", "kecelakaan")


def lost(found: Population, at: Setting) -> Iterator[Contact]:
    """Their deaths, drawn apart so that nobody else's life changes."""
    for child in found.children:
        yield from _child(child, at)
    for pregnancy in found.pregnancies:
        if pregnancy.child is not None:
            yield from _mother(pregnancy, pregnancy.child.born_on, at)


def _child(child: Someone, at: Setting) -> Iterator[Contact]:
    rng = Random(f"wafat:{child.name}:{child.born_on}:{at.home.code}")  # noqa: S311 nothing secret
    chance = 1000 * rng.random()
    if child.born_on >= at.span.first.first_day:
        if chance < NEONATAL:
            day = child.born_on + timedelta(days=rng.choice((1, 1, 2, 3, 5, 8, 15)))
            yield from _death(child, day, {"cause": rng.choice(NEWBORN_CAUSES)}, at)
        elif chance < NEONATAL + POSTNEONATAL:
            day = child.born_on + timedelta(days=rng.randrange(29, 300))
            yield from _death(child, day, {"cause": rng.choice(LATER_CAUSES)}, at)
    elif chance < AFTER_THE_FIRST_YEAR:
        day = at.span.first.first_day + timedelta(days=rng.randrange(390))
        yield from _death(child, day, {"cause": rng.choice(LATER_CAUSES)}, at)


def _mother(pregnancy: Pregnancy, birth: date, at: Setting) -> Iterator[Contact]:
    rng = Random(f"wafat:{pregnancy.mother.nik}")  # noqa: S311 nothing secret
    if 1000 * rng.random() < MOTHERS:
        days = rng.choice((1, 1, 2, 5))
        values = {"cause": "maternal", "pregnancy": "nifas", "days_after": days}
        yield from _death(pregnancy.mother, birth + timedelta(days=days), values, at)


def _death(person: Someone, day: date, values: dict[str, Any], at: Setting) -> Iterator[Contact]:
    if at.span.first.first_day <= day <= at.span.last.last_day:
        said = {"event": "meninggal", "place_of_event": at.rng.choice(("faskes", "rumah"))}
        yield Contact(person, at.centre.code, day, said | values)


def forget_the_dead(contacts: dict[str, list[Contact]]) -> None:
    """Leave out what was drawn for later days before it was known."""
    died = {id(c.person): c.day for c in contacts["vital"] if c.values["event"] == "meninggal"}
    for found in contacts.values():
        found[:] = [c for c in found if c.day <= died.get(id(c.person), date.max)]
