"""A checked row on its way in, and how it is written for COPY."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from clusters.services import SERVICES, Kind, Values
from ilp.core.crypto import seal_each

NULL = str(None)


@dataclass(slots=True)
class Incoming:
    """A checked row: who, where, when, and the values of the service, derived ones included, in
    the order of `typed_columns`: a file's rows are held until its end, and names with each of
    them would be four fifths of what they take.

    `identity` is the person's blind index; `nik` is None for a temporary identity. `sheet` and
    `row` are "" and 0 where the visit was typed and comes from no workbook. Not frozen only
    because that makes each of them eight times dearer; nothing changes one.
    """

    sheet: str
    row: int
    identity: bytes
    nik: str | None
    name: str
    mother_name: str
    born_on: date
    home_id: int | None
    facility_id: int
    seen_on: date
    sex: str
    age_days: int
    age_months: int
    values: tuple[Any, ...]


@cache
def typed_columns(service: str) -> tuple[str, ...]:
    return (*SERVICES[service].typed, *SERVICES[service].worked_out)


def in_order(service: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a row as it holds them; other names are left out."""
    return _getter(service)(values)


def by_name(service: str, row: Incoming) -> Values:
    """The values of a row under their names."""
    return dict(zip(typed_columns(service), row.values, strict=True))


@cache
def _getter(service: str) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    return itemgetter(*typed_columns(service))


def text_of(rows: Sequence[Incoming], service: str, first: int) -> str:
    """The rows in COPY's text format, numbered from `first`, each with whether one before it is
    about the same person.

    `str` writes numbers, dates and truth values as COPY reads them, and None as the word that
    COPY_IN declares to mean NULL; only free text and lists need more.
    """
    names = typed_columns(service)
    kinds = [(names.index(field.name), field.kind) for field in SERVICES[service].fields]
    special = [(at, _SPECIAL[kind]) for at, kind in kinds if kind in _SPECIAL]
    join = "\t".join
    sealed = seal_each([row.nik.encode() for row in rows if row.nik is not None])
    lines: list[str] = []
    met: set[bytes] = set()
    for ordinal, row in enumerate(rows, start=first):
        values: Sequence[Any] = row.values
        if special:
            values = list(values)
            for at, write in special:
                if values[at]:
                    values[at] = write(values[at])
        nik = NULL if row.nik is None else f"\\\\x{next(sealed).hex()}"
        again = row.identity in met
        met.add(row.identity)
        lines.append(f"{ordinal}\t{again}\t{_head(row, nik)}\t{join(map(str, values))}\n")
    return "".join(lines)


def _head(row: Incoming, sealed: str) -> str:
    sheet = _text(row.sheet) if row.sheet else NULL
    return (
        f"{sheet}\t{row.row or NULL}\t\\\\x{row.identity.hex()}\t{sealed}\t{_text(row.name)}\t"
        f"{_text(row.mother_name)}\t{row.born_on.isoformat()}\t{row.home_id}\t{row.facility_id}\t"
        f"{row.seen_on.isoformat()}\t{row.sex}\t{row.age_days}\t{row.age_months}"
    )


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(text: str) -> str:
    """Free text in COPY's format; a person may be called as NULL is written."""
    if text.isprintable() and "\\" not in text and text != NULL:
        return text
    return text.translate(_ESCAPES) if text != NULL else f"\\x{ord(NULL[0]):x}{NULL[1:]}"


def _list(codes: Sequence[str]) -> str:
    return "{" + ",".join(codes) + "}"


_SPECIAL: dict[Kind, Callable[[Any], str]] = {Kind.TEXT: _text, Kind.CODES: _list}
