"""Turns a workbook's bytes into rows; also run as a program, to keep a dangerous file apart.

As a program it knows only the standard library and the reader: no Django, no settings, no
secrets. It takes the bytes on stdin and answers with one pickle on stdout, either
("ok", sheets) or (reason, None).
"""

from __future__ import annotations

import pickle
import resource
import sys
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

# (name, hidden, Excel number of the first row, columns left of the first, rows)
Raw = tuple[str, bool, int, int, list[list[Any]]]

CELLS = 12_000_000  # a dense sheet of this many cells is what the reader may hold in 1.5 GB


class Refused(Exception):  # noqa: N818 - says what happened, and is never shown
    """The bytes cannot become rows; `reason` names why: locked, corrupt, rows, large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(data: bytes, max_rows: int) -> list[Raw]:
    """Every sheet that holds something, hidden ones marked. Raises Refused."""
    try:
        return _sheets(data, max_rows)
    except PasswordError:
        raise Refused("locked") from None
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise Refused("locked" if "assword" in str(error) else "corrupt") from error
    except BaseException as error:  # the reader's panic is no Exception
        if type(error).__name__ == "PanicException":
            raise Refused("corrupt") from error
        raise


def _sheets(data: bytes, max_rows: int) -> list[Raw]:
    found: list[Raw] = []
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
            found.append((meta.name, hidden, row + 1, column, sheet.to_python()))
    return found


def main(max_rows: int, max_memory: int, cpu_seconds: int) -> int:
    """Read stdin under limits of memory and processor time; answer on stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: tuple[str, list[Raw] | None]
    try:
        answer = ("ok", parse(sys.stdin.buffer.read(), max_rows))
    except Refused as refused:
        answer = (refused.reason, None)
    except MemoryError:
        answer = ("large", None)
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
