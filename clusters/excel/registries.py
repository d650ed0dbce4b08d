"""The registries of places and accounts as workbooks: written as templates are, read as uploads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel.headers import is_numbering_row, is_signature_row, is_total_row
from clusters.excel.reading import Sheet, read_sheets
from clusters.excel.writing import Column, Kind, write_table
from facilities.excel import PlaceResource, StaffResource, StockResource, UserResource
from facilities.excel.registry import Registry
from facilities.models import Facility, Worker
from facilities.roles import Permission, Role
from ilp.core.cells import Cell, clean_text, fold
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian
from ilp.core.models import User

MOST_ROWS = 20_000  # twice the equipment of a district of 1,900 Posyandu; read in some seconds
LOOK_AT = 10  # rows among which the titles stand
# MOST_ROWS and MOST_CHANGES in words.
LIMITS = _(
    "Sekali unggah paling banyak 20.000 baris, 200 di antaranya berubah. Baris yang tidak diubah "
    "boleh dihapus dari berkas."
)


class NotThisRegistry(DomainError):
    code = "not-this-registry"
    text = _(
        "Baris judul kolom tidak ditemukan. Kolom yang harus ada: %(columns)s. Unduh daftarnya "
        "dahulu, ubah di sana, lalu unggah lagi."
    )


class SeveralSheets(DomainError):
    code = "several-registry-sheets"
    text = _(
        "Beberapa lembar berisi daftar ini: %(names)s. Satukan barisnya di satu lembar, atau "
        "sembunyikan yang lain, lalu unggah lagi."
    )


class NoRows(DomainError):
    code = "no-rows"
    text = _("Berkas ini tidak berisi satu baris pun di bawah judulnya. Isi dahulu, lalu unggah.")


@dataclass(frozen=True)
class Table:
    """The rows of a registry as they were sent, all as text, with Excel's number of each."""

    rows: list[list[str]]
    numbers: list[int]


@dataclass(frozen=True)
class Book:
    """One registry as a workbook: who may have it, its columns, and what to say of them."""

    slug: str
    title: Text
    permission: Permission
    resource: type[Registry]
    back: str
    columns: tuple[Column, ...]
    instructions: tuple[Text, ...]

    @property
    def headers(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    @in_indonesian
    def write(self, target: IO[bytes], user: User) -> int:
        """Write what the user may change; the number of rows."""
        table = self.resource().export(self.resource.listed(user, self.permission))
        dates = [column.kind is Kind.DATE for column in self.columns]
        return write_table(
            target,
            title_sheet="Data",
            columns=self.columns,
            rows=([_day(c) if d else c for c, d in zip(row, dates, strict=True)] for row in table),
            instructions=self.instructions,
        )

    def read(self, content: bytes) -> Table:
        """The rows of a file, within the limits of an upload. Raises DomainError."""
        sheets = read_sheets(content, max_bytes=settings.UPLOAD_MAX_BYTES, max_rows=MOST_ROWS)
        shown = [sheet for sheet in sheets if not sheet.hidden]
        found = [(sheet, at) for sheet in shown if (at := self._titles(sheet)) is not None]
        if not found:
            raise NotThisRegistry(columns=", ".join(self.headers))
        if len(found) > 1:
            raise SeveralSheets(names=", ".join(sheet.name for sheet, _at in found))
        sheet, at = found[0]
        return self._below(sheet, *at)

    def _titles(self, sheet: Sheet) -> tuple[int, list[int]] | None:
        """The row of titles, and where each of our columns stands in it."""
        wanted = [fold(header) for header in self.headers]
        for number, row in enumerate(sheet.rows[:LOOK_AT]):
            said = [fold(cell) for cell in row]
            if all(said.count(title) == 1 for title in wanted):
                return number, [said.index(title) for title in wanted]
        return None

    def _below(self, sheet: Sheet, titles: int, places: Sequence[int]) -> Table:
        table = Table([], [])
        for number in range(titles + 1, len(sheet.rows)):
            cells = sheet.rows[number]
            row = [_text(cells[at]) for at in places]
            if any(row) and not (cells == sheet.rows[titles] or _is_of_nothing(cells, row[0])):
                table.rows.append(row)
                table.numbers.append(sheet.row_number(number))
        if not table.rows:
            raise NoRows
        return table


def _is_of_nothing(row: Sequence[Cell], key: str) -> bool:
    """Whether a row counts the columns, sums the others or is signed: "kepala.dinas" is a name."""
    is_signed = is_signature_row(row) and (not key or fold(key).startswith("mengetahui"))
    return is_numbering_row(row) or is_total_row(row) or is_signed


def _day(cell: str) -> date | str:
    return date.fromisoformat(cell) if cell else ""


def _text(cell: object) -> str:
    return cell.isoformat()[:10] if isinstance(cell, date) else clean_text(cell)  # type: ignore[arg-type]


BOOKS = {
    "tempat": Book(
        slug="tempat",
        title=_("Daftar tempat"),
        permission=Permission.MANAGE_PLACES,
        resource=PlaceResource,
        back="facilities:facility-list",
        columns=(
            Column("kode", 24, note=_("Kode yang sudah ada tidak dapat diganti.")),
            Column("nama", 32),
            Column("jenis", 14, choices=tuple(Facility.Kind.values)),
            Column("buka", 12, Kind.DATE, note=_("hari/bulan/tahun, contoh 01/01/2025")),
            Column("induk_jaringan", 24, note=_("Kode induk dalam jaringan pelayanan.")),
            Column("induk_wilayah", 24, note=_("Kode desa atau Puskesmas wilayahnya.")),
            Column("kecamatan", 16, note=_("Kode kecamatan.")),
        ),
        instructions=(
            _("Daftar tempat"),
            _("Satu baris untuk satu tempat. Jangan ubah judul kolom dan kode."),
            _("Kode baru membuka tempat baru; kode yang sudah ada hanya dapat diganti namanya."),
            _("Pindah, tutup, gabung, dan pecah dilakukan di halaman Kelola."),
            _("Baris yang dihapus dari berkas tidak menutup tempatnya."),
        ),
    ),
    "pengguna": Book(
        slug="pengguna",
        title=_("Daftar pengguna"),
        permission=Permission.MANAGE_USERS,
        resource=UserResource,
        back="facilities:user-list",
        columns=(
            Column("nama_pengguna", 24, note=_("Tidak dapat diganti.")),
            Column("nama", 32),
            Column("hp", 18),
            Column("peran", 20, choices=tuple(Role.values)),
            Column("kode_tempat", 26, note=_("Kode tempat tugas.")),
        ),
        instructions=(
            _("Daftar pengguna"),
            _("Satu baris untuk satu akun. Jangan ubah judul kolom dan nama pengguna."),
            _("Nama pengguna baru membuat akun; kata sandinya tampil sekali sesudah disimpan."),
            _("Beberapa peran dipisah koma, begitu juga kode tempatnya, dalam urutan yang sama."),
            _("Peran yang ditambah diberikan mulai hari ini. Peran diakhiri di halaman Pengguna."),
            _("Baris yang dihapus dari berkas tidak menutup akunnya."),
        ),
    ),
    "tenaga": Book(
        slug="tenaga",
        title=_("Daftar tenaga"),
        permission=Permission.KEEP_REGISTERS,
        resource=StaffResource,
        back="reporting:needs",
        columns=(
            Column("kode", 24, note=_("Kode tempat. Jangan diubah.")),
            Column("nama", 28),
            Column("jenis", 12),
            *(Column(one.value, 9, Kind.WHOLE, note=one.label) for one in Worker),
            *(
                Column(level, 9, Kind.WHOLE, note=_("Kader dengan tingkat ini sebagai tertinggi."))
                for level in ("kader_purwa", "kader_madya", "kader_utama")
            ),
        ),
        instructions=(
            _("Daftar tenaga"),
            _("Satu baris untuk satu tempat, satu kolom untuk satu jenis tenaga."),
            _("Kotak kosong membiarkan yang tercatat; tidak ada ditulis 0."),
            _("Yang diubah berlaku mulai hari berkas disimpan; riwayatnya tetap ada."),
            _("Tiap kader dihitung sekali, pada tingkat tertingginya."),
            LIMITS,
        ),
    ),
    "sarana": Book(
        slug="sarana",
        title=_("Daftar sarana dan alat"),
        permission=Permission.KEEP_REGISTERS,
        resource=StockResource,
        back="facilities:assessments",
        columns=(
            Column("kode", 40, note=_("Kode tempat dan barang. Jangan diubah.")),
            Column("tempat", 28),
            Column("barang", 28),
            Column("standar", 9, Kind.WHOLE),
            *(
                Column(column, 9, Kind.WHOLE)
                for column in ("ada", "baik", "rusak_ringan", "rusak_berat")
            ),
            Column("catatan", 40),
        ),
        instructions=(
            _("Daftar sarana dan alat"),
            _("Satu baris untuk satu barang di satu tempat, penilaian tahun ini."),
            _("Kotak kosong membiarkan yang tercatat; tidak ada ditulis 0."),
            _("Baik + rusak ringan + rusak berat harus sama dengan ada sebelum dikirim."),
            _("Yang sudah dikirim atau diverifikasi tidak ada di berkas ini."),
            _("Penilaian dikirim di halaman Penilaian mandiri."),
            LIMITS,
        ),
    ),
}
