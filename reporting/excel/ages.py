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
YOUNGER, OLDEST = (45, 59), (70, 0)
GROUPS = ("pralansia", "risti_lansia")  # elements that are told apart by ages
SERVED = frozenset({"dibina", "dilayani", "dibina dilayani", "dilayani dibina"})
WHOM = ("jumlah", "yang", "lansia", "pralansia", "pra", "risti", "risiko", "tinggi", "usila")
UNITS = frozenset({"th", "thn", "tahun", "ke", "keatas", "atas", "lebih", "up"})
RISTI = ("risti", "risiko tinggi")


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


def group_of(levels: Iterable[str]) -> str:
    """The element of those served who are younger or older than the elderly as a whole: by the
    ages that the titles name, and pralansia by its name, which has one meaning.

    "Risti" without ages has two, those from 70 on and those from 60 on with a health problem: "".
    """
    said = [fold(level) for level in levels]
    words = [[word for word in _plain(text) if word not in WHOM] for text in said]
    if not any(" ".join(one) in SERVED for one in words):
        return ""
    ages = ages_of(said)
    is_younger = any({"pralansia", "pra lansia"} & {text, *_pairs(text)} for text in said)
    if ages == YOUNGER or (ages is None and is_younger):
        return "pralansia"
    return "risti_lansia" if ages == OLDEST and not is_younger else ""


def is_risti_of_no_age(levels: Iterable[str]) -> bool:
    """Whether titles name risti and not which ages are meant."""
    said = [fold(level) for level in levels]
    return ages_of(said) is None and any(word in text for text in said for word in RISTI)


def _plain(text: str) -> list[str]:
    """The words of a title without ages."""
    return [word for word in text.split() if not (word.isdigit() or word in UNITS)]


def _pairs(text: str) -> set[str]:
    words = text.split()
    return {*words, *map(" ".join, zip(words, words[1:], strict=False))}
