"""Visits for those who count elsewhere: everything but who the person is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clusters.models import VISITS
from clusters.services import SERVICES
from ilp.core.crypto import blind_index
from ilp.core.months import Month

HEAD = {
    "visit_id": "pk",
    "person": "person_id",
    "sex": "sex",
    "born_on": "person__born_on",
    "facility": "facility__code",
    "home": "home__code",
    "seen_on": "seen_on",
    "age_days": "age_days",
    "age_months": "age_months",
}
CHUNK = 5_000


def header(service: str) -> list[str]:
    """The titles of the columns: who, where and when, what was written, what was worked out."""
    declared = SERVICES[service]
    return [*HEAD, *declared.typed, *(d.name for d in declared.derived)]


def visits_between(service: str, first: Month, last: Month) -> Iterator[list[Any]]:
    """Standing visits of these months by day, streamed; the cells in the order of `header`."""
    names = [HEAD.get(name, name) for name in header(service)]
    found = VISITS[service].objects.standing()
    found = found.filter(seen_on__range=(first.first_day, last.last_day))
    for row in found.order_by("seen_on", "pk").values_list(*names).iterator(CHUNK):
        yield [row[0], person_key(row[1]), *map(_cell, row[2:])]


def person_key(person_id: int) -> str:
    """The same for the same person in this installation, and of no use anywhere else."""
    return blind_index(f"person:{person_id}")[:8].hex()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return "|".join(value)
    return value
