"""A report or recap as the workbook that staff know: letterhead, merged headings, signatures."""

from __future__ import annotations

from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from reporting.selectors.grids import LEADING, Cell, Grid, Heading, Line
from reporting.selectors.prints import Document

A4 = 9  # as Excel counts papers
MARGIN = 0.4  # inches
FEWEST = 6  # columns that letterhead and signatures are spread over
LONG_HEADING = 110  # points that a heading read from below is high
HEADING = {
    "bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True,
    "bg_color": "#E6EEF5",
}  # fmt: skip
FORMATS: dict[str, dict[str, Any]] = {
    "letterhead": {"bold": True, "font_size": 13, "align": "center"},
    "address": {"font_size": 9, "align": "center", "bottom": 6},
    "title": {"bold": True, "font_size": 12, "align": "center"},
    "draft": {"bold": True, "align": "center", "font_color": "#B42318", "border": 1},
    "plain": {},
    "caption": {"bold": True},
    "small": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "heading": HEADING,
    "upright": HEADING | {"rotation": 90},
    "count": {"border": 1, "align": "center", "italic": True, "font_size": 8},
    "section": {"border": 1, "bold": True},
    "text": {"border": 1, "text_wrap": True, "valign": "top"},
    "number": {"border": 1, "num_format": "#,##0", "align": "right", "valign": "top"},
    "absent": {"border": 1, "align": "right", "valign": "top"},
    "sum text": {"border": 1, "bold": True, "text_wrap": True, "valign": "top"},
    "sum number": {"border": 1, "bold": True, "num_format": "#,##0", "align": "right"},
    "out": {"border": 1, "italic": True, "font_color": "#5F6B76", "bg_color": "#EEEEEE"},
    "signature": {"align": "center"},
    "name": {"align": "center", "bold": True, "underline": 1},
}


class _Sheet:
    """A worksheet that is written from above; every text is text, whatever it begins with."""

    def __init__(self, book: Any, name: str, document: Document) -> None:
        self.sheet = book.add_worksheet(name)
        self.formats = {key: book.add_format(one) for key, one in FORMATS.items()}
        widest = max(len(grid.columns) for grid in document.grids)
        self.last = max(FEWEST, LEADING + widest) - 1
        self.row = 0
        self.few = widest < FEWEST

    def text(self, words: str, style: str, columns: tuple[int, int], rows: int = 1) -> None:
        """A text over some columns, and so many rows down; the row stays where it is."""
        first, last = columns
        form = self.formats[style]
        if last > first or rows > 1:
            self.sheet.merge_range(self.row, first, self.row + rows - 1, last, "", form)
        self.sheet.write_string(self.row, first, words, form)

    def line(self, words: str, style: str) -> None:
        """A text over the whole width, and on to the next row."""
        self.text(words, style, (0, self.last))
        self.row += 1

    def cell(self, column: int, cell: Cell, number: str, other: str) -> None:
        if cell.number is not None:
            self.sheet.write_number(self.row, column, cell.number, self.formats[number])
        elif cell.text:
            self.sheet.write_string(self.row, column, cell.text, self.formats[other])
        else:
            self.sheet.write_blank(self.row, column, None, self.formats[other])


def write_document(file: IO[bytes], document: Document) -> None:
    """Write it on one sheet set up for A4. Numbers are numbers; nothing is a formula or a link."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        out = _Sheet(book, _("Laporan"), document)
        _head(out, document)
        repeated = None
        for grid in document.grids:
            span = _grid(out, grid)
            repeated = repeated or span
        _foot(out, document)
        _set_up(out, document, repeated)


def _head(out: _Sheet, document: Document) -> None:
    for line in document.head.lines:
        out.line(line, "letterhead")
    out.line(document.head.address, "address")
    out.row += 1
    out.line(document.title.upper(), "title")
    if document.draft:
        out.line(document.draft, "draft")
    out.row += 1
    for name, value in document.facts:
        out.line(f"{name}: {value}", "plain")
    out.row += 1


def _grid(out: _Sheet, grid: Grid) -> tuple[int, int]:
    """Write a table; the rows of its head, which are repeated on every page."""
    if grid.title:
        out.line(grid.title, "caption")
    first = out.row
    _headings(out, grid)
    last = out.row - 1
    for block in grid.blocks:
        if block.label:
            out.text(block.label, "section", (0, LEADING + len(grid.columns) - 1))
            out.row += 1
        for line in block.lines:
            _line(out, line)
    out.row += 1
    return first, last


def _headings(out: _Sheet, grid: Grid) -> None:
    out.text(_("No."), "heading", (0, 0), grid.depth)
    out.text(grid.about, "heading", (1, 1), grid.depth)
    taken: set[tuple[int, int]] = set()  # (row, column) that a heading from above reaches into
    for level, headings in enumerate(grid.headings):
        at = LEADING
        for heading in headings:
            while (level, at) in taken:
                at += 1
            upright = grid.upright and level + heading.rows == grid.depth
            out.text(
                heading.text,
                "upright" if upright else "heading",
                (at, at + heading.columns - 1),
                heading.rows,
            )
            taken |= _below(heading, level, at)
            at += heading.columns
        if grid.upright and level == grid.depth - 1:
            out.sheet.set_row(out.row, LONG_HEADING)
        out.row += 1
    for column, number in enumerate((1, 2, *(one.number for one in grid.columns))):
        out.text(f"({number})", "count", (column, column))
    out.row += 1


def _below(heading: Heading, level: int, at: int) -> set[tuple[int, int]]:
    return {
        (level + down, at + right)
        for down in range(1, heading.rows)
        for right in range(heading.columns)
    }


def _line(out: _Sheet, line: Line) -> None:
    styles = {"sum": ("sum text", "sum number", "sum text"), "out": ("out", "out", "out")}
    text, number, other = styles.get(line.kind, ("text", "number", "absent"))
    out.text(line.number, text, (0, 0))
    out.text(f"{line.label} ({line.note.lower()})" if line.note else line.label, text, (1, 1))
    for column, cell in enumerate(line.cells, start=LEADING):
        out.cell(column, cell, number, other)
    out.row += 1


def _foot(out: _Sheet, document: Document) -> None:
    for note in document.notes:
        out.line(note, "small")
    out.row += 1
    left, right = (0, 1), (max(LEADING, out.last - 4), out.last)
    head, officer = document.signers
    _pair(out, (_("Mengetahui,"), left), (document.dated, right), "signature")
    _pair(out, (head.position, left), (officer.position, right), "signature")
    out.row += 3  # to sign in
    _pair(out, (head.name or "…" * 12, left), (officer.name or "…" * 12, right), "name")
    _pair(out, (nip(head.nip), left), (nip(officer.nip), right), "signature")


def nip(number: str) -> str:
    """ "NIP 197001011990031001": text, so that no digit of the 18 is rounded away."""
    return _("NIP %(number)s") % {"number": number or "………………………………"}


def _pair(
    out: _Sheet,
    left: tuple[str, tuple[int, int]],
    right: tuple[str, tuple[int, int]],
    style: str,
) -> None:
    for words, columns in (left, right):
        out.text(words, style, columns)
    out.row += 1


def _set_up(out: _Sheet, document: Document, repeated: tuple[int, int] | None) -> None:
    sheet = out.sheet
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 44)
    sheet.set_column(LEADING, out.last, 13 if out.few else 8)
    sheet.set_paper(A4)
    if document.is_lying:
        sheet.set_landscape()
    sheet.set_margins(MARGIN, MARGIN, MARGIN, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    if repeated and len(document.grids) == 1:
        sheet.repeat_rows(*repeated)
    page = _("Halaman %(page)s dari %(pages)s") % {"page": "&P", "pages": "&N"}
    sheet.set_footer(f"&R&8{page}")
