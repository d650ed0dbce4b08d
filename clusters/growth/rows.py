"""Rows of text to z-scores and back: the table that a person hands in as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from clusters.growth.zscores import INDICES, Growth, zscores
from ilp.core.errors import DomainError

NEEDED = ("sex", "age_days", "weight_kg", "height_cm", "measured", "oedema")
RESULTS = (*INDICES, "flags")
UNREADABLE = "tidak_terbaca"

_SEX = {"L": "L", "M": "L", "1": "L", "P": "P", "F": "P", "2": "P"}
_MEASURED = {"l": "l", "h": "h", "": None}
_OEDEMA = {"1": True, "y": True, "0": False, "n": False, "": False}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class MissingColumns(DomainError):
    """The table lacks columns without which nothing can be worked out."""

    code = "missing-columns"
    text = _("Kolom %(columns)s tidak ada. Baris pertama harus memuat: %(needed)s.")


def result_header(header: list[str]) -> list[str]:
    """The columns of the answer: those of the table, then the results.

    Columns that are already called like a result are replaced. MissingColumns where the table
    cannot be used.
    """
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise MissingColumns(columns=", ".join(missing), needed=", ".join(NEEDED))
    return [name for name in header if name not in RESULTS] + list(RESULTS)


def scored(header: list[str], rows: Iterable[list[str]]) -> Iterator[dict[str, str]]:
    """Each row with its z-scores; a row that cannot be read gets the flag "tidak_terbaca".

    Rows without any value are left out.
    """
    for cells in rows:
        if any(cells):
            row = dict(zip(header, cells, strict=False))
            whole = len(cells) >= len(header) and not any(cells[len(header) :])
            yield dict.fromkeys(header, "") | row | _answer(row if whole else {})


def _answer(row: Mapping[str, str]) -> dict[str, str]:
    try:
        growth = _growth(row)
    except (KeyError, ValueError):
        return dict.fromkeys(INDICES, "") | {"flags": UNREADABLE}
    scores = {index: getattr(growth, index) for index in INDICES}
    return {index: "" if z is None else f"{z:.2f}" for index, z in scores.items()} | {
        "flags": growth.flags
    }


def _growth(row: Mapping[str, str]) -> Growth:
    return zscores(
        _SEX[row["sex"].strip().upper()],
        _days(row["age_days"]),
        _number(row["weight_kg"]),
        _number(row["height_cm"]),
        _MEASURED[row["measured"].strip().lower()],
        _OEDEMA[row["oedema"].strip().lower()],
    )


def _number(text: str) -> float | None:
    """A measurement with decimal point or comma; None for an empty cell, else ValueError."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def _days(text: str) -> int:
    """Whole days; ValueError for a fraction or an empty cell."""
    days = float(text.strip().replace(",", "."))
    if not days.is_integer():
        raise ValueError(text)
    return int(days)
