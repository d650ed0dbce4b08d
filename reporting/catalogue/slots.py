"""Where each number stands in the totals: the n-th line of a programme is its n-th position.

The file only ever grows: a line that moved would give old numbers a new meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from reporting.catalogue.language import Element

FILE = Path(__file__).with_name("slots.txt")
Key = tuple[str, str, str]  # programme, element, part; the part of an undivided element is ""
UNDIVIDED = "-"  # how that part is written in the file


def parse(text: str) -> dict[Key, int]:
    """Each key's position, from 1. ValueError for a malformed or repeated line."""
    slots: dict[Key, int] = {}
    width: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if len(words) != 3:
            raise ValueError(f"line {number}: not 'programme element part'")
        programme, element, part = words
        key = (programme, element, "" if part == UNDIVIDED else part)
        if key in slots:
            raise ValueError(f"line {number}: repeated")
        slots[key] = width[programme] = width.get(programme, 0) + 1
    return slots


def widths(slots: Mapping[Key, int]) -> dict[str, int]:
    """The length of each programme's array."""
    found: dict[str, int] = {}
    for (programme, _element, _part), position in slots.items():
        found[programme] = max(position, found.get(programme, 0))
    return found


def needed(elements: Iterable[Element]) -> list[Key]:
    return [(e.programme, e.code, part) for e in elements for part in e.parts]


def missing(elements: Iterable[Element], slots: Mapping[Key, int]) -> list[Key]:
    """Parts of elements that have no position yet, in the order of the catalogue."""
    return [key for key in needed(elements) if key not in slots]


def lines(keys: Iterable[Key]) -> str:
    return "".join(f"{programme} {code} {part or UNDIVIDED}\n" for programme, code, part in keys)
