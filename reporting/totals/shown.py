"""Which numbers are read: those of releases, or those that stand now.

Decided once, around a page, a file, an answer or a command; `read` and the selectors of sasaran and
registers ask here. What decides nothing reads what stands now: actions, the roll-up, its checks.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from ilp.core import formats, sql
from ilp.core.months import Month

Figures = dict[int, dict[str, int]]  # place id -> code -> number


class Data(StrEnum):
    RELEASED = "rilis"
    LIVE = "sementara"


@dataclass(frozen=True)
class Stamp:
    """Which release a number was taken from."""

    pk: int
    district: int
    month: Month
    number: int
    on: date

    @property
    def sentence(self) -> str:
        return _("Rilis %(day)s, rev. %(number)s") % {
            "day": formats.day(self.on),
            "number": self.number,
        }


@dataclass(eq=False)
class Source:
    """Where numbers are read from. Of a month without a release they are those that stand now.

    `instead` names for a district's month another release than its last, or None for what stands
    now: to hold two revisions against each other.
    """

    data: Data = Data.LIVE
    instead: Mapping[tuple[int, Month], Stamp | None] = field(default_factory=dict)

    @cached_property
    def stamps(self) -> dict[Month, dict[int, Stamp]]:
        """The release of each month by district. One query for all, the first time it is asked."""
        found: dict[Month, dict[int, Stamp]] = defaultdict(dict)
        for pk, district, month, number, on in sql.run("reporting/stamps"):
            stamp = Stamp(pk, district, Month.of(month), number, on)
            wanted = self.instead.get((stamp.district, stamp.month), stamp)
            if wanted is not None:
                found[stamp.month][stamp.district] = wanted
        return dict(found)

    def of(self, months: Collection[Month]) -> list[int]:
        """The releases that are read for the months; none: what stands now is read alone."""
        if self.data is Data.LIVE:
            return []
        held = self.stamps
        return sorted(s.pk for month in months for s in held.get(month, {}).values())


LIVE = Source()
_source: ContextVar[Source] = ContextVar("shown", default=LIVE)


def shown() -> Source:
    return _source.get()


@contextmanager
def showing(
    data: Data, instead: Mapping[tuple[int, Month], Stamp | None] | None = None
) -> Iterator[Source]:
    """Read from there until the block ends."""
    token = _source.set(Source(data, instead or {}))
    try:
        yield _source.get()
    finally:
        _source.reset(token)


@contextmanager
def as_it_stands() -> Iterator[None]:
    """Read what stands now until the block ends, without a choice: for what is never released."""
    token = _source.set(LIVE)
    try:
        yield
    finally:
        _source.reset(token)


def frozen_figures(places: Collection[int], months: Collection[Month]) -> dict[Month, Figures]:
    """Sasaran and registers as they were released: of places outside a release there is nothing.

    A place that was not there yet when its month was released has no numbers. No query where no
    release is read.
    """
    found: dict[Month, Figures] = defaultdict(dict)
    releases = shown().of(months)
    if not releases or not places:
        return found
    rows = sql.run("reporting/frozen_figures", releases=releases, places=list(places))
    for place, day, numbers in rows:
        found[Month.of(day)][place] = json.loads(numbers)
    return found
