"""Comments at the cells of a sheet. Those that are there stay; ours of an earlier time go.

A comment is two things: its text in one part and, in a drawing of an older kind, its box. Where
somebody's comment stands at a cell, ours is not added: the reason is in the column of reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clusters.excel import ours
from clusters.excel.marking.cells import name_of, number_of, writable
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
from clusters.excel.marking.tags import Tag

MOST = 5_000  # boxes; more make Excel crawl, and the column of reasons has them all
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
COMMENTS_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
NOTE_TYPE = (
    f'<v:shapetype {SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
BOX = (
    '<v:shape {spaces} id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" '
    'style="position:absolute;width:240pt;height:75pt;z-index:1;visibility:hidden" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/>"
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
BOX_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
PREFIX = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*["']urn:schemas-microsoft-com:vml["']""")
BOX_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*(\d{1,7})\s*<")
BOX_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d{1,5})\s*<")
WIDE, HIGH = 4, 5  # cells that a box covers

Place = tuple[int, int]  # row and column, from 1


def comment(package: Package, part: str, sheet: Element, marks: SheetMarks) -> None:
    """Put the marks of a sheet's cells into its comments; `sheet` is its XML without rows."""
    relations = package.relations(part)
    found = dict(relations.values())
    drawn = child(sheet, "legacyDrawing")
    new = {(row, at): m.reason for row, cells in marks.cells.items() for at, m in cells.items()}
    if not new and "comments" not in found:
        return
    texts = found.get("comments") or _new_comments(package, part)
    if drawn is None:
        boxes = _drawing(package, part, sheet)
    else:
        _kind, boxes = relations.get(drawn.getAttributeNS(OFFICE, "id"), ("", ""))
    root = package.root(texts)
    gone = _without_ours(root)
    places = _with_ours(root, new)
    package.put(texts, root)
    package.put(boxes, _boxes(package.read(boxes), gone, places))


def _new_comments(package: Package, part: str) -> str:
    name = package.free_name("xl/comments_ilp{}.xml")
    package.put(name, f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
    package.declare(name, COMMENTS_KIND)
    package.relate(part, "comments", name)
    return name


# What follows the drawing of comments in a sheet.
AFTER = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)


def _drawing(package: Package, part: str, sheet: Element) -> str:
    """A new drawing for boxes, in its place among what a sheet consists of."""
    name = package.free_name("xl/drawings/vmlDrawing_ilp{}.vml")
    package.put(name, f"<xml {SPACES}></xml>".encode())
    package.declare(".vml", DRAWING_KIND)
    key = package.relate(part, "vmlDrawing", name)
    after = next((one for tag in AFTER if (one := child(sheet, tag)) is not None), None)
    drawn = added(sheet, "legacyDrawing", after)
    drawn.setAttribute("xmlns:rilp", OFFICE)
    drawn.setAttributeNS(OFFICE, "rilp:id", key)
    return name


def _without_ours(root: Element) -> set[Place]:
    """Take our earlier comments out; where they stood."""
    names = children(_part(root, "authors"), "author")
    numbers = {str(n) for n, one in enumerate(names) if _written(one) == ours.AUTHOR}
    gone = set()
    for one in children(_part(root, "commentList"), "comment"):
        if one.getAttribute("authorId") in numbers:
            gone.add(_place(one))
            _part(root, "commentList").removeChild(one)
    return gone


def _with_ours(root: Element, new: dict[Place, str]) -> list[Place]:
    """Add a comment wherever none stands; where that was."""
    listed, document = _part(root, "commentList"), root.ownerDocument
    assert document is not None
    taken = {_place(one) for one in children(listed, "comment")}
    places = sorted(new.keys() - taken)[:MOST]
    author = _author(_part(root, "authors")) if places else 0
    for row, column in places:
        made = added(listed, "comment", ref=f"{name_of(column)}{row}", authorId=author)
        text = added(added(made, "text"), "t")
        text.appendChild(document.createTextNode(writable(new[row, column])))
    return places


def _author(authors: Element) -> int:
    names = [_written(one) for one in children(authors, "author")]
    if ours.AUTHOR in names:
        return names.index(ours.AUTHOR)
    document = authors.ownerDocument
    assert document is not None
    added(authors, "author").appendChild(document.createTextNode(ours.AUTHOR))
    return len(names)


def _part(root: Element, name: str) -> Element:
    found = child(root, name)
    if found is None:
        raise Unfamiliar(name)
    return found


def _written(one: Element) -> str:
    return "".join(node.data for node in one.childNodes if node.nodeType == node.TEXT_NODE)


def _place(one: Element) -> Place:
    found = REFERENCE.fullmatch(one.getAttribute("ref"))
    if found is None:
        raise Unfamiliar("a comment without its place")
    return int(found[2]), number_of(found[1])


def _boxes(drawing: bytes, gone: set[Place], places: Iterable[Place]) -> bytes:
    """The drawing without the boxes of comments that are gone, and with those of new ones.

    Excel's own drawings are not always well-formed, so they are cut and never parsed.
    """
    if gone:
        drawing = _without(drawing, gone)
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise Unfamiliar("drawing")
    number = max([1024, *map(int, BOX_NUMBER.findall(drawing))])
    new = [] if b"_x0000_t202" in drawing else [NOTE_TYPE]
    new += [_box(number + n, *place) for n, place in enumerate(places, start=1)]
    return drawing[:end] + "".join(new).encode() + drawing[end:]


def _without(drawing: bytes, gone: set[Place]) -> bytes:
    kept, done = [], 0
    spelt = PREFIX.search(drawing)
    shapes = Tag((spelt[1] if spelt else b"v") + b":shape")
    for shape in shapes.find(drawing):
        if _stands_at(shape.inner) in gone:
            kept.append(drawing[done : shape.start])
            done = shape.end
    return b"".join([*kept, drawing[done:]])


def _box(number: int, row: int, column: int) -> str:
    return BOX.format(
        spaces=SPACES,
        number=number,
        left=column,
        right=column + WIDE,
        top=max(row - 2, 0),
        bottom=max(row - 2, 0) + HIGH,
        row=row - 1,
        column=column - 1,
    )


def _stands_at(shape: bytes) -> Place | None:
    row, column = BOX_ROW.search(shape), BOX_COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None
