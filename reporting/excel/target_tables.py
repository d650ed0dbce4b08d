"""One sheet of a table of sasaran: places below one another, sasaran beside one another.

Nothing is guessed: what cannot be told for certain is refused with its row and column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_stubs_ext import StrOrPromise as Text

from clusters.excel import ours
from clusters.excel.headers import Header, is_blank_row, is_signature_row, is_total_row
from clusters.excel.reading import Sheet
from clusters.excel.refusals import LONGER_THAN_TITLES, TWO_COLUMNS
from facilities.models import Facility
from ilp.core import formats
from ilp.core.cells import Cell, CellError, clean_text, fold, is_broken_formula, read_integer
from reporting.excel.headings import month_of_text
from reporting.excel.target_places import NO_NAME, PlaceNames, Unknown
from reporting.excel.target_titles import CODE, DESA, PLACE, PUSKESMAS, is_number, shown
from reporting.selectors.target_places import ListedPlace

LARGEST = 100_000_000  # people in a province, generously
Kind = Facility.Kind
OF_MONTHS: Text = _lazy(
    "Kolom ini terbagi menurut bulan, sedangkan sasaran berlaku setahun. Pakai satu kolom berisi "
    "angka setahun."
)
NAMES = (CODE, DESA, PLACE, PUSKESMAS)  # what says best of which place a row is, first


@dataclass(frozen=True)
class Refusal:
    """What is wrong or odd in one place of a file: row as Excel counts it, title of the column.

    `at` is the column's number as Excel counts it, A being 1. `name` is a name that no place bears,
    `alike` the code of the place it may mean.
    """

    row: int
    column: str
    message: str
    sheet: str = ""
    at: int | None = None
    name: str = ""
    alike: str = ""


@dataclass(frozen=True)
class Stated:
    """A total that a row of a list states: where, of which sasaran, how many people."""

    index: int
    at: int
    code: str
    value: int


@dataclass
class Table:
    """What a sheet says: `given` are rows by (place, sasaran), with Excel's row and column."""

    sheet: Sheet
    header: Header
    given: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)  # index, column
    values: dict[tuple[str, str], int] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    odd: list[Refusal] = field(default_factory=list)
    places: dict[int, ListedPlace] = field(default_factory=dict)  # by index of its first row
    totals: list[int] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)  # totals of a list, one sasaran each
    notes: list[str] = field(default_factory=list)  # how it was read, in sentences
    other_years: Counter[int] = field(default_factory=Counter)  # rows passed over, by year
    strange: dict[str, str] = field(default_factory=dict)  # unknown sasaran, with their column

    @property
    def read_rows(self) -> set[int]:
        """The indexes of the rows that are about a place."""
        return {*self.places, *(index for index, _at in self.given.values())}

    def refuse(self, index: int, at: int | None, message: object, **more: str) -> None:
        self.refusals.append(self.note(index, at, message, **more))

    def note(self, index: int, at: int | None, message: object, **more: str) -> Refusal:
        title = "" if at is None else self.header.titles.get(at, "")
        column = None if at is None else self.sheet.first_column + at + 1
        number = self.sheet.row_number(index)
        return Refusal(number, shown(title), str(message), self.sheet.name, column, **more)


def read_table(sheet: Sheet, header: Header, names: PlaceNames) -> Table:
    """A sheet whose header is known, read."""
    return TableReading(Table(sheet, header), names).read()


class TableReading:
    """Goes through the rows of a sheet; what a list does otherwise, it overrides."""

    def __init__(self, table: Table, names: PlaceNames) -> None:
        self.table, self.names = table, names
        self.sheet, self.header = table.sheet, table.header
        columns = self.header.columns
        self.naming = [columns[name] for name in NAMES if name in columns]
        self.codes = list(dict.fromkeys(n.split(":")[0] for n in columns if is_number(n)))
        self.numbers = [at for name, at in columns.items() if is_number(name)]
        titles = self.sheet.rows[self.header.row_index + self.header.depth - 1]
        self.reasons_at = ours.reasons_at(titles)  # our column, if the file comes back with marks
        self.above = [self._texts(row) for row in self.sheet.rows[: self.header.data_index]]
        self.broken = set(self.sheet.broken)
        self.puskesmas: ListedPlace | None = None  # written once for the villages below it
        self.seen: set[str] = set()

    def _texts(self, row: Sequence[Cell]) -> list[str]:
        return [clean_text(cell) if at != self.reasons_at else "" for at, cell in enumerate(row)]

    def read(self) -> Table:
        for index in range(self.header.data_index, len(self.sheet.rows)):
            row = self.sheet.rows[index]
            if is_blank_row(row) or self._texts(row) in self.above:
                continue
            if self._is_total(row):
                self._total(index, row)
            elif not (is_signature_row(row) and not self._has_numbers(index, row)):
                self._row(index, row)
        return self.table

    def _is_total(self, row: Sequence[Cell]) -> bool:
        return is_total_row(row)

    def _total(self, index: int, _row: Sequence[Cell]) -> None:
        self.table.totals.append(index)
        self.puskesmas = None

    def _has_numbers(self, index: int, row: Sequence[Cell]) -> bool:
        return any(clean_text(row[at]) or self._is_broken(index, at) for at in self.numbers)

    def _is_broken(self, index: int, at: int) -> bool:
        """Whether a formula failed there; of an xlsx it is read as an empty cell."""
        spot = (self.sheet.row_number(index), self.sheet.first_column + at)
        return is_broken_formula(self.sheet.rows[index][at]) or spot in self.broken

    def _row(self, index: int, row: Sequence[Cell]) -> None:
        place, at = self._place(index, row)
        if isinstance(place, ListedPlace) and place.kind == Kind.PUSKESMAS:
            self.puskesmas = place
        if not self._has_numbers(index, row):
            return
        if self._is_of_all(row):
            self.table.totals.append(index)
        elif self._is_longer(index):
            self.table.refuse(index, at, LONGER_THAN_TITLES.sentence)
        elif isinstance(place, Unknown):
            self._refuse_place(index, at, place)
        elif place.code in self.seen:
            text = _("Tempat ini sudah ada di baris lain. Hapus salah satunya.")
            self.table.refuse(index, at, text)
        else:
            self.seen.add(place.code)
            self.table.places[index] = place
            for code in self.codes:
                self._number(index, row, place.code, code)

    def _refuse_place(self, index: int, at: int | None, place: Unknown) -> None:
        texts = [clean_text(self.sheet.rows[index][column]) for column in self.numbers]
        if not place.name and any(map(month_of_text, texts)):
            self.table.refuse(index, self.numbers[0], OF_MONTHS)
        else:
            self.table.refuse(index, at, place.message, name=place.name, alike=place.alike)

    def _is_longer(self, index: int) -> bool:
        """Whether a row of a csv has more cells than its titles: one of them was cut in two."""
        lengths, header = self.sheet.lengths, self.header
        titles = lengths[header.row_index : header.row_index + header.depth]
        return bool(lengths) and lengths[index] > max(titles)

    def _is_of_all(self, row: Sequence[Cell]) -> bool:
        """A row of the whole district, which sums the others; only a code makes it a number."""
        written = [name for name in NAMES if self._cell(row, name)]
        return (
            written != []
            and CODE not in written
            and all(self.names.is_district(self._cell(row, name)) for name in written)
        )

    def _cell(self, row: Sequence[Cell], name: str) -> str:
        at = self.header.columns.get(name)
        return "" if at is None else clean_text(row[at])

    def _place(self, index: int, row: Sequence[Cell]) -> tuple[ListedPlace | Unknown, int | None]:
        """The place that a row is about, and the column that says so or ought to."""
        columns, first = self.header.columns, next(iter(self.naming), None)
        within = self._puskesmas(row)
        if code := self._cell(row, CODE):
            return self.names.with_code(code), first
        for name, kind in ((DESA, Kind.DESA), (PLACE, "")):
            if (text := self._cell(row, name)) and any(map(str.isalnum, text)):
                own = self.names.named(text, "" if _says_puskesmas(text) else kind, within)
                return own, columns[name] if CODE not in columns else first
        if isinstance(within, ListedPlace) and self._cell(row, PUSKESMAS):
            return within, columns[PUSKESMAS]
        if text := self._cell(row, PUSKESMAS):
            return self.names.named(text, Kind.PUSKESMAS), columns[PUSKESMAS]
        return Unknown(str(NO_NAME)), first

    def _puskesmas(self, row: Sequence[Cell]) -> ListedPlace | None:
        """The Puskesmas of a row: written in it or, as in merged cells, further up."""
        if text := self._cell(row, PUSKESMAS):
            found = self.names.named(text, Kind.PUSKESMAS)
            self.puskesmas = found if isinstance(found, ListedPlace) else None
        return self.puskesmas

    def _number(self, index: int, row: Sequence[Cell], place: str, code: str) -> None:
        names = (code, f"{code}:L", f"{code}:P")
        at = next(self.header.columns[n] for n in names if n in self.header.columns)
        try:
            whole, *halves = (self._read(index, row, name) for name in names)
            value = together(whole, [half for half in halves if half is not None])
        except WrongCell as wrong:
            self.table.refuse(index, at if wrong.at is None else wrong.at, wrong.sentence)
            return
        if value is not None:
            self.table.given[place, code] = (index, at)
            self.table.values[place, code] = value

    def _read(self, index: int, row: Sequence[Cell], name: str) -> int | None:
        """A cell's number; None for an empty one, and where there is no such column."""
        at = self.header.columns.get(name)
        if at is None:
            return None
        cell = row[at]
        others = [row[other] for other in self.header.duplicates.get(name, ())]
        if {text for one in others if (text := clean_text(one))} - {clean_text(cell)}:
            raise WrongCell(TWO_COLUMNS.sentence, at)
        if self._is_broken(index, at):
            raise WrongCell(_("Rumus di sel ini gagal. Tulis angkanya."), at)
        try:
            value = read_integer(cell)
        except CellError as error:
            raise WrongCell(error.sentence, at) from None
        if value is not None and value < 0:
            raise WrongCell(_("Sasaran tidak boleh kurang dari 0."), at)
        if value is not None and value > LARGEST:
            raise WrongCell(_("Angka ini terlalu besar. Periksa kembali."), at)
        return value


class WrongCell(ValueError):
    """A cell that is no number of people; without a column, several that do not go together."""

    def __init__(self, sentence: Text, at: int | None = None) -> None:
        super().__init__()
        self.sentence, self.at = sentence, at


def together(whole: int | None, halves: Sequence[int]) -> int | None:
    """The number of both sexes, from one column or from two."""
    if whole is None and len(halves) == 1:
        raise WrongCell(_("Hanya L atau P yang terisi. Isi keduanya."))
    if whole is None:
        return sum(halves) if halves else None
    if len(halves) == 2 and sum(halves) != whole:
        text = _("Tertulis %(whole)s, sedangkan L dan P berjumlah %(sum)s. Periksa ketiganya.")
        told = {"whole": formats.whole(whole), "sum": formats.whole(sum(halves))}
        raise WrongCell(text % told)
    return whole


def _says_puskesmas(text: str) -> bool:
    return fold(text).startswith(("puskesmas ", "pkm ", "uptd ", "upt ", "blud "))
