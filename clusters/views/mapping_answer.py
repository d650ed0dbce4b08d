"""What was chosen on the page that asks how a file is to be read."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from clusters.excel import columns
from clusters.excel.reading import Sheet
from clusters.excel.told import Told
from ilp.core.cells import clean_text

FOR_ALL = ("seen_on", "sex", "home_desa", "home_posyandu", "place")
LONGEST = 7  # digits of a row's number
PER_SHEET = frozenset({"seen_on", "home_desa", "home_posyandu"})  # what sheets differ by


def told_by(posted: QueryDict, sheets: Sequence[Sheet], service: str, before: Told) -> Told:
    """What was chosen. Names of sheets and columns that the file or service lacks are left."""
    names = {sheet.name for sheet in sheets}
    columns_of: dict[str, dict[int, str]] = {}
    rows: dict[str, int] = {}
    constants: dict[str, dict[str, str]] = {}
    skipped: set[str] = set()
    month_first: set[tuple[str, str]] = set()
    for key in _numbers(posted, "judul-"):
        table = _Table(posted, key, service)
        for number, sheet in enumerate(table.sheets):
            if sheet not in names:
                continue
            columns_of[sheet], rows[sheet] = table.columns, table.header_row
            constants[sheet] = table.constants(number)
            month_first |= {(sheet, name) for name in table.month_first}
            if sheet not in table.read:
                skipped.add(sheet)
    for one in sheets:
        if one.name in posted.getlist("tersembunyi"):
            rows[one.name] = one.first_row
    return Told(columns_of, rows, skipped, month_first, constants, before.edits)


class _Table:
    """What was chosen for one table; its fields end in its number."""

    def __init__(self, posted: QueryDict, key: str, service: str) -> None:
        known = columns.labels(service)
        self.posted, self.key = posted, key
        self.sheets = posted.getlist(f"lembar-{key}")
        self.read = set(posted.getlist(f"baca-{key}"))
        number = posted.get(f"judul-{key}", "")
        self.header_row = int(number) if _is_short(number) else 1
        self.columns: dict[int, str] = {}
        self.month_first: set[str] = set()
        for at in _numbers(posted, f"kolom-{key}-"):
            name = posted[f"kolom-{key}-{at}"]
            self.columns[int(at)] = name if name in known else ""
            if posted.get(f"urutan-{key}-{at}") == "mdy" and name in known:
                self.month_first.add(name)

    def constants(self, number: int) -> dict[str, str]:
        """What all rows of the sheet of that number are given."""
        found = {}
        for name in FOR_ALL:
            whole = f"isi-{self.key}-{name}"
            given = self.posted.get(f"{whole}-{number}") or self.posted.get(whole, "")
            if text := clean_text(given):
                found[name] = text
        return found


def _numbers(posted: QueryDict, begin: str) -> list[str]:
    ends = (name.removeprefix(begin) for name in posted if name.startswith(begin))
    return [end for end in ends if _is_short(end)]


def _is_short(number: str) -> bool:
    return number.isdecimal() and len(number) <= LONGEST
