"""Files as they come: the same visits under combined faults of layout, each with its truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from clusters.services import SERVICES, Kind
from tests.clusters.corpus.heads import Column, columns_of, head, only_used
from tests.clusters.corpus.spelling import LOST, Spelling
from tests.clusters.corpus.truths import MAY, Truth, truths
from tests.clusters.corpus.truths import SERVICES as OF_CORPUS
from tests.clusters.corpus.writers import FORMATS, Formula, Page, cut_csv

COUNT = 80
FAULTS = (
    *("titles", "deep", "unit row", "number row", "left columns", "blank columns", "blank rows"),
    *("totals", "wrong totals", "signature", "page breaks", "second table", "places once"),
    *("sex ticks", "hidden rows", "hidden sheet", "sheets", "mixed dates", "bad rows", "formulas"),
    *("errors", "no posyandu"),
)
# A person has to answer or to put something right: rows may all be refused, never be wrong.
ASKING = (
    *("american dates", "sex numbers", "other second table", "gram column", "cut decimals"),
    *("swapped dates", "rounded nik"),
)
SIGNATURE = (["", "Kopang, 31 Mei 2025"], ["", "Mengetahui,"], ["", "Kepala Puskesmas"], [],
             ["", "dr. Contoh"], ["", "NIP. 19700101 199803 1 001"])  # fmt: skip

SPOILT = (
    *(("born_on", "kemarin"), ("seen_on", date(2031, 5, 1)), ("seen_on", "31/02/2025")),
    *(("name", "-"), ("name", "990101520390")),
)


@dataclass(frozen=True)
class Verdict:
    """What must become of a row: taken as its truth says, or refused where there is none."""

    sheet: str
    row: int  # as Excel numbers it
    truth: Truth | None
    expected: dict[str, Any]
    nik_is_lost: bool = False


@dataclass
class Made:
    """One file of the corpus."""

    number: int
    service: str
    format: str
    faults: frozenset[str]
    pages: list[Page] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    has_total: bool = False

    @property
    def asks(self) -> bool:
        return bool(self.faults & set(ASKING))

    @property
    def content(self) -> bytes:
        if "cut decimals" in self.faults:
            return cut_csv(self.pages)
        return FORMATS[self.format](self.pages)

    @property
    def name(self) -> str:
        return f"{self.number:02d} {self.service}, {self.format}: {', '.join(sorted(self.faults))}"


def corpus() -> Iterator[Made]:
    """All files, the same every time."""
    for number in range(COUNT):
        yield made(number)


def made(number: int) -> Made:
    chance = Random(number)  # noqa: S311
    service = OF_CORPUS[number % len(OF_CORPUS)]
    kind = list(FORMATS)[(number + number // len(FORMATS)) % len(FORMATS)]
    faults = {*chance.sample(FAULTS, chance.randrange(2, 7)), FAULTS[number % len(FAULTS)]}
    if number % 5 == 4:
        asking = ASKING[number // 5 % len(ASKING)]
        faults.add(asking)
        if asking == "cut decimals":
            kind = "csv , utf-8-sig"
    if not kind.startswith("xls"):
        faults -= {"sheets", "hidden sheet"}
    file = Made(number, service, kind, frozenset(faults))
    _Maker(file, chance).make()
    return file


class _Maker:
    """Draws the pages of one file."""

    def __init__(self, file: Made, chance: Random) -> None:
        self.file, self.chance, self.faults = file, chance, file.faults
        self.spelling = Spelling(file.service, chance, mixed_dates="mixed dates" in file.faults)
        if "sex ticks" in self.faults:
            self.spelling.yes = "ticks"
        _settle(self.spelling, self.faults, file.format)

    def make(self) -> None:
        months = (MAY, date(2025, 6, 1)) if "sheets" in self.faults else (MAY,)
        for month, name in zip(months, ("Mei", "Juni"), strict=False):
            title = "CSV" if self.file.format.startswith("csv") else name
            title = "Data" if self.file.format == "ods" else title
            self.page(title, truths(self.file.service, self.chance, 14, month))
        if "hidden sheet" in self.faults:
            old = self.file.pages[0]
            self.file.pages.append(Page("Lama", old.rows, hidden=True))

    def page(self, name: str, visits: list[Truth]) -> None:
        deep = "deep" in self.faults
        made = columns_of(
            self.file.service, self.chance, self.spelling,
            deep=deep, ticks="sex ticks" in self.faults,
        )  # fmt: skip
        self.columns = only_used(made, visits[0])
        if "no posyandu" in self.faults:
            self.columns = [c for c in self.columns if c.name != "home_posyandu"]
        if "gram column" in self.faults:
            self.columns = [_in_grams(c) for c in self.columns]
        if "blank columns" in self.faults:
            self.columns.insert(-1, Column("ignored:", ("",), "", lambda truth: ""))
        self.drawn = Page(name, [])
        self.file.pages.append(self.drawn)
        self.titles(name)
        self.header(self.columns, self.chance.randrange(2, 7) if deep else 1)
        self.body(visits)
        self.finish()

    def titles(self, name: str) -> None:
        if "titles" in self.faults:
            month = "Juni" if name == "Juni" else "Mei"
            self.drawn.rows += [
                ["PEMERINTAH KABUPATEN CONTOH"], ["LAPORAN KUNJUNGAN"],
                ["Puskesmas", ": Kenanga"], [f"Bulan : {month} 2025"], [],
            ]  # fmt: skip

    def header(self, made: list[Column], depth: int) -> None:
        rows, merges = head(made, depth)
        first = len(self.drawn.rows)
        self.drawn.rows += rows
        self.drawn.merges += [(a + first, b, c + first, d) for a, b, c, d in merges]
        self.head_rows = (first, first + len(rows))
        if "unit row" in self.faults:
            self.drawn.rows.append([column.unit for column in made])
        if "number row" in self.faults:
            self.drawn.rows.append([f"({n})" for n in range(1, len(made) + 1)])

    def body(self, visits: list[Truth]) -> None:
        before, summed = "", list(visits)
        for number, truth in enumerate(visits):
            self.between(number)
            cells, expected = self.cells(truth)
            if "places once" in self.faults and truth.home_posyandu == before:
                cells = [
                    "" if c.name == "home_posyandu" else cell
                    for c, cell in zip(self.columns, cells, strict=True)
                ]
            before = truth.home_posyandu
            self.row([number + 1, *cells[1:]], truth, expected)
            if "bad rows" in self.faults and number % 4 == 1:
                self.row(self.spoilt([99, *cells[1:]]), None, {})
                summed.append(truth)
        self.total(summed)

    def between(self, number: int) -> None:
        """What stands between the rows of persons."""
        rows = self.drawn.rows
        if "blank rows" in self.faults and number % 5 == 3:
            rows.append([])
        if "page breaks" in self.faults and number and number % 6 == 0:
            rows += [list(row) for row in rows[slice(*self.head_rows)]]
        if number == 7 and "second table" in self.faults:
            rows += [[], *[list(row) for row in rows[slice(*self.head_rows)]]]
        if number == 9 and "other second table" in self.faults:
            self.columns = [*self.columns[:1], *reversed(self.columns[1:])]
            rows.append([])
            rows += head(self.columns, 1)[0]

    def cells(self, truth: Truth) -> tuple[list[Any], dict[str, Any]]:
        cells = [column.cell(truth) for column in self.columns]
        expected = {n: self.spelling.expected(n, v) for n, v in truth.found.items()}
        for at, column in enumerate(self.columns):
            field = SERVICES[self.file.service].by_name.get(column.name)
            is_number = field is not None and field.kind in (Kind.INTEGER, Kind.DECIMAL)
            may_fail = is_number and column.name != "weeks"  # without which a row says nothing
            if may_fail and "errors" in self.faults and self.chance.random() < 0.15:
                cells[at], expected[column.name] = Formula("#REF!"), None
            elif is_number and "formulas" in self.faults:
                cells[at] = Formula(cells[at])
        return cells, expected

    def row(self, cells: list[Any], truth: Truth | None, expected: dict[str, Any]) -> None:
        self.drawn.rows.append(cells)
        number = len(self.drawn.rows)
        is_csv = self.file.format.startswith("csv")
        lost = self.spelling.nik in LOST and not (is_csv and self.spelling.nik == "number")
        self.file.verdicts.append(Verdict(self.drawn.name, number, truth, expected, lost))
        if "hidden rows" in self.faults and number % 3 == 0:
            self.drawn.hidden_rows.add(number - 1)

    def spoilt(self, cells: list[Any]) -> list[Any]:
        """A row of somebody that must not come in: one cell that is needed is wrong."""
        names = {column.name: at for at, column in enumerate(self.columns)}
        spoilt = list(cells)
        name, value = self.chance.choice(SPOILT)
        spoilt[names[name]] = value
        if "places once" in self.faults and "home_posyandu" in names:
            spoilt[names["home_posyandu"]] = ""
        return spoilt

    def total(self, visits: list[Truth]) -> None:
        if not self.faults & {"totals", "wrong totals"} or "errors" in self.faults:
            return
        wrong = 7 if "wrong totals" in self.faults else 0
        cells: list[Any] = ["", "Jumlah"]
        for column in self.columns[2:]:
            values = [truth.found.get(column.name) for truth in visits]
            kind = SERVICES[self.file.service].by_name.get(column.name)
            adds = kind is not None and kind.kind in (Kind.INTEGER, Kind.DECIMAL)
            cells.append(float(sum(values)) + wrong if adds else "")
            self.file.has_total |= adds
        self.drawn.rows.append(cells)

    def finish(self) -> None:
        page = self.drawn
        if "signature" in self.faults:
            page.rows += [[], *[list(row) for row in SIGNATURE]]
        width = len(self.columns)
        page.rows = [[*row, *[""] * (width - len(row))] for row in page.rows]
        if "left columns" in self.faults:
            page.rows = [["", "", *row] for row in page.rows]
            page.merges = [(a, b + 2, c, d + 2) for a, b, c, d in page.merges]


def _settle(spelling: Spelling, faults: frozenset[str], kind: str) -> None:
    """What the named faults ask of the spelling, and what a format cannot show."""
    if faults & {"formulas", "totals", "wrong totals"}:
        spelling.number = "plain"
    if "cut decimals" in faults:
        spelling.number = "comma"
    if faults & {"american dates", "swapped dates"}:
        order = spelling.chance.choice(("%m/%d/%Y", "%m-%d-%Y"))
        swap = "swapped dates" in faults
        spelling.date = lambda day: _american(day, order, swap=swap)  # type: ignore[method-assign]
    if "cp1252" in kind and spelling.yes in ("roots", "marks"):
        spelling.yes = "words"
    if "sex numbers" in faults:
        spelling.sex = "numbers"
    if "rounded nik" in faults:
        spelling.nik = "rounded"


def _american(day: date, order: str, *, swap: bool) -> Any:
    """A day month-first or, with `swap`, as Excel set to American dates turned day-first texts."""
    if not swap:
        return f"{day:{order}}"
    return date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"


def _in_grams(column: Column) -> Column:
    if column.name != "weight":
        return column
    levels = tuple(level for level in column.levels if level != "(kg)")
    title = levels[-1].replace("(kg)", "").replace("kg", "").strip()
    return replace(
        column,
        levels=(*levels[:-1], f"{title} (gram)"),
        unit="gram",
        cell=lambda truth: int(truth.found["weight"] * 1000),
    )
