"""Cells of a recap as one would type them."""

from __future__ import annotations

from math import isfinite

from ilp.core.cells import Cell, clean_text

NIL = frozenset({"-", "--", "–", "—", "nihil", "nol"})  # reported as none: reference.md 5.7
NUMBERLESS = frozenset({"", "#n/a"})


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
