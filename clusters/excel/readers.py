"""Readers of whole columns: each different cell is read and checked once, and nothing raises.

A refused cell becomes a `Bad` in place of its value, so that good columns cost one look-up a
cell; what is odd but kept is remembered in `warnings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel.titles import UNITS
from clusters.excel.units import other_unit, whole_weeks
from clusters.excel.yesno import yes_no_reader
from clusters.services import Kind, icd10
from clusters.services.language import Field
from ilp.core import formats
from ilp.core.cells import (
    Cell,
    CellError,
    Reader,
    clean_text,
    could_be_either,
    date_reader,
    fold,
    is_ambiguous_number,
    is_broken_formula,
    is_day_first,
    is_mere_note,
    look_swapped,
    looks_us,
    mix_orders,
    read_blood_pressure,
    read_decimal,
    read_integer,
    split_note,
)
from ilp.core.cells.base import Remembering
from ilp.core.cells.words import choice_reader
from ilp.core.languages import in_indonesian

# Words that are written where a number was not taken.
ABSENT = frozenset(
    ["tidak hadir", "tdk hadir", "th", "sakit", "pindah", "pindah rumah", "pindah alamat"]
    + ["menolak", "tidak mau", "rewel", "tidak diukur", "tidak ditimbang", "bl", "alat rusak"]
)
LONGEST_TEXT = 32


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell is refused or, among warnings, what is odd about it."""

    code: str
    sentence: Text


MONTH_FIRST = Bad(
    "month-first",
    _(
        "Tanggal ini bulan-hari-tahun (cara Amerika), sehingga hari dan bulan dapat tertukar. "
        "Pilih urutannya saat mencocokkan kolom, atau tulis semua tanggal hari-bulan-tahun, mis. "
        "25/05/2025, lalu kirim lagi."
    ),
)
BROKEN = Bad(
    "broken-formula",
    _("Rumus di sel ini gagal, jadi dianggap kosong. Ganti rumus dengan nilainya."),
)
DROPPED_NOTE = Bad(
    "note-dropped", _("Keterangan di belakang angka tidak diimpor. Hapus bila tidak diperlukan.")
)
DROPPED_DAYS = Bad("days-dropped", _("Harinya tidak dicatat; yang dipakai minggu yang genap."))
WORD_FOR_NUMBER = Bad(
    "word-for-number",
    _("Isian angka berisi keterangan, jadi dianggap tidak diukur. Kosongkan saja."),
)


SWAPPED = Bad(
    "date-swapped",
    _(
        "Di kolom ini sebagian tanggal berupa teks hari-bulan-tahun, dan semua yang tersimpan "
        "sebagai tanggal berhari 1-12: hari dan bulannya mungkin ditukar Excel. Cocokkan dengan "
        "catatan, tulis ulang sebagai teks, mis. 25/05/2025, lalu kirim lagi."
    ),
)
BOTH_ORDERS = Bad(
    "date-both-orders",
    _(
        "Kolom ini mencampur hari-bulan-tahun dan bulan-hari-tahun, sehingga tanggal ini dapat "
        "berarti dua hari. Tulis bulannya dengan huruf, mis. 5 Mei 2025, lalu kirim lagi."
    ),
)


class Column:
    """The values of one column, with what was wrong and odd on the way."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._memory = Remembering(self._safely)
        self.warnings: dict[Cell, Bad] = {}
        self.has_bad = False

    def one(self, cell: Cell) -> Any:
        return self._memory[cell]

    def __call__(self, cells: Iterable[Cell]) -> list[Any]:
        return list(map(self._memory.__getitem__, cells))

    def _safely(self, cell: Cell) -> Any:
        try:
            value = self._read(cell)
        except CellError as error:
            value = Bad(error.code, error.sentence)
        if type(value) is Bad:
            self.has_bad = True
        elif is_broken_formula(cell):
            self.warnings[cell] = BROKEN
        return value


def field_column(field: Field, cells: Sequence[Cell], *, month_first: bool = False) -> Column:
    """The reader of a field's column; the cells tell whether its dates can be read day first."""
    if field.kind in (Kind.INTEGER, Kind.DECIMAL):
        return number_column(field)
    if field.kind is Kind.DATE:
        return date_column(cells, month_first=month_first)
    if field.kind is Kind.CHOICE:
        return Column(choice_reader(_said(field)))
    if field.kind in TEXTS:
        return Column(TEXTS[field.kind])
    return Column(yes_no_reader(field))


@in_indonesian
def _said(field: Field) -> dict[str, tuple[str, ...]]:
    """Code -> the words that stand for it in workbooks."""
    return {c.code: (str(c.label), *c.aliases) for c in (*field.choices, *field.settled)}


def date_column(cells: Sequence[Cell], *, month_first: bool = False) -> Column:
    """Dates, day first or as told. Where that cannot be relied on, dates are refused: all of a
    column that can only be month-first, and those that Excel or two writers may have turned."""
    if month_first and not is_day_first(cells):
        return Column(date_reader("mdy"))
    read = date_reader()
    if not any(type(cell) is str and cell for cell in cells):
        return Column(read)  # real dates need no order
    if looks_us(cells):
        return Column(lambda cell: MONTH_FIRST if clean_text(cell) else None)
    if look_swapped(cells):
        return Column(lambda cell: SWAPPED if isinstance(cell, date) else read(cell))
    if mix_orders(cells):
        return Column(lambda cell: BOTH_ORDERS if could_be_either(cell) else read(cell))
    return Column(read)


def number_column(field: Field) -> Column:
    """Numbers within the field's range; unusual ones, and words beside them, are warned of."""
    parse = _number_parser(field)

    def read(cell: Cell) -> Any:
        try:
            value = parse(cell)
        except CellError:
            weeks, days = whole_weeks(field, clean_text(cell))
            if days:
                column.warnings[cell] = DROPPED_DAYS
            value = parse(weeks or _without_words(field, cell, column))
        return _in_range(field, value, cell, column)

    column = Column(read)
    return column


def _number_parser(field: Field) -> Callable[[Cell], Any]:
    if field.kind is Kind.INTEGER:
        return lambda cell: read_integer(cell, count=False)
    return lambda cell: read_decimal(cell, field.places, unit=field.unit)


def _without_words(field: Field, cell: Cell, column: Column) -> Cell:
    """The cell without the words stuck to its number, or nothing for a known word of absence."""
    number, note = split_note(cell)
    if not note:
        return cell
    if number is not None:
        if unit := UNITS.get(fold(note)):
            if unit == UNITS.get(fold(field.unit)):
                return number
            raise other_unit(field, unit)
        if not is_mere_note(clean_text(cell), note):
            return cell
        column.warnings[cell] = DROPPED_NOTE
        return number
    if fold(note) in ABSENT:
        column.warnings[cell] = WORD_FOR_NUMBER
        return None
    return cell


def _in_range(field: Field, value: Any, cell: Cell, column: Column) -> Any:
    if value is None:
        return None
    if field.reject and not field.reject[0] <= value <= field.reject[1]:
        return Bad("out-of-range", _range_text(field, value, OUTSIDE, field.reject))
    if field.warn and not field.warn[0] <= value <= field.warn[1]:
        column.warnings[cell] = Bad("unusual", _range_text(field, value, UNUSUAL, field.warn))
    elif field.kind is Kind.DECIMAL and is_ambiguous_number(cell):
        text = _("Dibaca %(value)s %(unit)s. Tulis dengan koma agar pasti.")
        read_as = {"value": formats.measure(value, field.places, 0), "unit": field.said_unit}
        column.warnings[cell] = Bad("read-as", text % read_as)
    return value


OUTSIDE = _(
    "%(label)s %(value)s tidak mungkin; batasnya %(low)s–%(high)s %(unit)s. Periksa catatan, "
    "lalu perbaiki angkanya."
)
UNUSUAL = _(
    "%(label)s %(value)s tidak lazim; biasanya %(low)s–%(high)s %(unit)s. Tetap diterima, "
    "periksa sekali lagi."
)


def _range_text(field: Field, value: Any, text: Text, limits: tuple[float, float]) -> Text:
    low, high = (formats.decimal(x, 0 if x == int(x) else 1) for x in limits)
    shown = formats.measure(value, field.places, 0)
    found = text % {
        "label": field.label,
        "value": shown,
        "low": low,
        "high": high,
        "unit": field.said_unit,
    }
    return str(found).replace(" .", ".")


def pressure_column(systole: Field, diastole: Field) -> Column:
    """Pairs of systole and diastole from cells such as 120/80; (None, None) when empty."""

    def read(cell: Cell) -> Any:
        pair = read_blood_pressure(cell)
        if pair is None:
            return (None, None)
        checked = [
            _in_range(field, value, cell, column)
            for field, value in zip((systole, diastole), pair, strict=True)
        ]
        return next((c for c in checked if type(c) is Bad), tuple(checked))

    column = Column(read)
    return column


def _short_text(cell: Cell) -> Any:
    text = clean_text(cell)
    if len(text) > LONGEST_TEXT:
        return Bad("text-too-long", _("Isian terlalu panjang. Persingkat menjadi 32 huruf."))
    return text or None


MALFORMED_ICD = Bad(
    "icd-malformed",
    _(
        "Ini bukan kode ICD-10. Tulis satu huruf dan dua angka, boleh dengan titik dan satu angka "
        "lagi, misalnya J06 atau J06.9."
    ),
)
UNKNOWN_ICD = Bad(
    "icd-unknown",
    _(
        "Kode ini tidak ada dalam ICD-10. Cari kode penyakitnya pada daftar ICD-10 di Puskesmas, "
        "lalu perbaiki huruf dan angkanya."
    ),
)


def _diagnosis(cell: Cell) -> Any:
    """A code in the way we keep it; the disease's name behind it is left out."""
    text = clean_text(cell)
    if not text or text == "-":
        return None
    code = icd10.normalised(text)
    if code is None:
        return MALFORMED_ICD
    return code if icd10.exists(code) else UNKNOWN_ICD


TEXTS: dict[Kind, Reader] = {Kind.TEXT: _short_text, Kind.DIAGNOSIS: _diagnosis}
