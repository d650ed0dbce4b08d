"""One answer that puts many cells right: what is offered for a group of faults, and its edits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel.columns import PAIR, PRESSURE
from clusters.excel.dated import code_key
from clusters.excel.layout import Layout, plan
from clusters.excel.masking import is_whole
from clusters.excel.reading import Sheet
from clusters.excel.spreading import TICK
from clusters.excel.told import Spot, Told
from clusters.services import SERVICES, Kind
from clusters.services.language import Field
from ilp.core.cells import Cell, CellError, fold, read_decimal
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian

FACTORS = {"tenth": 10, "hundredth": 100, "thousandth": 1000}
MONTH_FIRST = "month-first"
UNKNOWN_PLACES = {"unknown-home", "ambiguous-home", "unknown-place", "no-place"}
NO_PLACE = "no-place"
OUT_OF_RANGE = {"out-of-range", "unusual"}
NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
SEVERAL = re.compile(r"[,;\n]")


class NotAmongChoices(DomainError):
    code = "not-among-choices"
    text = _(
        "Yang Anda tulis untuk %(column)s bukan pilihannya. Tulis satu atau beberapa dari daftar "
        "ini, dipisah koma: %(choices)s."
    )


class Way(StrEnum):
    """How the cells of a group are put right."""

    TENTH = "tenth"
    HUNDREDTH = "hundredth"
    THOUSANDTH = "thousandth"
    MONTH_FIRST = "month-first"
    PLACE = "place"
    BLANK = "blank"


LABELS: dict[Way, Text] = {
    Way.TENTH: _("Bagi 10"),
    Way.HUNDREDTH: _("Bagi 100"),
    Way.THOUSANDTH: _("Bagi 1.000"),
    Way.MONTH_FIRST: _("Baca bulan-hari-tahun"),
    Way.PLACE: _("Ya, untuk semua"),
    Way.BLANK: _("Kosongkan isian ini"),
}


@dataclass(frozen=True)
class Fault:
    """One cell that is wrong: sheet, Excel's row, and the name of the column."""

    sheet: str
    row: int
    name: str


def ways(service: str, code: str, name: str, values: Sequence[str]) -> list[Way]:
    """What may be offered for cells of a column that are wrong in one way and hold these values."""
    if code == MONTH_FIRST:
        return [Way.MONTH_FIRST]
    if code in UNKNOWN_PLACES:
        # Blank cells were filled from above, and one that is cut may stand for several names.
        is_told = all(value and is_whole(value) for value in values)
        return [Way.PLACE] if code == NO_PLACE or is_told else []
    field = SERVICES[service].by_name.get(name.split(":")[0])
    if field is None or code == "says-nothing":
        return []
    found = [way for way, factor in FACTORS.items() if _all_fit(field, values, factor)]
    offered = [Way(way) for way in found[:1]] if code in OUT_OF_RANGE else []
    return offered if field.required else [*offered, Way.BLANK]


def edits(
    sheets: Sequence[Sheet], service: str, told: Told, faults: Iterable[Fault], way: Way, text: str
) -> dict[Spot, str]:
    """What the faulty cells should have held; cells for which the way makes no sense are left.

    `text` is the code of the place for Way.PLACE. A column that the file lacks has no cells.
    """
    layouts = {one.sheet.name: one for one in plan(sheets, service, told).layouts}
    found: dict[Spot, str] = {}
    for fault in faults:
        layout = layouts.get(fault.sheet)
        at = layout.columns.get(fault.name) if layout else None
        if layout is None or at is None:
            continue
        cell = layout.sheet.rows[fault.row - layout.sheet.first_row][at]
        new = _instead(SERVICES[service].by_name.get(fault.name), cell, way, text)
        if new is not None:
            found[fault.sheet, fault.row, at + layout.sheet.first_column] = new
    return found


def typed(
    sheets: Sequence[Sheet], service: str, told: Told, texts: Iterable[tuple[Fault, str]]
) -> tuple[dict[Spot, str], int]:
    """What was typed in the place of single cells, and how many texts have no cell in the file.

    Choices of a field that takes several are ticked in their columns. Raises NotAmongChoices.
    """
    layouts = {one.sheet.name: one for one in plan(sheets, service, told).layouts}
    found: dict[Spot, str] = {}
    left = 0
    for fault, text in texts:
        layout = layouts.get(fault.sheet)
        cells = {} if layout is None else _cells_for(layout, service, fault.name, text)
        left += not cells
        for at, said in cells.items():
            assert layout is not None
            found[fault.sheet, fault.row, at + layout.sheet.first_column] = said
    return found, left


def _cells_for(layout: Layout, service: str, name: str, text: str) -> dict[int, str]:
    """What a text says of which columns; none where the file lacks them."""
    at = layout.columns.get(name)
    if at is None and name in PAIR:  # both pressures may stand in one
        at = layout.columns.get(PRESSURE)
    if at is not None:
        return {at: text}
    field = SERVICES[service].by_name.get(name)
    return _ticks(layout, field, text) if field and field.kind is Kind.CODES else {}


@in_indonesian
def _ticks(layout: Layout, field: Field, text: str) -> dict[int, str]:
    """The columns of a field's choices, those that the text names ticked and the others empty."""
    words = {
        fold(word): one.code
        for one in field.choices
        for word in (one.code, str(one.label), *one.aliases)
    }
    said = {words.get(fold(part)) for part in SEVERAL.split(text) if part.strip()}
    if None in said:
        labels = "; ".join(str(one.label) for one in field.choices)
        raise NotAmongChoices(column=field.label, choices=labels)
    keys = {one.code: code_key(field, one.code) for one in field.choices}
    places = {code: layout.columns[key] for code, key in keys.items() if key in layout.columns}
    if said - places.keys():
        return {}
    return {at: TICK if code in said else "" for code, at in places.items()}


def for_all(told: Told, faults: Iterable[Fault]) -> Told:
    """Dates read month-first in the columns of these faults, each on its own sheet."""
    said = {(fault.sheet, fault.name) for fault in faults}
    return replace(told, month_first={*told.month_first, *said})


def lacking(sheets: Sequence[Sheet], service: str, told: Told, faults: Iterable[Fault]) -> set[str]:
    """The sheets of these faults in which the column is lacking: a constant has to do there."""
    layouts = {one.sheet.name: one for one in plan(sheets, service, told).layouts}
    return {
        fault.sheet
        for fault in faults
        if fault.sheet in layouts and fault.name not in layouts[fault.sheet].columns
    }


def _instead(field: Field | None, cell: Cell, way: Way, text: str) -> str | None:
    if way is Way.PLACE:
        return text
    if way is Way.BLANK:
        return ""
    number = None if field is None else _number(field, cell)
    if field is None or number is None or not _fits(field, number / FACTORS[way]):
        return None
    return f"{(number / FACTORS[way]).normalize():f}".replace(".", ",")


def _all_fit(field: Field, values: Sequence[str], factor: int) -> bool:
    numbers = [_number(field, value) for value in values]
    return bool(numbers) and all(n is not None and _fits(field, n / factor) for n in numbers)


def _fits(field: Field, number: Decimal) -> bool:
    limits = field.warn or field.reject
    return limits is not None and limits[0] <= number <= limits[1]


def _number(field: Field, cell: Cell) -> Decimal | None:
    if field.kind not in NUMBERS:
        return None
    try:
        found = read_decimal(cell, field.places, unit=field.unit)
    except CellError:
        return None
    return None if found is None else Decimal(str(found))
