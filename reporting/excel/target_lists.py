"""One sheet of a list of sasaran: each row a place, a sasaran and, it may be, a year, and a number.

What is written once for several rows, the place or the sasaran, holds for those below it. As in a
table nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_stubs_ext import StrOrPromise as Text

from clusters.excel import ours
from clusters.excel.headers import Header, is_total_row
from clusters.excel.reading import Sheet
from clusters.excel.refusals import LONGER_THAN_TITLES
from facilities.models import Facility
from ilp.core.cells import Cell, clean_text, fold
from reporting.catalogue import SASARAN
from reporting.excel.target_list_titles import COUNT, SEX, WHICH, WHICH_CODE, YEARS
from reporting.excel.target_places import LONGEST, NO_NAME, PlaceNames, Unknown
from reporting.excel.target_tables import NAMES, Stated, Table, TableReading, WrongCell, together
from reporting.excel.target_titles import (
    CODE,
    DESA,
    PLACE,
    SEXES,
    SUMS,
    YEAR,
    alike,
    sasaran_of,
)
from reporting.selectors.target_places import ListedPlace

NO_VILLAGE: Text = _lazy(
    "Nama desa di baris ini kosong. Tulis desanya; bila ini angka Puskesmas sendiri, tulis nama "
    "Puskesmasnya di kolom desa."
)
Kind = Facility.Kind
TYPO = 2  # other places that give a sasaran, before a word like it is taken for a slip


def read_list(sheet: Sheet, header: Header, names: PlaceNames, year: int) -> Table:
    """A sheet whose header is that of a list, read for a year."""
    ours.forget_reasons(sheet, header.row_index + header.depth - 1, header.data_index)
    return _ListReading(Table(sheet, header), names, year).read()


class _ListReading(TableReading):
    def __init__(self, table: Table, names: PlaceNames, year: int) -> None:
        super().__init__(table, names)
        self.year = year
        self.numbers = [at for name, at in self.header.columns.items() if name.startswith(COUNT)]
        self.which = [name for name in (WHICH_CODE, WHICH) if name in self.header.columns]
        self.place: ListedPlace | Unknown | None = None
        self.village: ListedPlace | None = None
        self.is_of_all = False
        self.sasaran: list[str] = []  # as it is written: by code, by name, or both
        self.carried = 0
        self.said: dict[tuple[str, str], int] = {}  # (place, sasaran, one of a sex too) -> index
        self.halves: dict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
        self.strange: dict[str, list[tuple[int, str]]] = defaultdict(list)  # (index, place)

    def read(self) -> Table:
        """Read all rows; then what only all of them together can tell."""
        super().read()
        for (place, code), halves in self.halves.items():
            self._add_up(place, code, halves)
        for text, rows in self.strange.items():
            self._unknown(text, rows)
        self._note_rows()
        return self.table

    def _is_total(self, row: Sequence[Cell]) -> bool:
        """ "Jumlah penduduk" is a sasaran, unless the row stands below all places of one."""
        if not is_total_row(row):
            return False
        first = next(at for at, cell in enumerate(row) if type(cell) is str and clean_text(cell))
        is_sasaran = any(self.header.columns[name] == first for name in self.which)
        if not (is_sasaran and sasaran_of(clean_text(row[first]))):
            return True
        return not self._says_where(row) and first < min(self.naming)

    def _total(self, index: int, row: Sequence[Cell]) -> None:
        super()._total(index, row)
        self.place = self.village = None
        written = [text for name in self.which if sasaran_of(text := self._cell(row, name))]
        name = sasaran_of((written or self.sasaran or [""])[-1])
        year = self.header.columns.get(YEARS)
        said = YEAR.findall(clean_text(row[year])) if year is not None else []
        try:
            value = self._people(index, row)
        except WrongCell:
            value = None
        if name and ":" not in name and value is not None and said in ([], [str(self.year)]):
            self.table.stated.append(Stated(index, self.numbers[0], name, value))

    def _says_where(self, row: Sequence[Cell]) -> bool:
        return any(any(map(str.isalnum, self._cell(row, name))) for name in NAMES)

    def _row(self, index: int, row: Sequence[Cell]) -> None:
        place, at = self._where(index, row)
        said = [text for name in self.which if (text := self._cell(row, name))]
        self.sasaran = said or self.sasaran
        if not self._has_numbers(index, row):
            return
        if self.is_of_all:
            self._total_of_all(index, row)
        elif not self._is_of_the_year(index, row):
            pass
        elif self._is_longer(index):
            self.table.refuse(index, at, LONGER_THAN_TITLES.sentence)
        elif isinstance(place, Unknown):
            self._refuse_place(index, at, place)
        else:
            self.carried += not (said and self._says_where(row))
            self._of_a_place(index, row, place)

    def _total_of_all(self, index: int, row: Sequence[Cell]) -> None:
        """A row of the whole district, which sums the others; what it names holds on below it."""
        kept = self.place, self.is_of_all
        self._total(index, row)
        self.place, self.is_of_all = kept

    def _where(self, index: int, row: Sequence[Cell]) -> tuple[ListedPlace | Unknown, int]:
        """The place of a row, written in it or further up, and the column that says so."""
        first = self.naming[0]
        if not self._says_where(row):
            return self.place or Unknown(str(NO_NAME)), first
        self.is_of_all = self._is_of_all(row)
        place, at = self._place(index, row)
        if isinstance(place, ListedPlace) and place.kind == Kind.PUSKESMAS:
            self.puskesmas = place
            if self._lacks_village(row, place):
                place = Unknown(str(NO_VILLAGE))
        elif isinstance(place, ListedPlace):
            self.village = place
        self.place = place
        return place, first if at is None else at

    def _lacks_village(self, row: Sequence[Cell], puskesmas: ListedPlace) -> bool:
        """Whether only the Puskesmas stands in a row below those of one of its villages: the
        number may still be that village's."""
        columns = self.header.columns
        named = any(self._cell(row, name) for name in (CODE, DESA, PLACE))
        has_villages = DESA in columns or PLACE in columns
        below = self.village is not None and puskesmas.code in self.village.above
        return has_villages and not named and below

    def _is_of_the_year(self, index: int, row: Sequence[Cell]) -> bool:
        at = self.header.columns.get(YEARS)
        if at is None:
            return True
        said = YEAR.findall(clean_text(row[at]))
        if len(said) != 1:
            text = _("Tahun di baris ini kosong atau tidak terbaca. Tulis tahunnya, mis. %(year)s.")
            self.table.refuse(index, at, text % {"year": self.year})
        elif int(said[0]) != self.year:
            self.table.other_years[int(said[0])] += 1
        return said == [str(self.year)]

    def _of_a_place(self, index: int, row: Sequence[Cell], place: ListedPlace) -> None:
        found = {name for text in self.sasaran if (name := sasaran_of(text))}
        which = self.header.columns[self.which[-1]]
        if not self.sasaran:
            self.table.refuse(index, which, _("Sasarannya tidak tertulis. Tulis nama sasarannya."))
        elif not found:
            self.strange[self.sasaran[-1]].append((index, place.code))
        elif len({name.split(":")[0] for name in found}) > 1:
            text = _("Kode dan nama sasaran ini tidak cocok. Perbaiki salah satunya.")
            self.table.refuse(index, which, text)
        else:
            self._pair(index, row, place, max(found, key=len))

    def _pair(self, index: int, row: Sequence[Cell], place: ListedPlace, name: str) -> None:
        try:
            name = self._of_sex(row, name)
            value = self._people(index, row)
        except WrongCell as wrong:
            at = self.numbers[0] if wrong.at is None else wrong.at
            self.table.refuse(index, at, wrong.sentence)
            return
        if value is None:
            return
        if place.code not in self.seen:
            self.seen.add(place.code)
            self.table.places[index] = place
        before = self.said.setdefault((place.code, name), index)
        code, _colon, sex = name.partition(":")
        if before != index:
            text = _(
                "Sasaran %(label)s untuk %(place)s sudah ada di baris %(row)s. Hapus salah satunya."
            )
            told = {"label": SASARAN[code].label, "place": str(place)}
            row_number = self.sheet.row_number(before)
            self.table.refuse(index, self.numbers[0], text % {**told, "row": row_number})
        elif sex:
            self.halves[place.code, code][sex] = (index, value)
        else:
            self._give(place.code, code, index, value)

    def _give(self, place: str, code: str, index: int, value: int) -> None:
        self.table.given[place, code] = (index, self.numbers[0])
        self.table.values[place, code] = value

    def _of_sex(self, row: Sequence[Cell], name: str) -> str:
        """The sasaran with the sex that a column of its own says."""
        text = self._cell(row, SEX)
        said = fold(text)
        for sex, words in SEXES.items():
            if said in words and name.split(":")[1:] in ([], [sex]):
                return f"{name.split(':')[0]}:{sex}"
        if not any(map(str.isalnum, said)) or said in SUMS:
            return name
        raise WrongCell(_("Tulis L, P, atau L+P."), self.header.columns[SEX])

    def _people(self, index: int, row: Sequence[Cell]) -> int | None:
        names = (COUNT, *(f"{COUNT}:{sex}" for sex in SEXES))
        whole, *halves = (self._read(index, row, name) for name in names)
        return together(whole, [half for half in halves if half is not None])

    def _add_up(self, place: str, code: str, halves: dict[str, tuple[int, int]]) -> None:
        """The number of both sexes, where each of them has a row of its own."""
        index = max(row for row, _value in halves.values())
        whole = self.table.values.get((place, code))
        try:
            value = together(whole, [value for _row, value in halves.values()])
        except WrongCell as wrong:
            self.table.refuse(index, self.numbers[0], wrong.sentence)
            return
        if whole is None and value is not None:
            self._give(place, code, index, value)

    def _unknown(self, text: str, rows: Sequence[tuple[int, str]]) -> None:
        """Rows of an unknown sasaran are passed over and told; one that lacks what others give by
        a word like it is a slip, and refused."""
        code, at = alike(text), self.header.columns[self.which[-1]]
        givers = {place for place, given in self.table.values if given == code}
        label = SASARAN[code].label if code else ""
        told: dict[str, object] = {"name": text[:LONGEST], "alike": label}
        slips = [row for row, place in rows if place not in givers] if len(givers) >= TYPO else []
        for index in slips:
            said = _(
                "Sasaran “%(name)s” tidak dikenal. Maksudnya %(alike)s? Perbaiki tulisannya, atau "
                "hapus baris ini."
            )
            self.table.refuse(index, at, said % told)
        if passed := len(rows) - len(slips):
            said = _(
                "Lembar %(sheet)s: sasaran “%(name)s” tidak dikenal, jadi %(count)s baris dilewati."
            )
            if code:
                said += " " + _("Bila maksudnya %(alike)s, tulislah demikian.")
            sheet = self.sheet.name
            self.table.notes.append(said % {**told, "sheet": sheet, "count": passed})
            self.table.strange[text[:LONGEST]] = self.header.titles[at]

    def _note_rows(self) -> None:
        told: dict[str, object] = {"sheet": self.sheet.name}
        for year, count in sorted(self.table.other_years.items()):
            text = _("Lembar %(sheet)s: %(count)s baris tahun %(year)s dilewati.")
            self.table.notes.append(text % {**told, "count": count, "year": year})
        if self.carried:
            text = _(
                "Lembar %(sheet)s: %(count)s baris tanpa nama tempat atau sasaran dibaca sebagai "
                "lanjutan baris di atasnya."
            )
            self.table.notes.append(text % {**told, "count": self.carried})
