"""Rows of a template with a roster that nobody wrote in: people who were not served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from clusters.excel import columns
from clusters.excel.gathering import Gathering
from clusters.excel.layout import Layout
from clusters.excel.sheetcells import SheetCells
from clusters.services import SERVICES
from ilp.core.cells import Cell, clean_text


class Unserved:
    """Tells the rows of a sheet that say neither a day nor anything that was found."""

    def __init__(self, layout: Layout, service: str) -> None:
        own = {"seen_on", columns.PRESSURE, *SERVICES[service].typed}
        self.filled = [at for name, at in layout.columns.items() if name.split(":")[0] in own]

    def has(self, row: Sequence[Cell]) -> bool:
        return not any(clean_text(row[at]) for at in self.filled)


def without_unserved(  # noqa: PLR0913 who and when, as columns
    sheet: SheetCells,
    whole: Gathering,
    odd: Sequence[int],
    names: Sequence[Any],
    born: Sequence[Any],
    seen: Sequence[Any],
) -> list[int]:
    """Those of the rows `odd` that may be at fault: who stands in the roster of a template and was
    not served is counted, and no fault. In any other file a row without a day is one."""
    if whole.roster is None:
        return list(odd)
    unserved = Unserved(sheet.layout, whole.service.code)
    left = {
        index
        for index in odd
        if names[index] and type(born[index]) is date and seen[index] is None
        if unserved.has(sheet.body[index])
    }
    whole.unserved += len(left)
    return [index for index in odd if index not in left]
