"""What was said about the columns of a layout, remembered for the next file that looks so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from clusters.excel import ours
from clusters.excel.headers import LOOK_AT
from clusters.excel.reading import Sheet
from clusters.excel.told import Told
from clusters.selectors.layouts import remembered_layouts
from facilities.models import Facility
from ilp.core.cells import Cell, clean_text, fold


def titles_key(sheet: Sheet, row: Sequence[Cell]) -> str:
    """By what a layout is known again: its titles, folded, each at its place in the sheet."""
    titles = [
        [sheet.first_column + at, fold(text)]
        for at, cell in enumerate(row)
        if (text := clean_text(cell)) and fold(text) != ours.FAULTS_KEY
    ]
    return hashlib.sha256(json.dumps(titles).encode()).hexdigest()


def recall(told: Told, sheets: Sequence[Sheet], facility: Facility, service: str | None) -> Told:
    """What was told, and what was said before of sheets of which nothing is told now."""
    known = {one.titles: one for one in remembered_layouts(facility, service)}
    if not known:
        return told
    columns, rows = dict(told.columns), dict(told.header_rows)
    for sheet in sheets:
        if sheet.name in rows or sheet.name in told.skipped or sheet.hidden:
            continue
        for at, row in enumerate(sheet.rows[:LOOK_AT]):
            if layout := known.get(titles_key(sheet, row)):
                columns[sheet.name] = {int(place): name for place, name in layout.columns.items()}
                rows[sheet.name] = sheet.row_number(at)
                break
    return replace(told, columns=columns, header_rows=rows)
