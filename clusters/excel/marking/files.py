"""What a person gets back of an upload: the own file with marks, or only its refused rows."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusters.actions.uploads import MOST_ISSUES
from clusters.excel import layout, ours
from clusters.excel.imports import content, sheets_in
from clusters.excel.inspection import Format, inspect
from clusters.excel.layout import Layout
from clusters.excel.marking.faulty import write_faulty
from clusters.excel.marking.marks import AnyIssue, SheetMarks, marks_of
from clusters.excel.marking.package import Unfamiliar
from clusters.excel.marking.rebuilt import rebuild
from clusters.excel.marking.summary import Line, summary
from clusters.excel.marking.workbook import mark_workbook
from clusters.excel.reading import Sheet
from clusters.excel.told import told_of
from clusters.excel.unserved import Unserved
from clusters.models import Upload
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian

log = logging.getLogger(__name__)
ENDING = "perlu diperbaiki"
ONLY = "hanya baris bermasalah"
UNSAFE = re.compile(r"[^\w .()-]+")
LONGEST_NAME = 100
# What a file built in another way than we know can lead to; then it is written anew.
UNUSUAL = (
    Unfamiliar,
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
)


class OriginalGone(DomainError):
    code = "original-gone"
    text = _(
        "Berkas asli unggahan ini tidak ada lagi di server, jadi tidak dapat ditandai. Perbaiki "
        "berkas Anda sendiri menurut daftar di halaman ini, lalu unggah lagi."
    )


class NothingToRepair(DomainError):
    code = "nothing-to-repair"
    text = _("Tidak ada baris yang perlu diperbaiki pada unggahan ini.")


@dataclass(frozen=True)
class GivenBack:
    """A file to download; its name is safe and ends as its content asks."""

    content: BytesIO
    name: str


@dataclass(frozen=True)
class _Read:
    """An upload's file, read again, with what is to be said in it."""

    data: bytes
    sheets: list[Sheet]
    found: list[tuple[Layout, SheetMarks]]

    @property
    def marks(self) -> list[SheetMarks]:
        return [marks for _layout, marks in self.found]


@in_indonesian
def annotated(upload: Upload) -> GivenBack:
    """The file that was sent, with the reasons at its cells, in a column and in a summary.

    Rows are said to be in only once they are. Raises DomainError when there is no such file.
    """
    issues = list(upload.issues.order_by("sheet", "row", "pk"))
    read = _read(upload, issues)
    target, suffix = marked(read.data, read.sheets, read.marks, summary(upload, issues))
    return GivenBack(target, f"{_stem(upload)} - {ENDING}.{suffix}")


@in_indonesian
def only_faulty(upload: Upload) -> GivenBack:
    """A new workbook of the refused rows, which can be sent by itself."""
    read = _read(upload, list(upload.issues.order_by("sheet", "row", "pk")))
    if not any(marks.faulty for marks in read.marks):
        raise NothingToRepair
    target = BytesIO()
    write_faulty(target, upload.service, read.found)
    return GivenBack(target, f"{_stem(upload)} - {ONLY}.xlsx")


def _read(upload: Upload, issues: Sequence[AnyIssue]) -> _Read:
    try:
        data = content(upload)
    except OSError:
        raise OriginalGone from None
    sheets = sheets_in(data)
    told = told_of(upload)
    accepted = upload.status == Upload.Status.DONE and _all_told(upload, issues)
    by_sheet: dict[str, list[AnyIssue]] = {}
    for issue in issues:
        by_sheet.setdefault(issue.sheet, []).append(issue)
    plan = layout.plan(sheets, upload.service, told)
    found = []
    for one in plan.layouts:
        unserved = Unserved(one, plan.service) if plan.roster else None
        said = by_sheet.get(one.sheet.name, ())
        found.append((one, marks_of(one, said, told.edits, unserved, accepted=accepted)))
    return _Read(data, sheets, found)


def _all_told(upload: Upload, issues: Sequence[AnyIssue]) -> bool:
    """Whether every refused row is among the issues; of a file with too many some are not kept,
    and then no other row can be called accepted."""
    if upload.headers.get("spread"):  # several visits may be refused in a row
        return len(issues) < MOST_ISSUES
    return len({(i.sheet, i.row) for i in issues if not i.is_warning}) == upload.rejected


def marked(
    data: bytes, sheets: Sequence[Sheet], marks: Sequence[SheetMarks], lines: Sequence[Line]
) -> tuple[BytesIO, str]:
    """A file with marks, and its ending: changed where we can, else written anew.

    `sheets` are all that it holds; those of which there are marks are written as these have them.
    """
    if inspect(data, settings.UPLOAD_MAX_ROWS) is Format.XLSX:
        old = next((sheet.name for sheet in sheets if ours.is_summary(sheet)), "")
        target = BytesIO()
        try:
            return target, mark_workbook(data, target, marks, lines, old)
        except UNUSUAL as error:
            log.info("a file is written anew, as it is %s", type(error).__name__)
    edited = {one.sheet.name: one.sheet for one in marks}
    kept = [edited.get(sheet.name, sheet) for sheet in sheets if not ours.is_summary(sheet)]
    target = BytesIO()
    rebuild(target, kept, marks, lines)
    return target, "xlsx"


def _stem(upload: Upload) -> str:
    stem = " ".join(UNSAFE.sub(" ", Path(upload.file_name).stem).split())
    for ending in (ENDING, ONLY):
        stem = stem.removesuffix(f" - {ending}")
    return stem[:LONGEST_NAME].strip(" .") or "unggahan"
