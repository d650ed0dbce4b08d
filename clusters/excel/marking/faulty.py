"""Only the refused rows of a file, in a workbook that can be repaired and sent by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from clusters.excel import columns, ours
from clusters.excel.layout import Layout
from clusters.excel.marking.marks import SheetMarks
from clusters.excel.marking.rebuilt import sheet_names
from clusters.excel.templates import KINDS
from clusters.excel.writing import Column, Kind, Table, write_tables
from clusters.services import SERVICES
from ilp.core.cells import Cell, clean_text

TOO_LONG = 10**15  # a number from here on has lost digits


def write_faulty(
    target: IO[bytes], service: str, found: Sequence[tuple[Layout, SheetMarks]]
) -> None:
    """Write the refused rows of each sheet under the titles of the file, with their reasons."""
    faulty = [(layout, marks) for layout, marks in found if marks.faulty]
    names = sheet_names([layout.sheet.name for layout, _marks in faulty])
    write_tables(
        target,
        [_table(name, service, *one) for name, one in zip(names, faulty, strict=True)],
    )


def _table(name: str, service: str, layout: Layout, marks: SheetMarks) -> Table:
    sheet, titles = layout.sheet, _titles(service, layout)
    rows = []
    for number in sorted(marks.faulty):
        row = sheet.rows[number - sheet.first_row]
        rows.append([*(_value(row[at]) for at in titles), marks.reasons[number]])
    listed = [*titles.values(), Column(ours.FAULTS, 70)]
    return Table(name, listed, rows)


def _titles(service: str, layout: Layout) -> dict[int, Column]:
    """The titled columns by their place, each as the file calls it or, where that would not be
    understood in a single row of titles, as we do."""
    header, sheet = layout.header, layout.sheet
    ours_at = ours.reasons_at(sheet.rows[header.row_index + header.depth - 1])
    known, words = {at: name for name, at in layout.columns.items()}, columns.titles(service)
    upper = sheet.rows[header.row_index : header.row_index + header.depth]
    found = {}
    for at in range(len(sheet.rows[0])):
        name = known.get(at, "")
        title = " ".join(filter(None, (clean_text(row[at]) for row in upper)))
        is_sure = header.depth == 1 and header.columns.get(name) == at
        if name in words and not is_sure:
            title = words[name][0]
        if title and at != ours_at:
            found[at] = Column(title, kind=_kind(service, name))
    return found


def _kind(service: str, name: str) -> Kind:
    if name in ("born_on", "seen_on"):
        return Kind.DATE
    field = SERVICES[service].by_name.get(name)
    return KINDS.get(field.kind, Kind.TEXT) if field else Kind.TEXT


def _value(cell: Cell) -> Any:
    """A cell to be written again. A NIK that lost digits as a number must not come out as text
    that looks whole, so it is spelt as the fraction that it has become."""
    return float(cell) if isinstance(cell, int) and abs(cell) >= TOO_LONG else cell
