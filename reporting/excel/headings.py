"""Which columns of a sheet hold which parts of a form, by the headings above them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ilp.core.cells import Cell, clean_text, fold
from ilp.core.cells.dates import NAMES
from reporting.excel.numbers import number_of, text_of
from reporting.selectors.grids import Column

# What the only column of numbers may be called, beside nothing at all.
VALUES = frozenset({"jumlah", "nilai", "angka", "hasil", "capaian", "bln ini", "total"})
# What no number of a month is called, and parts of a year of which "Jumlah" is the sum.
NO_COUNT = re.compile(r"sasaran|target|persen|%|\blalu\b")
SO_FAR = re.compile(r"kumulatif|\bs d\b|\bsd (?:dengan|dgn|bln|bulan)\b|\bsampai\b")
PART = re.compile(r"(?:tw|triwulan|tribulan|semester|smt) ?(?:\d|iv|i{1,3})")
AGE = re.compile(r"\b\d{1,2} (?:hr|bln|thn)\b")  # "1 sampai 4 thn" is of no year
AGED = re.compile(r"\d(?!.*persen)")
SUMS = ("jumlah", "total")
SHORT = {"l": "laki laki", "p": "perempuan", "jml": "jumlah", "lk": "laki laki", "pr": "perempuan"}
WORDS = {"bulan": "bln", "bl": "bln", "tahun": "thn", "th": "thn", "hari": "hr"}
# The ages of LB1 in other spellings; a year and a month end where the next group begins.
AGES = {
    "1 12 bln": "1 11 bln", "29 hr 1 thn": "1 11 bln", "29 hr 11 bln": "1 11 bln",
    "lama": "kasus lama",
    **{ages: f"{ages} thn" for ages in ("1 4", "5 9", "10 14", "15 19", "20 44", "45 54", "55 59")},
    **{ages: f"{ages} thn" for ages in ("60 69", "70", "60 64", "65 69")},
}  # fmt: skip
# What some workbooks write in two columns.
SPLIT = {"60 69 thn": ("60 64 thn", "65 69 thn")}
GLUED = re.compile(r"(?<=\d)(?=[a-z])")  # "29hr"
MONTH = re.compile(r"[a-z]+")
FEWEST_MONTHS = 2  # named above columns, for these to be of months
MOST_WEEKS, MONTHS = 5, 12
FEWEST_HEADINGS = 2  # in a row; a title stands alone


def month_of_text(text: str) -> int | None:
    """The month that a text names as a word: "MEI 2025" is 5; None for none or several."""
    numbers = {NAMES[word] for word in MONTH.findall(text.casefold()) if word in NAMES}
    return numbers.pop() if len(numbers) == 1 else None


def heading_key(text: str) -> str:
    """A heading for comparing: folded, sexes and units in one spelling, a percentage as such."""
    words = [WORDS.get(word, word) for word in GLUED.sub(" ", fold(text)).split()]
    words += ["persen"] if "%" in text else []
    folded = " ".join(words)
    return SHORT.get(folded, AGES.get(folded, folded))


@dataclass(frozen=True)
class Heading:
    """A column of the sheet, and the column of the form that it is, `more` of which are added."""

    at: int
    column: Column
    more: tuple[int, ...] = ()

    def text(self, cells: Sequence[Cell]) -> str:
        """What a row says in it, as one would type it; what is no number of one of several."""
        said = [text for at in (self.at, *self.more) if (text := text_of(cells[at]))]
        if not self.more or len(said) < 2:
            return "".join(said)
        numbers = [number_of(text) for text in said]
        if None in numbers:
            return said[numbers.index(None)]
        return str(sum(filter(None, numbers)))


class Headings:
    """The columns of a form found among rows of headings; a month's heading chooses its column."""

    def __init__(
        self,
        rows: Sequence[Sequence[Cell]],
        of: tuple[Column, ...],
        month: tuple[int, int],
        *,
        right_of: int,
    ) -> None:
        self.of, self.month = of, month
        self.is_so_far = False  # whether its column is of the year up to the month
        self.paths = dict(self._paths(rows, right_of))
        self.columns = self._found()

    def _paths(
        self, rows: Sequence[Sequence[Cell]], right_of: int
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """For each column the headings above it; one reaches to the right while below it is one."""
        if not rows:
            return
        width = len(rows[0])
        reaching, begun = [], set[int]()  # where a heading above begins, one below it ends
        for number, row in enumerate(rows):
            own = {at for at, cell in enumerate(row) if clean_text(cell)}
            below = {at for one in rows[number + 1 :] for at in range(width) if clean_text(one[at])}
            is_last = number == len(rows) - 1
            reaching.append(self._filled(row, None if is_last else below, begun))
            begun |= own if len(own) >= FEWEST_HEADINGS else set()
        for at in range(right_of + 1, width):
            levels = [texts[at] for texts in reaching]
            yield at, tuple(dict.fromkeys(heading_key(text) for text in levels if text))

    def _filled(
        self, row: Sequence[Cell], below: Collection[int] | None, begun: Collection[int]
    ) -> list[str]:
        """The headings of a row, each reaching to the right over those below; a title is none."""
        texts = [clean_text(cell) for cell in row]
        if below is None:
            return texts
        if sum(map(bool, texts)) < FEWEST_HEADINGS:
            return [""] * len(texts)
        found, last = [], ""
        for at, text in enumerate(texts):
            last = text or (last if at in below and at not in begun else "")
            found.append(last)
        return found

    def missed(self) -> dict[int, str]:
        """Columns of ages that are none of the form's, each as its headings say it."""
        read = {at for one in self.columns for at in (one.at, *one.more)}
        return {
            at: " > ".join(path)
            for at, path in self._of_the_month().items()
            if len(self.of) > 1 and at not in read and AGED.search(" ".join(path))
            if not {*SUMS, "l p"}.intersection(path)
        }

    def _found(self) -> list[Heading]:
        paths = self._of_numbers()
        wanted = {tuple(map(heading_key, column.path)): column for column in self.of}
        lowest: dict[str, list[Column]] = {}
        for path, one in wanted.items():
            lowest.setdefault(path[-1], []).append(one)
        found: dict[Column, int] = {}
        for at, path in paths.items():
            column = self._match(path, wanted, lowest)
            if column is not None:
                found.setdefault(column, at)
        if not found and len(self.of) == 1:
            found = self._only(paths)
        self.is_so_far = any(_is_so_far(paths[at]) for at in found.values())
        headings = [Heading(at, column) for column, at in found.items()]
        return headings + list(self._split(paths, wanted, found))

    def _split(
        self,
        paths: dict[int, tuple[str, ...]],
        wanted: dict[tuple[str, ...], Column],
        found: dict[Column, int],
    ) -> Iterator[Heading]:
        """Columns of the form that the sheet writes in two."""
        for path, column in wanted.items():
            for whole in SPLIT.keys() & set(path) if column not in found else ():
                halves = [tuple(half if s == whole else s for s in path) for half in SPLIT[whole]]
                ats = [at for half in halves if (at := _place(half, paths)) is not None]
                if len(ats) == len(halves):
                    yield Heading(ats[0], column, tuple(ats[1:]))

    def _numbered_months(self) -> dict[int, int]:
        """Columns that are called 1 to 12, and nothing else."""
        found = {at: int(p[-1]) for at, p in self.paths.items() if p and p[-1].isdecimal()}
        return found if sorted(found.values()) == list(range(1, MONTHS + 1)) else {}

    def _is_of_a_year(self) -> bool:
        """Whether columns are quarters, or numbers that are neither weeks nor days: months."""
        last = [path[-1] for path in self.paths.values() if path]
        numbers = sum(step.isdecimal() for step in last)
        return sum(map(bool, map(PART.fullmatch, last))) > 1 or MOST_WEEKS < numbers < MONTHS

    def _of_the_month(self) -> dict[int, tuple[str, ...]]:
        """Where columns are of months, those of the report's, the month left out of the path."""
        if numbered := self._numbered_months():
            ours = [at for at, number in numbered.items() if number == self.month[1]]
            return {at: self.paths[at][:-1] for at in ours}
        months = {at: month for at, path in self.paths.items() if (month := _month(path))}
        if len(set(months.values())) < FEWEST_MONTHS:
            sums = SUMS if self._is_of_a_year() else ()
            return {at: path for at, path in self.paths.items() if not set(path[-1:]) & set(sums)}
        return {
            at: tuple(step for step in self.paths[at] if month_of_text(step) is None)
            for at, number in months.items()
            if number == self.month[1]
        }

    def _of_numbers(self) -> dict[int, tuple[str, ...]]:
        """Those with counts: of this month first, of the year so far last, as one of the same name
        is taken only if there is no other."""
        paths = self._of_the_month()
        counts = [at for at, path in paths.items() if not NO_COUNT.search(" ".join(path))]
        counts.sort(key=lambda at: (_is_so_far(paths[at]), "bln ini" not in paths[at]))
        return {at: paths[at] for at in counts}

    def _match(
        self,
        path: tuple[str, ...],
        wanted: dict[tuple[str, ...], Column],
        lowest: dict[str, list[Column]],
    ) -> Column | None:
        for start in range(len(path)):  # headings above those of the form say something else
            for steps in (path[start:], path[start:][::-1]):  # ages over sexes, or the other way
                if steps in wanted:
                    return wanted[steps]
        same = lowest.get(path[-1], []) if path else []
        return same[0] if len(same) == 1 else None

    def _only(self, paths: dict[int, tuple[str, ...]]) -> dict[Column, int]:
        """The one column of numbers: the month's, or what is called so; the first one then."""
        named = [at for at, path in paths.items() if not path or path[-1] in VALUES]
        chosen = list(paths) if len(self._of_the_month()) == 1 else named
        return {self.of[0]: chosen[0]} if chosen else {}


def _place(wanted: tuple[str, ...], paths: dict[int, tuple[str, ...]]) -> int | None:
    """Where a column of that path stands; headings above it may say something else."""
    ways = (wanted, wanted[::-1])
    for at, path in paths.items():
        if any(path[start:] in ways for start in range(len(path))):
            return at
    return None


def _is_so_far(path: tuple[str, ...]) -> bool:
    return any(SO_FAR.search(step) and not AGE.search(step) for step in path)


def _month(path: tuple[str, ...]) -> int | None:
    return next((month for step in path if (month := month_of_text(step))), None)
