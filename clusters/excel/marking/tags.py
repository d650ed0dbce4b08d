"""Elements of one name in the text of a part, found without making a tree of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clusters.excel.marking.package import Unfamiliar

# What stands between a tag's name and its end; a quoted value may hold a ">".
VALUES = rb"""((?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+)"""


@dataclass(frozen=True, slots=True)
class Found:
    """An element in the text: where it begins and ends, its attributes, and what is in it."""

    start: int
    end: int
    values: bytes
    inner: bytes


class Tag:
    """Finds the elements of a name, of which none lies within another, in a plain part.

    Each byte is looked at once: an element without an end is Unfamiliar at once.
    """

    def __init__(self, name: bytes) -> None:
        self.name = name
        self._begin = re.compile(rb"<" + re.escape(name) + rb"(?=[\s/>])" + VALUES + rb"(/?)>")
        self._end = b"</" + name + b">"

    def find(self, data: bytes) -> Iterator[Found]:
        at = 0
        while begin := self._begin.search(data, at):
            at = begin.end()
            if begin[2]:
                yield Found(begin.start(), at, begin[1], b"")
                continue
            close = data.find(self._end, at)
            if close < 0:
                raise Unfamiliar("no end")
            inner, at = data[at:close], close + len(self._end)
            yield Found(begin.start(), at, begin[1], inner)
