"""A visit typed into a form, checked as the one row of a workbook: by the same code.

So the form and the workbook say the same of the same values, now and when rules are added. What
only a form can ask - is this really the person of that NIK? - comes on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.actions.staging import Incoming, Mismatch
from clusters.excel import columns
from clusters.excel.gathering import Gathering
from clusters.excel.headers import Header
from clusters.excel.imports import contradiction
from clusters.excel.layout import Layout
from clusters.excel.readers import Bad
from clusters.excel.reading import Sheet
from clusters.excel.refusals import NIK_DAMAGED, SHOWN_AT
from clusters.excel.rows import SheetCheck
from clusters.models import Person
from clusters.selectors.roster import known_as
from clusters.services import Kind, Service
from facilities.models import Facility
from ilp.core.cells import Cell, CellError, clean_text, fold, read_nik
from ilp.core.models import User

NIK_FILLER = Bad(
    "nik-filler",
    _("Ini bukan NIK seseorang. Kosongkan bila belum punya NIK, lalu isi nama ibu."),
)
NO_MOTHER = Bad(
    "no-mother",
    _("Tanpa NIK, orang dikenali dari nama ibunya. Isi nama ibu, atau isi NIK."),
)
OTHER_NAME = Bad(
    "other-name",
    _("NIK ini sudah terdaftar atas nama lain. Cocokkan dengan KTP atau KK sebelum menyimpan."),
)


@dataclass(frozen=True)
class Told:
    """What is wrong with a box of the form or, as a warning, odd about it."""

    name: str
    code: str
    sentence: str


@dataclass(frozen=True)
class Typed:
    """What became of a form: a row to be written, or what keeps it from being one."""

    row: Incoming | None
    refused: tuple[Told, ...]
    warned: tuple[Told, ...]
    tally: Gathering

    def explain(self, mismatch: Mismatch) -> Told:
        """Why the row was left out when it was written, in the words of an import."""
        issue = contradiction(self.tally, mismatch)
        field = SHOWN_AT.get(mismatch.field, mismatch.field)
        return Told(field, issue.code, issue.reason)


class _Listening(Gathering):
    """Also remembers which column each thing was told of."""

    def __init__(self, service: str, facility: Facility, by: User | None) -> None:
        super().__init__(service, facility, by)
        self.noted: list[tuple[Told, bool]] = []

    def tell(  # noqa: PLR0913 as what it overrides
        self,
        layout: Layout,
        row: int,
        name: str,
        bad: Bad,
        *,
        warning: bool = False,
        of_row: bool = True,
    ) -> None:
        super().tell(layout, row, name, bad, warning=warning, of_row=of_row)
        self.noted.append((Told(name, bad.code, str(bad.sentence)), warning))


class _TypedCheck(SheetCheck):
    """Every form is about somebody, however little is filled in."""

    def _kept(self) -> list[int]:
        return list(range(len(self.body)))


def check_typed(
    *,
    service: Service,
    place: Facility,
    by: User | None,
    cells: Mapping[str, Cell],
    person: Person | None = None,
) -> Typed:
    """Check what was typed; for somebody known the person's own data stand in for theirs."""
    known = {} if person is None else _cells_of(person)
    tally = _Listening(service.code, place, by)
    check = _TypedCheck(tally, _one_row({**cells, **known}))
    check.read()
    row = next(iter(list(check.rows())), None)
    if row is not None:
        row = replace(row, sheet="", row=0)
        if person is not None:
            row = replace(row, identity=bytes(person.identity), nik=None)
    refused = [told for told, warning in tally.noted if not warning]
    warned = [told for told, warning in tally.noted if warning]
    if person is None:
        more, warned = _about_a_newcomer(cells, warned)
        refused += more
        warned += _goes_by_another_name(row)
    if refused:
        row = None
    return Typed(row, tuple(refused), tuple(warned), tally)


def cells_of(service: Service, values: Mapping[str, Any]) -> dict[str, Cell]:
    """What a form's boxes hold, as the cells of a row: ticks of several choices one by one."""
    cells: dict[str, Cell] = {}
    for field in service.fields:
        value = values.get(field.name)
        if field.kind is Kind.CODES:
            ticked = set(value or ())
            for one in field.choices:
                cells[columns.code_key(field, one.code)] = "ya" if one.code in ticked else ""
        else:
            cells[field.name] = value if value is not None else ""
    return cells


def without(service: Service, cells: Mapping[str, Cell], names: Iterable[str]) -> dict[str, Cell]:
    """The same cells with some boxes emptied, so that the others can be looked at already."""
    gone = set(names)
    return {name: "" if name.split(":")[0] in gone else cell for name, cell in cells.items()}


def _cells_of(person: Person) -> dict[str, Cell]:
    return {
        "name": person.name,
        "mother_name": person.mother_name,
        "born_on": person.born_on,
        "sex": person.sex,
    }


def _one_row(cells: Mapping[str, Cell]) -> Layout:
    names = list(cells)
    rows: list[list[Cell]] = [list(names), list(cells.values())]
    places = {name: at for at, name in enumerate(names)}
    header = Header(0, 1, 1, places, [], [], {}, {}, 1.0)
    return Layout(Sheet("", rows), header, places)


def _about_a_newcomer(
    cells: Mapping[str, Cell], warned: Sequence[Told]
) -> tuple[list[Told], list[Told]]:
    """A typed NIK cannot have been damaged by Excel, so a damaged one is no NIK; and somebody
    without one has to be known by more than a name."""
    refused, rest = [], []
    for told in warned:
        if told.code == NIK_DAMAGED.code:
            refused.append(Told("nik", NIK_FILLER.code, str(NIK_FILLER.sentence)))
        else:
            rest.append(told)
    if not _says_a_nik(cells.get("nik")) and not clean_text(cells.get("mother_name")):
        refused.append(Told("mother_name", NO_MOTHER.code, str(NO_MOTHER.sentence)))
    return refused, rest


def _says_a_nik(cell: Cell) -> bool:
    try:
        found = read_nik(cell)
    except CellError:
        return True  # a wrong one, which is told of
    return found.nik is not None or found.damaged


def _goes_by_another_name(row: Incoming | None) -> list[Told]:
    known = known_as(row.identity) if row and row.nik else None
    if row is None or known is None or (known.born_on, known.sex) != (row.born_on, row.sex):
        return []
    if fold(known.name) == fold(row.name):
        return []
    return [Told("name", OTHER_NAME.code, str(OTHER_NAME.sentence))]
