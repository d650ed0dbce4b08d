"""A form as a workbook: what goes out to be changed, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from clusters.excel.reading import Sheet, read_sheets
from clusters.excel.writing import Column, Table, write_tables
from ilp.core.cells import Cell, CellError, clean_text, fold, read_integer
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian
from reporting.catalogue import ROWS
from reporting.catalogue.definitions import (
    BREAKDOWNS,
    HEAD_SHEET,
    KINDS,
    ROW_SHEET,
    RULE_SHEET,
    STRENGTHS,
    Fault,
    FormSaid,
    RowSaid,
    RuleSaid,
)
from reporting.catalogue.form_language import COMPARISONS, Blank, Form
from reporting.catalogue.language import Breakdown, Kind

MAX_BYTES = 2 * 2**20
MAX_LINES = 2_000
WEEKLY = "mingguan"
HEAD_LINES = (
    ("code", "Kode", "2–16 huruf besar, angka, atau tanda -"),
    ("label", "Nama", ""),
    ("kinds", "Pengisi", "puskesmas, pustu, posyandu"),
    ("rounds", "Bulan pengisian", "kosong: setiap bulan; triwulan: 3, 6, 9, 12; atau: mingguan"),
    (
        "due_day",
        "Batas kirim",
        "tanggal 1–28 di bulan berikutnya; mingguan: hari sesudah minggunya",
    ),
    ("source", "Dasar", "nomor surat keputusan"),
)
ROW_COLUMNS = (
    Column("Bagian", 28),
    Column("Nomor", 8),
    Column("Kode", 20, note=_("Huruf kecil. Kode yang sudah ada memakai hitungan yang sudah ada.")),
    Column("Uraian", 50),
    Column("Jenis", 12, choices=tuple(Kind), note=_("Kosong: kejadian.")),
    Column("Rincian", 14, choices=BREAKDOWNS[1:], note=_("Kosong: satu angka.")),
    Column("Dihitung dari", 30, note=_("Contoh: kunj_baru + kunj_lama. Kosong: diisi orang.")),
    Column("Paling banyak", 10, note=_("1 untuk ya atau tidak. Kosong: tanpa batas.")),
)
RULE_COLUMNS = (
    Column("Kiri", 30),
    Column("Pembanding", 12, choices=tuple(COMPARISONS)),
    Column("Kanan", 30),
    Column("Kekuatan", 12, choices=STRENGTHS),
    Column("Bila kosong", 12, choices=tuple(Blank)),
    Column("Pesan", 60),
)
INSTRUCTIONS = (
    _("Formulir sebagai buku kerja"),
    _("Lembar Formulir: kode, nama, siapa yang mengisi, bulan apa, dan batas kirimnya."),
    _("Lembar Baris: satu baris untuk setiap isian, urut seperti di formulir."),
    _("Lembar Aturan: perbandingan antarbaris; galat menahan pengiriman, peringatan bertanya."),
    _("Bila kosong: lewati = aturan dilewati bila ada isian kosong; kosong = dilewati bila satu "
      "sisi kosong semua; nol = kosong dihitung 0."),
    _("Ubah, simpan, lalu unggah di halaman Formulir. Tidak ada yang berlaku sebelum disetujui."),
)  # fmt: skip
SPELLINGS = {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!=", "==": "=", "sama dengan": "="}


class NotADefinition(DomainError):
    code = "not-a-definition"
    text = _(
        "Lembar “%(sheet)s” dengan judul kolomnya tidak ditemukan. Unduh contoh definisi di "
        "halaman ini, ubah isinya, dan jangan mengganti nama lembar dan judul kolom."
    )


@dataclass(frozen=True)
class Read:
    """A definition, and what could not be read of it."""

    said: FormSaid
    faults: tuple[Fault, ...]


def write_definition(buffer: IO[bytes], said: FormSaid) -> None:
    """The workbook of a form, to be changed and sent back."""
    told = {name: _in_words(getattr(said, name)) for name, _title, _hint in HEAD_LINES}
    if said.weekly:
        told["rounds"] = WEEKLY
    head = [[title, told[name], hint] for name, title, hint in HEAD_LINES]
    rows = [
        [r.section, r.number, r.code, r.label, r.kind, r.breakdown, r.computed, r.most]
        for r in said.rows
    ]
    rules = [[r.left, r.operator, r.right, r.strength, r.blank, r.message] for r in said.rules]
    tables = [
        Table(HEAD_SHEET, (Column("Hal", 18), Column("Isi", 50), Column("Contoh", 44)), head),
        Table(ROW_SHEET, ROW_COLUMNS, rows),
        Table(RULE_SHEET, RULE_COLUMNS, rules),
    ]
    write_tables(buffer, tables, instructions=INSTRUCTIONS)


def _in_words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


@in_indonesian
def of_form(form: Form) -> FormSaid:
    """A form as it would be said in a workbook."""
    rows = tuple(
        RowSaid(
            str(section.label),
            item.number,
            item.element,
            str(item.label),
            *_nature(item.element),
            item.computed,
            item.most,
        )
        for section in form.sections
        for item in section.items
    )
    rules = tuple(
        RuleSaid(c.left, c.operator, c.right, str(c.message), STRENGTHS[c.warning], c.blank)
        for c in form.checks
    )
    last = form.due[-1]
    return FormSaid(
        form.code,
        str(form.label),
        form.kinds,
        last.days_after if last.day is None else last.day,
        form.source,
        form.rounds,
        form.weekly,
        rows,
        rules,
    )


def _nature(element: str) -> tuple[str, str]:
    """Kind and breakdown; of a row that is only shown, those of a plain number."""
    held = ROWS.get(element)
    return (held.kind, held.breakdown) if held else (Kind.FLOW, Breakdown.NONE)


def read_definition(data: bytes) -> Read:
    """What a workbook says; DomainError for one that is no definition as a whole."""
    sheets = {fold(s.name): s for s in read_sheets(data, max_bytes=MAX_BYTES, max_rows=MAX_LINES)}
    faults: list[Fault] = []
    head = _read_head(_sheet(sheets, HEAD_SHEET), faults)
    rows = [
        _row(line, cells, faults)
        for line, cells in _lines(_sheet(sheets, ROW_SHEET), ROW_SHEET, ROW_COLUMNS)
    ]
    rules = [
        _rule(line, cells)
        for line, cells in _lines(_sheet(sheets, RULE_SHEET), RULE_SHEET, RULE_COLUMNS)
    ]
    return Read(FormSaid(**head, rows=tuple(rows), rules=tuple(rules)), tuple(faults))


def _sheet(sheets: Mapping[str, Sheet], name: str) -> Sheet:
    try:
        return sheets[fold(name)]
    except KeyError:
        raise NotADefinition(sheet=name) from None


def _lines(sheet: Sheet, name: str, columns: Sequence[Column]) -> Iterable[tuple[int, list[Cell]]]:
    """The lines below the titles that hold something, each in the order of `columns`."""
    wanted = [fold(str(column.label)) for column in columns]
    titled = [[fold(cell) for cell in row] for row in sheet.rows]
    top = next((i for i, titles in enumerate(titled) if set(wanted) <= set(titles)), None)
    if top is None:
        raise NotADefinition(sheet=name)
    at = [titled[top].index(title) for title in wanted]
    for index, row in enumerate(sheet.rows[top + 1 :], start=top + 1):
        cells = [row[i] for i in at]
        if any(clean_text(cell) for cell in cells):
            yield sheet.row_number(index), cells


def _read_head(sheet: Sheet, faults: list[Fault]) -> dict[str, Any]:
    told = {fold(row[0]): row[1] for row in sheet.rows if len(row) > 1}
    cells = {name: told.get(fold(title), "") for name, title, _hint in HEAD_LINES}

    weekly = fold(cells["rounds"]) == WEEKLY
    return {
        "code": clean_text(cells["code"]).upper(),
        "label": clean_text(cells["label"]),
        "kinds": tuple(_listed(cells["kinds"], str.lower)),
        "rounds": () if weekly else tuple(sorted(_months(cells["rounds"], faults))),
        "weekly": weekly,
        "due_day": _number(cells["due_day"], HEAD_SHEET, 0, "Batas kirim", faults) or 0,
        "source": clean_text(cells["source"]),
    }


def _listed(cell: Cell, tidy: Callable[[str], str]) -> list[str]:
    parts = clean_text(cell).replace(";", ",").split(",")
    return [tidy(part.strip()) for part in parts if part.strip()]


def _months(cell: Cell, faults: list[Fault]) -> list[int]:
    listed = _listed(cell, str.strip)
    if all(part.isascii() and part.isdigit() for part in listed):
        return [int(part) for part in listed]
    faults.append(
        Fault(HEAD_SHEET, 0, _("Bulan pengisian: tulis angka 1–12, pisahkan dengan koma."))
    )
    return []


def _number(cell: Cell, sheet: str, line: int, title: str, faults: list[Fault]) -> int | None:
    try:
        return read_integer(cell, count=False)
    except CellError as error:
        faults.append(Fault(sheet, line, f"{title}: {error.sentence}"))
        return None


def _row(line: int, cells: list[Cell], faults: list[Fault]) -> RowSaid:
    section, number, code, label, kind, breakdown, computed, most = cells
    return RowSaid(
        section=clean_text(section),
        number=clean_text(number),
        code=clean_text(code).lower(),
        label=clean_text(label),
        kind=clean_text(kind).lower() or Kind.FLOW,
        breakdown=clean_text(breakdown).replace("×", "x"),
        computed=clean_text(computed).lstrip("=").strip().lower(),
        most=_number(most, ROW_SHEET, line, "Paling banyak", faults),
        line=line,
    )


def _rule(line: int, cells: list[Cell]) -> RuleSaid:
    left, operator, right, strength, blank, message = map(clean_text, cells)
    return RuleSaid(
        left=left.lower(),
        operator=SPELLINGS.get(operator.lower(), operator),
        right=right.lower(),
        message=message,
        strength=strength.lower() or STRENGTHS[0],
        blank=blank.lower() or Blank.ANY,
        line=line,
    )


EXAMPLE = FormSaid(
    code="UJI-1",
    label="Pemeriksaan di lapangan",
    kinds=KINDS[:1],
    due_day=5,
    source="Contoh",
    rows=(
        RowSaid("Pemeriksaan", "1", "uji_darah", "Pemeriksaan darah"),
        RowSaid("Pemeriksaan", "2", "uji_urine", "Pemeriksaan urine"),
        RowSaid("Pemeriksaan", "3", "uji_semua", "Semua", computed="uji_darah + uji_urine"),
        RowSaid("Pemeriksaan", "4", "uji_rujuk", "Di antaranya dirujuk"),
    ),
    rules=(RuleSaid("uji_rujuk", "<=", "uji_semua", "Dirujuk melebihi semua pemeriksaan."),),
)
