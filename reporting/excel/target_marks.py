"""A table of sasaran given back with what is wrong in it marked at its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from clusters.excel import ours
from clusters.excel.marking.files import marked
from clusters.excel.marking.marks import Mark, SheetMarks
from clusters.excel.marking.summary import Line
from ilp.core.languages import in_indonesian
from reporting.excel.target_tables import Refusal, Table
from reporting.excel.targets import Reading

MOST_LINES = 1_000


@in_indonesian
def annotated(data: bytes, reading: Reading, file_name: str) -> tuple[BytesIO, str]:
    """The file that was read, with the reasons at its cells, in a column and in a summary; and the
    ending that its name must have."""
    marks = [_marks(table, reading.odd) for table in reading.tables]
    return marked(data, list(reading.sheets), marks, _lines(reading, file_name))


def _marks(table: Table, odd: Sequence[Refusal]) -> SheetMarks:
    sheet, header = table.sheet, table.header
    mine = [one for one in odd if one.sheet == sheet.name]
    said = [(one, True) for one in mine] + [(one, False) for one in table.refusals]
    cells: dict[int, dict[int, Mark]] = defaultdict(dict)
    for one, is_warning in said:
        if one.at is not None:
            cells[one.row][one.at] = Mark(one.message, is_warning)
    faulty = frozenset(one.row for one in table.refusals)
    reasons: dict[int, list[str]] = defaultdict(list)
    for one, _is_warning in reversed(said):
        reasons[one.row].append(f"{one.column}: {one.message}" if one.column else one.message)
    titles = header.row_index + header.depth - 1
    free = ours.reasons_at(sheet.rows[titles])
    title_row = sheet.row_number(titles)
    return SheetMarks(
        sheet=sheet,
        title_row=title_row,
        last_row=max([title_row, *reasons, *map(sheet.row_number, table.read_rows)]),
        first_column=sheet.first_column + 1,
        reason_column=sheet.first_column + 1 + (len(sheet.rows[0]) if free is None else free),
        cells=dict(cells),
        edits={},
        reasons={
            row: f"{ours.REPAIR if row in faulty else ours.LOOK} – {' '.join(texts)}"
            for row, texts in reasons.items()
        },
        faulty=faulty,
    )


def _lines(reading: Reading, file_name: str) -> list[Line]:
    """The summary; the first line says by which the sheet is known again."""
    titled = {"title": ours.FAULTS, "sheet": ours.SUMMARY}
    steps = (
        _("Buka lembar data. Saringan menampilkan hanya baris yang perlu diperbaiki."),
        _("Perbaiki sel merah menurut kolom “%(title)s”. Sel kuning cukup diperiksa.") % titled,
        _("Simpan, lalu unggah berkas ini lagi di halaman Sasaran. Belum ada yang disimpan."),
        _("Lembar %(sheet)s, kolom itu, warna, dan komentar tidak dibaca; biarkan saja.") % titled,
    )
    titles = (_("Jenis"), _("Lembar"), _("Kolom"), _("Apa yang salah dan cara memperbaiki"))
    found = [(one, _("Perlu diperbaiki")) for one in reading.refusals]
    found += [(one, _("Peringatan")) for one in reading.odd]
    return [
        Line((ours.HEADING,), bold=True),
        Line((_("Berkas"), file_name)),
        Line((_("Isi"), _("Sasaran"))),
        Line((_("Perlu diperbaiki"), len(reading.refusals)), bold=True),
        Line(),
        Line((_("Yang harus dilakukan"),), bold=True),
        *(Line((f"{number}. {text}",)) for number, text in enumerate(steps, start=1)),
        Line(),
        Line((*titles, _("Baris")), bold=True),
        *(
            Line((kind, one.sheet, one.column, one.message, one.row))
            for one, kind in found[:MOST_LINES]
        ),
    ]
