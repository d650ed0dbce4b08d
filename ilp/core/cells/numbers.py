"""Numbers as people here write them: "1.234", "12,5", "1 234", "85 %", "Nihil"."""

from __future__ import annotations

import math
import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from ilp.core.cells.base import Cell, CellError, Reader, clean_text, is_blank, remembering, shown
from ilp.core.cells.dates import NAMES

NIL = frozenset({"-", "--", "–", "—", "nihil", "nol", "nil"})
GROUPED = re.compile(r"[+-]?\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*")
PLAIN = re.compile(r"[+-]?\d{1,15}")
ZERO_TAIL = re.compile(r"([+-]?\d{1,15})[.,]0{1,2}")
DECIMAL = re.compile(r"([+-]?)(\d{1,3}(?:[., ]\d{3})*|\d*)([.,])(\d+)")
AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")
LIKE_DIGITS = frozenset({"o", "oo", "l", "i", "e"})
NOTE = re.compile(r"([+-]?\d[\d.,]*)\s*([^\W\d].*)", re.DOTALL)
PRESSURE = re.compile(r"(\d{2,3})\s*[/\\-]\s*(\d{2,3})(?:\s*mm\s*hg)?", re.IGNORECASE)


def read_integer(cell: Cell, *, count: bool = True) -> int | None:
    """A whole number (ux.md R-NUM: dots and spaces only as thousands, in groups of three).

    `count` tells whether "-" and "Nihil" mean a reported 0 (a count) or nothing (a measure).
    """
    if isinstance(cell, (int, float)):
        return _whole(float(cell))
    text = _text(cell)
    if is_blank(text):
        return None
    if text.casefold() in NIL:
        return 0 if count else None
    if PLAIN.fullmatch(text):
        return int(text)
    if GROUPED.fullmatch(text):
        return int(text.replace(".", "").replace(" ", ""))
    if zeros := ZERO_TAIL.fullmatch(text):
        return int(zeros[1])
    raise CellError(
        "not-whole",
        _("%(cell)s bukan bilangan bulat. Tulis angka tanpa koma, contoh 1234 atau 1.234.")
        % {"cell": shown(cell)},
    )


def read_decimal(
    cell: Cell, places: int, *, percent: bool = False, unit: str = ""
) -> Decimal | None:
    """A number rounded half up to `places`; the last comma or dot is the decimal mark.

    So "3.250" is 3.25 here: a field in grams is a whole number instead. `percent` lets a % sign
    follow ("85 %" is 85), `unit` the field's own unit ("9,4 kg"). "-" and "Nihil" are unknown.
    """
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell) or abs(cell) >= 10**12:
            raise _not_decimal(cell)
        return _rounded(Decimal(repr(float(cell))), places)
    text = _without_suffix(_text(cell), percent, unit)
    if is_blank(text) or text.casefold() in NIL:
        return None
    if PLAIN.fullmatch(text):
        return _rounded(Decimal(text), places)
    if found := DECIMAL.fullmatch(text):
        sign, whole, mark, rest = found.groups()
        if mark not in whole:
            digits = re.sub(r"[., ]", "", whole) or "0"
            return _rounded(Decimal(f"{sign}{digits}.{rest}"), places)
    raise _not_decimal(cell)


def integer_reader(*, count: bool = True) -> Reader:
    """A column's `read_integer`, with a memory."""
    return remembering(lambda cell: read_integer(cell, count=count))


def decimal_reader(places: int, *, percent: bool = False, unit: str = "") -> Reader:
    """A column's `read_decimal`, with a memory."""
    return remembering(lambda cell: read_decimal(cell, places, percent=percent, unit=unit))


def is_ambiguous_number(cell: Cell) -> bool:
    """Whether a decimal cell could also be thousands ("3.250"), so that a hint is due."""
    return type(cell) is str and AMBIGUOUS.fullmatch(cell.strip()) is not None


def split_note(cell: Cell) -> tuple[Cell, str]:
    """The number and the words stuck to it: "9,4 N" is ("9,4", "N"), "SAKIT" is (None, "SAKIT")."""
    if type(cell) is not str:
        return cell, ""
    text = clean_text(cell)
    if found := NOTE.fullmatch(text):
        return found[1].rstrip(".,"), found[2].strip()
    if text and text[0].isalpha() and text.casefold() not in NIL:
        return None, text
    return cell, ""


def is_mere_note(text: str, note: str) -> bool:
    """Whether words behind a number leave it as it is: "9,4 N", not "1O,5", "9 Mei" or "7 1/2"."""
    stuck = not text.removesuffix(note).endswith(" ")
    words = note.casefold().split()
    if any(c.isdigit() for c in note) or words[0] in NAMES:
        return False
    return not (stuck and words[0] in LIKE_DIGITS)


def read_blood_pressure(cell: Cell) -> tuple[int, int] | None:
    """ "120/80" as systole and diastole in mmHg; None when empty."""
    text = _text(cell) if not isinstance(cell, (int, float)) else clean_text(cell)
    if is_blank(text) or text.casefold() in NIL:
        return None
    if found := PRESSURE.fullmatch(text):
        return int(found[1]), int(found[2])
    raise CellError(
        "not-pressure",
        _("%(cell)s bukan tekanan darah. Tulis sistole/diastole, contoh 120/80.")
        % {"cell": shown(cell)},
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, (date, time, timedelta)):
        raise CellError(
            "date-for-number",
            _("Sel berisi tanggal, bukan angka. Ubah format sel menjadi Angka, lalu tulis ulang."),
        )
    return clean_text(cell).lstrip("'’")


def _without_suffix(text: str, percent: bool, unit: str) -> str:
    if percent and text.endswith("%"):
        return text[:-1].rstrip()
    if unit and text.casefold().endswith(unit.casefold()):
        return text[: -len(unit)].rstrip()
    return text


def _whole(number: float) -> int:
    if number.is_integer() and abs(number) < 10**15:
        return int(number)
    raise CellError(
        "not-whole",
        _("%(cell)s bukan bilangan bulat. Tulis angka tanpa koma, contoh 12.")
        % {"cell": shown(number)},
    )


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _not_decimal(cell: Cell) -> CellError:
    return CellError(
        "not-number",
        _("%(cell)s bukan angka. Tulis angka saja, contoh 9,2.") % {"cell": shown(cell)},
    )
