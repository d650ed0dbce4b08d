"""What people type into a monthly report: read tolerantly, kept as typed when it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from ilp.core.cells import CellError, read_integer
from reporting.selectors.reports import Box, Sheet

LARGEST = 1_000_000


class SheetForm:
    """The boxes of a sheet as they were typed.

    `values` holds every box that could be read: a number, or None for an emptied one. `errors`
    holds a sentence for each that could not; it keeps its text in `typed` and is not saved.
    """

    def __init__(self, sheet: Sheet, typed: Mapping[str, str] | None = None) -> None:
        self.sheet = sheet
        self.typed = typed
        self.values: dict[tuple[str, str], int | None] = {}
        self.errors: dict[str, str] = {}
        if typed is not None:
            self._read(typed)

    def _read(self, typed: Mapping[str, str]) -> None:
        for row in self.sheet.rows:
            if row.is_computed:
                continue
            for box in row.boxes:
                if box.name in typed:
                    self._read_box(box, typed[box.name])

    def _read_box(self, box: Box, text: str) -> None:
        try:
            number = read_integer(text)
        except CellError as error:
            self.errors[box.name] = str(error.sentence)
            return
        if number is not None and not 0 <= number <= LARGEST:
            self.errors[box.name] = str(_("Tulis angka 0 atau lebih, tanpa tanda minus."))
            return
        self.values[box.element, box.part] = number

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Element -> why its numbers differ from the visits."""
        typed = self.typed or {}
        return {row.element: typed.get(f"alasan|{row.element}", "").strip() for row in self.rows}

    @property
    def rows(self) -> list:
        return self.sheet.rows

    @property
    def version(self) -> int:
        """The version that the typist saw; 0, which none has, when the page did not say."""
        text = (self.typed or {}).get("version", "")
        return int(text) if text.isdigit() else 0

    def shown(self, box: Box) -> str:
        """What stands in the box: what was typed, else what is known."""
        if self.typed is not None and box.name in self.typed:
            return self.typed[box.name]
        return "" if box.proposed is None else str(box.proposed)

    def reason_shown(self, row) -> str:
        typed = self.typed or {}
        return typed.get(f"alasan|{row.element}", row.reason)
