"""Which rows of a long form are shown at first: those that say something."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reporting.catalogue.breakdowns import LB1_AGES
from reporting.selectors.reports import Part, Row, Sheet

ALL = "semua"
WIDEST = len(LB1_AGES)  # boxes from which a row is drawn as a block of its own


@dataclass(frozen=True)
class Folded:
    """A section with the rows that are shown, and how many are not. `name` is that in addresses."""

    name: str
    label: str
    rows: tuple[Row, ...]
    hidden: int

    @property
    def template(self) -> str:
        """How its rows are drawn."""
        if not self.rows:
            return "reporting/_report_table_folded.html"
        boxes = self.rows[0].boxes
        if not self.rows[0].adds_up:
            return "reporting/_report_table_columns.html"
        return (
            "reporting/_report_table_wide.html"
            if len(boxes) > WIDEST
            else "reporting/_report_table.html"
        )


def fold(sheet: Sheet, opened: Collection[str], sent: Collection[str]) -> tuple[Folded, ...]:
    """Every section; its blank rows only where they were asked for or something was `sent` there.

    Forms in which a blank row is a gap show all rows.
    """
    silent = {row.element for row in sheet.silent} - set(sent)
    found = []
    for number, part in enumerate(sheet.sections, start=1):
        everything = ALL in opened or str(number) in opened
        rows = tuple(r for r in part.rows if everything or r.element not in silent)
        found.append(Folded(str(number), part.label, rows, len(part.rows) - len(rows)))
    return tuple(found)


def as_shown(parts: Collection[Part]) -> tuple[Folded, ...]:
    """Parts with rows chosen by somebody else, drawn as these are."""
    return tuple(Folded(str(n), part.label, part.rows, 0) for n, part in enumerate(parts, start=1))
