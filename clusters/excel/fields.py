"""The fields of a service, read from the columns of a part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from clusters.excel import columns
from clusters.excel.readers import Bad, Column, field_column, pressure_column
from clusters.excel.sheetcells import Part, SheetCells
from clusters.excel.units import other_unit_in_title
from clusters.services import Kind, Service
from clusters.services.language import Field
from ilp.core.cells import Cell, clean_text


def read_fields(service: Service, part: Part) -> dict[str, Sequence[Any]]:
    """For every typed column of the service its values, in the order of the declaration."""
    found: dict[str, Sequence[Any]] = {}
    for field in service.fields:
        if field.kind is Kind.CODES:
            found[field.name] = _codes(field, part)
        elif part.has(field.name):
            found[field.name] = part.take(field.name, partial(_column, field, part.sheet))
        else:
            found[field.name] = part.nothing
    if part.has(columns.PRESSURE):
        _fill_pressure(service, part, found)
    return found


def _column(field: Field, sheet: SheetCells, cells: Sequence[Cell]) -> Column:
    if error := other_unit_in_title(field, sheet.layout.title(field.name)):
        bad = Bad(error.code, error.sentence)
        return Column(lambda cell: bad if clean_text(cell) else None)
    return field_column(field, cells, month_first=sheet.is_month_first(field.name))


def _codes(field: Field, part: Part) -> Sequence[Any]:
    """Lists of the codes that are ticked; None where nothing is."""
    present = [c.code for c in field.choices if part.has(columns.code_key(field, c.code))]
    if not present:
        return part.nothing
    reader = partial(field_column, field)
    ticks = [part.take(columns.code_key(field, code), reader) for code in present]
    return [
        [code for code, tick in zip(present, row, strict=True) if tick is True] or None
        for row in zip(*ticks, strict=True)
    ]


def _fill_pressure(service: Service, part: Part, found: dict[str, Sequence[Any]]) -> None:
    """Systole and diastole from one cell, where their own columns are empty."""
    systole, diastole = (service.by_name[name] for name in columns.PAIR)
    pairs = part.take(columns.PRESSURE, lambda _cells: pressure_column(systole, diastole))
    for place, name in enumerate(columns.PAIR):
        found[name] = [
            own if own is not None or type(pair) is Bad else pair[place]
            for own, pair in zip(found[name], pairs, strict=True)
        ]
