"""Dates as people write them: day first, Indonesian months, Excel serials (ux.md R-TGL)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ilp.core.cells.base import Cell, CellError, Reader, clean_text, is_blank, remembering, shown
from ilp.core.formats import names

MONTHS = {
    "januari": 1, "februari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6,
    "juli": 7, "agustus": 8, "september": 9, "oktober": 10, "november": 11, "desember": 12,
}  # fmt: skip
SHORT = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7,
    "agu": 8, "agt": 8, "ags": 8, "agust": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11,
    "nop": 11, "des": 12, "pebruari": 2, "pebuari": 2, "febuari": 2, "nopember": 11,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "aug": 8,
    "august": 8, "oct": 10, "october": 10, "dec": 12, "december": 12,
}  # fmt: skip
NAMES = MONTHS | SHORT
FULL_NAMES = list(MONTHS)
MONTH_NAMES = [""] + [name.capitalize() for name in MONTHS]

EPOCH = date(1899, 12, 30)  # day 0 of Excel, as it comes out after its 29 February 1900
# A serial below is 1910, more likely a year or an age; the highest is the end of 2099.
SERIALS = range(3654, 73051)
YEARS = range(1900, 2101)

CLOCK = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?\s*(Z|AM|PM|[+-]\d{2}:?\d{2})?$", re.I)
WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*", re.I)
BIRTHPLACE = re.compile(r"^[^\W\d][^\d,]{0,60},\s*(?=\d)")  # "Kopang, 12-05-1990" under TTL
PARTS = re.compile(r"[^\W_]+")
NUMERIC = re.compile(r"\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})\b")
NOTHING = frozenset({"-", "--", "–", "—", "nihil", "0"})


def read_date(cell: Cell, order: str = "dmy", *, today: date | None = None) -> date | None:
    """A date; None when empty.

    Text is read day-month-year, or month-day-year if a person said so of the column
    (`order="mdy"`); ISO is understood either way. Two digits of a year are 20xx unless that lies
    after `today`, then 19xx. Numbers are Excel serials, or ddmmyyyy that lost a leading zero.
    """
    if isinstance(cell, datetime):
        return _sane(cell.date())
    if isinstance(cell, date):
        return _sane(cell)
    if isinstance(cell, (int, float)):
        return _from_number(cell)
    if isinstance(cell, (time, timedelta)):
        raise _not_a_date(cell)
    text = clean_text(cell).lstrip("'’")
    if is_blank(text) or text.casefold() in NOTHING:
        return None
    text = BIRTHPLACE.sub("", WEEKDAY.sub("", CLOCK.sub("", text)))
    if text.isdecimal():
        return _from_digits(text, order)
    parts = PARTS.findall(text)
    if len(parts) != 3:
        raise _not_a_date(cell)
    return _from_parts(parts, order, today or timezone.localdate())


def date_reader(order: str = "dmy", *, today: date | None = None) -> Reader:
    """A column's `read_date`, with a memory. `today` is fixed when the reader is made."""
    today = today or timezone.localdate()
    return remembering(lambda cell: read_date(cell, order, today=today))


def looks_us(cells: Iterable[Cell]) -> bool:
    """Whether a column of texts can only be month-first: some second part is over 12, no first.

    Then a person is asked once for the column; rows are never guessed at one by one.
    """
    month_first = False
    for first, second in _first_parts(cells):
        if first > 12:
            return False
        month_first = month_first or second > 12
    return month_first


def is_day_first(cells: Iterable[Cell]) -> bool:
    """Whether some text of a column can only be day-first: whatever was said of the column."""
    return any(first > 12 for first, _second in _first_parts(cells))


def mix_orders(cells: Iterable[Cell]) -> bool:
    """Whether some texts of a column can only be day-first and others only month-first."""
    parts = set(_first_parts(cells))
    return any(first > 12 for first, _ in parts) and any(second > 12 for _, second in parts)


def could_be_either(cell: Cell) -> bool:
    """Whether a text is one day if read day-first and another if read month-first."""
    return any(one != other and max(one, other) <= 12 for one, other in _first_parts([cell]))


def look_swapped(cells: Sequence[Cell]) -> bool:
    """Whether Excel, set to American dates, may have turned those that it could read as such.

    Then only days to the 12th are dates, and all later ones have stayed texts. Three dates or more
    are asked for, as fewer may be so by chance.
    """
    days = [cell.day for cell in cells if isinstance(cell, date)]
    if len(days) < 3 or max(days) > 12:
        return False
    parts = list(_first_parts(cells))
    return bool(parts) and all(first > 12 for first, _ in parts)


def _first_parts(cells: Iterable[Cell]) -> Iterator[tuple[int, int]]:
    """The first two numbers of each text that is a date in numbers."""
    for cell in cells:
        found = NUMERIC.match(cell) if type(cell) is str else None
        if found is not None:
            yield int(found[1]), int(found[2])


def _from_number(number: float) -> date | None:
    if number == 0:
        return None
    if not math.isfinite(number):
        raise _not_a_date(number)
    if int(number) in SERIALS:
        return EPOCH + timedelta(days=int(number))
    if number == int(number) and 1_000_000 <= number <= 31_129_999:
        return _from_digits(f"{int(number):08d}", "dmy")
    raise _not_a_date(number)


def _from_digits(text: str, order: str) -> date:
    """ddmmyyyy (or mmddyyyy), yyyymmdd where only that is possible, or a serial as text."""
    if len(text) == 5 and int(text) in SERIALS:
        return EPOCH + timedelta(days=int(text))
    if len(text) != 8:
        raise _not_a_date(text)
    if int(text[4:]) in YEARS:
        return _from_parts([text[:2], text[2:4], text[4:]], order, date.max)
    return _from_parts([text[:4], text[4:6], text[6:]], order, date.max)


def _from_parts(parts: list[str], order: str, today: date) -> date:
    first, second, third = parts
    if len(first) == 4 and first.isdecimal():
        year, month, day = first, second, third
    elif order == "mdy" or (first.isalpha() and second.isdecimal()):
        month, day, year = parts
    else:
        day, month, year = first, second, third
    if not (day.isdecimal() and year.isdecimal() and len(year) in (2, 4) and len(day) <= 2):
        raise _not_a_date("/".join(parts))
    return _build(int(day), _month(month, parts), year, today)


def _month(word: str, parts: list[str]) -> int:
    """A month's number from digits, a name, a short name or a near miss ("Janauri")."""
    if word.isdecimal():
        number = int(word)
        if 1 <= number <= 12:
            return number
        raise CellError(
            "no-such-month",
            _("Bulan %(month)s tidak ada. Tulis tanggal-bulan-tahun, mis. 25/05/2025.")
            % {"month": word if len(word) <= 2 else _("itu")},
        )
    word = word.casefold()
    if word in NAMES:
        return NAMES[word]
    if len(word) >= 4 and (near := get_close_matches(word, FULL_NAMES, n=2, cutoff=0.72)):
        return MONTHS[near[0]]
    raise _not_a_date("/".join(parts))


def _build(day: int, month: int, year: str, today: date) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000
        # 29 February may exist in one century only: compare without building the date.
        if (number, month, day) > (today.year, today.month, today.day):
            number -= 100
    try:
        return _sane(date(number, month, day))
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        raise CellError(
            "no-such-day",
            _("Tanggal %(day)s %(month)s %(year)s tidak ada. Periksa kembali tanggalnya.")
            % {"day": day, "month": names().months[month - 1], "year": number},
        ) from None


def _sane(day: date) -> date:
    if day.year in YEARS:
        return day
    raise CellError(
        "odd-year",
        _("Tahun %(year)s tidak mungkin. Tulis tahun empat angka, contoh 2025.")
        % {"year": day.year},
    )


def _not_a_date(cell: Cell) -> CellError:
    return CellError(
        "not-a-date",
        _("%(cell)s bukan tanggal. Tulis tanggal-bulan-tahun, mis. 25/05/2025.")
        % {"cell": shown(cell)},
    )
