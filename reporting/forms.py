"""What people type into a monthly report: read tolerantly, kept as typed when it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from ilp.core.cells import CellError, read_integer
from reporting.selectors.reports import Box, Finding, Row, Sheet

LARGEST = 1_000_000
REASON = "alasan|"
# What people usually write; any other words do as well.
REASONS = (
    _("Dilayani di faskes lain"),
    _("Kunjungan belum dicatat"),
    _("Koreksi dari register"),
    _("Orang pindahan"),
)
RETURN_NOTES = (
    _("Angka jauh dari bulan lalu. Cocokkan dengan register."),
    _("Lampirkan bukti pendukung."),
)


class SheetForm:
    """The boxes of a sheet as they were typed.

    `values` holds every box that could be read: a number, or None for an emptied one. `errors`
    holds a sentence for each that could not; it keeps its text in `typed` and is not saved.
    With `conflict` the sheet was saved by another since: boxes that differ show both numbers.
    """

    def __init__(
        self, sheet: Sheet, typed: Mapping[str, str] | None = None, *, conflict: bool = False
    ) -> None:
        self.sheet = sheet
        self.typed = typed
        self.conflict = conflict
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
        if number is not None and number < 0:
            self.errors[box.name] = str(_("Tulis angka 0 atau lebih, tanpa tanda minus."))
        elif number is not None and number > LARGEST:
            self.errors[box.name] = str(_("Angka ini terlalu besar. Periksa kembali."))
        else:
            self.values[box.element, box.part] = number

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Element -> why its numbers differ from the visits; only what was asked for."""
        typed = self.typed or {}
        return {
            row.element: typed[f"{REASON}{row.element}"].strip()
            for row in self.sheet.rows
            if f"{REASON}{row.element}" in typed
        }

    @property
    def version(self) -> int:
        """The version that the typist saw; 0, which none has, when the page did not say."""
        text = (self.typed or {}).get("version", "")
        return int(text) if text.isascii() and text.isdigit() else 0

    def shown(self, box: Box) -> str:
        """What stands in the box: what was typed, else what is known."""
        if self.typed is not None and box.name in self.typed:
            return self.typed[box.name]
        return "" if box.proposed is None else str(box.proposed)

    def saved_by_another(self, box: Box) -> int | None:
        """What somebody else kept in a box that now holds other text."""
        if not self.conflict or box.value is None or self.shown(box) == str(box.value):
            return None
        return box.value

    def reason_shown(self, row: Row) -> str:
        return self.reasons.get(row.element, row.reason)

    def findings(self, row: Row) -> list[Finding]:
        """The checks that are shown at the row."""
        return [found for found in self.sheet.findings if found.element == row.element]

    def is_doubted(self, row: Row, box: Box) -> bool:
        """Whether a check that stops the sending points at the box."""
        return any(box.part in f.parts for f in self.findings(row) if not f.warning)
