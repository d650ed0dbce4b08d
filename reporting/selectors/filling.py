"""Filling a sheet at one stroke: what it would change, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reporting.selectors.reports import Box, Row, Sheet
from reporting.selectors.typed import Edit, Entry

ZERO, COUNTED = "nol", "hitung"
FILLINGS = {
    ZERO: _("Isi yang kosong dengan 0"),
    COUNTED: _("Pakai semua hitung otomatis"),
}


@dataclass(frozen=True)
class Change:
    """The boxes of one row that would hold another number."""

    row: Row
    boxes: tuple[tuple[Box, int], ...]  # the box as it is, its new number


def changes(*, sheet: Sheet, way: str, element: str = "") -> list[Change]:
    """What `way` would change: blanks to 0, or everything to what the visits say.

    Of one `element`: only the boxes for which the visits have changed. A service that is not there
    (TA) and a row that speaks by being blank stay what they are.
    """
    found = []
    for row in sheet.rows:
        if row in sheet.silent or element not in ("", row.element):
            continue  # being blank it says what it means
        new = [(box, _new(box, way)) for box in (row.moved if element else row.typed)]
        boxes = tuple((box, n) for box, n in new if n is not None and n != box.value)
        if boxes:
            found.append(Change(row, boxes))
    return found


def _new(box: Box, way: str) -> int | None:
    if box.entry.absent:
        return None
    if way == COUNTED:
        return box.counted
    return 0 if box.entry.is_blank else box.value


@dataclass(frozen=True)
class Taken:
    """What was proposed in rows that a page showed by their sums alone.

    `edits` by (element, part) keep it where nobody has said anything since; `moved` counts the rows
    whose proposals add up to something else by now.
    """

    edits: Mapping[tuple[str, str], Edit]
    moved: int


def taken(*, sheet: Sheet, shown: Mapping[str, int]) -> Taken:
    """The proposals of these rows; `shown`: element -> what was not saved of it, summed up."""
    rows = [(row, shown[row.element]) for row in sheet.rows if row.element in shown]
    still = [row for row, was in rows if row.unsaved in (was, None)]
    edits = {
        (box.element, box.part): Edit(Entry(box.proposed), 0, touched=False)
        for row in still
        for box in row.typed
        if box.is_prefilled
    }
    return Taken(edits, len(rows) - len(still))
