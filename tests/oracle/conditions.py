"""Conditions of the dictionary on what was typed, read back: "Terpapar bising = ya dan …".

For services of which nothing has been recomputed by hand: whoever declares one need not do so, as
long as it counts by typed columns joined by "dan". Anything else is refused, with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from tests.oracle import dictionary

c = pl.col
PERSON = {"umur (bulan)": "age_months", "umur (hari)": "age_days", "jenis kelamin": "sex"}
COMPARED = {"≥": "ge", "≤": "le", ">": "gt", "<": "lt", "=": "eq"}
SAID = re.compile(
    r" (?:(?P<there>terisi|kosong)|= (?P<answer>ya|tidak)"
    r"|(?P<sign>[≥≤<>=]) (?P<number>-?\d+(?:\.\d+)?)|= (?P<codes>\w+(?: atau \w+)*))(?: dan |$)"
)


class Unreadable(ValueError):
    """A condition that has to be recomputed by hand, in a module of tests/oracle/."""


def elements_of(service: str) -> Iterator[tuple[str, bool, pl.Expr]]:
    """Element, whether it is counted at the place of service, and which visits it counts."""
    for code, words in dictionary.counted(service).items():
        if code in (f"{service}_visits", f"{service}_seen") or words == "diisi pada formulir":
            continue
        if not words.startswith("kunjungan: "):
            raise Unreadable(f"{service} {code}: cannot read {words!r}; recompute it by hand")
        told = dictionary.elements()[code]
        yield code, told.at_service, condition(service, words.removeprefix("kunjungan: "))


def condition(service: str, words: str) -> pl.Expr:
    """All of the conditions that are joined by "dan"; a value that is not known meets none."""
    if words == "semua":
        return pl.lit(value=True)
    columns = {title: name for name, title in dictionary.titles(service).items()} | PERSON
    found, rest = [], words
    while rest:
        title = max((t for t in columns if rest.startswith(f"{t} ")), key=len, default="")
        said = SAID.match(rest, len(title)) if title else None
        if said is None:
            raise Unreadable(f"{service}: cannot read {rest!r}; recompute it by hand")
        found.append(_one(c(columns[title]), said).fill_null(value=False))
        rest = rest[said.end() :]
    return pl.all_horizontal(*found)


def _one(column: pl.Expr, said: re.Match[str]) -> pl.Expr:
    if said["there"]:
        return column.is_not_null() if said["there"] == "terisi" else column.is_null()
    if said["answer"]:
        return column == int(said["answer"] == "ya")
    if said["sign"]:
        compared: pl.Expr = getattr(column, COMPARED[said["sign"]])(float(said["number"]))
        return compared
    return column.is_in(said["codes"].split(" atau "))
