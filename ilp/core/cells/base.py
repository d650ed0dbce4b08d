"""What all cell readers share: the error, the memory, and cleaning of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Reader = Callable[[Cell], Any]

# What Excel shows when a formula fails; the value behind it is unknown, not zero.
BROKEN = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
REMEMBERED = 20_000  # different cells a column's reader keeps; then it starts afresh
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad\ufe0e\ufe0f"))


class CellError(ValueError):
    """A cell that cannot be read: `code` for grouping, `sentence` for the person.

    The sentence says what is wrong and how to put it right, and never repeats words or long
    numbers of the cell: they may be a name or a NIK that slipped into the wrong column.
    """

    def __init__(self, code: str, sentence: StrOrPromise) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


class Remembering(dict[Any, Any]):
    """A reader that reads each different cell once.

    Its `__getitem__` is the reader: a known cell costs one look-up in C. True and 1 are one key,
    so the readers must treat them alike. Errors are not kept. Live as long as the import.
    """

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: Cell) -> Any:
        value = self.read(cell)
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = value
        return value


def remembering(read: Reader) -> Reader:
    """The same reader with a memory of its own."""
    return Remembering(read).__getitem__


def clean_text(cell: Cell) -> str:
    """A cell as text: trimmed, no-break and repeated spaces collapsed, 12.0 as "12"."""
    if type(cell) is str:
        if not cell.isascii():
            cell = cell.translate(INVISIBLE)
        return " ".join(cell.split())
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def fold(cell: Cell) -> str:
    """Text for comparing: lower case, accents and punctuation gone, "Lk./Pr" as "lk pr".

    A cell of nothing but marks ("-", "√") keeps them, because they mean something.
    """
    text = clean_text(cell).casefold()
    if text.isalnum() and text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(words.split()) or text


def is_broken_formula(cell: Cell) -> bool:
    """Whether the cell holds #REF!, #DIV/0! and the like; readers give None for these."""
    return type(cell) is str and "#" in cell and cell.strip().upper() in BROKEN


def is_blank(text: str) -> bool:
    """Whether a cleaned text stands for "nothing known"."""
    return not text or text.upper() in BROKEN


def shown(cell: Cell) -> str:
    """The cell as it may stand in a sentence: short numbers and dates, else a neutral phrase."""
    text = clean_text(cell)
    digits = sum(c.isdigit() for c in text)
    if not text or len(text) > 20 or digits > 8 or any(c.isalpha() for c in text):
        return _("Isian ini")
    return f"“{text}”"


def text_reader() -> Reader:
    """A reader of free text: cleaned, None when empty."""

    def read(cell: Cell) -> str | None:
        text = clean_text(cell)
        return None if is_blank(text) else text

    return remembering(read)
