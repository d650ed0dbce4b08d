"""A recap with places below one another and the rows of a form as its columns, as PWS-KIA has it.

Of months side by side the one of the report counts. Where each row says its month, the numbers are
snapshots "up to this month": of each place its last one is taken, and months are never added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusters.excel.headers import is_blank_row, is_numbering_row, is_signature_row, is_total_row
from clusters.excel.hints import months_in
from clusters.excel.reading import Sheet
from clusters.excel.titles import Levels, titles_of
from ilp.core.cells import Cell, clean_text, fold
from ilp.core.cells.dates import MONTH_NAMES
from reporting.excel.ages import GROUPS, Ages, ages_of, from_60, group_of, is_risti_of_no_age
from reporting.excel.headings import SO_FAR, heading_key, month_of_text
from reporting.excel.names import Row, key
from reporting.excel.numbers import NO_NUMBERS, is_failed, number_of, of_rows

LOOK_AT = 30  # rows in which the titles are expected
DEEPEST = 6
PLACES = frozenset(
    ["desa", "kelurahan", "desa kelurahan", "desa kel", "nama desa", "puskesmas", "posyandu"]
    + ["nama puskesmas", "nama posyandu", "wilayah", "desa posyandu"]
)
TOTALS = frozenset({"puskesmas", "kabupaten", "jumlah", "total"})
THIS_MONTH = frozenset({"bln ini", "bulan ini"})
ELSE = ("lalu", "persen", "target", "sasaran", "%")  # not what the month added
SNAPSHOTS = _lazy(
    "Angka di berkas ini kumulatif sampai dengan bulannya: diambil isian terakhir tiap desa, tidak "
    "dijumlahkan antarbulan. Pakai hanya bila laporan ini memang mencatat kumulatif."
)
ADDED = _lazy("Umur 60–69 dan 70 tahun ke atas dijumlahkan menjadi 60 tahun ke atas.")
NO_MONTH = _lazy(
    "Bulan di baris %(rows)s tidak terbaca, jadi baris itu dilewati. Tulis bulannya, mis. Mei 2026."
)
RISTI = _lazy(
    "Kolom risti tanpa umur tidak dibaca: ada yang memakainya untuk 70 tahun ke atas, ada yang "
    "untuk 60 tahun ke atas dengan masalah kesehatan. Tulis umurnya di judul, misalnya “≥ 70 "
    "tahun”."
)
OF_THE_ELDERLY = frozenset({"lansia_dilayani", "skrining_lansia", "lansia_bergantung"})
PARTS = {"laki laki": "L", "perempuan": "P"}
Cells = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Stated:
    """A total that the table states and its places do not add up to; `label` is of the form."""

    row: int
    label: str
    stated: int
    found: int


class Placed:
    """A sheet read so; `columns` are those of the form's cells, several where they are added, none
    where it is no such table. `head` is the first row of its titles."""

    def __init__(
        self, sheet: Sheet, rows: Sequence[Row], month: tuple[int, int], place: str
    ) -> None:
        self.sheet, self.month, self.place = sheet, month, fold(place)
        self.names = {self.place}  # without its kind only where the rows are of that kind
        self.labels = {row.element: row.label for row in rows}
        self.columns: dict[tuple[str, str], tuple[int, ...]] = {}
        self.rows: dict[str, int] = {}  # element -> Excel's number of its row
        self.wrong: list[Stated] = []
        self.lost: list[int] = []  # Excel's numbers of rows in which something is no number
        self.notes: list[str] = []
        self.head = self.at = self.first = 0
        self.months_at = self.years_at = self.entered_at = -1
        for index, row in enumerate(sheet.rows[:LOOK_AT]):
            named = [at for at, cell in enumerate(row) if fold(cell) in PLACES]
            if named and not self.columns:  # "PUSKESMAS | : KENANGA" is a title
                self._lay_out(index, named[-1], rows)

    def _lay_out(self, index: int, at: int, rows: Sequence[Row]) -> None:
        """The titles reach from the row that names the places down to the first row of numbers."""
        self.head, self.at = index, at
        self.months_at = self.years_at = self.entered_at = -1
        headed = self._headed()
        months = {column: month for column, levels in headed if (month := _month_of(levels))}
        if len(set(months.values())) > 1:  # months side by side
            ours = self.month[1]
            headed = [one for one in headed if months.get(one[0], ours) == ours]
        for column, levels in headed:
            self._note_what(column, levels)
        known = {
            name: row
            for row in rows
            if not row.computed
            for name in (key(row.label), _by_code(row.element), *map(fold, row.also))
        }
        self.columns = dict(self._chosen(headed, known))
        asks = "risti_lansia" in self.labels.keys() - {element for element, _part in self.columns}
        if asks and any(is_risti_of_no_age(levels) for _column, levels in headed):
            self.notes.append(str(RISTI))
        if any(len(columns) > 1 for columns in self.columns.values()):
            self.notes.append(str(ADDED))

    def _headed(self) -> list[tuple[int, Levels]]:
        rows, at = self.sheet.rows, self.at
        below = range(self.head + 1, min(self.head + DEEPEST + 1, len(rows)))
        self.first = next((i for i in below if clean_text(rows[i][at])), below.stop)
        while self.first < len(rows) and is_numbering_row(rows[self.first]):
            self.first += 1
        titles = [r for r in rows[self.head : self.first] if not is_numbering_row(r)]
        return titles_of([[clean_text(cell) for cell in row] for row in titles])

    def _note_what(self, column: int, levels: Levels) -> None:
        """Which column says the month, the year and the moment; what the places are called."""
        last = heading_key(levels[-1])
        if column == self.at:
            kind, _space, name = self.place.partition(" ")
            self.names |= {name} if kind in fold(" ".join(levels)).split() else set()
        self.months_at = column if last in ("bln", "periode") else self.months_at
        self.years_at = column if last == "thn" else self.years_at
        self.entered_at = column if fold(levels[-1]) == "waktu input" else self.entered_at

    def _chosen(
        self, headed: Sequence[tuple[int, Levels]], known: dict[str, Row]
    ) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
        """The columns of each cell; one that says to be of this month comes first."""
        found: dict[tuple[str, str], dict[Ages | None, int]] = defaultdict(dict)
        sure: set[tuple[str, str, Ages | None]] = set()
        for column, levels in headed:
            steps = [heading_key(level) for level in levels]
            cell = _cell_of(levels, steps, known)
            if cell is None or column == self.at:
                continue
            ages = ages_of(levels) if cell[0] in OF_THE_ELDERLY else None
            is_sure = bool(THIS_MONTH.intersection(steps))
            if ages not in found[cell] or (is_sure and (*cell, ages) not in sure):
                found[cell][ages] = column
                sure |= {(*cell, ages)} if is_sure else set()
        for cell, by_age in found.items():
            if columns := from_60(by_age):
                yield cell, columns

    def read(self) -> Cells:
        """The cells of the report: of its own place, else the total, else all places together."""
        cells = self._read()
        self.notes += of_rows(NO_NUMBERS, self.lost)
        return cells

    def _read(self) -> Cells:
        totals, places = self._sorted()
        if self.months_at >= 0:
            self.notes.insert(0, str(SNAPSHOTS))
        if own := self.names & places.keys():
            return self._taken(places[own.pop()])
        added = self._added(list(places.values()))
        if not totals or self.months_at >= 0:
            self._note_rows(next(iter(places.values()), 0))
            return added
        stated = self._taken(totals[-1])
        number = self.sheet.row_number(totals[-1])
        self.wrong = [
            Stated(number, self.labels[cell[0]], value, added[cell])
            for cell, value in stated.items()
            if cell in added and added[cell] != value
        ]
        return stated

    def _sorted(self) -> tuple[list[int], dict[str, int]]:
        """The rows of totals, and of each place the one that counts."""
        totals, timeless, found = [], [], defaultdict(list)
        for index in range(self.first, len(self.sheet.rows)):
            row = self.sheet.rows[index]
            name = fold(row[self.at])
            if is_blank_row(row) or is_signature_row(row):
                continue
            if is_total_row(row) or name in TOTALS:
                totals.append(index)
            elif name and self._is_of_then(row):
                found[name].append(index)
            elif name and not self._month(row):
                timeless.append(self.sheet.row_number(index))
        self.notes += of_rows(NO_MONTH, timeless)
        return totals, {name: self._last(name, rows) for name, rows in found.items()}

    def _is_of_then(self, row: Sequence[Cell]) -> bool:
        """Whether a row is of the report's month or, in its year, before it."""
        if self.months_at < 0:
            return True
        if self.years_at >= 0 and number_of(row[self.years_at]) not in (None, self.month[0]):
            return False
        return period_of(row[self.months_at])[0] in (0, self.month[0]) and (
            0 < self._month(row) <= self.month[1]
        )

    def _month(self, row: Sequence[Cell]) -> int:
        return period_of(row[self.months_at])[1]

    def _last(self, name: str, rows: Sequence[int]) -> int:
        """The last snapshot of a place; of one month the one that was entered last."""
        if self.months_at < 0:
            return rows[-1]
        last = max(rows, key=lambda at: (self._month(self.sheet.rows[at]), self._entered(at), at))
        of = self._month(self.sheet.rows[last])
        if of < self.month[1]:
            text = _("%(place)s belum ada datanya bulan ini; dipakai bulan %(month)s.")
            place = clean_text(self.sheet.rows[last][self.at])
            self.notes.append(text % {"place": place, "month": MONTH_NAMES[of]})
        return last

    def _entered(self, index: int) -> str:
        """When a row was entered, to be compared: the portal writes the year first."""
        return str(self.sheet.rows[index][self.entered_at]) if self.entered_at >= 0 else ""

    def _taken(self, index: int) -> Cells:
        self._note_rows(index)
        return dict(self._numbers(index))

    def _note_rows(self, index: int) -> None:
        """Say of every element that it was taken from this row; of a sum, from the first."""
        number = self.sheet.row_number(index)
        self.rows = {element: number for element, _part in self.columns}

    def _numbers(self, index: int) -> Iterator[tuple[tuple[str, str], int]]:
        row = self.sheet.rows[index]
        for cell, columns in self.columns.items():
            numbers = [n for at in columns if (n := number_of(row[at])) is not None]
            if len(numbers) < len(columns) and any(self._is_lost(index, at) for at in columns):
                self.lost.append(self.sheet.row_number(index))
            if numbers:
                yield cell, sum(numbers)

    def _is_lost(self, index: int, at: int) -> bool:
        """Whether something stands there that is no number."""
        cell = self.sheet.rows[index][at]
        said = clean_text(cell) != "" and number_of(cell) is None
        return said or is_failed(self.sheet, index, at)

    def _added(self, indexes: Sequence[int]) -> Cells:
        added: Cells = defaultdict(int)
        for index in indexes:
            for cell, number in self._numbers(index):
                added[cell] += number
        return dict(added)


def period_of(cell: Cell) -> tuple[int, int]:
    """The year and month that a cell says: "Mei 2026", 5, "2026-05"; 0 for what it does not."""
    if isinstance(cell, date):
        return cell.year, cell.month
    text = clean_text(cell)
    number = number_of(cell)
    if number is not None and 1 <= number <= 12:
        return 0, number
    said = {(year, month) for year, month, _words in months_in(text)}
    if len(said) == 1:
        return said.pop()
    return 0, month_of_text(text) or 0 if not said else 0


def _by_code(element: str) -> str:
    """An element as a title may write it; of a group of ages no title: "Pralansia" stands above
    many columns."""
    return f"@{element}" if element in GROUPS else fold(element)


def _month_of(levels: Sequence[str]) -> int:
    """The month that the headings of a column name; 0 for none."""
    return next((month for level in levels if (month := month_of_text(level))), 0)


def _cell_of(
    levels: Sequence[str], steps: Sequence[str], known: dict[str, Row]
) -> tuple[str, str] | None:
    """The element and part that a column is, where its titles name one and its month."""
    said = " ".join([*steps, *("%" for level in levels if "%" in level)])
    if any(word in said for word in ELSE) or SO_FAR.search(said):
        return None
    row = next((known[n] for n in map(key, levels) if n in known), None)
    row = known.get(_by_code(group_of(levels))) or row
    if row is None:
        return None
    part = next((PARTS[step] for step in steps if step in PARTS), "")
    return (row.element, part) if part in row.parts else None
