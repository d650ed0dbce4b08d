"""What lies below what at the end of a month, walked anew from the placements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

REGIONS = {"desa", "kecamatan"}


@dataclass(frozen=True)
class Placed:
    place: str
    parent: str
    axis: str
    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        return (self.since or date.min) <= day < (self.until or date.max)


@dataclass
class Tree:
    """Ancestors and descendants of each place, itself included, as they stood on a day."""

    above: dict[str, set[str]] = field(default_factory=dict)
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def as_of(day: date, kinds: dict[str, str], placements: list[Placed]) -> Tree:
    parents: dict[str, list[Placed]] = defaultdict(list)
    for placed in placements:
        if placed.on(day):
            parents[placed.place].append(placed)
    tree = Tree()
    for place in kinds:
        tree.above[place] = _belongs_to(place, kinds, parents)
        for ancestor in tree.above[place]:
            tree.below[ancestor].add(place)
    return tree


def _belongs_to(place: str, kinds: dict[str, str], parents: dict[str, list[Placed]]) -> set[str]:
    """A supervisor passes on whom it works for, not the village in which its own house stands."""
    found, ways = set(), [(place, True)]
    while ways:
        here, own = ways.pop()
        found.add(here)
        for placed in parents[here]:
            if own or placed.axis == "network" or kinds[here] in REGIONS:
                ways.append((placed.parent, False))
    return found
