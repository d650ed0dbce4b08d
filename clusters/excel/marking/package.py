"""The parts of an xlsx, read with care, changed and packed again.

A part that is changed must be plain: UTF-8, elements and text, no declaration of a type, no
entity, comment or CDATA. So no parser of ours ever expands anything, and a search for a tag finds
tags only. What is built otherwise is Unfamiliar, and the caller writes a new workbook instead.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from io import BytesIO
from typing import IO
from xml.dom import minidom  # noqa: S408 fed only with what `plain` let through
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "[Content_Types].xml"
MOST_SHEET = 150 * 2**20  # bytes of a sheet; twice that is in memory while it is changed
MOST_OTHER = 4 * 2**20  # bytes of another part, which becomes a tree
DECLARATION = re.compile(rb"\s*<\?xml\s[^<>?]*\?>")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)[\"']")
# A line's end inside an attribute, which the tree would forget to escape; kept as two marks.
BREAK = re.compile(rb"&#(x0*[9aAdD]|0*9|0*10|0*13);")
KEPT_BREAK = re.compile("\uf8f0([^\uf8f1]*)\uf8f1")

Element = minidom.Element


class Unfamiliar(Exception):  # noqa: N818 - says what was met, and is never shown
    """A workbook built in a way that we do not change."""


def plain(data: bytes) -> bytes:
    """A part without its declaration. Raises Unfamiliar unless it is plain."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if declared := DECLARATION.match(data):
        encoding = ENCODING.search(declared[0])
        if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
            raise Unfamiliar("encoding")
        data = data[declared.end() :]
    if b"<!" in data or b"<?" in data or b"\0" in data:
        raise Unfamiliar("not plain")
    return data


def tree(data: bytes) -> minidom.Document:
    """A plain part as a tree that keeps its prefixes."""
    if len(data) > MOST_OTHER:
        raise Unfamiliar("large")
    try:
        return minidom.parseString(BREAK.sub(b"\xef\xa3\xb0\\1\xef\xa3\xb1", plain(data)))  # noqa: S318
    except (ExpatError, RecursionError, ValueError) as error:
        raise Unfamiliar("not well-formed") from error


def text_of(document: minidom.Document) -> bytes:
    """The tree as the bytes of a part."""
    try:
        text = document.toxml(encoding="UTF-8", standalone=True).decode()
    except RecursionError as error:
        raise Unfamiliar("deep") from error
    return KEPT_BREAK.sub(r"&#\1;", text).encode()


def children(parent: Element, name: str) -> list[Element]:
    """The elements of a name right below another, of the same vocabulary."""
    return [
        one
        for one in parent.childNodes
        if isinstance(one, Element)
        and one.localName == name
        and one.namespaceURI == parent.namespaceURI
    ]


def child(parent: Element, name: str) -> Element | None:
    return next(iter(children(parent, name)), None)


def added(parent: Element, tag: str, before: Element | None = None, /, **values: object) -> Element:
    """A new element below another, spelt with the same prefix; at the end, or before one."""
    document = parent.ownerDocument
    assert document is not None
    spelt = f"{parent.prefix}:{tag}" if parent.prefix else tag
    made = document.createElementNS(parent.namespaceURI, spelt)
    for key, value in values.items():
        made.setAttribute(key, str(value))
    parent.insertBefore(made, before)
    return made


class Package:
    """An xlsx whose parts may be replaced and added to; `write` packs all of it."""

    def __init__(self, data: bytes) -> None:
        self._archive = ZipFile(BytesIO(data))
        self._names = dict.fromkeys(self._archive.namelist())
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._names or name in self._changed

    def read(self, name: str, most: int = MOST_OTHER) -> bytes:
        if name in self._changed:
            return self._changed[name]
        if name not in self._names:
            raise Unfamiliar(name)
        if self._archive.getinfo(name).file_size > most:
            raise Unfamiliar("large")
        return self._archive.read(name)

    def root(self, name: str) -> Element:
        found = tree(self.read(name)).documentElement
        assert found is not None
        return found

    def put(self, name: str, data: bytes | Element) -> None:
        if isinstance(data, Element):
            assert data.ownerDocument is not None
            data = text_of(data.ownerDocument)
        self._changed[name] = data

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern with {} that no part has."""
        return next(
            name for number in range(1, 10_000) if (name := pattern.format(number)) not in self
        )

    def write(self, target: IO[bytes]) -> None:
        with ZipFile(target, "w", ZIP_DEFLATED) as out:
            for name in self._names | dict.fromkeys(self._changed):
                entry = ZipInfo(name)
                entry.compress_type = ZIP_DEFLATED
                if name in self._changed:
                    out.writestr(entry, self._changed[name])
                elif not name.endswith("/"):
                    with self._archive.open(name) as old, out.open(entry, "w") as new:
                        shutil.copyfileobj(old, new, 2**20)

    # What belongs to what, and of which kind.

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that one points to: {id: (kind, name)}; what lies outside is left out."""
        name = _relations_of(part)
        if name not in self:
            return {}
        folder = posixpath.dirname(part)
        return {
            one.getAttribute("Id"): (
                one.getAttribute("Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.getAttribute("Target")))[1:],
            )
            for one in children(self.root(name), "Relationship")
            if one.getAttribute("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point to another; the id of the relation."""
        name = _relations_of(part)
        if name not in self:
            self.put(name, f'<Relationships xmlns="{RELATIONS}"/>'.encode())
        root = self.root(name)
        taken = {one.getAttribute("Id") for one in children(root, "Relationship")}
        key = next(key for n in range(1, 10_000) if (key := f"rIlp{n}") not in taken)
        added(root, "Relationship", Id=key, Type=f"{OFFICE}/{kind}", Target=f"/{target}")
        self.put(name, root)
        return key

    def declare(self, part: str, kind: str) -> None:
        """Say of which kind a part is; `part` begins with a dot for all of an extension."""
        root = self.root(TYPES)
        if part.startswith("."):
            known = {one.getAttribute("Extension").lower() for one in children(root, "Default")}
            if part[1:] in known:
                return
            first = next(iter(children(root, "Override")), None)
            added(root, "Default", first, Extension=part[1:], ContentType=kind)
        else:
            added(root, "Override", PartName=f"/{part}", ContentType=kind)
        self.put(TYPES, root)

    def kind_of(self, part: str) -> str:
        for one in children(self.root(TYPES), "Override"):
            if one.getAttribute("PartName").lower() == f"/{part}".lower():
                return one.getAttribute("ContentType")
        return ""


def _relations_of(part: str) -> str:
    folder, _slash, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"
