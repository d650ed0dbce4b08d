"""What the names of sheets, the titles above tables and the name of the file hint at.

A hint is never used for a row: it is shown, for a person to confirm. Only where rows say another
month than the hint they are warned of. Of a title only the words that hint are kept: the others
may name a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from clusters.excel.layout import Layout
from clusters.excel.whereabouts import Whereabouts
from clusters.selectors.places import Kind
from ilp.core.cells import Cell, clean_text
from ilp.core.cells.dates import MONTH_NAMES, MONTHS, NAMES

LONGEST = 200  # letters of a title that are looked at
ALIKE = 0.85  # lets "januaro" be Januari, keeps "Aprilia" from being April
LONG_NAMES = [name for name in MONTHS if len(name) > 4]
WORDS = re.compile(r"[^\W\d_]+|\d+")
NUMBERS = re.compile(
    r"(?<![\d/.-])(?:(\d{1,2})[-_./ ](20\d\d)|(20\d\d)[-_./ ](\d{1,2}))(?![\d/.-])"
)
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
QUARTER = re.compile(
    r"(?<![^\W_])(?:tw|triwulan|tribulan)[\s._-]*(iv|i{1,3}|[1-4])(?![^\W_])", re.IGNORECASE
)
QUARTERS = ("I", "II", "III", "IV")
KINDS = {
    "posyandu": Kind.POSYANDU, "posy": Kind.POSYANDU, "desa": Kind.DESA, "kelurahan": Kind.DESA,
    "kel": Kind.DESA, "puskesmas": Kind.PUSKESMAS, "pkm": Kind.PUSKESMAS, "uptd": Kind.PUSKESMAS,
    "pustu": Kind.PUSTU,
}  # fmt: skip
PLACE = re.compile(
    r"\b(" + "|".join(KINDS) + r")\b[\s:._-]*((?:[^\W_]+[\s'.-]*){1,5})", re.IGNORECASE
)
MOST_WORDS = 5
# As programs call sheets.
SAYS_NOTHING = re.compile(r"(?:sheet|lembar|data|csv|)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Hint:
    """What a text hints at for a sheet: `kind` is place or month, `says` the code of the place, or
    the month as 2025-05 or the quarter as 2025-TW2, without 2025- where no year is written.

    `text` are the words that say so.
    """

    sheet: str
    kind: str
    text: str
    says: str

    @property
    def report(self) -> dict[str, str]:
        key = "code" if self.kind == "place" else "month"
        return {"sheet": self.sheet, "kind": self.kind, "text": self.text, key: self.says}


def hints_of(layouts: Sequence[Layout], file_name: str, where: Whereabouts) -> list[Hint]:
    """The hints of each sheet that is read: one month, and the places that are named."""
    found: list[Hint] = []
    for layout in layouts:
        texts = [layout.sheet.name, *_titles(layout), Path(file_name).stem]
        found += _months(layout.sheet.name, texts)
        found += _places(layout.sheet.name, texts, where)
    return found


def _titles(layout: Layout) -> Iterator[str]:
    """The lines above the header; a word with a colon goes on in the next cell."""
    for row in layout.sheet.rows[: layout.header.row_index]:
        line = " ".join(text for text in map(_short, row) if text)
        if line:
            yield line[:LONGEST]


def _short(cell: Cell) -> str:
    return clean_text(cell)[:LONGEST]


def _months(sheet: str, texts: Sequence[str]) -> Iterator[Hint]:
    """The month of the first text that names just one; the year may stand in another."""
    years = {int(year) for text in texts for year in YEAR.findall(text)}
    for text in texts:
        if found := QUARTER.search(text):
            number = found[1].upper()
            quarter = int(number) if number.isdecimal() else QUARTERS.index(number) + 1
            said = {(0, f"TW{quarter}"): found[0]}
        else:
            said = {(year, f"{month:02d}"): words for year, month, words in months_in(text)}
        if len(said) > 1:
            return  # "Januari-Juni": of several months
        for (year, says), words in said.items():
            of = year or (min(years) if len(years) == 1 else 0)
            yield Hint(sheet, "month", words, f"{of}-{says}" if of else says)
            return


def is_of(day: date, says: str) -> bool:
    """Whether a day lies in the month or quarter that a hint says."""
    return any(f"{day:%Y}-{part}".endswith(says) for part in (f"{day:%m}", _quarter_of(day)))


def _quarter_of(day: date) -> str:
    return f"TW{(day.month + 2) // 3}"


def in_words(says: str) -> str:
    """A hinted month or quarter as people say it."""
    *year, of = says.split("-")
    if of.startswith("TW"):
        return " ".join([f"Triwulan {QUARTERS[int(of[2:]) - 1]}", *year])
    return " ".join([MONTH_NAMES[int(of)], *year])


def months_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(year or 0, month, words) of each month that a text names, in words or as 05-2025."""
    for found in NUMBERS.finditer(text):
        month, year = int(found[1] or found[4]), int(found[2] or found[3])
        if 1 <= month <= 12:
            yield year, month, found[0]
    words = WORDS.findall(text)
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if number := _month(word.casefold(), after):
            year = _year(after)
            yield year, number, f"{word} {after}" if year else word


def _month(word: str, after: str) -> int:
    """A month's number; short names only before a year, as "des" and "mar" are also other words."""
    if word in NAMES and (word in MONTHS or len(word) > 4 or _year(after)):
        return NAMES[word]
    near = get_close_matches(word, LONG_NAMES, n=1, cutoff=ALIKE) if len(word) > 4 else []
    return MONTHS[near[0]] if near else 0


def _year(word: str) -> int:
    if len(word) == 4 and YEAR.fullmatch(word):
        return int(word)
    return 2000 + int(word) if len(word) == 2 and word.isdecimal() else 0


def _places(sheet: str, texts: Iterable[str], where: Whereabouts) -> Iterator[Hint]:
    """Each place that a text names by its kind, or that a sheet is called after."""
    told: set[str] = set()
    for text in texts:
        named = [(KINDS[word.casefold()], f"{word} ", rest) for word, rest in PLACE.findall(text)]
        if text == sheet and not (named or SAYS_NOTHING.fullmatch(text)):
            named = [(Kind.POSYANDU, "", sheet), (Kind.DESA, "", sheet)]
        for kind, word, rest in named:
            code, name = _place(kind, rest.split(), where)
            if code and code not in told:
                told.add(code)
                yield Hint(sheet, "place", word + name, code)


def _place(kind: str, words: Sequence[str], where: Whereabouts) -> tuple[str, str]:
    """The code of the one place that the first words name, and these words."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        name = " ".join(words[:count])
        found = where.homes.find(kind, name)
        if len(found) == 1:
            return found[0].code, name
    return "", ""
