"""Which rows of a long form are shown at first: those that say something."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reporting.catalogue.breakdowns import LB1_AGES
from reporting.selectors.reports import Part, Row, Sheet

ALL = "semua"
WIDEST = len(LB1_AGES)  # boxes from which a row is drawn as a block of its own
# Boxes of such rows that one page may hold: seventeen rows, which is the longest chapter of LB1.
# Beyond that one looks for the row instead of reading, and a form weighs too much (ux.md §3.9).
MOST_BOXES = 450


@dataclass(frozen=True)
class Folded:
    """A section with the rows that are shown, and how many are not. `name` is that in addresses.

    `lines`: rows of a closed section, shown with their sums alone.
    """

    name: str
    label: str
    rows: tuple[Row, ...]
    hidden: int
    lines: tuple[Row, ...] = ()

    @property
    def template(self) -> str:
        """How its rows are drawn."""
        if self.lines:
            return "reporting/_report_table_closed.html"
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

    @property
    def boxes(self) -> int:
        """Of rows that are drawn as blocks of their own."""
        return sum(len(row.boxes) for row in self.rows if len(row.boxes) > WIDEST)

    def closed(self) -> Folded:
        return Folded(self.name, self.label, (), self.hidden, self.rows)


def fold(
    sheet: Sheet, opened: Collection[str], sent: Collection[str], *, closes: bool = False
) -> tuple[Folded, ...]:
    """Every section; its blank rows only where they were asked for or something was `sent` there.

    Forms in which a blank row is a gap show all rows. closes: where the boxes are more than a page
    can hold, the sections that were asked for are open, else the first that says something; of
    the others each row is a line.
    """
    silent = {row.element for row in sheet.silent} - set(sent)
    found = []
    for number, part in enumerate(sheet.sections, start=1):
        everything = ALL in opened or str(number) in opened
        rows = tuple(r for r in part.rows if everything or r.element not in silent)
        found.append(Folded(str(number), part.label, rows, len(part.rows) - len(rows)))
    if not closes or ALL in opened or sum(one.boxes for one in found) <= MOST_BOXES:
        return tuple(found)
    stays = _open(found, opened, sent)
    return tuple(one if one.name in stays or not one.boxes else one.closed() for one in found)


def _open(found: Collection[Folded], opened: Collection[str], sent: Collection[str]) -> set[str]:
    """Names of the sections that are drawn in full, if those of others are not."""
    typed = {one.name for one in found if any(row.element in sent for row in one.rows)}
    asked = {one.name for one in found if one.name in opened} | typed
    return asked or {next(one.name for one in found if one.boxes)}


def as_shown(parts: Collection[Part]) -> tuple[Folded, ...]:
    """Parts with rows chosen by somebody else, drawn as these are."""
    return tuple(Folded(str(n), part.label, part.rows, 0) for n, part in enumerate(parts, start=1))
