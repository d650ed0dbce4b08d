"""What we wrote into somebody's file ourselves, known again when the file comes back.

The words are no interface: a file written today is read in years, so they are never translated.
"""

from __future__ import annotations

from collections.abc import Sequence

from clusters.excel.reading import Sheet
from ilp.core.cells import Cell, clean_text, fold

FAULTS = "KESALAHAN – MOHON PERBAIKI"  # the title of the column of reasons
FAULTS_KEY = fold(FAULTS)
REPAIR = "PERBAIKI"  # what the reason of a refused row begins with; the filter asks for it
LOOK = "PERIKSA"
ACCEPTED = "SUDAH DITERIMA"
SUMMARY = "Ringkasan"
HEADING = "RINGKASAN PERBAIKAN UNGGAHAN"  # by which the sheet is known, whatever its name
ROSTER = "roster"  # in the hidden meta: the month whose expected persons the rows name
AUTHOR = "Pemeriksaan ILP"  # of the comments


def is_summary(sheet: Sheet) -> bool:
    """Whether a sheet is the summary that we put into a file."""
    return clean_text(sheet.rows[0][0]) == HEADING if sheet.rows and sheet.rows[0] else False


def reasons_at(titles: Sequence[Cell]) -> int | None:
    """Which of these titles is that of our column of reasons."""
    found = (at for at, cell in enumerate(titles) if cell and fold(cell) == FAULTS_KEY)
    return next(found, None)


def forget_reasons(sheet: Sheet, titles: int, first: int) -> None:
    """Empty our column below the header: a row of which nothing else is left is a blank row."""
    if (column := reasons_at(sheet.rows[titles])) is not None:
        for row in sheet.rows[first:]:
            row[column] = ""
