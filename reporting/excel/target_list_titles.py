"""The titles of a list of sasaran: a place, a sasaran and a number in each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from clusters.excel import ours
from clusters.excel.headers import Header, find_header
from clusters.excel.reading import Sheet
from ilp.core.cells import Cell, clean_text
from reporting.excel.target_titles import (
    IGNORED,
    NEUTRAL,
    PLACES,
    SEXES,
    of_year,
    sasaran_of,
    years_as_titles,
)

WHICH_CODE, WHICH, YEARS, SEX, COUNT = "kode sasaran", "sasaran", "tahun", "jk", "jumlah"
WORDS: dict[str, tuple[str, ...]] = {
    WHICH_CODE: ("code", "id sasaran"),
    WHICH: (
        *("nama sasaran", "jenis sasaran", "kelompok sasaran", "uraian sasaran", "uraian"),
        *("sasaran program", "program sasaran", "variabel", "indikator sasaran"),
    ),
    YEARS: ("tahun sasaran", "thn", "th"),
    SEX: ("jenis kelamin", "kelamin", "sex"),
    COUNT: (
        *("jml", "nilai", "angka", "value", "total", "banyaknya", "l p", "jumlah orang", "jiwa"),
        *("jumlah jiwa", "jumlah sasaran", "jml sasaran", "total sasaran", "angka sasaran"),
    ),
}


@cache
def _titles(year: int) -> dict[str, tuple[str, ...]]:
    found = {name: (name, *also) for name, also in (PLACES | WORDS).items()}
    years = of_year(year)
    found[COUNT] += (*years, *(f"{word} {one}" for word in (COUNT, WHICH) for one in years))
    found |= {f"{COUNT}:{sex}": words for sex, words in SEXES.items()}
    passed = [name for name in IGNORED if name not in (YEARS, "jumlah")]
    return found | {f"ignored:{name}": (name,) for name in (*passed, ours.FAULTS_KEY)}


def list_header_of(sheet: Sheet, year: int) -> Header | None:
    """The header of a list: a place, a sasaran and a number in each row; None for any other."""
    found = find_header(years_as_titles(sheet.rows), _titles(year), neutral=NEUTRAL)
    if found is None:
        return None
    columns = {
        name: at
        for name, at in found.columns.items()
        if not name.startswith(COUNT) or (name not in found.guessed and "%" not in found.titles[at])
    }
    if not (columns.keys() & PLACES.keys() and columns.keys() & {WHICH, WHICH_CODE}):
        return None
    if not columns.keys() & {COUNT, *(f"{COUNT}:{sex}" for sex in SEXES)}:
        return None
    others = {
        name: [at for at in more if "%" not in found.titles[at]]
        for name, more in found.duplicates.items()
    }
    read = {*columns.values(), *(at for more in others.values() for at in more)}
    unknown = sorted((at, text) for at, text in found.titles.items() if at not in read)
    header = replace(found, columns=columns, unknown=unknown, duplicates=others)
    return header if any(True for _row in _named(sheet, header)) else None


def names_sasaran(sheet: Sheet, header: Header) -> bool:
    """Whether a row names a sasaran that we know: then it is a list and no other table."""
    return any(sasaran_of(clean_text(cell)) for row in _named(sheet, header) for cell in row)


def _named(sheet: Sheet, header: Header) -> Iterable[list[Cell]]:
    """Of each row with a number the words in its columns of sasaran."""
    of = [header.columns[name] for name in (WHICH_CODE, WHICH) if name in header.columns]
    numbers = [at for name, at in header.columns.items() if name.startswith(COUNT)]
    for row in sheet.rows[header.data_index :]:
        named = [row[at] for at in of if any(map(str.isalpha, clean_text(row[at])))]
        if named and any(map(str.isdigit, "".join(clean_text(row[at]) for at in numbers))):
            yield named
