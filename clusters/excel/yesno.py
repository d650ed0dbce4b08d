"""Readers of yes and no where a programme's own words or an amount may stand for them."""

from __future__ import annotations

from clusters.services.language import Field
from ilp.core.cells import Cell, CellError, Reader, fold, read_decimal, read_yes_no


def yes_no_reader(field: Field) -> Reader:
    """The reader of a field that is yes or no."""
    if not (field.amount or field.yes):
        return read_yes_no
    words = frozenset(map(fold, field.yes))

    def read(cell: Cell) -> bool | None:
        if fold(cell) in words:
            return True
        return _yes_or_amount(cell) if field.amount else read_yes_no(cell)

    return read


def _yes_or_amount(cell: Cell) -> bool | None:
    """Whether any was given, told by yes or no or by how much."""
    try:
        return read_yes_no(cell)
    except CellError as error:
        try:
            amount = read_decimal(cell, 3)
        except CellError:
            raise error from None
        if amount is None or amount < 0:
            raise
        return amount > 0
