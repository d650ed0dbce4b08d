"""The fields of a service, read from the columns of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from clusters.excel import columns
from clusters.excel.readers import Bad, Column, field_column, pressure_column
from clusters.services import Kind, Service
from clusters.services.language import Field
from ilp.core.cells import Cell

PAIR = ("systole", "diastole")


class Cells(Protocol):
    """A sheet's columns by name; `take` reads one and notes what is wrong with it."""

    nothing: list[None]

    def column(self, name: str) -> Sequence[Cell] | None: ...

    def take(self, name: str, column: Column) -> list[Any]: ...


def read_fields(service: Service, sheet: Cells) -> dict[str, Sequence[Any]]:
    """For every typed column of the service its values, in the order of the declaration."""
    found: dict[str, Sequence[Any]] = {}
    for field in service.fields:
        if field.kind is Kind.CODES:
            found[field.name] = _codes(field, sheet)
        elif (cells := sheet.column(field.name)) is None:
            found[field.name] = sheet.nothing
        else:
            found[field.name] = sheet.take(field.name, field_column(field, cells))
    if sheet.column(columns.PRESSURE) is not None:
        _fill_pressure(service, sheet, found)
    return found


def _codes(field: Field, sheet: Cells) -> Sequence[Any]:
    """Lists of the codes that are ticked; None where nothing is."""
    present = [c.code for c in field.choices if sheet.column(columns.code_key(field, c.code))]
    if not present:
        return sheet.nothing
    ticks = []
    for code in present:
        key = columns.code_key(field, code)
        ticks.append(sheet.take(key, field_column(field, sheet.column(key) or ())))
    return [
        [code for code, tick in zip(present, row, strict=True) if tick is True] or None
        for row in zip(*ticks, strict=True)
    ]


def _fill_pressure(service: Service, sheet: Cells, found: dict[str, Sequence[Any]]) -> None:
    """Systole and diastole from one cell, where their own columns are empty."""
    systole, diastole = (service.by_name[name] for name in PAIR)
    pairs = sheet.take(columns.PRESSURE, pressure_column(systole, diastole))
    for place, name in enumerate(PAIR):
        found[name] = [
            own if own is not None or type(pair) is Bad else pair[place]
            for own, pair in zip(found[name], pairs, strict=True)
        ]
