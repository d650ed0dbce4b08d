"""Everything that happens in the district, Puskesmas by Puskesmas, so that memory stays small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from random import Random

from clusters.services import SERVICES
from ilp.core.months import Month
from reporting.demo import (
    adults,
    births,
    children,
    couples,
    declared,
    diseases,
    doses,
    ill_children,
    lives,
    losses,
    mothers,
    pupils,
)
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import Population, Register, populate
from reporting.demo.places import Puskesmas
from reporting.demo.sasaran import Key, count_sasaran
from reporting.demo.sizes import Size
from reporting.demo.span import Span, sessions

# Earlier contacts of those who are still followed in the span: a pregnancy, a year of doses.
LEAD_MONTHS = 14
# Services whose visits are told here; those of any other are made up from its declaration.
TOLD = frozenset(
    {"antenatal", "delivery", "postnatal", "newborn", "family_planning", "premarital"}
    | {"growth", "immunisation", "development", "school", "sick_child", "adult", "elderly"}
    | {"chronic", "mental", "tb_screening", "tb_case", "hiv_test", "outpatient", "home_visit"}
    | {"vital"}
)


@dataclass(slots=True)
class Centre:
    """A Puskesmas with what it has to hand in; `sasaran` counts (place code, year, code)."""

    planned: Puskesmas
    contacts: dict[str, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    sasaran: dict[Key, int] = field(default_factory=dict)
    people: int = 0


def live(planned: Sequence[Puskesmas], size: Size, seed: int, span: Span) -> Iterator[Centre]:
    """The same for the same size, seed and span, in whatever order it is used."""
    register = Register()
    for one in planned:
        rng = Random(f"{seed}:{size.code}:{span.last}:{one.code}")  # noqa: S311 nothing secret
        centre = Centre(one)
        care, attendance = rng.uniform(0.35, 0.95), rng.uniform(0.78, 0.96)
        for village in one.villages:
            people: list[Population] = []
            for home in village.posyandu:
                at = Setting(
                    centre=one,
                    home=home,
                    span=span,
                    sessions=sessions(span.first.plus(-LEAD_MONTHS), span.last, rng),
                    attendance=min(1.0, attendance + rng.uniform(-0.12, 0.08)),
                    care=min(1.0, max(0.1, care + rng.uniform(-0.2, 0.2))),
                    rng=rng,
                )
                found = populate(home, size, span, register, rng)
                apart = replace(at, rng=Random(f"{seed}:{size.code}:{home.code}"))  # noqa: S311
                found.pupils += pupils.pupils_of(home, size.births, span, register, apart.rng)
                people.append(found)
                centre.sasaran |= count_sasaran(home.code, [found], span)
                _follow(found, at, centre)
                _follow_lives(found, apart, centre)
            centre.sasaran |= count_sasaran(village.code, people, span)
        losses.forget_the_dead(centre.contacts)
        _forget_the_last_month(centre, span)
        yield centre


def _follow(found: Population, at: Setting, centre: Centre) -> None:
    contacts = centre.contacts
    first = at.span.first.first_day
    since = at.span.first.plus(-24).first_day
    for pregnancy in found.pregnancies:
        contacts["antenatal"] += mothers.check_ups(pregnancy, at)
        birth = births.birth_of(pregnancy)
        if birth is not None and birth.day >= first:
            contacts["delivery"] += births.delivery(birth, at)
            contacts["postnatal"] += births.nifas(birth, at)
            contacts["newborn"] += births.newborn(birth, at)
            contacts["family_planning"] += couples.after_birth(birth, at)
    for child in found.children:
        contacts["growth"] += children.weighings(child, at)
        given = doses.immunisations(child, at)
        # doses of older children lie too far back to be of interest
        contacts["immunisation"] += (c for c in given if child.born_on >= since or c.day >= first)
    for person in found.adults:
        contacts["adult"] += adults.screenings(person, at)
        contacts["family_planning"] += couples.planning(person, at)
        contacts["premarital"] += couples.premarital(person, at)
    aside = replace(at, rng=Random(at.rng.random()))  # noqa: S311 nothing secret
    for service, contact in diseases.events(found, aside):
        contacts[service].append(contact)
    contacts["vital"] += diseases.deaths(found, contacts, aside)
    contacts["vital"] += losses.lost(found, aside)
    centre.people += len(found.children) + len(found.pregnancies) + len(found.adults)


def _follow_lives(found: Population, at: Setting, centre: Centre) -> None:
    """Development, school, the elderly, cohorts and mental health: by a chance of their own."""
    contacts = centre.contacts
    screened: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts["adult"]:
        if contact.person.home is at.home:
            lives.complete_adult(contact, at)
            screened[id(contact.person)].append(contact)
    for child in found.children:
        contacts["development"] += pupils.development_visits(child, at)
    for pupil in found.pupils:
        contacts["school"] += pupils.school_visits(pupil, at)
    for person in found.adults:
        contacts["elderly"] += lives.elderly_visits(person, at)
        contacts["chronic"] += lives.chronic_visits(person, screened[id(person)], at)
        contacts["mental"] += lives.mental_visits(person, at)
    _follow_ill(found, at, centre)
    _follow_declared(found, at, centre)
    centre.people += len(found.pupils)


def _follow_ill(found: Population, at: Setting, centre: Centre) -> None:
    """Sick children, and what was done for those whose growth falters."""
    weighed: dict[int, list[Contact]] = defaultdict(list)
    latest = reversed(centre.contacts["growth"])  # this Posyandu's stand last
    for contact in takewhile(lambda c: c.person.home is at.home, latest):
        weighed[id(contact.person)].insert(0, contact)
    for child in found.children:
        ill_children.look_after(weighed[id(child)], at)
        centre.contacts["sick_child"] += ill_children.sick_visits(child, weighed[id(child)], at)


def _follow_declared(found: Population, at: Setting, centre: Centre) -> None:
    """Services without a story of their own; nobody who died in the span is seen."""
    untold = [service for code, service in SERVICES.items() if code not in TOLD]
    if not untold:
        return
    events = centre.contacts["vital"]
    died = {id(c.person) for c in events if c.values["event"] == "meninggal"}
    for person in (*found.children, *found.pupils, *found.adults):
        if id(person) not in died:
            for service in untold:
                centre.contacts[service.code] += declared.visits(service, person, at)


def _forget_the_last_month(centre: Centre, span: Span) -> None:
    """A late Puskesmas has handed in nothing yet of its last month."""
    if centre.planned.is_late:
        for contacts in centre.contacts.values():
            contacts[:] = [c for c in contacts if Month.of(c.day) < span.last]
