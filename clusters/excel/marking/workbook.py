"""Somebody's own xlsx or xlsm with marks: all that is not marked stays as it is.

Styles, widths, merged cells, drop-downs, pictures, other sheets, comments and macros are not
touched: a workbook with macros comes back as one. What the person filtered before gives way to
our filter. The sheet that was open stays open, behind the summary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from clusters.excel import ours
from clusters.excel.marking.cells import inline, whole
from clusters.excel.marking.marks import SheetMarks
from clusters.excel.marking.package import (
    MAIN,
    OFFICE,
    Element,
    Package,
    Unfamiliar,
    added,
    child,
    children,
)
from clusters.excel.marking.sheet import mark_sheet
from clusters.excel.marking.styles import Styles
from clusters.excel.marking.summary import WIDTHS, Line

BOOK = "xl/workbook.xml"
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "xlsm",
}
FILTERED = "_xlnm._FilterDatabase"
# What follows the names in a workbook.
AFTER_NAMES = (
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
    *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)


def mark_workbook(
    data: bytes, target: IO[bytes], sheets: Sequence[SheetMarks], lines: Sequence[Line], old: str
) -> str:
    """Write the workbook with its marks; the ending that its name must have.

    `old` is the name of a summary that is in it already, to be replaced. Raises Unfamiliar for a
    workbook that we had better not change.
    """
    package = Package(data)
    suffix = SUFFIXES.get(package.kind_of(BOOK))
    if suffix is None:
        raise Unfamiliar("kind")
    book = package.root(BOOK)
    if book.namespaceURI != MAIN:
        raise Unfamiliar("vocabulary")
    parts = dict(_parts(package, book))
    style_part = _style_part(package)
    styles = Styles(package.root(style_part))
    ranges = {m.sheet.name: mark_sheet(package, parts[m.sheet.name], m, styles) for m in sheets}
    text = _summary(lines, styles)
    if old in parts:
        package.put(parts[old], text)
    else:
        _put_first(package, book, text, set(parts))
    _name_filters(book, ranges)
    package.put(style_part, styles.root)
    package.put(BOOK, book)
    package.write(target)
    return suffix


def _sheets(book: Element) -> list[Element]:
    found = child(book, "sheets")
    if found is None:
        raise Unfamiliar("no sheets")
    return children(found, "sheet")


def _parts(package: Package, book: Element) -> Iterator[tuple[str, str]]:
    """Each sheet's name with its part."""
    relations = package.relations(BOOK)
    for sheet in _sheets(book):
        _kind, part = relations.get(sheet.getAttributeNS(OFFICE, "id"), ("", ""))
        yield sheet.getAttribute("name"), part


def _style_part(package: Package) -> str:
    for kind, part in package.relations(BOOK).values():
        if kind == "styles":
            return part
    raise Unfamiliar("no styles")


def _summary(lines: Sequence[Line], styles: Styles) -> bytes:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(WIDTHS, start=1)
    )
    rows = b"".join(
        b'<row r="%d">%b</row>' % (number, _line(number, line, styles))
        for number, line in enumerate(lines, start=1)
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<worksheet xmlns="%b"><sheetViews><sheetView showGridLines="0" workbookViewId="0"/>'
        b"</sheetViews><cols>%b</cols><sheetData>%b</sheetData></worksheet>"
    ) % (MAIN.encode(), columns.encode(), rows)


def _line(number: int, line: Line, styles: Styles) -> bytes:
    style = styles.bold if line.bold else styles.text
    return b"".join(
        whole(cell, column, number)
        if isinstance(cell, int)
        else inline(cell, column, number, style)
        for column, cell in enumerate(line.cells, start=1)
    )


def _put_first(package: Package, book: Element, text: bytes, names: set[str]) -> None:
    """Make the summary the first sheet; what counts sheets from the left counts one more."""
    part = package.free_name("xl/worksheets/ringkasan{}.xml")
    package.put(part, text)
    package.declare(part, SHEET_KIND)
    sheets = _sheets(book)
    number = max(int(one.getAttribute("sheetId")) for one in sheets) + 1
    name = free_sheet_name(names)
    made = added(_parent(sheets[0]), "sheet", sheets[0], name=name, sheetId=number)
    made.setAttribute("xmlns:rilp", OFFICE)
    made.setAttributeNS(OFFICE, "rilp:id", package.relate(BOOK, "worksheet", part))
    for one in _listed(book, "definedNames", "definedName"):
        _shift(one, "localSheetId", "")
    for one in _listed(book, "bookViews", "workbookView"):
        _shift(one, "activeTab", "0")


def _parent(one: Element) -> Element:
    assert isinstance(one.parentNode, Element)
    return one.parentNode


def free_sheet_name(names: set[str]) -> str:
    """What the summary is called; Excel tells names apart without their case."""
    taken = {name.casefold() for name in names}
    wanted = (ours.SUMMARY, *(f"{ours.SUMMARY} {n}" for n in range(2, len(names) + 3)))
    return next(name for name in wanted if name.casefold() not in taken)


def _listed(book: Element, group: str, name: str) -> list[Element]:
    found = child(book, group)
    return children(found, name) if found is not None else []


def _shift(one: Element, name: str, absent: str) -> None:
    if value := one.getAttribute(name) or absent:
        one.setAttribute(name, str(int(value) + 1))


def _name_filters(book: Element, ranges: dict[str, str]) -> None:
    """The hidden name by which Excel knows the range of a sheet's filter."""
    numbers = {one.getAttribute("name"): str(n) for n, one in enumerate(_sheets(book))}
    mine = {numbers[name]: (name, where) for name, where in ranges.items()}
    for one in _listed(book, "definedNames", "definedName"):
        if one.getAttribute("name") == FILTERED and one.getAttribute("localSheetId") in mine:
            _parent(one).removeChild(one)
    after = next((found for tag in AFTER_NAMES if (found := child(book, tag)) is not None), None)
    names = child(book, "definedNames") or added(book, "definedNames", after)
    assert book.ownerDocument is not None
    for number, (name, where) in mine.items():
        made = added(names, "definedName", name=FILTERED, localSheetId=number, hidden=1)
        quoted = name.replace("'", "''")
        made.appendChild(book.ownerDocument.createTextNode(f"'{quoted}'!{where}"))
