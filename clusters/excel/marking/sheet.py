"""One sheet of somebody's workbook with its marks: cells, column of reasons, filter, comments."""

from __future__ import annotations

import re
from dataclasses import replace

from clusters.excel import ours
from clusters.excel.marking.cells import MOST_COLUMNS, name_of, number_of
from clusters.excel.marking.comments import comment
from clusters.excel.marking.marks import SheetMarks
from clusters.excel.marking.package import (
    MAIN,
    MOST_SHEET,
    Element,
    Package,
    Unfamiliar,
    added,
    child,
    children,
    plain,
    text_of,
    tree,
)
from clusters.excel.marking.rows import Rows
from clusters.excel.marking.styles import Styles

WIDTH = 70  # of the column of reasons, in characters
ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?worksheet(?=[\s>])")
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
# What follows the filter in a sheet.
AFTER_FILTER = (
    *("sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF"),
    *("picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)


def mark_sheet(package: Package, part: str, marks: SheetMarks, styles: Styles) -> str:
    """Write the marks into the sheet's part; the range of its filter, as $A$4:$K$600."""
    head, rows, tail, prefix = _split(plain(package.read(part, MOST_SHEET)))
    sheet = tree(head + b"<%bsheetData/>" % prefix + tail).documentElement
    if sheet is None or sheet.namespaceURI != MAIN:
        raise Unfamiliar("vocabulary")
    marks = replace(marks, reason_column=_free_column(sheet, marks))
    written = Rows(marks, styles, prefix, _column_formats(sheet)).marked(rows)
    _widen(sheet, marks.reason_column)
    _stretch(sheet, marks)
    where = _filter(sheet, marks)
    comment(package, part, sheet, marks)
    assert sheet.ownerDocument is not None
    begin, _mark, end = text_of(sheet.ownerDocument).partition(b"<%bsheetData/>" % prefix)
    tag = prefix + b"sheetData"
    package.put(part, b"%b<%b>%b</%b>%b" % (begin, tag, written, tag, end))
    return where


def _split(data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """What stands before the rows, the rows, what stands after them; the tags' prefix."""
    root = ROOT.search(data)
    if root is None:
        raise Unfamiliar("no sheet")
    prefix = root[1] or b""
    begin = re.search(rb"<%bsheetData(?:\s[^<>]*)?>" % re.escape(prefix), data)
    close = b"</%bsheetData>" % prefix
    end = data.rfind(close)
    if begin is None or begin[0].endswith(b"/>") or end < begin.end():
        raise Unfamiliar("no rows")
    return data[: begin.start()], data[begin.end() : end], data[end + len(close) :], prefix


def _free_column(sheet: Element, marks: SheetMarks) -> int:
    """The column of reasons: right of what is merged beside the table, too."""
    free = marks.reason_column
    merged = child(sheet, "mergeCells")
    for one in children(merged, "mergeCell") if merged else ():
        _left, top, right, bottom = _corners(one.getAttribute("ref"))
        if bottom >= marks.title_row and top <= marks.last_row:
            free = max(free, right + 1)
    return free


def _corners(text: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a range."""
    found = RANGE.fullmatch(text)
    if found is None:
        raise Unfamiliar("a range")
    left, top = number_of(found[1]), int(found[2])
    return left, top, number_of(found[3] or found[1]), int(found[4] or top)


def _column_formats(sheet: Element) -> dict[int, int]:
    found: dict[int, int] = {}
    for one, first, last in _columns(sheet):
        if one.hasAttribute("style"):
            number = int(one.getAttribute("style"))
            found |= dict.fromkeys(range(first, last + 1), number)
    return found


def _columns(sheet: Element) -> list[tuple[Element, int, int]]:
    """What is said of stretches of columns, with the first and last of each, in order."""
    columns = child(sheet, "cols")
    found, before = [], 0
    for one in children(columns, "col") if columns else ():
        first, last = int(one.getAttribute("min")), int(one.getAttribute("max"))
        if not before < first <= last <= MOST_COLUMNS:
            raise Unfamiliar("columns")
        found.append((one, first, last))
        before = last
    return found


def _widen(sheet: Element, number: int) -> None:
    """Make the column of reasons wide; of what was said of a stretch of columns the rest stays."""
    known = _columns(sheet)
    columns = child(sheet, "cols") or added(sheet, "cols", child(sheet, "sheetData"))
    for one, first, last in known:
        if first <= number <= last:
            _cut(columns, one, first, number - 1)
            _cut(columns, one, number + 1, last)
            columns.removeChild(one)
    following = next((one for one, first, _last in _columns(sheet) if first > number), None)
    added(columns, "col", following, min=number, max=number, width=WIDTH, customWidth=1)


def _cut(columns: Element, column: Element, first: int, last: int) -> None:
    if first <= last:
        part = column.cloneNode(deep=True)
        assert isinstance(part, Element)
        part.setAttribute("min", str(first))
        part.setAttribute("max", str(last))
        columns.insertBefore(part, column)


def _stretch(sheet: Element, marks: SheetMarks) -> None:
    """Let what the sheet says of its size hold the new column."""
    size = child(sheet, "dimension")
    if size is None:
        return
    left, top, right, bottom = _corners(size.getAttribute("ref"))
    right, bottom = max(right, marks.reason_column), max(bottom, marks.last_row)
    size.setAttribute("ref", f"{name_of(left)}{top}:{name_of(right)}{bottom}")


def _filter(sheet: Element, marks: SheetMarks) -> str:
    """Filter the table by the refused rows; the range, with dollars.

    A table of Excel's own has its filter, and two may not overlap: then ours is only over the
    column of reasons, which hides the same rows.
    """
    for name in ("autoFilter", "sortState"):
        if (old := child(sheet, name)) is not None:
            sheet.removeChild(old)
    last = marks.reason_column
    first = last if child(sheet, "tableParts") else min(marks.first_column, last)
    left, right = name_of(first), name_of(last)
    place = f"{left}{marks.title_row}:{right}{marks.last_row}"
    after = next((one for tag in AFTER_FILTER if (one := child(sheet, tag)) is not None), None)
    made = added(sheet, "autoFilter", after, ref=place)
    if marks.faulty:
        column = added(made, "filterColumn", colId=last - first)
        added(added(column, "customFilters"), "customFilter", val=f"{ours.REPAIR}*")
    return f"${left}${marks.title_row}:${right}${marks.last_row}"
