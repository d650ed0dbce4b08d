"""Filling a sheet at one stroke: what it would change, before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reporting.selectors.reports import Box, Row, Sheet

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
