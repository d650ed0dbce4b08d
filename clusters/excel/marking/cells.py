"""Cells as a sheet's XML writes them: where they stand, and text that can be nothing but text."""

from __future__ import annotations

import re
from functools import cache
from xml.sax.saxutils import escape  # noqa: S406 writes, parses nothing

from clusters.excel.marking.package import Unfamiliar

MOST_COLUMNS = 16_384
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x000D_ as one character


def writable(text: str) -> str:
    """Text without what no file may hold, for a tree, which escapes the rest itself."""
    return CODED.sub("_x005F_", UNWRITABLE.sub("", text))


def escaped(text: str) -> str:
    """Text for the inside of an element or a quoted value."""
    return escape(writable(text), {'"': "&quot;"})


def inline(text: str, column: int, row: int, style: int, prefix: bytes = b"") -> bytes:
    """A cell of text. Its type is said, so it is no formula whatever it begins with."""
    return (
        b'<%(p)bc r="%(place)b%(row)d" s="%(style)d" t="inlineStr"><%(p)bis>'
        b'<%(p)bt xml:space="preserve">%(text)b</%(p)bt></%(p)bis></%(p)bc>'
    ) % {
        b"p": prefix,
        b"place": name_of(column).encode(),
        b"row": row,
        b"style": style,
        b"text": escaped(text).encode(),
    }


def whole(number: int, column: int, row: int) -> bytes:
    """A cell of a whole number in the format of the workbook."""
    return b'<c r="%b%d"><v>%d</v></c>' % (name_of(column).encode(), row, number)


@cache
def number_of(letters: str) -> int:
    """The number of a column, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def name_of(column: int) -> str:
    """The letters of a column, 1 being A."""
    if not 0 < column <= MOST_COLUMNS:
        raise Unfamiliar("no column is free")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
