"""Which sheets of a file hold visits, of which service, and which column holds what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusters.excel import columns, ours
from clusters.excel.dated import Spot, dated_columns
from clusters.excel.errors import (
    MissingColumns,
    NoHeader,
    NothingOfTheService,
    ServiceNotRecognised,
    UnknownService,
)
from clusters.excel.headers import LOOK_AT as HEADER_ROWS
from clusters.excel.headers import Header, find_header
from clusters.excel.reading import Sheet
from clusters.excel.titles import Candidates
from clusters.excel.told import Told
from clusters.excel.writing import META
from clusters.services import SERVICES
from ilp.core.cells import Cell, CellError, clean_text, read_blood_pressure
from ilp.core.months import Month

LOOK_AT = 50  # cells that tell what a column holds
NOTHING = Told()


@dataclass(frozen=True)
class Layout:
    """A sheet with its header understood; `columns` maps a column's name to its place.

    `dated` are columns of doses that hold days. Once such a sheet is spread (spreading.py), `spots`
    tell of each row below the header whence it comes."""

    sheet: Sheet
    header: Header
    columns: dict[str, int]
    dated: tuple[str, ...] = ()
    spots: Sequence[Spot] = ()

    @property
    def hidden_rows(self) -> list[int]:
        """Excel numbers of the rows below the header that the file hides; they are read, too."""
        first = self.sheet.row_number(self.header.data_index)
        return [number for number in self.sheet.hidden_rows if number >= first]

    def title(self, name: str) -> str:
        """The title of a column as the file writes it; empty for a column it lacks."""
        if name not in self.columns:
            return ""
        at = self.columns[name]
        row = self.sheet.rows[self.header.row_index + self.header.depth - 1]
        return self.header.titles.get(at) or clean_text(row[at])

    def column_number(self, name: str) -> int | None:
        """Where Excel shows the column in which a field is written, A being 1; None for none.

        Two pressures may share a column, and a field of several choices has one for each.
        """
        at = self.columns.get(name)
        if at is None and name in columns.PAIR:
            at = self.columns.get(columns.PRESSURE)
        if at is None:
            ticks = (at for key, at in self.columns.items() if key.startswith(f"{name}:"))
            at = min(ticks, default=None)
        return None if at is None else self.sheet.first_column + at + 1


@dataclass(frozen=True)
class Plan:
    """What will be read of a file: the service and the sheets; `meta` if it is our template."""

    service: str
    layouts: tuple[Layout, ...]
    meta: dict[str, str]
    skipped: tuple[str, ...]  # names of sheets that hold no visits or are hidden
    incomplete: dict[str, str]  # names of sheets of visits without a column that has to be there

    @property
    def roster(self) -> Month | None:
        """The month of a template that was handed out with the persons who are expected."""
        try:
            return Month.parse(self.meta.get(ours.ROSTER, ""))
        except ValueError:
            return None

    @property
    def report(self) -> dict[str, Any]:
        """Recognised, ignored, unknown, guessed and duplicate titles, for the person to see."""
        names = columns.labels(self.service)
        known: dict[str, str] = {}
        ignored: dict[str, None] = {}
        unknown: dict[str, None] = {}
        guessed: dict[str, str] = {}
        hidden = {one.sheet.name: len(one.hidden_rows) for one in self.layouts if one.hidden_rows}
        for one in self.layouts:
            for name in one.columns:
                if name in names:
                    known[one.title(name) or names[name]] = names[name]
                else:
                    ignored[one.title(name)] = None
            unknown |= {title: None for _column, title in one.header.unknown}
            guessed |= {
                title: names[name] for name, title in one.header.guessed.items() if name in names
            }
        return {
            "recognised": known,
            "ignored": list(ignored),
            "unknown": list(unknown),
            "guessed": guessed,
            "skipped_sheets": list(self.skipped),
            "incomplete_sheets": self.incomplete,
            "hidden_rows": hidden,
        }


def plan(sheets: Sequence[Sheet], service: str | None, told: Told = NOTHING) -> Plan:
    """Find the tables of visits; the service is given, or known from the template or titles.

    What a person told of the file counts more than what is found; hidden sheets are read only
    when they told where its titles are.
    """
    sheets = [sheet for sheet in sheets if not ours.is_summary(sheet)]
    meta = _meta(sheets)
    shown = [s for s in told.edited(sheets) if not s.hidden or s.name in told.header_rows]
    code = service or meta.get("service") or _best_service(shown)
    if code not in SERVICES:
        raise UnknownService(service=code, known=", ".join(SERVICES))
    found = [layout for sheet in shown if (layout := lay_out(sheet, code, told))]
    complete = [layout for layout in found if not layout.header.missing]
    if not complete:
        _refuse(found, code)
    kept = {layout.sheet.name for layout in complete}
    skipped = tuple(s.name for s in sheets if s.name not in kept and not s.name.startswith("_"))
    lacking = {one.sheet.name: _missing(one, code) for one in found if one.header.missing}
    _say_something(complete, code)
    return Plan(code, tuple(complete), meta, skipped, lacking)


def recognised(sheets: Sequence[Sheet], remembered: Callable[[], str]) -> str:
    """The service of our template, else as which such a file was `remembered`, else the one whose
    fields the titles name most of.

    Raises ServiceNotRecognised where they name none.
    """
    own = _meta(sheets).get("service", "")
    if own in SERVICES:
        return own
    shown = [one for one in sheets if not (one.hidden or ours.is_summary(one))]
    return remembered() or _best_service(shown)


def _meta(sheets: Iterable[Sheet]) -> dict[str, str]:
    for sheet in sheets:
        if sheet.name == META and sheet.hidden:
            return {clean_text(r[0]): clean_text(r[1]) for r in sheet.rows if len(r) > 1}
    return {}


def _best_service(sheets: Sequence[Sheet]) -> str:
    """The service whose own fields the titles name most of, of those whose rows would say
    something."""
    scores: dict[str, float] = {}
    seen = [(sheet, Candidates(sheet.rows)) for sheet in sheets]  # of all services the same
    for code, service in SERVICES.items():
        layouts = [one for sheet, rows in seen if (one := lay_out(sheet, code, rows=rows))]
        own = {n.split(":")[0] for layout in layouts for n in layout.columns} & set(service.typed)
        used = sum(len(layout.header.unknown) for layout in layouts)
        says_nothing = own.isdisjoint(service.needs_one_of)
        scores[code] = len(own) - 0.5 * used - 100 * says_nothing if own else -1_000
    best = max(scores, key=scores.__getitem__)
    if scores[best] == -1_000:
        raise ServiceNotRecognised
    return best


def lay_out(
    sheet: Sheet, service: str, told: Told = NOTHING, *, rows: Candidates | None = None
) -> Layout | None:
    """A sheet with its columns understood; None where it holds no visits of the service. `rows` are
    those of the sheet, if their titles were looked for before."""
    wanted = columns.required(service)
    header = header_of(sheet, service, told, rows=rows)
    if header is None:
        return None
    ours.forget_reasons(sheet, header.row_index + header.depth - 1, header.data_index)
    if sheet.name in told.columns:
        found = _named(sheet, header, told)
        header = replace(header, unknown=[], guessed={}, duplicates={})
    elif set(header.columns) & {*wanted, "mother_name"}:
        header = _sex_once(header)
        found = _recognised(sheet, header, service)
    else:
        return None
    given = {*found, *told.constants.get(sheet.name, ())}
    given |= {"sex"} if columns.SEX_TICKS.keys() <= found.keys() else set()
    if dated := dated_columns(SERVICES[service], found, sheet.rows[header.data_index :]):
        given.add("seen_on")
        if (at := found.pop("seen_on", None)) is not None:  # of the last visit, or of the entry
            found[columns.ignored_key("seen_on")] = at
    header = replace(header, missing=[name for name in wanted if name not in given])
    return Layout(sheet, header, found, dated)


def header_of(
    sheet: Sheet, service: str, told: Told = NOTHING, *, rows: Candidates | None = None
) -> Header | None:
    """The header that is told or else found; one that is told may name nothing we know."""
    titles, wanted = columns.titles(service), columns.required(service)
    neutral = ("ibu",) if SERVICES[service].sexes == "P" else ()
    number = told.header_rows.get(sheet.name)
    if number is None:
        return find_header(rows or sheet.rows, titles, wanted, neutral=neutral)
    at = number - sheet.first_row
    if not 0 <= at < min(len(sheet.rows), HEADER_ROWS):
        return None
    found = find_header(sheet.rows[at:], titles, wanted, neutral=neutral, look_at=1)
    if found is None:
        return Header(at, 1, at + 1, {}, [], list(wanted), {}, {}, 0.0)
    return replace(found, row_index=at, data_index=found.data_index + at)


def _sex_once(header: Header) -> Header:
    """The two columns L and P only where both are there and no other tells the sex."""
    ticks = [name for name in columns.SEX_TICKS if name in header.columns]
    if not ticks or (len(ticks) == 2 and "sex" not in header.columns):
        return header
    found = {name: at for name, at in header.columns.items() if name not in ticks}
    more = [(header.columns[name], header.titles[header.columns[name]]) for name in ticks]
    return replace(header, columns=found, unknown=sorted([*header.unknown, *more]))


def _named(sheet: Sheet, header: Header, told: Told) -> dict[str, int]:
    """Which column is what, as somebody said."""
    found = {}
    for position, name in told.columns[sheet.name].items():
        at = position - sheet.first_column
        if 0 <= at < len(sheet.rows[0]):
            titles = sheet.rows[header.row_index + header.depth - 1]
            found[name or columns.ignored_key(clean_text(titles[at]))] = at
    return found


def _recognised(sheet: Sheet, header: Header, service: str) -> dict[str, int]:
    found = dict(header.columns)
    is_for_women = SERVICES[service].sexes == "P"
    if is_for_women and "name" not in found and "mother_name" in found:
        found["name"] = found.pop("mother_name")
    if columns.PRESSURE not in found and "td_status" in found:
        place = found["td_status"]
        if _holds_pressure(row[place] for row in sheet.rows[header.data_index :][:LOOK_AT]):
            found[columns.PRESSURE] = found.pop("td_status")
    return found


def _holds_pressure(cells: Iterable[Cell]) -> bool:
    """Whether a column titled "TD" holds 120/80 and not the Td doses T1 to T5."""
    for cell in cells:
        try:
            if read_blood_pressure(cell) is not None:
                return True
        except CellError:
            continue
    return False


def _missing(layout: Layout, service: str) -> str:
    names = columns.labels(service)
    return ", ".join(names[name] for name in layout.header.missing)


def _refuse(found: Sequence[Layout], service: str) -> None:
    if not found:
        raise NoHeader
    best = min(found, key=lambda layout: len(layout.header.missing))
    raise MissingColumns(sheet=best.sheet.name, columns=_missing(best, service))


def _say_something(layouts: Iterable[Layout], service: str) -> None:
    own = {name.split(":")[0] for layout in layouts for name in layout.columns}
    if columns.PRESSURE in own or own & set(SERVICES[service].typed):
        return
    raise NothingOfTheService(service=SERVICES[service].label)
