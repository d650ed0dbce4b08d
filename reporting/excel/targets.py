"""Target populations as a workbook: the template that goes out, what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any
from zipfile import BadZipFile

import tablib
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from import_export.formats.base_formats import XLSX

from clusters.excel.writing import Column, Kind, write_table
from facilities.models import Facility
from ilp.core.cells import CellError, read_integer
from ilp.core.errors import DomainError
from reporting.actions.targets import Row
from reporting.catalogue import SASARAN
from reporting.models import Target
from reporting.selectors.targets import TargetTable

CODE, NAME = "kode", "tempat"
SHEET = "Sasaran"
MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
NOT_HERE = _("Kode tempat “%(code)s” tidak ada di kabupaten ini.")
GIVEN_TWICE = _("Tempat ini sudah ada di baris lain. Hapus salah satunya.")
LARGEST = 100_000_000  # people in a province, generously


class NotAWorkbook(DomainError):
    code = "sasaran-not-xlsx"
    text = _(
        "Berkas ini bukan Excel (.xlsx) yang dapat dibaca. Pakai templat sasaran di halaman ini."
    )


class NoCodes(DomainError):
    code = "sasaran-no-codes"
    text = _(
        "Kolom “kode” atau kolom sasaran tidak ditemukan di baris pertama. Pakai templat sasaran "
        "di halaman ini dan jangan mengubah judul kolomnya."
    )


class TooLarge(DomainError):
    code = "sasaran-too-large"
    text = _("Berkas terlalu besar. Templat sasaran satu kabupaten jauh lebih kecil dari ini.")


class NoNumbers(DomainError):
    code = "sasaran-empty"
    text = _("Tidak ada angka di berkas ini. Isi sasaran desa, lalu unggah lagi.")


@dataclass(frozen=True)
class Refusal:
    """What is wrong in one place of the sheet: row as Excel counts it, title of the column."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Reading:
    """A workbook of sasaran as rows; with refusals nothing of it may be used."""

    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]


class TargetResource(resources.ModelResource):
    """Sasaran one number a line, for IT staff: out only, since versions are never rewritten."""

    place = fields.Field(attribute="place__code", column_name=CODE)
    version = fields.Field(attribute="set__version", column_name="versi")
    year = fields.Field(attribute="set__year", column_name="tahun")
    basis = fields.Field(attribute="set__basis", column_name="dasar")

    class Meta:
        model = Target
        fields = ("place", "year", "basis", "version", "code", "value")
        export_order = fields


class _Sheet:
    """The wide sheet of the template, read row by row; all that is wrong is gathered."""

    def __init__(self, places: set[str]) -> None:
        self.places = places
        self.seen: set[str] = set()
        self.rows: list[Row] = []
        self.refusals: list[Refusal] = []

    def read(self, number: int, row: Mapping[str, Any]) -> None:
        code = str(row[CODE] or "").strip()
        values = {c: row[c] for c in SASARAN if c in row and row[c] not in (None, "")}
        if not code and not values:
            return
        if code not in self.places:
            self._refuse(
                number, CODE, _("Kode tempat “%(code)s” tidak ada di kabupaten ini."), code
            )
            return
        if code in self.seen:
            self._refuse(
                number, CODE, _("Tempat ini sudah ada di baris lain. Hapus salah satunya.")
            )
            return
        self.seen.add(code)
        for sasaran, cell in values.items():
            self._read_cell(number, code, sasaran, cell)

    def _read_cell(self, number: int, code: str, sasaran: str, cell: Any) -> None:
        try:
            value = read_integer(cell)
        except CellError as error:
            self.refusals.append(Refusal(number, sasaran, str(error.sentence)))
            return
        if value is None:
            return
        if value < 0:
            self._refuse(number, sasaran, _("Sasaran tidak boleh kurang dari 0."))
        elif value > LARGEST:
            self._refuse(number, sasaran, _("Angka ini terlalu besar. Periksa kembali."))
        else:
            self.rows.append((code, sasaran, value))

    def _refuse(self, number: int, column: str, text: Any, code: str = "") -> None:
        self.refusals.append(Refusal(number, column, str(text) % {"code": code[:40]}))


def read_targets(file: IO[bytes], *, places: Iterable[str]) -> Reading:
    """Read a filled-in template; NotAWorkbook, TooLarge, NoCodes or NoNumbers as a whole."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge
    dataset = _dataset(data)
    if CODE not in dataset.headers or not set(SASARAN) & set(dataset.headers):
        raise NoCodes
    sheet = _Sheet(set(places))
    for number, row in enumerate(dataset.dict, start=2):  # the titles are row 1
        sheet.read(number, row)
    if not sheet.rows and not sheet.refusals:
        raise NoNumbers
    return Reading(tuple(sheet.rows), tuple(sheet.refusals))


def _dataset(data: bytes) -> tablib.Dataset:
    """The first sheet that has the titles, each title cut down to its code."""
    try:
        dataset = XLSX().create_dataset(data)
    except StopIteration as error:  # a sheet without a single row
        raise NoCodes from error
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, IndexError) as error:
        raise NotAWorkbook from error
    if len(dataset) > MAX_ROWS:
        raise TooLarge
    titles = [str(title or "").strip() for title in dataset.headers or []]
    dataset.headers = [
        title.split(" ")[0] if title else f"_{at}" for at, title in enumerate(titles)
    ]
    return dataset


def write_template(
    file: IO[bytes], *, places: Iterable[Facility], table: TargetTable | None
) -> None:
    """The template, filled with a version's numbers where there is one."""
    held = {row.place.code: row.values for row in table.rows} if table else {}
    columns = [Column(CODE, 18), Column(NAME, 28)]
    columns += [
        Column(f"{one.code} ({one.label})", 13, Kind.WHOLE, note=one.note)
        for one in SASARAN.values()
    ]
    rows = [
        [place.code, str(place), *(held.get(place.code, {}).get(code) for code in SASARAN)]
        for place in places
    ]
    write_table(file, title_sheet=SHEET, columns=columns, rows=rows)
