"""What was said about the columns of a layout, remembered for the next file that looks so."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from clusters.excel import ours
from clusters.excel.headers import LOOK_AT
from clusters.excel.reading import Sheet
from clusters.excel.told import Told
from clusters.selectors.layouts import remembered_layouts
from facilities.models import Facility
from ilp.core.cells import Cell, clean_text, fold

T = TypeVar("T")


def titles_key(sheet: Sheet, row: Sequence[Cell]) -> str:
    """By what a layout is known again: its titles, folded, each at its place in the sheet."""
    titles = [
        [sheet.first_column + at, fold(text)]
        for at, cell in enumerate(row)
        if (text := clean_text(cell)) and fold(text) != ours.FAULTS_KEY
    ]
    return hashlib.sha256(json.dumps(titles).encode()).hexdigest()


def service_remembered(sheets: Sequence[Sheet], facility: Facility) -> str:
    """As which service files of such a layout were explained before; empty for none or several."""
    services: dict[str, set[str]] = defaultdict(set)
    for one in remembered_layouts(facility):
        services[one.titles].add(one.service)
    shown = [sheet for sheet in sheets if not sheet.hidden]
    rows = [at[1] for sheet in shown if (at := _found(sheet, services))] if services else []
    found = set[str]().union(*rows)
    return found.pop() if len(found) == 1 else ""


def recall(told: Told, sheets: Sequence[Sheet], facility: Facility, service: str) -> Told:
    """What was told, and what was said before of sheets of which nothing is told now."""
    known = {one.titles: one for one in remembered_layouts(facility, service)}
    if not known:
        return told
    columns, rows = dict(told.columns), dict(told.header_rows)
    for sheet in sheets:
        if sheet.name in rows or sheet.name in told.skipped or sheet.hidden:
            continue
        if at := _found(sheet, known):
            rows[sheet.name], layout = at
            columns[sheet.name] = {int(place): name for place, name in layout.columns.items()}
    return replace(told, columns=columns, header_rows=rows)


def _found(sheet: Sheet, known: Mapping[str, T]) -> tuple[int, T] | None:
    """Excel's number of the first row whose titles are known, and as what they are."""
    for at, row in enumerate(sheet.rows[:LOOK_AT]):
        if (layout := known.get(titles_key(sheet, row))) is not None:
            return sheet.row_number(at), layout
    return None
