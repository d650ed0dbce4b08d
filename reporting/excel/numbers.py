"""Cells of a recap as one would type them."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusters.excel.reading import Sheet
from ilp.core.cells import Cell, clean_text, is_broken_formula

NIL = frozenset({"-", "--", "–", "—", "nihil", "nol"})  # reported as none: reference.md 5.7
NUMBERLESS = frozenset({"", "#n/a"})
FAILED = _lazy("Rumus gagal di baris %(rows)s, jadi dianggap kosong. Tulis angkanya.")
NO_NUMBERS = _lazy(
    "Baris %(rows)s berisi yang bukan bilangan bulat, jadi tidak ikut dijumlahkan. Tulis angkanya, "
    "lalu unggah lagi."
)
MOST_ROWS = 10  # that a sentence names


def text_of(cell: Cell) -> str:
    """A cell as one would type it: whole numbers without a point, nil as 0."""
    if isinstance(cell, float):
        whole = isfinite(cell) and cell == int(cell)
        return str(int(cell)) if whole else f"{cell:.12g}".replace(".", ",")
    text = clean_text(cell)
    folded = text.casefold()
    if folded in NUMBERLESS or folded.startswith("#"):
        return ""
    return "0" if folded in NIL else text


def number_of(cell: Cell) -> int | None:
    """The whole number that a cell holds; None for anything else."""
    text = text_of(cell)
    digits = text.replace(".", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def is_failed(sheet: Sheet, index: int, at: int) -> bool:
    """Whether a formula failed there; of an xlsx it is read as an empty cell."""
    spot = (sheet.row_number(index), sheet.first_column + at)
    return is_broken_formula(sheet.rows[index][at]) or spot in sheet.broken


def of_rows(sentence: object, numbers: Iterable[int]) -> Iterable[str]:
    """A sentence with the rows that it is about; none where there are none."""
    if found := sorted(set(numbers)):
        rows = ", ".join(map(str, found[:MOST_ROWS]))
        more = len(found) - MOST_ROWS
        if more > 0:
            rows = _("%(rows)s dan %(count)s lainnya") % {"rows": rows, "count": more}
        yield str(sentence) % {"rows": rows}
