"""The rows of a sheet's XML with marks in them: only what changes is written anew."""

from __future__ import annotations

import re

from clusters.excel import ours
from clusters.excel.marking.cells import inline, name_of, number_of
from clusters.excel.marking.marks import Mark, SheetMarks
from clusters.excel.marking.package import Unfamiliar
from clusters.excel.marking.styles import AMBER, RED, Styles
from clusters.excel.marking.tags import Found, Tag

NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
STYLE = re.compile(rb"""\ss\s*=\s*["'](\d{1,6})["']""")
OWN_STYLE = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
HIDDEN = re.compile(rb"""\shidden\s*=\s*["'][^"']*["']""")
SPANS = re.compile(rb"""\sspans\s*=\s*["'][^"']*["']""")


class Rows:
    """Writes the marks of a sheet into its rows.

    `prefix` is that of the sheet's tags, with its colon; `columns` are the formats of whole
    columns, which a cell has that is not written yet.
    """

    def __init__(
        self, marks: SheetMarks, styles: Styles, prefix: bytes, columns: dict[int, int]
    ) -> None:
        self.marks, self.styles, self.columns = marks, styles, columns
        self.prefix = prefix
        self._row, self._cell = Tag(prefix + b"row"), Tag(prefix + b"c")
        self._last_cell = b"<" + prefix + b"c "

    def marked(self, data: bytes) -> bytes:
        """All rows of the sheet, those of the table with their marks."""
        marks, done, out = self.marks, 0, []
        for row in self._row.find(data):
            found = NUMBER.search(row.values)
            if found is None:
                raise Unfamiliar("a row without its number")
            number = int(found[1])
            if marks.title_row <= number <= marks.last_row:
                out += [data[done : row.start], self._marked(number, row)]
                done = row.end
        return b"".join([*out, data[done:]])

    def _marked(self, number: int, row: Found) -> bytes:
        if b"extLst" in row.inner:
            raise Unfamiliar("a row with more than cells")
        values = SPANS.sub(b"", row.values)
        if number > self.marks.title_row:
            values = HIDDEN.sub(b"", values)
            if self.marks.is_filtered_out(number):
                values += b' hidden="1"'
        name = self._row.name
        return b"<%b%b>%b</%b>" % (name, values, self._cells(number, row), name)

    def _cells(self, number: int, row: Found) -> bytes:
        marks = self.marks.cells.get(number, {})
        edits = self.marks.edits.get(number, {})
        reason = self._reason(number)
        if not (marks or edits or self.styles.ours) and self._ends_before(row.inner):
            return row.inner + reason
        cells = {}
        for cell in self._cell.find(row.inner):
            at = column_of(cell.values)
            cells[at] = self._styled(row.inner[cell.start : cell.end], cell, marks.get(at))
        for at in (marks.keys() | edits.keys()) - cells.keys():
            cells[at] = self._blank(number, at, row, marks.get(at))
        for at, text in edits.items():
            cells[at] = self._edited(number, at, cells[at], text)
        cells.pop(self.marks.reason_column, None)
        if reason:
            cells[self.marks.reason_column] = reason
        return b"".join(cells[at] for at in sorted(cells))

    def _ends_before(self, inner: bytes) -> bool:
        """Whether the row's last cell stands left of the reasons, as nearly always."""
        last = inner.rfind(self._last_cell)
        return (
            last < 0 or column_of(inner[last : inner.find(b">", last)]) < self.marks.reason_column
        )

    def _reason(self, number: int) -> bytes:
        is_title = number == self.marks.title_row
        text = ours.FAULTS if is_title else self.marks.reasons.get(number, "")
        if not text:
            return b""
        style = self.styles.coloured(self.styles.bold, RED) if is_title else self.styles.text
        return inline(text, self.marks.reason_column, number, style, self.prefix)

    def _styled(self, text: bytes, cell: Found, mark: Mark | None) -> bytes:
        """A cell in its own format, red or amber if marked, bare if an earlier mark is gone."""
        before = style_of(cell.values)
        if mark is not None:
            style = self.styles.coloured(before, _colour(mark))
        elif before in self.styles.ours:
            style = self.styles.bare(before)
        else:
            return text
        begin = len(self._cell.name) + 1
        values = STYLE.sub(b"", cell.values) + b' s="%d"' % style
        return text[:begin] + values + text[begin + len(cell.values) :]

    def _blank(self, number: int, at: int, row: Found, mark: Mark | None) -> bytes:
        """A cell that is not there yet, in the format that it would have."""
        has_own = OWN_STYLE.search(row.values)
        before = style_of(row.values) if has_own else self.columns.get(at, 0)
        style = self.styles.coloured(before, _colour(mark)) if mark else before
        place = name_of(at).encode()
        return b'<%b r="%b%d" s="%d"/>' % (self._cell.name, place, number, style)

    def _edited(self, number: int, at: int, cell: bytes, text: str) -> bytes:
        """A cell in its format, with what a person typed on the page instead of what it held."""
        style = style_of(cell[: cell.index(b">")])
        return inline(text, at, number, style, self.prefix)


def style_of(values: bytes) -> int:
    """The number of the format that a cell's or row's attributes say."""
    found = STYLE.search(values)
    return int(found[1]) if found else 0


def _colour(mark: Mark) -> str:
    return AMBER if mark.is_warning else RED


def column_of(values: bytes) -> int:
    """The column that a cell's attributes say, A being 1."""
    found = PLACE.search(values)
    if found is None:
        raise Unfamiliar("a cell without its place")
    return number_of(found[1].decode())
