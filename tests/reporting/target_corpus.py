"""Tables of sasaran as offices draw them, under combined faults, each with its truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Any

from reporting.selectors.target_places import ListedPlace
from tests.clusters.corpus.writers import FORMATS, Formula, Page

COUNT = 64
FAULTS = (
    *("titles", "deep", "number row", "left columns", "blank columns", "blank rows", "subtotals"),
    *("total", "wrong total", "signature", "page breaks", "sheets", "hidden rows", "hidden sheet"),
    *("puskesmas once", "sections", "sexes", "percent", "other names", "spelt numbers", "nil"),
    *("formulas", "kabupaten row", "two subjects"),
)
# What a file must not come in with: one cell or row is refused, and with it the file.
WRONG = ("words", "unknown village", "same name", "failed formula", "wrong sum", "twice", "half")
PUSKESMAS = ("Kenanga", "Cempaka", "Sukamaju")
VILLAGES = {
    "Kenanga": ("Melayu", "Batu Putih", "Sukamaju"),
    "Cempaka": ("Aik Bual", "Tirta", "Lembah Sari", "Sukamaju"),
    "Sukamaju": ("Pengadang", "Montong"),
}
OTHER = {"Aik Bual": "Aek Buwal", "Tirta": "Tirte"}  # learned before
SASARAN = ("S_PDD", "S_BUMIL", "S_LH", "S_BALITA", "S_LANSIA")
TITLES = {
    "S_PDD": ("Penduduk", "JUMLAH PENDUDUK"), "S_BUMIL": ("Ibu hamil", "BUMIL", "Sasaran bumil"),
    "S_LH": ("Lahir hidup", "LAHIR HIDUP (LH)"), "S_BALITA": ("Balita", "BALITA 0-59 BLN"),
    "S_LANSIA": ("Lansia", "Usila", "LANJUT USIA"),
}  # fmt: skip
SIGNED = ([], ["", "Contoh, 2 Januari 2025"], ["", "Mengetahui,"], ["", "NIP. 19700101 199803 1"])


def listed() -> list[ListedPlace]:
    """The places of the corpus; one village is called as two others are, and as a Puskesmas."""
    made = [ListedPlace("99.01", "Contoh", "district")]
    for number, name in enumerate(PUSKESMAS, start=1):
        code = f"P99010{number}"
        made.append(ListedPlace(code, name, "puskesmas", frozenset({code})))
        for at, village in enumerate(VILLAGES[name], start=1):
            also = frozenset({OTHER[village].lower().replace(" ", "")} if village in OTHER else ())
            below = frozenset({code})
            made.append(ListedPlace(f"99.01.0{number}.200{at}", village, "desa", below, also))
    return made


@dataclass
class Made:
    """One file: its pages, what it says, and where it must be refused."""

    number: int
    format: str
    faults: frozenset[str]
    wrong: str
    pages: list[Page] = field(default_factory=list)
    truth: dict[tuple[str, str], int] = field(default_factory=dict)
    refused: set[tuple[str, int]] = field(default_factory=set)  # sheet and Excel's row

    @property
    def content(self) -> bytes:
        return FORMATS[self.format](self.pages)

    @property
    def name(self) -> str:
        return f"{self.number:02d} {self.format}: {self.wrong} {sorted(self.faults)}"


def corpus() -> Iterator[Made]:
    """All files, the same every time."""
    for number in range(COUNT):
        yield made(number)


def made(number: int) -> Made:
    chance = Random(number)  # noqa: S311
    kind = list(FORMATS)[(number + number // len(FORMATS)) % len(FORMATS)]
    faults = {*chance.sample(FAULTS, chance.randrange(2, 8)), FAULTS[number % len(FAULTS)]}
    wrong = WRONG[number // 3 % len(WRONG)] if number % 3 == 2 else ""
    faults |= {"sexes"} if wrong in ("wrong sum", "half") else set()
    faults -= {"sections"} if wrong == "same name" else set()
    if not kind.startswith("xls"):
        faults -= {"sheets", "hidden sheet", "two subjects"}
    file = Made(number, kind, frozenset(faults), wrong)
    _Maker(file, chance).make()
    return file


class _Maker:
    def __init__(self, file: Made, chance: Random) -> None:
        self.file, self.chance, self.faults = file, chance, file.faults
        self.places = listed()
        self.sections = "sections" in self.faults
        self.titles = {code: chance.choice(names) for code, names in TITLES.items()}

    def make(self) -> None:
        names = [[n] for n in PUSKESMAS] if "sheets" in self.faults else [list(PUSKESMAS)]
        subjects = [SASARAN[:2], SASARAN[2:]] if "two subjects" in self.faults else [SASARAN]
        villages = [one for one in self.places if one.kind == "desa"]
        for spot in product((one.code for one in villages), SASARAN):
            value = self.chance.randrange(40, 4000)
            self.file.truth[spot] = 0 if "nil" in self.faults and value % 5 == 0 else value
        self.spoilt = self.chance.choice(villages).code
        for some, codes in product(names, subjects):
            self.page(some, codes)
        if "hidden sheet" in self.faults:
            self.file.pages.append(Page("Lama", self.file.pages[0].rows, hidden=True))
        if self.file.wrong:
            self.file.truth = {k: v for k, v in self.file.truth.items() if k[0] != self.spoilt}

    def page(self, names: list[str], codes: tuple[str, ...]) -> None:
        is_csv = self.file.format.startswith("csv")
        title = "Data" if self.file.format == "ods" else f"{names[0]} {codes[0]}"
        title = "CSV" if is_csv else title
        self.drawn, self.codes = Page(title, []), codes
        self.file.pages.append(self.drawn)
        if "titles" in self.faults:
            self.drawn.rows += [["PEMERINTAH KABUPATEN CONTOH"], ["SASARAN PROGRAM TAHUN 2025"], []]
        self.head()
        self.body(names)
        if "signature" in self.faults:
            self.drawn.rows += [list(row) for row in SIGNED]
        self.finish()

    def head(self) -> None:
        lead = ["No", "Desa/Puskesmas"] if self.sections else ["No", "PUSKESMAS", "DESA / KEL"]
        top, low = list(lead), [""] * len(lead)
        for code in self.codes:
            parts = ["L", "P", "L+P"] if code == "S_BALITA" and "sexes" in self.faults else [""]
            top += [self.titles[code], *[""] * (len(parts) - 1)]
            low += parts
        if "percent" in self.faults:
            top.append("Ibu hamil (%)")
            low.append("")
        self.head_rows = [top, low] if any(low) else [top]
        if "deep" in self.faults:
            group = ["", *[""] * (len(lead) - 1), "SASARAN", *[""] * (len(top) - len(lead) - 1)]
            self.head_rows.insert(0, group)
        if "number row" in self.faults:
            self.head_rows.append([f"({n})" for n in range(1, len(top) + 1)])
        self.drawn.rows += [list(row) for row in self.head_rows]

    def body(self, names: list[str]) -> None:
        every = [one for name in names for one in self.villages(name)]
        if "kabupaten row" in self.faults:
            self.total("KABUPATEN CONTOH", every)
        for name in names:
            if self.sections:
                self.drawn.rows.append(["", f"PKM {name.upper()}"])
            for one in self.villages(name):
                self.between(every.index(one))
                self.village(every.index(one) + 1, name, one)
            if "subtotals" in self.faults:
                self.total(f"Jumlah {name}", self.villages(name))
        if self.faults & {"total", "wrong total"}:
            self.total("JUMLAH", every, 7 if "wrong total" in self.faults else 0)

    def between(self, number: int) -> None:
        if "blank rows" in self.faults and number % 3 == 2:
            self.drawn.rows.append([])
        if "page breaks" in self.faults and number == 3:
            self.drawn.rows += [list(row) for row in self.head_rows]

    def villages(self, name: str) -> list[ListedPlace]:
        code = f"P99010{PUSKESMAS.index(name) + 1}"
        return [one for one in self.places if one.kind == "desa" and code in one.above]

    def village(self, number: int, name: str, one: ListedPlace) -> None:
        is_wrong = one.code == self.spoilt and self.file.wrong != ""
        called = OTHER.get(one.name, one.name) if "other names" in self.faults else one.name
        is_first = one is self.villages(name)[0]
        above = name if is_first or "puskesmas once" not in self.faults else ""
        if is_wrong and self.file.wrong == "unknown village":
            called = "Entah Di Mana"
        if is_wrong and self.file.wrong == "same name":
            called = above = "Sukamaju"  # no village of that Puskesmas
        lead = [number, f"Desa {called}"] if self.sections else [number, above, called]
        cells = [*lead, *self.numbers(one)]
        is_wrong = is_wrong and self.spoil(cells, len(lead))
        self.drawn.rows.append(cells)
        if is_wrong:
            self.file.refused.add((self.drawn.name, len(self.drawn.rows)))
        if "hidden rows" in self.faults and number % 4 == 0:
            self.drawn.hidden_rows.add(len(self.drawn.rows) - 1)

    def numbers(self, one: ListedPlace) -> Iterator[Any]:
        for code in self.codes:
            value = self.file.truth[one.code, code]
            if code == "S_BALITA" and "sexes" in self.faults:
                yield from (self.spelt(value // 3), self.spelt(value - value // 3))
            yield self.spelt(value)
        if "percent" in self.faults:
            yield 85

    def spelt(self, value: int) -> Any:
        if value == 0:
            return self.chance.choice(("-", "Nihil", 0))
        if "spelt numbers" in self.faults:
            dots = f"{value:,}".replace(",", ".")
            return self.chance.choice((dots, f"{value} ", f"\u00a0{value}", value))
        return Formula(value) if "formulas" in self.faults else value

    def spoil(self, cells: list[Any], lead: int) -> bool:
        """Make one cell of the row wrong, where a wrong name does not do so; whether it is."""
        wrong = self.file.wrong
        if wrong in ("wrong sum", "half"):
            if "S_BALITA" not in self.codes:
                return False
            at = lead + self.codes.index("S_BALITA")
            cells[at] = 1 if wrong == "wrong sum" else ""
            cells[at + 2] = cells[at + 2] if wrong == "wrong sum" else ""
        elif wrong == "twice":
            self.drawn.rows.append(list(cells))
        elif wrong in ("words", "failed formula"):
            cells[lead] = "banyak" if wrong == "words" else Formula("#REF!")
        return True

    def total(self, label: str, villages: list[ListedPlace], wrong: int = 0) -> None:
        blank = [] if self.sections else [""]
        sums: list[Any] = []
        for code in self.codes:
            values = [self.file.truth[one.code, code] for one in villages]
            if code == "S_BALITA" and "sexes" in self.faults:
                sums += [sum(v // 3 for v in values), sum(v - v // 3 for v in values)]
            sums.append(sum(values) + wrong)
        self.drawn.rows.append(["", label, *blank, *sums])

    def finish(self) -> None:
        page, width = self.drawn, len(self.head_rows[-1])
        page.rows = [[*row, *[""] * (width - len(row))] for row in page.rows]
        if "blank columns" in self.faults:
            page.rows = [[*row[:-1], "", row[-1]] for row in page.rows]
        if "left columns" in self.faults:
            page.rows = [["", "", *row] for row in page.rows]
