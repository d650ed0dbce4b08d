"""The totals that a sheet writes below its rows, compared with what the rows say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.excel.readers import Bad, number_column
from clusters.excel.sheetcells import SheetCells
from clusters.services import Service
from clusters.services.language import Field
from ilp.core import formats
from ilp.core.cells import Cell, CellError, clean_text, fold, read_decimal

CLOSE = Decimal("0.01")
WRONG = _(
    "Jumlah %(label)s tertulis %(written)s, sedangkan jumlah baris di atasnya %(summed)s. Periksa "
    "apakah ada baris yang hilang atau salah ketik."
)


def odd_totals(
    sheet: SheetCells, service: Service, kept: Sequence[int], totals: Iterable[int]
) -> list[tuple[int, str, Bad]]:
    """(row, column, what is odd) of each total that agrees with no sum of the rows above it.

    A total may be of the rows since the last one or of all, or count the rows that say something.
    """
    found = []
    last = -1
    for index in totals:
        row = sheet.body[index]
        above = [one for one in kept if one < index]
        if fold(next((cell for cell in row if clean_text(cell)), "")).startswith("rata"):
            continue
        for field in service.numeric:
            at = sheet.layout.columns.get(field.name)
            if at is None or (written := _number(row[at])) is None:
                continue
            sums = _sums(field, sheet.cells[at], above, last)
            if not any(abs(written - one) <= CLOSE for one in sums):
                found.append((index, field.name, _bad(field, written, sums[0])))
        last = index
    return found


def _number(cell: Cell) -> Decimal | None:
    try:
        return read_decimal(cell, 2)
    except CellError:
        return None


def _sums(field: Field, cells: Sequence[Cell], above: Sequence[int], last: int) -> list[Decimal]:
    column = number_column(field)
    values = [(index, column.one(cells[index])) for index in above]
    numbers = [(i, Decimal(v)) for i, v in values if isinstance(v, (int, Decimal))]
    since = [value for index, value in numbers if index > last]
    every = [value for _index, value in numbers]
    sums = [sum(since, Decimal()), sum(every, Decimal())]
    return [*sums, Decimal(len(since)), Decimal(len(every))]


def _bad(field: Field, written: Decimal, summed: Decimal) -> Bad:
    said = {"label": field.label, "written": _shown(written), "summed": _shown(summed)}
    return Bad("total-differs", WRONG % said)


def _shown(number: Decimal) -> str:
    return formats.measure(number, 2, 0)
