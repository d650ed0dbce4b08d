"""Which row of a form a label means: by its words, in the order of the form, else by likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ilp.core.cells import fold

ALIKE = 0.9
SHORTEST_GUESS = 8  # shorter labels are too alike one another
NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.)]|\d{1,2}\.\d{1,2}\.?|[a-z][.)]|[ivx]{1,4}[.)])\s+", re.I)


@dataclass(frozen=True)
class Row:
    """A row of a form as it is laid out; `parts` are those of its breakdown."""

    element: str
    number: str
    label: str
    section: str
    parts: tuple[str, ...]
    computed: bool


def key(label: str) -> str:
    """A label for comparing: without its number before it, folded."""
    return fold(NUMBERING.sub("", label))


class RowNames:
    """The labels of a form; one that several rows bear is told apart by the order of the form."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            for name in {key(row.label), fold(row.element)}:
                self._by_key[name].append(at)
        self._sections = {key(row.section) for row in rows}

    def find(self, labels: Sequence[str]) -> dict[int, tuple[Row, bool]]:
        """For each label that means a row its place in the list: the row, and whether guessed."""
        found: dict[int, tuple[Row, bool]] = {}
        taken: set[int] = set()
        last = -1
        for index, label in enumerate(labels):
            at = self._next(key(label), last, taken) if label else None
            if at is not None:
                taken.add(at)
                found[index], last = (self.rows[at], False), at
        self._guess(labels, found, taken)
        return found

    def _next(self, name: str, last: int, taken: set[int]) -> int | None:
        """The next row of that name after the last one found; else the first that is free."""
        free = [at for at in self._by_key.get(name, ()) if at not in taken]
        after = [at for at in free if at > last]
        return next(iter(after or free), None)

    def _guess(
        self, labels: Sequence[str], found: dict[int, tuple[Row, bool]], taken: set[int]
    ) -> None:
        if not found:
            return
        names = {key(row.label): at for at, row in enumerate(self.rows) if at not in taken}
        for index, label in enumerate(labels):
            name = key(label)
            if index in found or len(name) < SHORTEST_GUESS or name in self._sections:
                continue
            for close in get_close_matches(name, names, n=1, cutoff=ALIKE):
                found[index] = self.rows[names.pop(close)], True
