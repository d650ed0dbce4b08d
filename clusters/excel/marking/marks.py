"""What is to be said in a sheet of what is wrong in it: at which cell, in which row, in what words.

Rows and columns are counted as Excel does, from 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusters.actions.issues import Issue
from clusters.excel import ours
from clusters.excel.between import names_a_place
from clusters.excel.headers import is_signature_row, is_total_row
from clusters.excel.layout import Layout
from clusters.excel.reading import Sheet
from clusters.excel.told import Spot
from clusters.excel.unserved import Unserved
from clusters.models import UploadIssue
from ilp.core.cells import clean_text

AnyIssue = Issue | UploadIssue
FEW = 3  # filled cells that a row of signatures may have
LONGEST = 32_000  # characters; a cell holds 32,767


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one cell."""

    reason: str
    is_warning: bool


@dataclass(frozen=True)
class SheetMarks:
    """What is said in one sheet.

    `title_row` is the lowest row of the header, where the column of reasons has its title, and
    `last_row` that of the last visit. `edits` are what a person typed on the page instead of
    cells. `reasons` holds the text of that column for every row that has one, `faulty` the rows
    that were refused.
    """

    sheet: Sheet
    title_row: int
    last_row: int
    first_column: int
    reason_column: int
    cells: dict[int, dict[int, Mark]]
    edits: dict[int, dict[int, str]]
    reasons: dict[int, str]
    faulty: frozenset[int]

    def is_filtered_out(self, row: int) -> bool:
        """Whether the filter hides a row: of the table, and not refused."""
        inside = self.title_row < row <= self.last_row
        return inside and bool(self.faulty) and row not in self.faulty


def marks_of(
    layout: Layout,
    issues: Iterable[AnyIssue],
    edits: Mapping[Spot, str],
    unserved: Unserved | None = None,
    *,
    accepted: bool,
) -> SheetMarks:
    """What to say in a sheet of visits; with `accepted`, rows without fault are said to be in,
    save those of people who were not served."""
    sheet, header = layout.sheet, layout.header
    mine: dict[int, list[AnyIssue]] = defaultdict(list)
    for issue in issues:
        mine[issue.row].append(issue)
    visits = dict.fromkeys(_visits(layout, unserved), "")
    known = visits | dict.fromkeys(mine, "")
    for row in known:
        known[row] = _reason(mine.get(row, ()), accepted=accepted and row in visits)
    titles = header.row_index + header.depth - 1
    title_row = sheet.row_number(titles)
    free = ours.reasons_at(sheet.rows[titles])
    return SheetMarks(
        sheet=sheet,
        title_row=title_row,
        last_row=max(known, default=title_row),
        first_column=sheet.first_column + 1,
        reason_column=sheet.first_column + 1 + (len(sheet.rows[0]) if free is None else free),
        cells={row: cells for row, found in mine.items() if (cells := _cells(layout, found))},
        edits=_edits(sheet, edits),
        reasons={row: text for row, text in known.items() if text},
        faulty=frozenset(row for row, found in mine.items() if _is_faulty(found)),
    )


def _visits(layout: Layout, unserved: Unserved | None) -> Iterator[int]:
    """The rows that are about somebody, told as an import tells them from totals and the like."""
    sheet = layout.sheet
    above = sheet.rows[: layout.header.data_index]
    for index in range(layout.header.data_index, len(sheet.rows)):
        row = sheet.rows[index]
        if unserved and unserved.has(row):
            continue
        if layout.dated and not any(clean_text(row[layout.columns[n]]) for n in layout.dated):
            continue  # no dose, so no visit
        if row in above or names_a_place(row):
            continue
        filled = sum(cell != "" and cell is not None for cell in row)
        if filled and not is_total_row(row) and not (filled <= FEW and is_signature_row(row)):
            yield sheet.row_number(index)


def _is_faulty(issues: Sequence[AnyIssue]) -> bool:
    return any(not issue.is_warning for issue in issues)


def _reason(issues: Sequence[AnyIssue], *, accepted: bool) -> str:
    in_words = " ".join(f"{i.column}: {i.reason}" if i.column else i.reason for i in issues)
    if _is_faulty(issues):
        return f"{ours.REPAIR} – {in_words}"[:LONGEST]
    look = f"{ours.LOOK} – {in_words}" if issues else ""
    return ". ".join(filter(None, (ours.ACCEPTED if accepted else "", look)))[:LONGEST]


def _cells(layout: Layout, issues: Iterable[AnyIssue]) -> dict[int, Mark]:
    """One mark for each cell, of all that is said of it; what is wrong outweighs what is odd.

    What is said of a row or of a column that the file lacks stands in the column of reasons only.
    """
    found: dict[int, Mark] = {}
    for issue in issues:
        at = layout.column_number(issue.name)
        if at is None:
            continue
        before = found.get(at)
        said = f"{before.reason}\n{issue.reason}" if before else issue.reason
        warning = issue.is_warning and (before is None or before.is_warning)
        found[at] = Mark(said[:LONGEST], warning)
    return found


def _edits(sheet: Sheet, edits: Mapping[Spot, str]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for (name, row, column), text in edits.items():
        if name == sheet.name:
            found[row][column + 1] = text
    return dict(found)
