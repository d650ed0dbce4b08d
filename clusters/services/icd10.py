"""ICD-10 codes: which there are, how they are written, and what the common ones are called."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

NAMES = {  # by language; the same codes in each
    "id": Path(__file__).with_name("icd10.txt"),
    "en": Path(__file__).with_name("icd10_en.txt"),
}
# A letter, two digits and up to two more after a point; what follows is the disease's name.
WRITTEN = re.compile(r"([A-Z])\s?([0-9O]{2})(?:[.,]?([0-9]{1,2}))?[*+†]?(?![A-Z0-9]|[.,][0-9])")
# The categories of each chapter, as runs of their numbers; what lies between is not assigned.
ASSIGNED = """
A 00-09 15-28 30-44 46-46 48-60 63-71 74-75 77-99
B 00-09 15-27 30-30 33-60 64-83 85-92 94-99
C 00-26 30-34 37-41 43-58 60-97
D 00-07 09-77 80-84 86-90
E 00-07 10-16 20-35 40-46 50-56 58-61 63-80 83-90
F 00-07 09-25 28-34 38-45 48-48 50-55 59-66 68-73 78-84 88-95 98-99
G 00-14 20-26 30-32 35-37 40-41 43-47 50-64 70-73 80-83 90-99
H 00-06 10-11 13-13 15-22 25-28 30-36 40-40 42-59 60-62 65-75 80-83 90-95
I 00-02 05-28 30-52 60-89 95-99
J 00-06 09-18 20-22 30-47 60-70 80-82 84-86 90-96 98-99
K 00-14 20-23 25-31 35-38 40-46 50-52 55-67 70-77 80-87 90-93
L 00-05 08-08 10-14 20-30 40-45 50-60 62-68 70-75 80-95 97-99
M 00-03 05-25 30-36 40-43 45-51 53-54 60-63 65-68 70-73 75-77 79-96 99-99
N 00-08 10-23 25-37 39-51 60-64 70-77 80-99
O 00-08 10-16 20-26 28-36 40-48 60-75 80-92 94-99
P 00-05 07-08 10-15 20-29 35-39 50-61 70-72 74-78 80-81 83-83 90-96
Q 00-07 10-18 20-28 30-45 50-56 60-87 89-93 95-99
R 00-07 09-27 29-36 39-64 68-87 89-96 98-99
S 00-99
T 00-36 37-98
U 04-04 06-07 10-10 12-12
V 01-99
W 00-99
X 00-99
Y 00-98
Z 00-13 20-23 25-30 32-46 47-64 65-76 80-99
"""


def normalised(text: str) -> str | None:
    """The code as we keep it, "J06.9", from what people write before or without its name.

    None where it is no code at all.
    """
    found = WRITTEN.match(text.strip().upper())
    if found is None:
        return None
    letter, digits, more = found.groups()
    code = f"{letter}{digits.replace('O', '0')}"
    return f"{code}.{more}" if more else code


def exists(code: str) -> bool:
    """Whether the category of a normalised code is assigned in ICD-10."""
    runs = _runs().get(code[0], ())
    return any(low <= int(code[1:3]) <= high for low, high in runs)


def name(code: str) -> str:
    """What the disease is called in the reader's language: by its own code, else by its category;
    "" for rarer ones."""
    called = names(get_language() or settings.LANGUAGE_CODE)
    return called.get(code) or called.get(code[:3], "")


@cache
def names(language: str) -> dict[str, str]:
    """The common codes of a Puskesmas with our names for them; Indonesian where we have no list."""
    file = NAMES.get(language, NAMES[settings.LANGUAGE_CODE])
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line)  # type: ignore[misc]


def between(code: str | None, first: str, last: str) -> bool:
    """Whether a code's category lies in a block such as A00 to A09."""
    return code is not None and first <= code[:3] <= last


@cache
def _runs() -> dict[str, tuple[tuple[int, int], ...]]:
    found = {}
    for line in ASSIGNED.split("\n"):
        if line:
            letter, *runs = line.split()
            found[letter] = tuple((int(r[:2]), int(r[3:])) for r in runs)
    return found
