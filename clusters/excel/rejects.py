"""The list of refused rows as a workbook: where, what was found, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from clusters.actions.issues import Issue
from clusters.excel.writing import Column, Kind, write_table
from clusters.models import UploadIssue

COLUMNS = (
    Column(_("Lembar"), 18),
    Column(_("Baris Excel"), 12, Kind.WHOLE),
    Column(_("Kolom"), 24),
    Column(_("Isi"), 24),
    Column(_("Apa yang salah dan cara memperbaiki"), 90),
)


def write_rejects(target: str | Path | IO[bytes], issues: Iterable[Issue | UploadIssue]) -> int:
    """Write the issues that made rows be refused, in the order of the file; their number."""
    refused = sorted((i for i in issues if not i.is_warning), key=lambda i: (i.sheet, i.row))
    return write_table(
        target,
        title_sheet=str(_("Perlu diperbaiki")),
        columns=COLUMNS,
        rows=((i.sheet, i.row, i.column, i.value, i.reason) for i in refused),
    )
