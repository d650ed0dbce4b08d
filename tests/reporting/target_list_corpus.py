"""Lists of sasaran under combined faults, each with its truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from tests.clusters.corpus.writers import FORMATS, Formula, Page
from tests.reporting.target_corpus import OTHER, SASARAN, SIGNED, TITLES, Made, listed

COUNT = 60
FAULTS = (
    *("titles", "number row", "left columns", "blank rows", "signature", "page breaks", "years"),
    *("by sasaran", "written once", "totals", "kabupaten rows", "codes", "both names", "sexes"),
    *("other names", "spelt numbers", "nil", "formulas", "strange sasaran", "percent"),
)
WRONG = ("twice", "unknown village", "words", "failed formula", "slip", "no year", "half")
SLIPS = {"S_BUMIL": "Ibu hamli", "S_LH": "Lahir hidop", "S_BALITA": "Balitas", "S_PDD": "Pendudk",
         "S_LANSIA": "Lansja"}  # fmt: skip


def corpus() -> Iterator[Made]:
    """All files, the same every time."""
    for number in range(COUNT):
        yield made(number)


def made(number: int) -> Made:
    chance = Random(number)  # noqa: S311
    kind = list(FORMATS)[(number + number // len(FORMATS)) % len(FORMATS)]
    faults = {*chance.sample(FAULTS, chance.randrange(2, 8)), FAULTS[number % len(FAULTS)]}
    wrong = WRONG[number // 3 % len(WRONG)] if number % 3 == 2 else ""
    faults |= {"no year": {"years"}, "half": {"sexes"}}.get(wrong, set())
    file = Made(number, kind, frozenset(faults), wrong)
    _Maker(file, chance).make()
    return file


class _Maker:
    def __init__(self, file: Made, chance: Random) -> None:
        self.file, self.chance, self.faults = file, chance, file.faults
        self.villages = [one for one in listed() if one.kind == "desa"]
        self.pkm = {one.code: one.name for one in listed() if one.kind == "puskesmas"}
        self.said: set[str] = set()  # by sex, of the pair that is written twice
        self.page = Page("CSV" if file.format.startswith("csv") else "Data", [])
        file.pages.append(self.page)

    def make(self) -> None:
        for place, code in product((one.code for one in self.villages), SASARAN):
            value = self.chance.randrange(40, 4000)
            self.file.truth[place, code] = 0 if "nil" in self.faults and value % 5 == 0 else value
        village, code = self.chance.choice(self.villages), self.chance.choice(SASARAN)
        code = "S_BALITA" if self.file.wrong == "half" else code
        self.spoilt = (village.code, code)
        self.head()
        by_sasaran = "by sasaran" in self.faults
        for some in SASARAN if by_sasaran else self.villages:
            for other in self.villages if by_sasaran else SASARAN:
                village, code = (other, some) if by_sasaran else (some, other)
                self.pair(village, code, is_first=other in (self.villages[0], SASARAN[0]))
            if by_sasaran and "totals" in self.faults:
                self.total(some, [f"Jumlah {TITLES[some][0]}"])
        self.foot()
        if self.file.wrong == "unknown village":
            gone = [spot for spot in self.file.truth if spot[0] == self.spoilt[0]]
        else:
            gone = [self.spoilt] if self.file.wrong not in ("", "twice") else []
        for spot in gone:
            del self.file.truth[spot]

    def head(self) -> None:
        if "titles" in self.faults:
            self.page.rows += [["PEMERINTAH KABUPATEN CONTOH"], ["SASARAN TAHUN 2025"], []]
        places = ["Kode desa"] if "codes" in self.faults else ["Puskesmas", "Desa/Kelurahan"]
        which = ["Kode sasaran", "Nama sasaran"] if "both names" in self.faults else ["Sasaran"]
        self.lead = [*which, *places] if "by sasaran" in self.faults else [*places, *which]
        self.titles = ["No", *self.lead]
        self.titles += ["Tahun"] if "years" in self.faults else []
        self.titles += ["JK"] if "sexes" in self.faults else []
        self.titles += ["Jumlah", *(["Capaian (%)"] if "percent" in self.faults else [])]
        self.write(self.titles)
        if "number row" in self.faults:
            self.write([f"({n})" for n in range(1, len(self.titles) + 1)])

    def write(self, cells: list[Any]) -> None:
        left = ["", ""] if "left columns" in self.faults else []
        self.page.rows.append([*left, *cells, *[""] * (len(self.titles) - len(cells))])

    def pair(self, village: Any, code: str, *, is_first: bool) -> None:
        value, spoils = self.file.truth[village.code, code], (village.code, code) == self.spoilt
        is_first |= self.between(village, code, value)
        sexes = {"L": value // 3, "P": value - value // 3}
        if not ("sexes" in self.faults and code == "S_BALITA"):
            sexes = {"": value}
        if spoils and self.file.wrong == "half":
            del sexes["L"]
        for _time in range(2 if spoils and self.file.wrong == "twice" else 1):
            for sex, people in sexes.items():
                self.row(village, self.name(code), people, sex, is_first=is_first, wrong=spoils)
            is_first = True

    def between(self, village: Any, code: str, value: int) -> bool:
        """What stands before a pair; whether the pair has to be written in full after it."""
        before = len(self.page.rows)
        if "page breaks" in self.faults and self.chance.random() < 0.05:
            self.write(self.titles)
        if "strange sasaran" in self.faults and code == "S_LANSIA":
            self.row(village, "Pasien kusta", 3, "", is_first=True)
        if "years" in self.faults and self.chance.random() < 0.3:
            self.row(village, self.name(code), value + 1, "", year=2024, is_first=True)
        is_full = len(self.page.rows) > before
        if "blank rows" in self.faults and self.chance.random() < 0.1:
            self.page.rows.append([])
        return is_full

    def name(self, code: str) -> str:
        return self.chance.choice((*TITLES[code], f"{code} ({TITLES[code][0]})", code))

    def row(
        self, village: Any, name: str, people: int, sex: str, *,
        is_first: bool, year: int = 2025, wrong: bool = False,
    ) -> None:  # fmt: skip
        """One row; of the spoilt pair with what is wrong in it."""
        how = self.file.wrong if wrong else ""
        of_wrong = self.file.wrong == "unknown village" and village.code == self.spoilt[0]
        called = OTHER.get(village.name, village.name) if "other names" in self.faults else ""
        called = "Entah Di Mana" if of_wrong else called or village.name
        code = "99.01.77.2001" if of_wrong else village.code
        places = [code] if "codes" in self.faults else [self.pkm[min(village.above)], called]
        name = SLIPS[self.spoilt[1]] if how == "slip" else name
        which = ["7", name] if "both names" in self.faults else [name]
        once = "written once" in self.faults and not is_first
        if "by sasaran" in self.faults:
            lead = [*([""] * len(which) if once else which), *places]
        else:
            lead = [*([""] * len(places) if once else places), *which]
        cells = [len(self.page.rows), *lead]
        cells += [("" if how == "no year" else year)] if "years" in self.faults else []
        cells += [sex] if "sexes" in self.faults else []
        self.write([*cells, self.spelt(people, how), *([90] if "percent" in self.faults else [])])
        is_again = how == "twice" and sex in self.said
        self.said |= {sex} if how == "twice" else set()
        if (of_wrong and year == 2025) or (how not in ("", "twice") or is_again):
            self.file.refused.add((self.page.name, len(self.page.rows)))

    def spelt(self, value: int, how: str) -> Any:
        if how in ("words", "failed formula"):
            return "banyak" if how == "words" else Formula("#REF!")
        if value == 0:
            return self.chance.choice(("-", "Nihil", 0))
        if "spelt numbers" in self.faults:
            dots = f"{value:,}".replace(",", ".")
            return self.chance.choice((dots, f"{value} ", f"\u00a0{value}", value))
        return Formula(value) if "formulas" in self.faults else value

    def total(self, code: str, lead: list[str]) -> None:
        """A row that sums a sasaran, with these words before its number."""
        value = sum(self.file.truth[one.code, code] for one in self.villages)
        lead = ["", *lead, *[""] * (len(self.lead) - len(lead))]
        lead += [2025] if "years" in self.faults else []
        self.write([*lead, *([""] if "sexes" in self.faults else []), value])

    def foot(self) -> None:
        if "kabupaten rows" in self.faults and "codes" not in self.faults:
            for code in SASARAN:
                which = [TITLES[code][0]] * (len(self.lead) - 2)
                places = ["", "KABUPATEN CONTOH"]
                by_sasaran = "by sasaran" in self.faults
                self.total(code, [*which, *places] if by_sasaran else [*places, *which])
        if "signature" in self.faults:
            self.page.rows += [list(row) for row in SIGNED]
        width = len(self.titles) + 2 * ("left columns" in self.faults)
        self.page.rows = [[*row, *[""] * (width - len(row))][:width] for row in self.page.rows]
