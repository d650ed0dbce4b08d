"""What was typed into a cell of a report: a number, no service and why, or text to put right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ilp.core.cells import CellError, read_integer
from reporting.models import ReportValue

ABSENT = "TA"  # "tidak ada layanan": the place does not offer it
LARGEST = 1_000_000
LONGEST_TEXT, LONGEST_REASON = 100, 200
NO_SERVICE = re.compile(r"(?:t\.?\s*a\.?|tidak ada layanan)(?:\s*[:;–-]\s*(?P<why>.*))?", re.I)


@dataclass(frozen=True)
class Entry:
    """The content of a cell. At most one of the three is there; none of them: it is blank."""

    number: int | None = None
    absent: str = ""  # why there is no service
    text: str = ""  # what can be neither counted nor understood, as it was typed

    @classmethod
    def of(cls, row: ReportValue) -> Entry:
        return cls(row.value, row.absent, row.text)

    @property
    def is_blank(self) -> bool:
        return self.number is None and not self.absent and not self.text

    @property
    def shown(self) -> str:
        """What stands in its box."""
        if self.absent:
            return ABSENT
        return self.text if self.number is None else str(self.number)


BLANK = Entry()


@dataclass(frozen=True)
class Edit:
    """What somebody wants in a cell, and what he saw there."""

    entry: Entry
    seen: int  # the version of the cell on his screen; 0 where it was blank
    touched: bool = True  # whether he changed it; False: it merely stood there when he saved


def read(text: str, why: str = "") -> Entry:
    """The entry that a text means; `why` is the reason for "TA", where it is asked apart."""
    text = "".join(char for char in text if char.isprintable()).strip()
    if found := NO_SERVICE.fullmatch(text):
        if reason := (found["why"] or why).strip()[:LONGEST_REASON]:
            return Entry(absent=reason)
        return Entry(text=ABSENT)
    if wrong(text):
        return Entry(text=text[:LONGEST_TEXT])
    return Entry(read_integer(text))


def complaint(text: str) -> str:
    """What is wrong with a kept text, and what to do about it; "" where nothing is."""
    if NO_SERVICE.fullmatch(text):
        return _("Tulis alasan mengapa layanan ini tidak ada.")
    return wrong(text)


def wrong(text: str) -> str:
    """Why a text is no number that can be kept, and what to do; "" where it is one."""
    try:
        number = read_integer(text)
    except CellError as error:
        return str(error.sentence)
    if number is not None and number < 0:
        return _("Tulis angka 0 atau lebih, tanpa tanda minus.")
    if number is not None and number > LARGEST:
        return _("Angka ini terlalu besar. Periksa kembali.")
    return ""
