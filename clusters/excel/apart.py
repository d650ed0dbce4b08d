"""Workbooks parsed apart from us: in children of one small process that is started once."""

from __future__ import annotations

import atexit
import io
import os
import pickle
import socket
import subprocess
import sys
from threading import Lock
from typing import Any

from clusters.excel import child

NO_SECRETS: dict[str, str] = {}
GRACE_S = 2.0  # a child ends itself when its time is over; this is for one that cannot


class Unanswered(Exception):  # noqa: N818 - says what happened, and is never shown
    """The child said nothing of use; `last_words` are what it said instead."""

    def __init__(self, last_words: bytes = b"") -> None:
        super().__init__("unanswered")
        self.last_words = last_words


class Room:
    """The process in which children read; started when first needed, and again when it is gone.

    It ends by itself when we end, in whatever way: its door is closed then.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._door: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def line(self) -> socket.socket:
        """Our end of a line whose other end is a child's."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._open(), [b"1"], [theirs.fileno()])
            except OSError:  # it was killed
                self.close()
                socket.send_fds(self._open(), [b"1"], [theirs.fileno()])
        return ours

    def close(self) -> None:
        if self._door is not None:
            self._door.close()
        if self._process is not None:
            self._process.wait()
        self._door = self._process = None

    def _open(self) -> socket.socket:
        if self._door is None:
            self._door, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", child.__file__],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=NO_SECRETS,
                    start_new_session=True,  # Ctrl-C is meant for us
                )
        return self._door


_room = Room()
atexit.register(lambda: _room.close())


def _room_of_our_own() -> None:
    global _room
    _room = Room()


os.register_at_fork(after_in_child=_room_of_our_own)


Raw = tuple[child.Head, list[list[Any]], child.Marks]


def parse(data: bytes, *, max_rows: int, memory: int, seconds: float) -> tuple[str, list[Raw]]:
    """What `child` answers for a workbook: ("ok" or a reason, the sheets that came before it).

    Raises Unanswered when it died, and TimeoutError when it took longer than `seconds`.
    """
    with _room.line() as line:
        line.settimeout(seconds + GRACE_S)
        try:
            line.sendall(child.LIMITS.pack(max_rows, memory, seconds) + data)
            line.shutdown(socket.SHUT_WR)
        except ConnectionError:
            raise Unanswered from None
        with line.makefile("rb") as answered:
            return _answer(answered)


def _answer(answered: io.BufferedReader) -> tuple[str, list[Raw]]:
    sheets: list[tuple[child.Head, list[list[Any]]]] = []
    marks: dict[str, child.Marks] = {}
    while True:
        if not (begin := answered.peek(1)):
            raise Unanswered
        if begin[:1] != pickle.PROTO:
            raise Unanswered(answered.read())
        try:
            word, found = _Cells(answered).load()
            if word == child.SHEET:
                sheets.append((found, []))
            elif word == child.ROWS:
                sheets[-1][1].extend(found)
            elif word == child.MARKS:
                marks = found
            else:
                return word, [(head, rows, marks.get(head[0], ([], []))) for head, rows in sheets]
        except (pickle.UnpicklingError, EOFError, ValueError, TypeError, IndexError):
            raise Unanswered from None


class _Cells(pickle.Unpickler):
    """Loads only cells: nothing a hostile file could make of the child's answer can run here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)
