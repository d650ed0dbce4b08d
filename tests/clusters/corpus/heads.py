"""Headers as offices draw them: one to six rows, merged to the right and down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from clusters.excel import columns
from clusters.services import SERVICES, Kind
from tests.clusters.corpus.spelling import Spelling
from tests.clusters.corpus.truths import Truth

TOPS = ("REGISTER KUNJUNGAN", "Tahun 2025", "DATA SASARAN", "Lembar A")
GROUPS = {
    "nik": ("Identitas", "NIK"),
    "name": ("Identitas", "Nama"),
    "mother_name": ("Orang tua", "Nama"),
    "born_on": ("Lahir", "Tanggal"),
    "sex:L": ("Jenis kelamin", "L"),
    "sex:P": ("Jenis kelamin", "P"),
    "seen_on": ("Kunjungan", "Tanggal"),
}
UNITS = {"born_on": "(tgl/bln/thn)", "seen_on": "(tgl/bln/thn)"}


@dataclass(frozen=True)
class Column:
    """One column: its levels, top first, the unit below, and what it says of a visit."""

    name: str
    levels: tuple[str, ...]
    unit: str
    cell: Callable[[Truth], Any]


def columns_of(
    service: str, chance: Random, spelling: Spelling, *, deep: bool, ticks: bool
) -> list[Column]:
    """The columns of a file of the service, titled as somebody might."""
    made = [Column("ignored:no", ("No",), "", lambda truth: "")]
    names = ["nik", "name", "born_on", "home_posyandu", "seen_on"]
    if service in ("growth", "immunisation"):
        names.insert(2, "mother_name")
    if service != "antenatal":
        names[-2:-2] = ["sex:L", "sex:P"] if ticks else ["sex"]
    for name in names:
        made.append(_of_person(service, name, chance, spelling, deep=deep))
        if name == "born_on" and deep:
            made.append(Column("ignored:bb lahir", ("Lahir", "BB"), "kg", lambda truth: 3.1))
    return [*made, *_of_fields(service, chance, spelling, deep=deep)]


def _of_person(
    service: str, name: str, chance: Random, spelling: Spelling, *, deep: bool
) -> Column:
    known = [title for title in columns.titles(service)[name] if title not in ("ibu", "l p", "p l")]
    title = (chance.choice((str.upper, str.title, str))(chance.choice(known)),)
    if name.startswith("sex:"):
        title = (name[-1],)
        cell = _tick(name[-1], spelling)
    else:
        cell = _person_cell(name, spelling)
    return Column(name, GROUPS.get(name, title) if deep else title, UNITS.get(name, ""), cell)


def _tick(letter: str, spelling: Spelling) -> Callable[[Truth], Any]:
    return lambda truth: spelling.tick(truth.sex == letter)


def _person_cell(name: str, spelling: Spelling) -> Callable[[Truth], Any]:
    return lambda truth: spelling.person(name, getattr(truth, name))


def _of_fields(service: str, chance: Random, spelling: Spelling, *, deep: bool) -> list[Column]:
    group = ("Hasil pemeriksaan",) if deep else ()
    made = []
    for field in SERVICES[service].fields:
        if field.kind is Kind.CODES:
            for one in field.choices:
                key = columns.code_key(field, one.code)
                title = chance.choice((str(one.label), *one.aliases))
                made.append(Column(key, (*group, title), "", _code(field.name, one.code, spelling)))
        else:
            title = chance.choice((field.header, str(field.label)))
            levels = (*group, title, f"({field.unit})") if deep and field.unit else (*group, title)
            made.append(Column(field.name, levels, field.unit, _field(field.name, spelling)))
    return made


def _code(name: str, code: str, spelling: Spelling) -> Callable[[Truth], Any]:
    return lambda truth: spelling.tick(True) if code in truth.found[name] else ""


def _field(name: str, spelling: Spelling) -> Callable[[Truth], Any]:
    return lambda truth: spelling.field(name, truth.found[name]) if name in truth.found else ""


def only_used(made: list[Column], truth: Truth) -> list[Column]:
    """Without the columns of fields that nobody filled in."""
    return [
        c for c in made if c.name.split(":")[0] in {*truth.found, *vars(truth), "ignored", "sex"}
    ]


Merge = tuple[int, int, int, int]


def head(made: list[Column], depth: int) -> tuple[list[list[Any]], list[Merge]]:
    """The rows of titles, and what is merged in them; at least as deep as the columns need."""
    needed = max(len(column.levels) for column in made)
    tops = TOPS[: max(0, depth - needed)]
    levels = [(*tops, *column.levels) for column in made]
    deepest = max(map(len, levels))
    rows = [[""] * len(made) for _ in range(deepest)]
    merges = []
    for at, mine in enumerate(levels):
        for level, text in enumerate(mine):
            if at and levels[at - 1][: level + 1] == mine[: level + 1] and level < len(mine) - 1:
                continue  # covered by the merged cell on the left
            end = at
            while level < len(mine) - 1 and _goes_on(levels, end + 1, mine[: level + 1]):
                end += 1
            rows[level][at] = text
            bottom = deepest - 1 if level == len(mine) - 1 else level
            if (bottom, end) != (level, at):
                merges.append((level, at, bottom, end))
    return rows, merges


def _goes_on(levels: list[tuple[str, ...]], at: int, begin: tuple[str, ...]) -> bool:
    return at < len(levels) and levels[at][: len(begin)] == begin and len(levels[at]) > len(begin)
