"""A child's immunisations: by the schedule, later than due, refused by some, broken off by some."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from clusters.services import ANTIGENS
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import YEAR, Someone

# Age in days from which a child is expected, and what it gets then.
VISITS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (28, ("BCG", "OPV1")),
    (60, ("DPT1", "OPV2", "PCV1", "RV1")),
    (90, ("DPT2", "OPV3", "PCV2", "RV2")),
    (120, ("DPT3", "OPV4", "IPV1", "RV3")),
    (272, ("MR1", "IPV2")),
    (366, ("PCV3",)),
    (545, ("DPT4", "MR2")),
)
LATEST = {a.code: round(a.before_months * 30.4375) for a in ANTIGENS}
COMES_WITH = ("OPV2", "OPV3", "OPV4", "PCV1", "PCV2", "RV1", "RV2", "RV3")  # at times out of stock


def immunisations(child: Someone, at: Setting) -> Iterator[Contact]:
    """At birth by the Puskesmas, then at sessions of the Posyandu."""
    rng = at.rng
    if rng.random() < 0.025:
        yield from _refused(child, at)
        return
    if rng.random() < 0.86 + 0.13 * at.care:
        soon = child.born_on + timedelta(days=rng.choices((0, 1, 3), (75, 20, 5))[0])
        if soon <= at.span.last.last_day:
            yield Contact(child, at.centre.code, soon, {"antigens": ["HB0"]})
    after = child.born_on
    for due, codes in VISITS:
        slip = rng.choices((0, 25, 55), (70 + 25 * at.care, 20, 6))[0]
        day = _session(child.born_on + timedelta(days=due + slip), after, at)
        if day is None:
            return
        given = _in_stock(codes, (day - child.born_on).days, at)
        if given:
            after = day
            yield Contact(child, at.home.code, day, {"antigens": given})
        leaving = 0.012 if due < 150 else 0.05
        if rng.random() < leaving * (1.9 - at.care):
            yield from _caught_up(child, due, at)
            return


def _session(due: date, after: date, at: Setting) -> date | None:
    """The first session on or after the day when the child is due, four weeks after the last."""
    earliest = max(due, after + timedelta(days=28))
    return next((day for day in at.sessions.values() if day >= earliest), None)


def _caught_up(child: Someone, left_at: int, at: Setting) -> Iterator[Contact]:
    """Of those who broke off, some are found and get the next doses after their age limit."""
    rng = Random(f"kejar:{child.nik}")  # noqa: S311 nothing secret
    missed = [codes for due, codes in VISITS if left_at < due < YEAR]
    if not missed or rng.random() > 0.2 + 0.4 * at.care:
        return
    age = rng.uniform(YEAR + 10, 1.5 * YEAR)
    day = _session(child.born_on + timedelta(days=age), child.born_on, at)
    if day is not None:
        given = [code for code in missed[0] if not code.startswith("RV")]
        yield Contact(child, at.home.code, day, {"antigens": given})


def _in_stock(codes: tuple[str, ...], age: int, at: Setting) -> list[str]:
    rare = 0.015 * (2 - at.care)
    return [
        code
        for code in codes
        if age < LATEST[code] and not (code in COMES_WITH and at.rng.random() < rare)
    ]


def _refused(child: Someone, at: Setting) -> Iterator[Contact]:
    day = _session(child.born_on + timedelta(days=60), child.born_on, at)
    if day is not None:
        reason = at.rng.choice(("menolak", "menolak", "sakit"))
        values: dict[str, Any] = {"refusal": reason}
        yield Contact(child, at.home.code, day, values)
