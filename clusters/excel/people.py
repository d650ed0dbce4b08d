"""Who a row is about: NIK, name, and the identity by which the same person is known again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from clusters.excel import refusals
from clusters.excel.readers import Bad, Column
from clusters.excel.refusals import NAME_TOO_LONG, NAME_WITH_NUMBER, NIK_DAMAGED, SEX_NOT_ONCE
from clusters.services import Service
from ilp.core.cells import (
    Cell,
    CellError,
    Nik,
    clean_text,
    fold,
    read_nik,
    read_sex,
    read_yes_no,
)
from ilp.core.crypto import blind_index

LONGEST_NAME = 120
DIGITS_OF_A_NUMBER = 6
FEWEST_ROUNDED, ROUNDED_SHARE = 3, 0.3
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


def ticked_sexes(men: Iterable[Cell], women: Iterable[Cell]) -> list[str | Bad]:
    """The sex of each row from a column L and a column P, of which one is ticked."""
    return [_ticked_sex(man, woman) for man, woman in zip(men, women, strict=True)]


def _ticked_sex(man: Cell, woman: Cell) -> str | Bad:
    ticks = [_is_ticked(man, ("l", "lk", "x")), _is_ticked(woman, ("p", "pr", "x"))]
    return SEX_NOT_ONCE if None in ticks or ticks[0] == ticks[1] else "LP"[ticks[1] is True]


def _is_ticked(cell: Cell, own: Collection[str]) -> bool | None:
    """Whether a cell is ticked, also by the column's own letter; None if that cannot be told."""
    if fold(cell) in own:
        return True
    try:
        return read_yes_no(cell) is True
    except CellError:
        return None


def look_rounded(niks: Sequence[Cell]) -> bool:
    """Whether so many NIK end in 0 that a spreadsheet must have kept them as numbers before."""
    whole = [nik for nik in niks if type(nik) is str and nik.isdecimal()]
    ending = sum(nik.endswith("0") for nik in whole)
    return ending >= FEWEST_ROUNDED and ending > ROUNDED_SHARE * len(whole)


def wrong_age(service: Service, born: date, seen: date, months: int) -> tuple[str, Bad] | None:
    """What is wrong with somebody's age at a visit, and in which column; `months` are completed."""
    if seen < born:
        return "seen_on", refusals.BEFORE_BIRTH
    if months >= refusals.OLDEST_YEARS * 12:
        return "born_on", refusals.TOO_OLD
    if not service.accepts_age(months):
        return "born_on", refusals.NOT_THIS_AGE
    return None


def _name(cell: Cell) -> Any:
    text = clean_text(cell)
    if not any(map(str.isalnum, text)):
        return ""  # a mark where there is no name
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
