"""The WHO child growth standards (2006) of boys and girls to 60 months, loaded once.

The numbers lie in `who_lms.csv.gz`; their origin and licence are told in `NOTICE.txt`.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TextIO

DATA = Path(__file__).with_name("who_lms.csv.gz")
COLUMNS = ("index", "sex", "at", "l", "m", "s")
WHO_2006 = "WHO Child Growth Standards: methods and development (2006)"

LAST_DAY = 1856  # the standards end with completed month 60
FIRST_STANDING_DAY = 731  # from 24 months a child is compared with standing children
LYING_MINUS_STANDING_CM = 0.7  # how much longer the same child is when it lies

Lms = tuple[float, float, float]
"""Power L, median M (kg, cm or kg/m2) and coefficient of variation S."""


@dataclass(frozen=True)
class Plausible:
    """The z-scores that a living child can have, both ends included, since a day."""

    index: str
    low: float
    high: float
    since: date
    source: str
    until: date | None = None


_PUBLISHED = date(2006, 4, 27)
_ANTHRO = "WHO Anthro: fixed exclusion ranges (WHO Child Growth Standards, 2006)"
PLAUSIBLE: dict[str, Plausible] = {
    limits.index: limits
    for limits in (
        Plausible("waz", -6, 5, _PUBLISHED, _ANTHRO),
        Plausible("haz", -6, 6, _PUBLISHED, _ANTHRO),
        Plausible("whz", -5, 5, _PUBLISHED, _ANTHRO),
        Plausible("bmiz", -5, 5, _PUBLISHED, _ANTHRO),
        Plausible(
            "school_bmiz", -5, 5, date(2007, 9, 1), "WHO AnthroPlus: exclusion ranges (2009)"
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Standard:
    """The parameters of one sex.

    `weight`, `height` and `bmi` are indexed by age in days, 0 to LAST_DAY. `lying` holds weight
    for length 45 to 110 cm, `standing` weight for height 65 to 120 cm, in steps of 0.1 cm.
    """

    weight: tuple[Lms, ...]
    height: tuple[Lms, ...]
    bmi: tuple[Lms, ...]
    lying: tuple[Lms, ...]
    standing: tuple[Lms, ...]


# the first length or height of the tables by size, in tenths of a centimetre
LYING_FROM = 450
STANDING_FROM = 650


class DamagedStandards(RuntimeError):
    """The data file does not hold the whole of the standards."""


@cache
def standards() -> dict[str, Standard]:
    """The standard of each sex, by "L" (boys) and "P" (girls); read at the first call."""
    with gzip.open(DATA, "rt", encoding="ascii", newline="") as file:
        return read(file)


def read(file: TextIO) -> dict[str, Standard]:
    """Both standards out of CSV text; DamagedStandards where a row is missing or out of order."""
    tables: dict[tuple[str, str], list[Lms]] = {}
    for index, sex, at, power, median, spread in list(csv.reader(file))[1:]:
        table = tables.setdefault((sex, index), [])
        if int(at) != _first(index) + len(table):
            raise DamagedStandards(f"{index} {sex}: {at} is not the next row")
        table.append((float(power), float(median), float(spread)))
    return {sex: Standard(**{name: _whole(tables, sex, name) for name in LENGTHS}) for sex in "LP"}


LENGTHS = {
    "weight": LAST_DAY + 1,
    "height": LAST_DAY + 1,
    "bmi": LAST_DAY + 1,
    "lying": 651,
    "standing": 551,
}


def _first(index: str) -> int:
    return {"lying": LYING_FROM, "standing": STANDING_FROM}.get(index, 0)


def _whole(tables: dict[tuple[str, str], list[Lms]], sex: str, index: str) -> tuple[Lms, ...]:
    table = tables.get((sex, index), [])
    if len(table) != LENGTHS[index]:
        raise DamagedStandards(f"{index} {sex}: {len(table)} rows")
    return tuple(table)
