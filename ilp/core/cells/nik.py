"""The national identity number (NIK): 6 digits of area, birth day DDMMYY, 4 digits of serial.

A woman's day of birth has 40 added. Rules: domain reference §7, ux.md R-NIK.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from ilp.core.cells.base import BROKEN, Cell, CellError

DIGITS = 16
NOISE = re.compile(r"[\s'’‘`´\"\u200b-\u200f\ufeff.\-]+")
# What Excel writes into a CSV for a number too long to show, and Python or R for a float.
ROUNDED = re.compile(r"'?\d[.,]?\d*E\+?1[45]|\d{15,17}[.,]0", re.IGNORECASE)
NONE_GIVEN = frozenset({"", "0", "nihil", "tidakada", "tdkada", "belumada", "blmada", "n/a"})


class Nik(NamedTuple):
    """A NIK that may serve to match persons, or None; `damaged` when a wrong one was written."""

    nik: str | None
    damaged: bool


ABSENT = Nik(None, damaged=False)
DAMAGED = Nik(None, damaged=True)


def plain_nik(cell: Cell) -> str | None:
    """The NIK of a cell that holds nothing else, as nearly all do; else None, for `read_nik`."""
    if type(cell) is str and len(cell) == DIGITS and cell.isdecimal() and cell.isascii():
        return None if cell == cell[0] * DIGITS else cell
    return None


def read_nik(cell: Cell) -> Nik:
    """The NIK in a cell. CellError when its length is wrong or letters are in it.

    Excel keeps 15 digits of a number, so a NIK in a number cell has lost its last one and must
    not be matched on: it comes back as damaged. So do fillers such as sixteen nines.
    """
    if type(cell) is str:
        text = cell if len(cell) == DIGITS else NOISE.sub("", cell)
        if len(text) == DIGITS and text.isdecimal() and text.isascii():
            return DAMAGED if text == text[0] * DIGITS else Nik(text, damaged=False)
        return _unusual(cell.strip(), NOISE.sub("", cell))
    if cell is None:
        return ABSENT
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell == 0:
            return ABSENT
        if 10**15 <= cell < 10**16:
            return DAMAGED
    raise _wrong_length()


def _unusual(text: str, bare: str) -> Nik:
    if bare.casefold() in NONE_GIVEN or text.upper() in BROKEN:
        return ABSENT
    if ROUNDED.fullmatch(text):
        return DAMAGED
    if any(c.isalpha() for c in bare):
        raise CellError(
            "nik-letters", _("NIK berisi huruf. Tulis 16 angka sesuai KTP atau KK, tanpa huruf.")
        )
    raise _wrong_length()


def _wrong_length() -> CellError:
    return CellError(
        "nik-length",
        _("NIK tidak terdiri dari 16 angka. Periksa KTP atau KK; kosongkan bila belum punya NIK."),
    )


def check_nik(nik: str, sex: str | None, born_on: date | None) -> list[str]:
    """What does not fit in a NIK, as codes of warnings; population offices err too.

    nik-date: no such day or month inside it. nik-sex, nik-born: not the sex or the date of birth
    given. nik-serial: the serial is 0000, which is never issued.
    """
    if born_on and nik[6:12] == _born(born_on, sex) and nik[12:] != "0000":
        return []  # nearly all: spares taking the digits apart
    found = []
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    female, day = day > 40, day % 40 if day != 40 else 0
    if not (1 <= day <= 31 and 1 <= month <= 12):
        found.append("nik-date")
    else:
        if sex in ("L", "P") and (sex == "P") != female:
            found.append("nik-sex")
        if born_on and (born_on.day, born_on.month, born_on.year % 100) != (day, month, year):
            found.append("nik-born")
    if nik[12:] == "0000":
        found.append("nik-serial")
    return found


def _born(born_on: date, sex: str | None) -> str:
    day = born_on.day + (40 if sex == "P" else 0)
    return f"{day:02}{born_on.month:02}{born_on.year % 100:02}"


def mask_nik(text: str) -> str:
    """A NIK for the eye: first and last four digits, ux.md §3.6."""
    digits = NOISE.sub("", text)
    return f"{digits[:4]}••••••••{digits[-4:]}" if len(digits) >= DIGITS else "••••"
