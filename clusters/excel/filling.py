"""Names of places that are written once for many rows, as in merged cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clusters.excel.between import Between
from clusters.excel.sheetcells import SheetCells
from ilp.core.cells import Cell, clean_text

PLACES = ("home_desa", "home_posyandu")  # a blank place of care is the uploader's


def fill_down(sheet: SheetCells, kept: Sequence[int], between: Between) -> Counter[str]:
    """Let each row have the place written above it, in columns that write each place only once.

    Only places, never numbers, and only for rows about persons; a total ends what stands above it,
    as does a row that only names a place: from there on it holds, if it stands in that column.
    Answers how many cells of which column were filled.
    """
    filled: Counter[str] = Counter()
    for name in PLACES:
        cells = sheet.column(name)
        if not cells or not kept or not ("" in cells or None in cells):
            continue
        full = _filled(cells, kept, between)
        if full is not None:
            changed = sum(full[index] is not cells[index] for index in kept)
            sheet.instead[name] = full
            filled[name] = changed
    return filled


def _filled(cells: Sequence[Cell], kept: Sequence[int], between: Between) -> list[Cell] | None:
    """The column filled; None where blanks are mere blanks: a place is written twice in a row, or
    most rows have theirs."""
    full = list(cells)
    ends: dict[int, Cell] = dict.fromkeys(between.totals)
    ends |= {at: cells[at] if clean_text(cells[at]) else None for at in between.sections}
    above: Cell = None
    begun = gaps = 0
    before, row = "", 0
    for index in kept:
        for end in [at for at in range(row, index) if at in ends]:
            above, before = ends[end], ""
            begun += above is not None
        row, text = index + 1, clean_text(cells[index])
        if text and text == before:
            return None
        if text:
            above, begun = cells[index], begun + 1
        elif above is not None:
            full[index], gaps = above, gaps + 1
        elif not begun:
            return None
        before = text
    return full if gaps > begun else None
