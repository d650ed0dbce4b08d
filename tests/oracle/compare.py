"""Lay the recomputation beside what the product says; every cell, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ilp.core.months import Month
from tests.oracle import database, dictionary
from tests.oracle.recompute_indicators import Answer, Indicators
from tests.oracle.recompute_totals import Result, Row, totals

PARTS = {
    "": ("",),
    "L/P": ("L", "P"),
    "L/P x umur F1": tuple(
        f"{sex}:{age}" for sex in "LP" for age in ("0-5", "6-11", "12-23", "24-35", "36-59")
    ),
}
CLOSE = 1e-9  # shares are compared as floats that were worked out in another order


@dataclass
class Comparison:
    """How many numbers were laid side by side, and those that differ, in words."""

    cells: int = 0
    differences: list[str] = field(default_factory=list)
    filled: int = 0  # cells that are not zero: a comparison of zeros would prove little

    def check(self, what: object, product: object, expected: object) -> None:
        self.cells += 1
        self.filled += bool(expected)
        if product != expected:
            self.differences.append(f"{what}: product {product}, recomputed {expected}")


def expected_cells(result: Result) -> database.Shown:
    """Every element and part of every row that should exist."""
    boxes: dict[str, list[tuple[str, str]]] = {}
    for one in dictionary.elements().values():
        of_programme = boxes.setdefault(one.programme, [])
        of_programme += [(one.code, part) for part in PARTS[one.breakdown]]
    found: database.Shown = {}
    for row in set(result.total) | set(result.own):
        own, total = result.own.get(row, {}), result.total.get(row, {})
        for box in boxes[row[2]]:
            found[row, box] = own.get(box, 0), total.get(box, 0)
    return found


def compare_totals(seen: Comparison, expected: database.Shown, shown: database.Shown) -> None:
    rows, product_rows = {row for row, _ in expected}, {row for row, _ in shown}
    for row in rows ^ product_rows:
        seen.check(_where(row), row in product_rows, row in rows)
    both = rows & product_rows
    nothing = (None, None)
    for key in (key for key in expected.keys() | shown.keys() if key[0] in both):
        product, mine = shown.get(key, nothing), expected.get(key, nothing)
        seen.cells += 2
        seen.filled += bool(mine[0]) + bool(mine[1])
        if product != mine:
            what = f"{_where(key[0])} {'|'.join(key[1])} (own, total)"
            seen.differences.append(f"{what}: product {product}, recomputed {mine}")


def _where(row: Row) -> str:
    return f"{row[0]} {row[1]:%Y-%m} {row[2]}"


def compare_indicators(
    seen: Comparison, indicators: Indicators, answers: database.Answers, keys: Iterable
) -> None:
    """All indicators of these places and months; the product may show no others there."""
    expected: dict[tuple[str, date, str], Answer] = {}
    for place, month in keys:
        for code, answer in indicators.all(place, month).items():
            expected[place, month, code] = answer
    for key in expected.keys() | answers.keys():
        what = f"{key[0]} {key[1]:%Y-%m} {key[2]}"
        mine, product = expected.get(key), answers.get(key)
        if mine is None or product is None:
            seen.check(what, product, mine)
            continue
        names = ("numerator", "denominator", "value", "target", "status")
        for name, shown, right in zip(names, product, mine, strict=True):
            same = _close(shown, right)
            seen.check(f"{what} {name}", right if same else shown, right)


def _close(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= CLOSE * max(1.0, abs(other))
    return one == other


def whole_database(
    *, printed: bool = False, district: str = "", year: int | None = None
) -> Comparison:
    """Recompute everything that stands in the database and compare every number.

    With `printed` the product's side is read from its commands; `district` is the place whose
    indicators, and whose children's, are asked for; of a `year` alone where one is given.
    """
    seen, held = Comparison(), database.span()
    if held is None:
        return seen
    first, last = held
    inputs = database.inputs(first, last)
    result = totals(inputs)
    # A cohort may have begun before the first visit that tells of it.
    span = (first.first_day, last.first_day)
    expected = expected_cells(result)
    expected = {key: pair for key, pair in expected.items() if span[0] <= key[0][1] <= span[1]}
    if printed:  # the command leaves out cells that are zero both at the place and below it
        expected = {key: pair for key, pair in expected.items() if any(pair)}
    read = database.printed_totals if printed else database.shown_totals
    compare_totals(seen, expected, read(first, last))
    indicators = Indicators(inputs, result)
    for month in (m for m in first.until(last) if year in (None, m.year)):
        if printed:
            answers = _printed(inputs.kinds, result, month, district)
        else:
            answers = database.shown_indicators(month)
        keys = {(place, day) for place, day, _ in answers}
        compare_indicators(seen, indicators, answers, keys)
    return seen


def _printed(
    kinds: dict[str, str], result: Result, month: Month, district: str
) -> database.Answers:
    """Asked for the district and for each Puskesmas: the command walks one level at a time."""
    answers = database.printed_indicators(district, month)
    for place, kind in kinds.items():
        if kind == "puskesmas":
            answers |= database.printed_indicators(place, month)
    return answers
