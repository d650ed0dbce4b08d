"""Ages above the columns of a recap of the elderly: which columns together are those from 60 on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ilp.core.cells import fold

SPAN = re.compile(r"\b(\d\d) (\d\d)\b(?! bln)")
FROM = re.compile(r"\b(\d\d)\b(?: (?:th|thn|tahun))?(?: (?:ke atas|keatas|lebih|up))?$")
OLD = 60
WHOLE = (OLD, 0)
HALVES = ((OLD, 69), (70, 0))
Ages = tuple[int, int]  # from, to; 0 for no end


def ages_of(levels: Iterable[str]) -> Ages | None:
    """The ages that the titles of a column name: "45-59 th", "60 tahun ke atas"; None for none."""
    for level in levels:
        said = fold(level)
        if span := SPAN.search(said):
            return int(span[1]), int(span[2])
        if since := FROM.search(said):
            return int(since[1]), 0
    return None


def from_60(columns: dict[Ages | None, int]) -> tuple[int, ...]:
    """The columns that together count everybody from 60 on; none where they do not.

    Those from 70 on are among those from 60 on, and are added only to those up to 69. A column of
    no ages beside one of younger people may count these, too.
    """
    has_younger = any(ages and ages[0] < OLD for ages in columns)
    for ages in (WHOLE,) if has_younger else (None, WHOLE):
        if ages in columns:
            return (columns[ages],)
    halves = tuple(columns[ages] for ages in HALVES if ages in columns)
    return halves if len(halves) == len(HALVES) else ()
