"""Target populations as a workbook: the template that goes out, what comes back.

Tables of any office are read as they are: header found by its words, places by code or name, on
any number of sheets. One fault, and nothing of the file is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources

from clusters.excel import ours
from clusters.excel.reading import Sheet, read_sheets
from clusters.excel.writing import Column, Kind, write_table
from facilities.models import Facility
from ilp.core.cells import clean_text
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian
from reporting.actions.targets import Row
from reporting.catalogue import SASARAN
from reporting.excel.target_list_titles import list_header_of, names_sasaran
from reporting.excel.target_lists import read_list
from reporting.excel.target_places import PlaceNames
from reporting.excel.target_sums import odd_sums
from reporting.excel.target_tables import Refusal, Table, read_table
from reporting.excel.target_titles import CODE, PLACE, YEAR, header_of, unread
from reporting.models import Target
from reporting.selectors.target_places import ListedPlace
from reporting.selectors.targets import TargetTable

SHEET = "Sasaran"
MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 50_000  # a large district's villages times all sasaran, one below another


class NoTable(DomainError):
    code = "sasaran-no-table"
    text = _(
        "Tabel sasaran tidak ditemukan: perlu kolom tempat (kode, desa, atau Puskesmas) dan "
        "sedikitnya satu kolom sasaran, misalnya “Ibu hamil”, atau kolom “Sasaran” dan “Jumlah”. "
        "Samakan judulnya dengan templat."
    )


class NoNumbers(DomainError):
    code = "sasaran-empty"
    text = _("Tidak ada angka di berkas ini. Isi sasaran desa, lalu unggah lagi.")


class OtherYears(DomainError):
    code = "sasaran-other-years"
    text = _(
        "Berkas ini memuat sasaran tahun %(said)s, tidak ada baris tahun %(year)s. Pilih tahun "
        "yang sesuai, atau perbaiki kolom Tahun."
    )


class NoKnownSasaran(DomainError):
    code = "sasaran-none-known"
    text = _(
        "Tidak ada sasaran yang dikenal di kolom “%(column)s”, misalnya “%(name)s”. Tulis nama "
        "atau kodenya seperti di templat."
    )


@dataclass(frozen=True)
class Reading:
    """A workbook of sasaran as rows; with refusals nothing of it may be used.

    `odd` is what a person should look at before saying yes, `notes` what was done beside reading,
    in sentences.
    """

    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    odd: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    tables: tuple[Table, ...] = ()


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


@in_indonesian
def read_targets(content: bytes, *, places: Iterable[ListedPlace], year: int) -> Reading:
    """Read tables of sasaran for a year. Raises the errors of clusters.excel.errors, NoTable and
    NoNumbers for a file that is of no use as a whole."""
    sheets = read_sheets(content, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    shown = [s for s in sheets if not (s.hidden or s.name.startswith("_") or ours.is_summary(s))]
    names = PlaceNames(places)
    tables = [table for sheet in shown if (table := _table(sheet, names, year))]
    if not tables:
        raise NoTable
    rows = _together(tables)
    refusals = tuple(one for table in tables for one in table.refusals)
    if not rows and not refusals:
        raise _nothing(tables, year)
    return Reading(
        tuple((place, code, value) for (place, code), value in rows.items()),
        refusals,
        tuple(one for table in tables for one in odd_sums(table)),
        tuple(_notes(tables, sheets, year)),
        tuple(sheets),
        tuple(tables),
    )


def _table(sheet: Sheet, names: PlaceNames, year: int) -> Table | None:
    """A sheet as a list of sasaran one below another, or as a table with them side by side."""
    listed = list_header_of(sheet, year)
    if listed and names_sasaran(sheet, listed):
        return read_list(sheet, listed, names, year)
    if header := header_of(sheet, year):
        ours.forget_reasons(sheet, header.row_index + header.depth - 1, header.data_index)
        return read_table(sheet, header, names)
    return read_list(sheet, listed, names, year) if listed else None


def _nothing(tables: Sequence[Table], year: int) -> DomainError:
    """Why a file without a fault has no number."""
    if years := sorted({one for table in tables for one in table.other_years}):
        return OtherYears(said=", ".join(map(str, years)), year=year)
    for table in tables:
        for name, column in table.strange.items():
            return NoKnownSasaran(column=column, name=name)
    return NoNumbers()


def _together(tables: Iterable[Table]) -> dict[tuple[str, str], int]:
    """What all sheets say; a number that two of them give otherwise is refused."""
    found: dict[tuple[str, str], int] = {}
    said: dict[tuple[str, str], str] = {}
    for table in tables:
        for spot, value in table.values.items():
            if found.setdefault(spot, value) != value:
                text = _now("Angka ini berbeda dengan lembar “%(sheet)s”. Samakan keduanya.")
                table.refuse(*table.given[spot], text % {"sheet": said[spot]})
            said.setdefault(spot, table.sheet.name)
    return found


def _notes(tables: Iterable[Table], sheets: Iterable[Sheet], year: int) -> Iterator[str]:
    """What a person should know of how the file was read."""
    for table in tables:
        sheet, header = table.sheet, table.header
        told: dict[str, object] = {"sheet": sheet.name, "year": year}
        yield from table.notes
        for title, alike in unread(sheet, header):
            text = _now("Lembar %(sheet)s: kolom “%(title)s” tidak dikenal, jadi tidak dibaca.")
            if (said := set(YEAR.findall(title))) and str(year) not in said:
                text = _now("Lembar %(sheet)s: kolom “%(title)s” bukan tahun %(year)s, dilewati.")
            if alike:
                text += " " + _now("Bila maksudnya %(alike)s, tulis judulnya demikian.")
            yield text % {**told, "title": title, "alike": alike}
        hidden = [n for n in sheet.hidden_rows if n >= sheet.row_number(header.data_index)]
        if hidden:
            text = _now("Lembar %(sheet)s: %(count)s baris tersembunyi ikut dibaca.")
            yield text % {**told, "count": len(hidden)}
        if (years := _years(sheet, header.row_index)) and year not in years:
            text = _now("Lembar %(sheet)s menyebut tahun %(said)s, bukan %(year)s.")
            yield text % {**told, "said": ", ".join(map(str, sorted(years)))}
    read = {table.sheet.name for table in tables}
    left = [s.name for s in sheets if s.name not in read and not s.name.startswith("_")]
    left = [name for name in left if name not in {s.name for s in sheets if ours.is_summary(s)}]
    if left:
        yield _now("Lembar yang dilewati: %(names)s.") % {"names": ", ".join(left)}


def _years(sheet: Sheet, first: int) -> set[int]:
    """The years that the name of a sheet and the lines above its table name."""
    texts = [sheet.name, *(clean_text(cell) for row in sheet.rows[:first] for cell in row)]
    return {int(year) for text in texts for year in YEAR.findall(text)}


@in_indonesian
def write_template(
    file: IO[bytes], *, places: Iterable[Facility], table: TargetTable | None
) -> None:
    """The template, filled with a version's numbers where there is one."""
    held = {row.place.code: row.values for row in table.rows} if table else {}
    columns = [Column(CODE, 18), Column(PLACE, 28)]
    columns += [
        Column(f"{one.code} ({one.label})", 13, Kind.WHOLE, note=one.note)
        for one in SASARAN.values()
    ]
    rows = [
        [place.code, str(place), *(held.get(place.code, {}).get(code) for code in SASARAN)]
        for place in places
    ]
    write_table(file, title_sheet=SHEET, columns=columns, rows=rows)
