"""A program that turns workbooks into rows, to keep dangerous files apart.

It knows only the standard library and the reader: no Django, no settings, no secrets. It waits on
stdin, a socket, for the end of a line (another socket) for each workbook, and forks a child that
reads the workbook from that line, parses it under limits, and answers with pickles: for each sheet
(SHEET, what it is) and (ROWS, some rows) as often as it takes, so that they are unpacked while the
next are packed; at last (OK, None) or (reason, None). A child that dies answers with less, or with
the reader's last words. Forking what has started already costs two milliseconds, starting a Python
sixty.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

# (name, hidden, Excel number of the first row, columns left of the first)
Head = tuple[str, bool, int, int]
OK, SHEET, ROWS = "ok", "a sheet", "some rows"
AT_ONCE = 2_000  # rows

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
                yield ROWS, some


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
            for found in parse(data, max_rows):
                pickle.dump(found, answered, protocol=pickle.HIGHEST_PROTOCOL)
                answered.flush()  # last words, if it comes to them, follow a whole pickle
            last = OK
        except Refused as refused:
            last = refused.reason
        except MemoryError:
            last = "large"
        pickle.dump((last, None), answered, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    with socket.socket(fileno=sys.stdin.fileno()) as stdin:
        serve(stdin)
