"""The workbooks that a Puskesmas hands in: most on our template, some in their own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from pathlib import Path
from random import Random
from typing import Any

from clusters.excel import columns
from clusters.excel.writing import META
from clusters.services import SERVICES, Kind
from clusters.services.language import Field
from ilp.core.months import Month
from reporting.demo import foreign
from reporting.demo.contacts import Contact
from reporting.demo.dirt import soil
from reporting.demo.district import LEAD_MONTHS, Centre
from reporting.demo.sheets import write_book
from reporting.demo.sizes import Size
from reporting.demo.span import Span

E_PPGBM = 0.7  # of the growth files of one Puskesmas in six
UNTIDY = 0.12  # of all files
# What some call their files; those of another service bear its code.
SHORT = {"antenatal": "anc", "growth": "balita", "immunisation": "imunisasi", "adult": "ptm"}
SHORT |= {"delivery": "persalinan", "postnatal": "nifas", "newborn": "neonatus"}
SHORT |= {"family_planning": "kb", "premarital": "catin"}
SHORT |= {"development": "sdidtk", "school": "sekolah", "elderly": "lansia"}
SHORT |= {"mental": "jiwa", "chronic": "htdm"}
SHORT |= {"tb_screening": "skrining_tb", "tb_case": "kasus_tb", "hiv_test": "hiv"}
SHORT |= {"sick_child": "mtbs", "outpatient": "rj", "home_visit": "rumah", "vital": "vital"}
OF_THE_PERSON: dict[str, Callable[[Contact], Any]] = {
    "nik": lambda c: c.person.nik,
    "name": lambda c: c.person.name,
    "mother_name": lambda c: c.person.mother,
    "born_on": lambda c: c.person.born_on,
    "sex": lambda c: c.person.sex,
    "home_desa": lambda c: c.person.home.desa,
    "home_posyandu": lambda c: c.person.home.code,
    "seen_on": lambda c: c.day,
    "place": lambda c: c.place,
}


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook on disk, ready to be uploaded by its Puskesmas."""

    puskesmas: str  # its code
    service: str
    path: Path
    rows: int


def write_books(centre: Centre, size: Size, span: Span, seed: int, folder: Path) -> Iterator[Book]:
    """One workbook for each service and some months; earlier contacts come in one of their own."""
    for service in SERVICES:
        parts = _parts(centre.contacts[service], size, span)
        for (first, last), contacts in sorted(parts.items()):
            name = f"{SHORT.get(service, service)}_{centre.planned.code}_{first}_{last}.xlsx"
            rng = Random(f"{seed}:{name}")  # noqa: S311 nothing secret
            rows = _write(folder / name, service, contacts, centre, rng)
            yield Book(centre.planned.code, service, folder / name, rows)


def _parts(
    contacts: Sequence[Contact], size: Size, span: Span
) -> dict[tuple[Month, Month], list[Contact]]:
    """The contacts by the months of the workbook to which they belong, in order of days."""
    periods: dict[Month, tuple[Month, Month]] = {}
    for index in range(0, len(span.months), size.months_a_file):
        inside = span.months[index : index + size.months_a_file]
        periods |= dict.fromkeys(inside, (inside[0], inside[-1]))
    earlier = (span.first.plus(-LEAD_MONTHS), span.first.plus(-1))
    parts: dict[tuple[Month, Month], list[Contact]] = {}
    for contact in sorted(contacts, key=lambda c: c.day):
        parts.setdefault(periods.get(Month.of(contact.day), earlier), []).append(contact)
    return parts


def _write(
    path: Path, service: str, contacts: Sequence[Contact], centre: Centre, rng: Random
) -> int:
    titled = layout(service)
    rows = soil(service, list(rows_of(service, contacts)), list(titled), rng)
    if service == "growth" and centre.planned.number % 6 == 2 and rng.random() < E_PPGBM:
        data = dict(zip(titled, zip(*rows, strict=True), strict=True))
        write_book(path, {"Data Balita": foreign.eppgbm(data)})
    elif rng.random() < UNTIDY:
        untidy = foreign.untidy(service, centre.planned.name, list(titled), rows)
        write_book(path, {"Sheet1": untidy})
    else:
        meta = [("service", service), ("facility", centre.planned.code)]
        write_book(path, {"Data": [list(titled.values()), *rows], META: meta})
    return len(rows)


def layout(service: str) -> dict[str, str]:
    """The titles of our own template, by the columns' names."""
    found = {c.name: str(c.label) for c in columns.PERSON}
    for field in SERVICES[service].fields:
        if field.kind is Kind.CODES:
            found |= {columns.code_key(field, c.code): str(c.label) for c in field.choices}
        else:
            found[field.name] = field.header
    return found


def rows_of(service: str, contacts: Sequence[Contact]) -> Iterator[list[Any]]:
    """The cells of each contact in the order of the layout."""
    heads = tuple(OF_THE_PERSON[c.name] for c in columns.PERSON)
    fields = tuple(cells for f in SERVICES[service].fields for cells in _cells(f))
    for contact in contacts:
        row = [read(contact) for read in heads]
        values = contact.values
        row += [read(values) for read in fields]
        yield row


def _cells(field: Field) -> Iterator[Callable[[dict[str, Any]], Any]]:
    if field.kind is Kind.CODES:
        for one in field.choices:
            yield partial(_tick, field.name, one.code)
    elif field.kind is Kind.CHOICE:
        yield partial(_label, field.name, {c.code: str(c.label) for c in field.choices})
    else:
        yield methodcaller("get", field.name)


def _tick(name: str, code: str, values: dict[str, Any]) -> str | None:
    return "v" if code in values.get(name, ()) else None


def _label(name: str, labels: dict[str, str], values: dict[str, Any]) -> str | None:
    return labels.get(values.get(name, ""))
