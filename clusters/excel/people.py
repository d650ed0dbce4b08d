"""Who a row is about: NIK, name, and the identity by which the same person is known again."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from clusters.excel.readers import Column
from clusters.excel.refusals import NAME_TOO_LONG, NAME_WITH_NUMBER, NIK_DAMAGED
from ilp.core.cells import Cell, Nik, clean_text, fold, read_nik, read_sex
from ilp.core.crypto import blind_index

LONGEST_NAME = 120
DIGITS_OF_A_NUMBER = 6
DIGIT = re.compile(r"\d")


def nik_column() -> Column:
    """NIKs; a damaged one is warned of and serves for nothing."""

    def read(cell: Cell) -> Nik:
        found = read_nik(cell)
        if found.damaged:
            column.warnings[cell] = NIK_DAMAGED
        return found

    column = Column(read)
    return column


def name_column() -> Column:
    return Column(_name)


def sex_column(sexes: str) -> Column:
    """Sexes; where a service has only one, an empty cell means it."""
    alone = sexes if len(sexes) == 1 else None
    return Column(lambda cell: read_sex(cell) or alone)


def _name(cell: Cell) -> Any:
    text = clean_text(cell)
    if len(text) > LONGEST_NAME:
        return NAME_TOO_LONG
    if not text.isascii() or text.replace(" ", "").isalpha():
        return text
    return NAME_WITH_NUMBER if len(DIGIT.findall(text)) >= DIGITS_OF_A_NUMBER else text


def identity(nik: str | None, name: str, mother: str, born_on: date, sex: str, home: str) -> bytes:
    """The blind index of the NIK or, without one, of everything known: only equals are one.

    `home` is the code of the home or, where none is given, of the facility.
    """
    if nik is not None:
        return blind_index(f"nik:{nik}")
    known = (fold(name), born_on.isoformat(), sex, fold(mother), home)
    return blind_index("tanpa-nik:" + "|".join(known))
