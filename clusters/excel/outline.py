"""What a file looks like, for a person to say which column holds what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clusters.excel import columns, ours
from clusters.excel.headers import LOOK_AT, Header
from clusters.excel.layout import Layout, header_of, lay_out
from clusters.excel.reading import Sheet
from clusters.excel.told import Told
from clusters.services import SERVICES, Kind
from ilp.core.cells import Cell, clean_text, looks_us

SAMPLES = 3
SAMPLED = 200  # rows in which samples are looked for
LONGEST = 24
MANY_DIGITS = 9  # a NIK or a telephone number
WIDEST = 120  # columns to choose for; a table of people is never that wide


@dataclass(frozen=True)
class ColumnOutline:
    """A column as the file has it; `name` is what it is taken for, "" for nothing."""

    position: int  # in the sheet as Excel shows it, from 0
    title: str
    samples: tuple[str, ...]
    name: str
    certainty: str  # sure, maybe, ignored, unknown
    month_first: bool | None  # None where the order of dates is not in question


@dataclass(frozen=True)
class TitleRow:
    """A row in which the titles may stand."""

    number: int
    text: str


@dataclass(frozen=True)
class TableOutline:
    """Sheets that look alike, with their columns; `header_row` is Excel's number."""

    sheets: tuple[str, ...]
    hidden: bool
    header_row: int
    title_rows: tuple[TitleRow, ...]
    rows: int
    columns: tuple[ColumnOutline, ...]


def outline(sheets: Sequence[Sheet], service: str, told: Told) -> list[TableOutline]:
    """Every sheet that could hold visits, those with the same titles and orders of dates in one."""
    found: dict[object, TableOutline] = {}
    for sheet in sheets:
        if sheet.name.startswith("_") or (sheet.hidden and sheet.name not in told.header_rows):
            continue
        if ours.is_summary(sheet):
            continue
        one = _outline(sheet, service, told)
        titles = tuple((c.position, c.title, c.month_first) for c in one.columns)
        key = (one.header_row, titles)
        alike = found.get(key)
        found[key] = (
            replace(alike, sheets=(*alike.sheets, *one.sheets), rows=alike.rows + one.rows)
            if alike
            else one
        )
    return list(found.values())


def laid_out(sheet: Sheet, service: str, told: Told) -> Layout:
    """A sheet with its columns as far as they are understood."""
    header = header_of(sheet, service, told) or _likely(sheet)
    return lay_out(sheet, service, told) or Layout(sheet, header, dict(header.columns))


def _outline(sheet: Sheet, service: str, told: Told) -> TableOutline:
    layout = laid_out(sheet, service, told)
    header, body = layout.header, sheet.rows[layout.header.data_index :]
    return TableOutline(
        sheets=(sheet.name,),
        hidden=sheet.hidden,
        header_row=sheet.row_number(header.row_index),
        title_rows=tuple(_title_rows(sheet)),
        rows=len(body),
        columns=tuple(_columns(layout, body[:SAMPLED], service, told)),
    )


def _likely(sheet: Sheet) -> Header:
    """The fullest of the first rows, where nothing says which holds the titles."""
    first = sheet.rows[:LOOK_AT]
    at = max(range(len(first)), key=lambda i: (sum(map(bool, map(clean_text, first[i]))), -i))
    return Header(at, 1, at + 1, {}, [], [], {}, {}, 0.0)


def _title_rows(sheet: Sheet) -> Iterable[TitleRow]:
    for index, row in enumerate(sheet.rows[:LOOK_AT]):
        texts = [_masked(text) for cell in row if (text := clean_text(cell))]
        if len(texts) > 1:
            yield TitleRow(sheet.row_number(index), " | ".join(texts)[:60])


def _columns(
    layout: Layout, body: Sequence[Sequence[Cell]], service: str, told: Told
) -> Iterable[ColumnOutline]:
    header, sheet = layout.header, layout.sheet
    said = told.columns.get(sheet.name)  # may name one column twice, which a layout cannot
    names = (
        {at: name for name, at in layout.columns.items()}
        if said is None
        else {position - sheet.first_column: name for position, name in said.items()}
    )
    titles = header.titles or dict(_titles(sheet, header))
    for at in range(min(len(sheet.rows[0]), WIDEST)):
        cells = [row[at] for row in body]
        samples = _samples(cells)
        if not titles.get(at) and not samples:
            continue
        name = names.get(at, "")
        known = name in columns.labels(service)
        yield ColumnOutline(
            position=sheet.first_column + at,
            title=titles.get(at, ""),
            samples=samples,
            name=name if known else "",
            certainty=_certainty(name, header, known),
            month_first=_month_first(name, cells, layout, service, told),
        )


def _titles(sheet: Sheet, header: Header) -> Iterable[tuple[int, str]]:
    """The titles of the columns, of all levels of the header, as they stand."""
    levels = sheet.rows[header.row_index : header.row_index + header.depth]
    for at, cells in enumerate(zip(*levels, strict=True)):
        yield at, " > ".join(text for cell in cells if (text := clean_text(cell)))


def _certainty(name: str, header: Header, known: bool) -> str:
    if known:
        return "maybe" if name in header.guessed else "sure"
    return "ignored" if name else "unknown"


def _samples(cells: Iterable[Cell]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cell in cells:
        text = _shown(cell)
        if text:
            found[_masked(text)] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _shown(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:.12g}".replace(".", ",") if isinstance(cell, float) else clean_text(cell)


def _masked(text: str) -> str:
    if sum(c.isdigit() for c in text) >= MANY_DIGITS:
        return f"{text[:4]}••••"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _month_first(
    name: str, cells: Sequence[Cell], layout: Layout, service: str, told: Told
) -> bool | None:
    field = SERVICES[service].by_name.get(name)
    is_date = name in ("born_on", "seen_on", *layout.dated) or (
        field is not None and field.kind is Kind.DATE
    )
    if not is_date:
        return None
    if told.is_month_first(layout.sheet.name, name):
        return True
    return False if looks_us(cells) else None
