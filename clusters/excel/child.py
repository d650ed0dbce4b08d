"""A program that turns workbooks into rows, to keep dangerous files apart.

It knows only the standard library and the reader: no Django, no settings, no secrets. It waits on
stdin, a socket, for the end of a line (another socket) for each workbook, and forks a child that
reads the workbook from that line, parses it under limits, and answers with pickles: for each sheet
(SHEET, what it is) and (ROWS, some rows) as often as it takes, so that they are unpacked while the
next are packed; then (MARKS, those of each sheet); at last (OK, None) or (reason, None). A child
that dies answers with less, or with the reader's last words. Forking what has started already costs
two milliseconds, starting a Python sixty.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import re
import resource
import signal
import socket
import struct
import sys
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

# (name, hidden, Excel number of the first row, columns left of the first)
Head = tuple[str, bool, int, int]
# (Excel numbers of hidden rows, (Excel row, column from 0) of failed formulas)
Marks = tuple[list[int], list[tuple[int, int]]]
OK, SHEET, ROWS, MARKS = "ok", "a sheet", "some rows", "marks"
AT_ONCE = 2_000  # rows
NUMBERS = {float, int, bool}  # of which 1, 1.0 and yes would count as the same

CHUNK = 2**16  # more comes from fresh pages each time, which costs a sixth
UNREADABLE = (zlib.error, struct.error)
MOST_MARKS = 100_000  # that are worth telling of
HIDDEN = re.compile(rb"<(?:x:)?row\b[^<>]{0,400}?\shidden=[\"'](?:1|true)[\"'][^<>]{0,400}")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
FAILED = re.compile(rb"<(?:x:)?c\b[^<>]{0,200}?\st=[\"']e[\"'][^<>]{0,200}")
CELL_NAME = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
SHEET_TAG = re.compile(r"<(?:\w+:)?sheet\b([^<>]{1,2000})>")
RELATION = re.compile(r"<Relationship\b([^<>]{1,2000})>")
ATTRIBUTE = re.compile(r"([\w:]+)=[\"']([^\"']{0,500})[\"']")

LIMITS = struct.Struct("!qqd")  # rows, bytes of memory, seconds; what a line begins with
CELLS = 12_000_000  # a dense sheet of this many cells is what the reader may hold in 1.5 GB


class Refused(Exception):  # noqa: N818 - says what happened, and is never shown
    """The bytes cannot become rows; `reason` names why: locked, corrupt, rows, large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(data: bytes, max_rows: int) -> Iterator[tuple[str, Any]]:
    """Every sheet that holds something, hidden ones marked, with its rows. Raises Refused."""
    try:
        yield from _sheets(data, max_rows)
    except PasswordError:
        raise Refused("locked") from None
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise Refused("locked" if "assword" in str(error) else "corrupt") from error
    except BaseException as error:  # the reader's panic is no Exception
        if type(error).__name__ == "PanicException":
            raise Refused("corrupt") from error
        raise


def _sheets(data: bytes, max_rows: int) -> Iterator[tuple[str, Any]]:
    total = 0
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None:
                continue
            total += sheet.height
            if total > max_rows:
                raise Refused("rows")
            if sheet.height * sheet.width > CELLS:
                raise Refused("large")
            hidden = meta.visible != SheetVisibleEnum.Visible
            row, column = sheet.start
            yield SHEET, (meta.name, hidden, row + 1, column)
            rows = sheet.iter_rows()
            while some := list(islice(rows, AT_ONCE)):
                yield ROWS, once(some)


def once(rows: list[list[Any]]) -> list[list[Any]]:
    """The same rows, equal texts and equal days one object: packed once, and held once by who
    unpacks it. Numbers are packed one by one whatever is done.

    Looking takes as long as packing all would, and who unpacks needs half the memory.
    """
    known = dict[Any, Any]().setdefault
    return [[c if type(c) in NUMBERS else known(c, c) for c in row] for row in rows]


def marks_of(data: bytes) -> dict[str, Marks]:
    """For each sheet of an xlsx the rows it hides and the cells whose formulas failed.

    The reader tells of neither. Nothing is told of a file that says of itself what we do not
    understand: it is read all the same.
    """
    if not data.startswith(b"PK"):
        return {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {name: _marks(archive, path) for name, path in _paths(archive).items()}
    except (BadZipFile, LookupError, ValueError, OSError, EOFError, RuntimeError, *UNREADABLE):
        return {}


def _paths(archive: ZipFile) -> dict[str, str]:
    """The entry of each sheet by the sheet's name."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    book = archive.read("xl/workbook.xml").decode()
    links = archive.read("xl/_rels/workbook.xml.rels").decode()
    targets = {}
    for found in RELATION.findall(links):
        link = dict(ATTRIBUTE.findall(found))
        targets[link.get("Id")] = link.get("Target", "").removeprefix("/xl/")
    paths = {}
    for found in SHEET_TAG.findall(book):
        sheet = dict(ATTRIBUTE.findall(found))
        target = targets.get(next((v for k, v in sheet.items() if k.endswith(":id")), ""))
        if target:
            paths[unescape(sheet.get("name", ""))] = f"xl/{target}"
    return paths


def _marks(archive: ZipFile, path: str) -> Marks:
    hidden: list[int] = []
    failed: list[tuple[int, int]] = []
    rest = b""
    with archive.open(path) as entry:
        while chunk := entry.read(CHUNK):
            whole = rest + chunk
            if b" hidden=" in whole:
                tags = HIDDEN.findall(whole)
                hidden += [int(found[1]) for tag in tags if (found := ROW_NUMBER.search(tag))]
            # hardly a program writes a single quotation mark, and to look for one takes no time
            if b' t="e"' in whole or (b"'" in whole and b" t='e'" in whole):
                tags = FAILED.findall(whole)
                names = [found for tag in tags if (found := CELL_NAME.search(tag))]
                failed += [(int(found[2]), _column(found[1])) for found in names]
            if len(hidden) + len(failed) > MOST_MARKS:
                break
            rest = whole[whole.rfind(b"<") :][-CHUNK:]
    return sorted(set(hidden)), sorted(set(failed))


def _column(letters: bytes) -> int:
    """A column's letters as a number from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def serve(door: socket.socket) -> None:
    """A child for each line that is handed in; ends when nobody is left to hand one in."""
    gc.disable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a child ended
    while True:
        _, lines, _, _ = socket.recv_fds(door, 1, 1)
        if not lines:
            return
        if os.fork() == 0:
            door.close()
            with socket.socket(fileno=lines[0]) as line:
                answer(line)
            os._exit(0)
        os.close(lines[0])


def _begin_marks(data: bytes, seconds: float, line: socket.socket) -> int:
    """Look for the marks in a process beside, on another processor; where its answer comes out.

    The entries have to be unpacked once more, which takes a fifth of the reading. A process that
    dies or is stopped by its limits has found nothing. It lets go of the line, which else would
    not end with the one that reads.
    """
    out, into = os.pipe()
    if os.fork() == 0:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            os.dup2(into, 2)
            os.close(line.fileno())
            with os.fdopen(into, "w") as answered:
                json.dump(marks_of(data), answered)
        finally:
            os._exit(0)
    os.close(into)
    return out


def _marks_found(out: int) -> dict[str, Marks]:
    with os.fdopen(out, "rb") as answered:
        text = answered.read()
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {name: (rows, [(row, at) for row, at in cells]) for name, (rows, cells) in found.items()}


def answer(line: socket.socket) -> None:
    """Read a workbook from the line and write what is in it, within the limits it names."""
    os.dup2(line.fileno(), 2)  # "memory allocation of … bytes failed" are a reader's last words
    with line.makefile("rb") as sent:
        max_rows, memory, seconds = LIMITS.unpack(sent.read(LIMITS.size))
        signal.setitimer(signal.ITIMER_REAL, seconds)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        data = sent.read()
    with line.makefile("wb") as answered:
        try:
            marked = _begin_marks(data, seconds, line)
            for found in parse(data, max_rows):
                pickle.dump(found, answered, protocol=pickle.HIGHEST_PROTOCOL)
                answered.flush()  # last words, if it comes to them, follow a whole pickle
            pickle.dump((MARKS, _marks_found(marked)), answered, pickle.HIGHEST_PROTOCOL)
            last = OK
        except Refused as refused:
            last = refused.reason
        except MemoryError:
            last = "large"
        pickle.dump((last, None), answered, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    with socket.socket(fileno=sys.stdin.fileno()) as stdin:
        serve(stdin)
