"""Long steps on a terminal: one line each, with a bar that fills."""

from __future__ import annotations

import time
from typing import Protocol

WIDTH = 30
NOT_MORE_OFTEN = 0.2  # seconds


class Stream(Protocol):
    def write(self, text: str) -> object: ...

    def isatty(self) -> bool: ...


class Progress:
    """Bars on a terminal; in a log only a line for each finished step."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.lively = stream.isatty()
        self.began = time.monotonic()
        self.told = 0.0

    def bar(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        finished = done >= total
        if finished or (self.lively and now - self.told > NOT_MORE_OFTEN):
            self.told = now
            filled = WIDTH if total == 0 else WIDTH * done // total
            start, end = ("\r", "\n" if finished else "") if self.lively else ("", "\n")
            line = f"{step:<34} [{'#' * filled:<{WIDTH}}] {done}/{total}"
            self.stream.write(f"{start}{line}  {now - self.began:5.1f} dtk{end}")

    def done(self, step: str, count: int) -> None:
        self.bar(step, count, count)
