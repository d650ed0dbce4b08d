"""Pregnancies with their contacts, and children with their doses, as grids to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clusters.cutoffs import cutoff, is_in_force
from clusters.milestones import IN_TM1, IN_TM2, IN_TM3, K6
from clusters.models import Person, Visit
from clusters.selectors.standards import LONGEST_PREGNANCY
from clusters.services import ANTIGENS, Antigen

PREGNANCY = timedelta(days=280)  # from the last period to the day of birth, by Naegele
CONTACTS = {
    number: next(need.nth for need in K6 if need.when == when)
    for number, when in enumerate((IN_TM1, IN_TM2, IN_TM3), start=1)
}


@dataclass(frozen=True)
class Trimester:
    number: int
    needed: int
    visits: tuple[Visit, ...]

    @property
    def is_met(self) -> bool:
        return len(self.visits) >= self.needed


@dataclass(frozen=True)
class Pregnancy:
    """One pregnancy; `weeks` is how far it is today, None when it must be over."""

    begins: date
    due: date
    weeks: int | None
    trimesters: tuple[Trimester, ...]


def pregnancies(visits: Iterable[Visit], today: date) -> list[Pregnancy]:
    """The pregnancies that antenatal visits tell of, the latest first."""
    found: dict[date, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.service.code == "antenatal" and visit.pregnancy_on:  # type: ignore[attr-defined]
            found[visit.pregnancy_on].append(visit)  # type: ignore[attr-defined]
    return [
        Pregnancy(
            begins=begins,
            due=begins + PREGNANCY,
            weeks=(today - begins).days // 7 if today - begins <= LONGEST_PREGNANCY else None,
            trimesters=tuple(
                Trimester(n, needed, tuple(v for v in seen if v.trimester == n))  # type: ignore[attr-defined]
                for n, needed in CONTACTS.items()
            ),
        )
        for begins, seen in sorted(found.items(), reverse=True)
    ]


class DoseState(StrEnum):
    GIVEN = "diberikan"
    EARLY = "terlalu dini"  # given before the least age: does not count
    WAITING = "belum waktunya"
    DUE = "jatuh tempo"
    LATE = "terlambat"
    OVER = "lewat umur"


@dataclass(frozen=True)
class Dose:
    """A dose of the schedule: when it is due, until when, and when it was given."""

    antigen: Antigen
    due: date
    until: date
    given: date | None
    state: DoseState


def doses(person: Person, visits: Iterable[Visit], today: date) -> list[Dose]:
    """The doses of the schedule that holds for the child's birth, and all that were given."""
    valid: dict[str, date] = {}
    early: dict[str, date] = {}
    least = {one.code: one.from_days for one in ANTIGENS}
    for visit in visits:
        if visit.service.code == "immunisation":
            for code in visit.antigens or ():  # type: ignore[attr-defined]
                kind = valid if visit.age_days >= least.get(code, 0) else early
                kind.setdefault(code, visit.seen_on)
    return [
        _dose(person, one, valid.get(one.code), early.get(one.code), today)
        for one in ANTIGENS
        if one.code in valid or one.code in early or _holds(one, person, today)
    ]


def _holds(antigen: Antigen, person: Person, today: date) -> bool:
    born_on = person.born_on
    in_time = antigen.since <= born_on and (antigen.until is None or born_on < antigen.until)
    return in_time and is_in_force(antigen.provinces, _province(person), today)


def _province(person: Person) -> int | None:
    """Codes of villages, and of what lies in them, begin with their province's."""
    begin = person.home.code[:2] if person.home else ""
    return int(begin) if begin.isdecimal() else None


def _dose(
    person: Person, antigen: Antigen, valid: date | None, early: date | None, today: date
) -> Dose:
    due = person.born_on + timedelta(days=antigen.from_days)
    until = _months_after(person.born_on, antigen.before_months)
    if valid:
        state = DoseState.GIVEN
    elif today >= until:
        state = DoseState.OVER
    elif today < due:
        state = DoseState.EARLY if early else DoseState.WAITING
    elif (today - due).days > cutoff("dose_late_days", today):
        state = DoseState.LATE
    else:
        state = DoseState.DUE
    return Dose(antigen, due, until, valid or early, state)


def _months_after(day: date, months: int) -> date:
    """The first day on which so many months are completed."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:  # no such day: completed on the first of the next month
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
