"""What is wrong or odd with a sheet's rows because of how the sheet is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from clusters.excel import columns, refusals
from clusters.excel.between import Between
from clusters.excel.filling import PLACES
from clusters.excel.gathering import Gathering
from clusters.excel.hints import in_words, is_of
from clusters.excel.readers import BROKEN
from clusters.excel.sheetcells import SheetCells
from clusters.excel.totals import odd_totals
from ilp.core import formats
from ilp.core.cells import clean_text
from ilp.core.months import Month


def note_oddities(
    sheet: SheetCells,
    kept: Sequence[int],
    between: Between,
    seen: Sequence[Any],
    whole: Gathering,
) -> None:
    """Note them for the rows that are about somebody."""
    _note_misplaced(sheet, kept, between)
    _note_longer(sheet, kept)
    _note_twofold(sheet, kept)
    _note_broken(sheet, kept, whole.service.code)
    _note_months(sheet, kept, seen, whole)
    for index in between.sections:
        if any(clean_text(sheet.written(name)[index]) for name in PLACES):
            continue  # filled down
        row, at = sheet.body[index], sheet.first + index
        name = next((n for n, c in sheet.layout.columns.items() if clean_text(row[c])), "")
        whole.tell(sheet.layout, at, name, refusals.SECTION, warning=True, of_row=False)
    for index, name, bad in odd_totals(sheet, whole.service, kept, between.totals):
        at = sheet.first + index
        whole.tell(sheet.layout, at, name, bad, warning=True, of_row=False)


def _note_misplaced(sheet: SheetCells, kept: Sequence[int], between: Between) -> None:
    for some in between.misplaced:
        for index in kept:
            if index in some:
                sheet.refused[index].append(("name", refusals.OTHER_COLUMNS))


def _note_longer(sheet: SheetCells, kept: Sequence[int]) -> None:
    """Rows of a csv that have more cells than the titles: one of them was cut in two."""
    header, lengths = sheet.layout.header, sheet.layout.sheet.lengths
    if not lengths:
        return
    titled = max(lengths[header.row_index : header.row_index + header.depth])
    for index in kept:
        if lengths[sheet.first + index] > titled:
            sheet.refused[index].append(("name", refusals.LONGER_THAN_TITLES))


def _note_twofold(sheet: SheetCells, kept: Sequence[int]) -> None:
    """Two columns of the same title, where they do not say the same."""
    for name, others in sheet.layout.header.duplicates.items():
        at = sheet.layout.columns.get(name)
        if at is None or name.startswith("ignored:"):
            continue
        for index in kept:
            row = sheet.body[index]
            said = {text for other in others if (text := clean_text(row[other]))}
            if said - {clean_text(row[at])}:
                sheet.refused[index].append((name, refusals.TWO_COLUMNS))


def _note_broken(sheet: SheetCells, kept: Sequence[int], service: str) -> None:
    """Cells whose formula failed: they are read as empty, and that is said."""
    if not (broken := sheet.layout.sheet.broken):
        return
    first_column = sheet.layout.sheet.first_column
    known = columns.labels(service)
    names = {at + first_column: n for n, at in sheet.layout.columns.items() if n in known}
    rows = {sheet.layout.sheet.row_number(sheet.first + index): index for index in reversed(kept)}
    for number, column in broken:
        if column in names and number in rows:
            sheet.warned[rows[number]].append((names[column], BROKEN))


def _note_months(
    sheet: SheetCells, kept: Sequence[int], seen: Sequence[Any], whole: Gathering
) -> None:
    """Days that lie outside the month that the sheet, its titles or the file name."""
    name = sheet.layout.sheet.name
    hint = next((h for h in whole.hints if h.sheet == name and h.kind == "month"), None)
    if whole.roster is not None:
        _note_other_months(sheet, kept, seen, whole.roster)
        return
    if hint is None or sheet.layout.spots:  # a register of doses has days of many months
        return
    days = [index for index in kept if type(seen[index]) is date]
    other = {day for day in {seen[index] for index in days} if not is_of(day, hint.says)}
    outside = [index for index in days if seen[index] in other]
    if outside and len(outside) == len(days) > 1:
        bad = refusals.other_month(in_words(hint.says), all_rows=True)
        at = sheet.first + outside[0]
        whole.tell(sheet.layout, at, "seen_on", bad, warning=True, of_row=False)
        return
    bad = refusals.other_month(in_words(hint.says), all_rows=False)
    for index in outside:
        sheet.warned[index].append(("seen_on", bad))


def _note_other_months(
    sheet: SheetCells, kept: Sequence[int], seen: Sequence[Any], month: Month
) -> None:
    """Days outside the month of a template with a roster."""
    bad = refusals.not_of_the_template(formats.month(month))
    for index in kept:
        if type(seen[index]) is date and Month.of(seen[index]) != month:
            sheet.warned[index].append(("seen_on", bad))
