"""The first sheet of a file that is given back: how many rows are in, what to do, what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusters.excel import ours
from clusters.excel.marking.marks import AnyIssue
from clusters.models import Upload

WIDTHS = (26, 18, 26, 100, 13, 60)
MOST_GROUPS = 500
MOST_NUMBERS = 200  # of rows that are listed of one group


@dataclass(frozen=True)
class Line:
    """One row of the summary; text and whole numbers, never a formula."""

    cells: tuple[str | int, ...] = ()
    bold: bool = False


def summary(upload: Upload, issues: Iterable[AnyIssue]) -> list[Line]:
    """The lines of the sheet; the first says by which the sheet is known again."""
    return [
        Line((ours.HEADING,), bold=True),
        Line((_("Berkas"), upload.file_name)),
        Line((_("Layanan"), upload.label)),
        Line((_("Faskes"), str(upload.facility))),
        Line(),
        *_counts(upload),
        Line(),
        Line((_("Yang harus dilakukan"),), bold=True),
        *(Line((f"{number}. {text}",)) for number, text in enumerate(_steps(), start=1)),
        Line(),
        *_groups(issues),
    ]


def _counts(upload: Upload) -> list[Line]:
    is_in = upload.status == Upload.Status.DONE
    good = upload.new + upload.changed + upload.same
    return [
        Line((_("Baris dibaca"), upload.read)),
        Line((_("Sudah diterima") if is_in else _("Benar, belum diterima"), good)),
        Line((_("Di antaranya dengan peringatan"), upload.warned)),
        Line((_("Perlu diperbaiki"), upload.rejected), bold=True),
    ]


def _steps() -> list[str]:
    titled = {"title": ours.FAULTS, "sheet": ours.SUMMARY}
    return [
        _("Buka lembar data. Saringan menampilkan hanya baris yang perlu diperbaiki."),
        _("Perbaiki sel merah menurut kolom “%(title)s”. Sel kuning cukup diperiksa.") % titled,
        _("Simpan, lalu unggah berkas ini lagi. Baris yang sudah masuk tidak dihitung dua kali."),
        _("Lembar %(sheet)s, kolom itu, warna, dan komentar tidak dibaca; biarkan saja.") % titled,
    ]


def _groups(issues: Iterable[AnyIssue]) -> list[Line]:
    """What is wrong, by remedy, the most frequent first; then what is odd."""
    rows: dict[tuple[bool, str, str, str], set[int]] = defaultdict(set)
    for one in issues:
        rows[one.is_warning, one.sheet, one.column, one.reason].add(one.row)
    first = sorted(rows.items(), key=lambda item: (item[0][0], -len(item[1]), min(item[1])))
    titles = (_("Jenis"), _("Lembar"), _("Kolom"), _("Apa yang salah dan cara memperbaiki"))
    lines = [Line((*titles, _("Jumlah baris"), _("Nomor baris")), bold=True)]
    for (is_warning, sheet, column, reason), numbers in first[:MOST_GROUPS]:
        kind = _("Peringatan") if is_warning else _("Perlu diperbaiki")
        lines.append(Line((kind, sheet, column, reason, len(numbers), _listed(numbers))))
    return lines


def _listed(numbers: set[int]) -> str:
    shown = sorted(numbers)
    text = ", ".join(map(str, shown[:MOST_NUMBERS]))
    more = len(shown) - MOST_NUMBERS
    return text if more <= 0 else _("%(rows)s, dan %(more)s lainnya") % {"rows": text, "more": more}
