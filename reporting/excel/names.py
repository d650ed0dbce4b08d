"""Which row of a form a label means: by its words, in the order of the form, else by likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ilp.core.cells import fold
from reporting.catalogue.diseases import LISTINGS

ALIKE = 0.9
ICD = re.compile(r"([A-Z]\d{2})(?:\.\d{1,2})?$")
ALSO: dict[str, tuple[str, ...]] = {
    "k1": ("K1 akses",),  # SIGIZI Kesga tells it from K1 murni
    "lansia_dilayani": (
        *("Lansia dibina", "Jumlah lansia dibina", "Lansia yang dibina", "Lansia dilayani"),
        *("Jumlah lansia dilayani", "Lansia yang dilayani", "Lansia yang mendapat pelayanan"),
    ),
    "skrining_lansia": (
        *("Lansia diskrining", "Jumlah lansia diskrining", "Lansia yang diskrining"),
        *("Skrining lansia", "Skrining kesehatan lansia", "Lansia yang diskrining kesehatan"),
    ),
}
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
    also: tuple[str, ...] = ()  # other names that it may bear


def also_called(element: str) -> tuple[str, ...]:
    """Other names of an element: a disease goes by its codes or its name alone."""
    disease = LISTINGS[-1].rows.get(element)
    if disease is not None and disease.categories:
        return disease.categories, disease.shown, str(disease.label)
    return ALSO.get(element, ())


def key(label: str) -> str:
    """A label for comparing: without its number before it, folded."""
    return fold(NUMBERING.sub("", label))


class RowNames:
    """The labels of a form; one that several rows bear is told apart by the order of the form."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            for name in {key(row.label), fold(row.element), *map(fold, row.also)}:
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
        self._by_diagnosis(labels, found, taken)
        self._guess(labels, found, taken)
        return found

    def _by_diagnosis(
        self, labels: Sequence[str], found: dict[int, tuple[Row, bool]], taken: set[int]
    ) -> None:
        """Single codes of ICD-10 that a row takes in; of several in one row none, as one is not all
        of them."""
        at_row = {row.element: at for at, row in enumerate(self.rows)}
        inside: dict[int, list[int]] = defaultdict(list)
        for index, label in enumerate(labels):
            if index not in found and (code := ICD.match(label.upper())):
                disease = LISTINGS[-1].row_of(code[1])
                at = at_row.get(disease.code) if disease else None
                if at is not None:
                    inside[at].append(index)
        for at, indexes in inside.items():
            if at not in taken and len(indexes) == 1:
                taken.add(at)
                found[indexes[0]] = (self.rows[at], True)

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
