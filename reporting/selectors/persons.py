"""The card of a person: what was done, how they stand, and what is still due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from clusters.growth import completed_months
from clusters.milestones import STATE_CODES
from clusters.models import Milestone, Person, Visit
from clusters.selectors.grids import Dose, Pregnancy, doses, pregnancies
from clusters.selectors.life import Class, Life, classes
from clusters.selectors.standards import (
    Counts,
    Part,
    Standard,
    counts_of,
    standards_of,
    twelve_t,
)
from clusters.services import SERVICES
from reporting.catalogue import ELEMENTS
from reporting.charts.growth import Curve, Measured, curves


@dataclass(frozen=True)
class Carried:
    """A pregnancy with the components of care that it got; none told to who may not know them."""

    pregnancy: Pregnancy
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Due:
    """A standard by its name."""

    name: str
    standard: Standard


@dataclass(frozen=True)
class Reached:
    name: str
    on: date
    scope: date


@dataclass(frozen=True)
class Card:
    life: Life
    age_months: int
    curves: list[Curve]
    carried: list[Carried]
    doses: list[Dose]
    due: list[Due]
    died_on: date | None
    reached: list[Reached]
    classes: list[Class]


def card(life: Life, today: date) -> Card:
    """All that the card shows, in two queries besides those of the life."""
    person, visits = life.person, life.standing
    died_on = _died_on(visits)
    today = died_on or today
    counts = counts_of(person) if life.is_whole else {}
    due = standards_of(person, counts, today) if life.is_whole and not died_on else []
    return Card(
        life=life,
        age_months=completed_months(person.born_on, today),
        died_on=died_on,
        curves=_curves(person, visits),
        carried=_carried(visits, counts, today),
        doses=_doses(person, visits, today),
        due=[Due(name_of(one.code), one) for one in due],
        reached=[Reached(name_of(one.code), one.on, one.scope) for one in _milestones(life)],
        classes=classes(visits) if life.is_deep else [],
    )


def _died_on(visits: list[Visit]) -> date | None:
    """The day of death, as far as the reader may know it."""
    told = [v for v in visits if v.service.code == "vital" and v.event == "meninggal"]  # type: ignore[attr-defined]
    return told[-1].seen_on if told else None


def name_of(code: str) -> str:
    """What a milestone is called: as the number is that counts those who reached it."""
    return str(ELEMENTS[code].label) if code in ELEMENTS else code


def _milestones(life: Life) -> list[Milestone]:
    if not life.is_deep:
        return []
    found: QuerySet[Milestone] = Milestone.objects.filter(person=life.person).exclude(
        code__in=STATE_CODES
    )  # how they stood in each month is no reaching
    known = {(one.visit.service.code, one.visit.pk) for one in life.seen}
    return [one for one in found.order_by("-on", "code") if life.is_whole or _is_told(one, known)]


def _is_told(one: Milestone, known: set[tuple[str, int]]) -> bool:
    """Whether the visit with which it was reached tells it: none of another service what is
    sensitive."""
    beside = one.visit_service
    if beside and SERVICES[one.service].sensitive and not SERVICES[beside].sensitive:
        return False
    return (beside or one.service, one.visit_id) in known


def _curves(person: Person, visits: list[Visit]) -> list[Curve]:
    measured = [
        Measured(
            on=v.seen_on,
            age_days=v.age_days,
            weight=_float(v, "weight"),
            height=_float(v, "height"),
            lying={"l": True, "h": False}.get(getattr(v, "measured", "") or ""),
            z={index: _float(v, index) for index in ("waz", "haz", "whz")},
        )
        for v in visits
        if v.service.code == "growth"
    ]
    return curves(person.sex, measured) if measured else []


def _float(visit: Visit, name: str) -> float | None:
    value = getattr(visit, name)
    return None if value is None else float(value)


def _carried(visits: list[Visit], counts: Counts, today: date) -> list[Carried]:
    return [
        Carried(one, twelve_t(counts, one.begins) if counts else ())
        for one in pregnancies(visits, today)
    ]


def _doses(person: Person, visits: list[Visit], today: date) -> list[Dose]:
    """The grid of doses, for children of the age and for whoever got one."""
    young = SERVICES["immunisation"].accepts_age(completed_months(person.born_on, today))
    if not young and not any(v.service.code == "immunisation" for v in visits):
        return []
    return doses(person, visits, today)
