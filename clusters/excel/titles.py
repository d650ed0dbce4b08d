"""The titles above a table's columns: levels of merged cells, and the words each may be known by.

A reader of workbooks gives the cells that a merged one covers as empty: a title reaches to the
right as long as something stands below it, and down where nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ilp.core.cells import Cell, clean_text, fold
from ilp.core.cells.dates import NAMES

LOOK_AT = 30  # rows in which a header is expected
DEEPEST = 6  # rows of merged titles
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
NUMBERING = re.compile(r"[(\[]?\s*(\d{1,3}|[a-z])\s*[)\].]?")
IN_VALUES = frozenset("0123456789.,/:%+-' ")  # what numbers and dates of a row of data are made of
SMALL = re.compile(r"[0-9]")  # the dose below "DPT-HB-Hib"

# Units as they stand in titles or behind numbers, folded, each with the one name we give it.
UNITS = {
    "kg": "kg", "kilogram": "kg", "kilo": "kg", "gram": "gram", "gr": "gram", "g": "gram",
    "ons": "ons", "mg": "mg", "cm": "cm", "centimeter": "cm", "sentimeter": "cm", "mm": "mm",
    "m": "m", "meter": "m", "minggu": "minggu", "mgg": "minggu", "mg dl": "mg/dl",
    "mgdl": "mg/dl", "mmol l": "mmol/l", "g dl": "g/dl", "gr dl": "g/dl", "mmhg": "mmhg",
    "mm hg": "mmhg", "hari": "hari", "hr": "hari", "bulan": "bulan", "bln": "bulan",
    "tahun": "tahun", "thn": "tahun", "th": "tahun", "x menit": "x/menit", "kali menit": "x/menit",
    "tablet": "tablet", "tab": "tablet", "butir": "tablet",
}  # fmt: skip
# What stands below a title and says nothing of which column it is.
FORMATS = frozenset(
    ["dd mm yyyy", "tgl bln thn", "tanggal bulan tahun", "hari bulan tahun", "hh bb tttt"]
    + ["16 digit", "16 angka", "ya tidak", "y t", "l p", "p l"]
)
ADDED = FORMATS | {
    *("hasil", "nilai", "angka", "sekarang", "saat ini", "bulan ini", "ada", "kode", "nama"),
    *UNITS,
}
# Words above a title that make it another's or another day's: left out of no match.
TURNING = frozenset(
    ["lahir", "ibu", "ayah", "bapak", "suami", "istri", "ortu", "tua", "wali", "keluarga"]
    + ["lalu", "sebelum", "sebelumnya", "kemarin", *NAMES]
) - {"may"}
# Words in brackets behind a title that make it another number than the one measured.
ASIDE = TURNING | {
    *("target", "ideal", "standar", "score", "zscore", "sd", "pra", "kenaikan", "selisih"),
    *("tuberkulosis", "tbc", "paru"),
}

Row = Sequence[Cell]
Levels = tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """Rows that may be a header: where they begin, how many, and each titled column's levels."""

    row_index: int
    depth: int
    columns: list[tuple[int, Levels]]


class Candidates:
    """All that may be the header of a sheet, found once whatever service it is then read for."""

    def __init__(self, rows: Sequence[Row], look_at: int = LOOK_AT) -> None:
        self.rows, self.look_at = rows, look_at
        self._found: list[Candidate] = []
        self._more = self._candidates()
        self._texts: dict[int, list[str]] = {}
        self._ways: dict[tuple[Levels, tuple[str, ...]], list[tuple[str, bool]]] = {}

    def __iter__(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self._found) or self._find_one_more():
            yield self._found[at]
            at += 1

    def _find_one_more(self) -> bool:
        one = next(self._more, None)
        if one is not None:
            self._found.append(one)
        return one is not None

    def _candidates(self) -> Iterator[Candidate]:
        for index in range(min(self.look_at, len(self.rows))):
            for depth in range(1, DEEPEST + 1):
                if depth > 1 and not (self.may_go_on(index) and self.may_go_on(index + depth - 1)):
                    break
                grid = [self.texts(index + level) for level in range(depth)]
                yield Candidate(index, depth, titles_of(grid))

    def texts(self, index: int) -> list[str]:
        if index not in self._texts:
            self._texts[index] = [clean_text(cell) for cell in self.rows[index]]
        return self._texts[index]

    def may_go_on(self, index: int) -> bool:
        """Whether a row may be one of several of a header: words, and no numbers or dates."""
        if index >= len(self.rows):
            return False
        texts = [text for text in self.texts(index) if text]
        if not texts or any(map(_is_value, texts)):
            return False
        return not is_numbering_row(self.rows[index]) and not is_unit_row(self.rows[index])

    def ways(self, levels: Levels, neutral: tuple[str, ...]) -> list[tuple[str, bool]]:
        """`ways` of some levels, with a memory."""
        key = (levels, neutral)
        if key not in self._ways:
            self._ways[key] = list(ways(levels, neutral))
        return self._ways[key]


def titles_of(grid: Sequence[Sequence[str]]) -> list[tuple[int, Levels]]:
    """The levels of each titled column, top level first."""
    width = max(map(len, grid))
    reaching = [""] * len(grid)
    found = []
    for column in range(width):
        cells = [row[column] if column < len(row) else "" for row in grid]
        lowest = max((k for k, cell in enumerate(cells) if cell), default=-1)
        levels = []
        for k, cell in enumerate(cells):
            if cell:
                reaching[k] = cell if k < lowest else ""
                reaching[k + 1 :] = [""] * (len(grid) - k - 1)
                levels.append(cell)
            elif k < lowest and reaching[k]:
                levels.append(reaching[k])
        if levels:
            found.append((column, tuple(levels)))
    return found


def ways(levels: Levels, neutral: tuple[str, ...] = ()) -> Iterator[tuple[str, bool]]:
    """The folded words by which a column may be known, best first, and whether they say all.

    Words that make a title another's ("Ibu" above "NIK") are in all of them, but for `neutral`.
    """
    yield fold(" ".join(levels)), True
    core = _core(levels)
    for parts in (core, levels) if core != levels else (levels,):
        turns = turned(parts, neutral)
        for texts, says_all in _combined(parts, turns):
            text = " ".join(texts)
            folded = fold(text)
            if turns <= set(folded.split()):
                yield folded, says_all
                if not says_aside(text, neutral):
                    yield title(text), says_all


def says_aside(text: str, neutral: tuple[str, ...]) -> bool:
    """Whether brackets say what makes a title another's: "BB (bulan lalu)" is not today's."""
    said = {word for inside in BRACKETS.findall(text) for word in fold(inside).split()}
    return bool(ASIDE & said - set(neutral) - set(title(text).split()))


def _combined(levels: Levels, turns: frozenset[str]) -> Iterator[tuple[Levels, bool]]:
    last, above = levels[-1], levels[:-1]
    yield levels, True
    for one in (*above[-1:], *above[:1]):
        yield (last, one), len(above) == 1
    if turns:
        yield (last, *sorted(turns)), False
    for start in range(1, len(levels)):
        yield levels[start:], False


def _core(levels: Levels) -> Levels:
    """The levels without units and the like below the title proper."""
    end = len(levels)
    while end > 1 and fold(levels[end - 1]) in ADDED:
        end -= 1
    return levels[:end]


def turned(levels: Levels, neutral: tuple[str, ...] = ()) -> frozenset[str]:
    """The words above a title that make it another's or another day's."""
    said = {word for level in levels[:-1] for word in fold(level).split()}
    return TURNING.intersection(said) - set(neutral)


def _is_value(text: str) -> bool:
    return not SMALL.fullmatch(text) and IN_VALUES.issuperset(text) and any(map(str.isdigit, text))


def title(cell: Cell) -> str:
    """A title for comparing: folded, units in brackets left out ("BB (kg)" is "bb")."""
    text = clean_text(cell)
    return fold(BRACKETS.sub(" ", text)) or fold(text)


def unit_named(text: str) -> str:
    """The unit that a title names, in brackets or as its last words; empty if none."""
    for inside in BRACKETS.findall(text):
        if unit := UNITS.get(fold(inside)):
            return unit
    words = fold(BRACKETS.sub(" ", text)).split()
    for count in (2, 1):
        if len(words) > count and (unit := UNITS.get(" ".join(words[-count:]))):
            return unit
    return ""


def is_numbering_row(row: Row) -> bool:
    """Whether a row only counts the columns: 1 2 3, (1) (2) (3), a b c."""
    texts = [clean_text(cell).casefold() for cell in row if cell not in ("", None)]
    return len(texts) >= 2 and all(NUMBERING.fullmatch(text) for text in texts) and _rising(texts)


def _rising(texts: list[str]) -> bool:
    digits = [re.sub(r"\D", "", text) for text in texts]
    if not all(digits):  # "L | P" are titles: letters count from a
        return not any(digits) and texts == sorted(texts) and "a" in texts[0]
    numbers = [int(text) for text in digits]
    return numbers == sorted(set(numbers)) and numbers[0] <= 2


def is_unit_row(row: Row) -> bool:
    """Whether a row only names units and ways of writing: kg, cm, (dd/mm/yyyy)."""
    words = [fold(cell) for cell in row if cell not in ("", None)]
    words = [word for word in words if word]
    return bool(words) and all(word in UNITS or word in FORMATS for word in words)
