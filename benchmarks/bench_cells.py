"""How much reading with all checks and rules costs beside the bare reader, on the same file.

Run by the benchmark table, or alone: python -m benchmarks.bench_cells.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook

from clusters.excel.headers import find_header
from clusters.excel.reading import read_sheets
from clusters.excel.writing import Column, Kind, write_table
from ilp.core.cells import (
    Reader,
    choice_reader,
    date_reader,
    decimal_reader,
    integer_reader,
    read_nik,
    sex_reader,
    text_reader,
    yes_no_reader,
)

COLUMNS = 30
ALIASES = {"nik": ("NIK",), "name": ("Nama",), "sex": ("JK",), "born_on": ("Tanggal lahir",)} | {
    f"value_{n}": (f"Kolom {n}",) for n in range(4, COLUMNS)
}
CHOICES = {"N": ("Naik",), "T": ("Tidak naik",), "O": ("Tidak ditimbang",)}


def run(full: bool) -> list[tuple[str, float, str]]:
    """Ratio of reading and parsing to bare reading, and its two parts in seconds."""
    rows = 20_000 if full else 10_000
    data = make_file(rows)
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: bare(data),
        "read": lambda: read_sheets(data, max_rows=rows + 1),
        "all": lambda: read_and_parse(data, rows),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(5):  # interleaved, so that a busy machine slows all alike
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - start)
    took = {name: statistics.median(times) for name, times in taken.items()}
    size = f"{rows:,} x {COLUMNS}"
    return [
        (f"{size}: checks, reading and parsing / bare calamine", took["all"] / took["bare"], "x"),
        (f"{size}: bare calamine", took["bare"], "s"),
        (f"{size}: checks and reading", took["read"], "s"),
        (f"{size}: parsing all cells", took["all"] - took["read"], "s"),
    ]


def make_file(rows: int) -> bytes:
    """A register of growth-like visits with NIK as text; the same for the same size."""
    some = random.Random(7)
    columns = [Column("NIK"), Column("Nama"), Column("JK"), Column("Tanggal lahir", 12, Kind.DATE)]
    columns += [Column(f"Kolom {n}") for n in range(4, COLUMNS)]
    out = BytesIO()
    write_table(out, title_sheet="Data", columns=columns, rows=(_row(some, n) for n in range(rows)))
    return out.getvalue()


def _row(some: random.Random, number: int) -> list[object]:
    born = date(2021, 1, 1) + timedelta(days=some.randrange(1800))
    dates = [born + timedelta(days=some.randrange(700)) for _ in range(3)]
    measures = [round(some.uniform(2, 110), 1) for _ in range(8)]
    counts = [some.randrange(300) for _ in range(5)]
    ticks = [some.choice(["ya", "tidak", "v", "", "Ada"]) for _ in range(6)]
    words = [some.choice(["Naik", "T", "O"]) for _ in range(4)]
    nik = f"990101{born:%d%m%y}{number % 10000:04d}"
    sex = some.choice("LP")
    return [nik, f"Orang Contoh {number}", sex, born, *dates, *measures, *counts, *ticks, *words]


def readers() -> list[Reader]:
    """One reader for each column of the file."""
    first = [read_nik, text_reader(), sex_reader(), date_reader()]
    dates = [date_reader() for _ in range(3)]
    measures = [decimal_reader(2) for _ in range(8)]
    counts = [integer_reader() for _ in range(5)]
    ticks = [yes_no_reader() for _ in range(6)]
    return [*first, *dates, *measures, *counts, *ticks, *(choice_reader(CHOICES) for _ in range(4))]


def bare(data: bytes) -> list[list[object]]:
    """The reader alone: what any way must at least cost."""
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def read_and_parse(data: bytes, rows: int) -> list[list[object]]:
    """Checks, reading, header, and every cell through its reader, column by column."""
    (sheet,) = read_sheets(data, max_rows=rows + 1)
    header = find_header(sheet.rows, ALIASES)
    if header is None or len(header.columns) != COLUMNS:
        raise AssertionError("The header of the benchmark's own file was not found.")
    columns = zip(*sheet.rows[header.data_index :], strict=True)
    return [list(map(read, cells)) for read, cells in zip(readers(), columns, strict=True)]


if __name__ == "__main__":
    for name, value, unit in run(full=False):
        print(f"{name:60} {value:8.3f} {unit}")
