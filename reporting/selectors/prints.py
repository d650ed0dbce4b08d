"""A report as it is handed in on paper: letterhead, tables, notes, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from facilities.selectors.letterheads import Head, Signer, head_of, signers
from ilp.core import formats
from ilp.core.weeks import Period, month_of
from ilp.core.windows import Window
from reporting.catalogue.breakdowns import add_up, part_path
from reporting.catalogue.forms_spm import QUARTERS
from reporting.catalogue.language import Form
from reporting.models import Report
from reporting.selectors import reports
from reporting.selectors.grids import (
    Block,
    Cell,
    Column,
    Grid,
    Line,
    apart,
    cells_of,
    columns_of,
    split,
)
from reporting.selectors.reports import Row, Sheet
from reporting.selectors.typed import ABSENT
from reporting.workflow import EDITABLE, Status

ROMAN = ("I", "II", "III", "IV")
# Columns of numbers that fit beside No. and Uraian on A4 at 7.5 points: standing, and lying.
STANDING, LYING = 13, 22
UPRIGHT = 24  # lying, where the headings are read from below


@dataclass(frozen=True)
class Document:
    """What is printed, and what stands in the workbook: the same tables, uncut."""

    form: Form
    title: str
    head: Head
    facts: tuple[tuple[str, str], ...]
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]
    draft: str  # "" once it is approved
    signed_on: date | None  # None: to be written by hand
    signers: tuple[Signer, Signer]
    month: Period

    @cached_property
    def is_lying(self) -> bool:
        return any(len(grid.columns) > STANDING for grid in self.grids)

    @cached_property
    def pieces(self) -> list[Grid]:
        """The tables cut to the width of the paper."""
        if not self.is_lying:
            return list(self.grids)
        return [
            piece
            for grid in self.grids
            for piece in split(grid, UPRIGHT if grid.upright else LYING)
        ]

    @property
    def dated(self) -> str:
        """ "Contoh, 5 Juni 2025"; the day is left open while nobody has signed."""
        day = formats.day(self.signed_on) if self.signed_on else f"…………………… {self.month.year}"
        return f"{self.head.town}, {day}"


def report_document(*, report: Report) -> Document:
    """A report with what was saved in it: what the visits propose is not yet reported.

    It is signed by who was in office when it was last sent; before that, on the last day it covers.
    """
    sheet = reports.sheet(report=report, proposing=False, year={})
    sent = report.sent_at if report.status not in EDITABLE else None
    window = sheet.due.window
    day = timezone.localdate(sent) if sent else window.last
    return Document(
        form=sheet.form,
        title=title_of(sheet.form),
        head=head_of(place=report.facility, on=day),
        facts=(
            (_("Tempat"), str(report.facility)),
            (_("Kode"), report.facility.code),
            (_("Masa laporan"), period_of(sheet.form, report.period, window)),
            (_("Status"), str(report.get_status_display())),
        ),
        grids=grids_of(_entries(sheet)),
        notes=tuple(_notes(sheet)),
        draft="" if report.status == Status.APPROVED else _("DRAF – belum disahkan"),
        signed_on=timezone.localdate(sent) if sent else None,
        signers=signers(place=report.facility, programme=sheet.form.code, on=day),
        month=report.period,
    )


def title_of(form: Form) -> str:
    word = _("Laporan triwulan") if form.rounds == QUARTERS else _("Laporan bulanan")
    return f"{_('Laporan mingguan') if form.weekly else word} {form.label}"


def period_of(form: Form, month: Period, window: Window | None = None) -> str:
    """ "Mei 2025", "minggu 19 (…)"; of a quarterly report "Triwulan II 2025 (April–Juni)".

    Where other days than the month's are covered they are said with it.
    """
    if form.rounds != QUARTERS:
        return formats.covered(month, window or Window.of(month))
    month = month_of(month)
    first = formats.month_name(month.number - 2)
    last = formats.month_name(month.number)
    quarter = ROMAN[month.number // 3 - 1]
    return _("Triwulan %(quarter)s %(year)s (%(first)s–%(last)s)") % {
        "quarter": quarter,
        "year": month.year,
        "first": first,
        "last": last,
    }


@dataclass(frozen=True)
class Entry:
    """A row of a form with its content by part, wherever that comes from."""

    section: str
    number: str
    label: str
    is_computed: bool
    by_part: Mapping[str, Cell]


def grids_of(entries: Iterable[Entry]) -> tuple[Grid, ...]:
    """The tables of a form: sections that are broken down alike stand in one, below each other."""
    found = []
    for parts, group in groupby(entries, key=lambda entry: tuple(entry.by_part)):
        columns = columns_for(parts)
        rows = [(entry.section, _line(entry, columns)) for entry in group]
        blocks = tuple(
            Block(label, tuple(line for _label, line in members))
            for label, members in groupby(rows, key=lambda row: row[0])
        )
        found.append(Grid("", _("Uraian"), columns, blocks))
    return tuple(found)


def columns_for(parts: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns on paper of rows that are broken down into these parts."""
    paths = {part: part_path(part) for part in parts}
    return columns_of(paths, _("Jumlah"), _("Jml")) if add_up(parts) else apart(paths)


def _line(entry: Entry, columns: Sequence[Column]) -> Line:
    kind = "sum" if entry.is_computed else ""
    return Line(entry.number, entry.label, cells_of(columns, entry.by_part), kind)


def entries_of(sheet: Sheet, content: Mapping[tuple[str, str], Cell]) -> list[Entry]:
    """The rows of a sheet with other content in them."""
    return [
        replace(
            entry,
            by_part={part: content.get((row.element, part), Cell()) for part in entry.by_part},
        )
        for entry, row in zip(_entries(sheet), sheet.rows, strict=True)
    ]


def _entries(sheet: Sheet) -> list[Entry]:
    return [
        Entry(section.label, row.number, row.label, row.is_computed, _by_part(row))
        for section in sheet.sections
        for row in section.rows
    ]


def _by_part(row: Row) -> dict[str, Cell]:
    return {box.part: cell_of(box) for box in row.boxes}


def cell_of(box: reports.Box) -> Cell:
    """A number, TA, or a text that nobody has put right yet; nothing where nothing was said."""
    if box.entry.absent:
        return Cell(text=ABSENT)
    return Cell(text=box.entry.text) if box.entry.text else Cell(box.value)


def _notes(sheet: Sheet) -> Iterable[str]:
    """What a reader needs to tell the cells apart that hold no number."""
    if sheet.blanks:
        yield _("Kotak kosong: belum diisi (%(count)s). Nihil ditulis 0.") % {"count": sheet.blanks}
    absent = [row for row in sheet.rows if row.absent]
    if absent:
        told = "; ".join(f"{row.number} {row.absent}" for row in absent)
        yield _("TA: tidak ada layanan. Alasan menurut nomor: %(reasons)s.") % {"reasons": told}
    if sheet.unread:
        yield _("%(count)s isian belum terbaca sebagai angka.") % {"count": sheet.unread}
    yield _("Bentuk: %(source)s.") % {"source": sheet.form.source}
