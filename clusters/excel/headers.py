"""Finds the header of a table in a sheet and tells which column holds which field."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ilp.core.cells import Cell, clean_text, fold

LOOK_AT = 30  # rows in which a header is expected
ALIKE = 0.86  # lets "pukesmas" be "puskesmas", keeps "tb lahir" from being "bb lahir"
SHORTEST_GUESS = 6  # shorter words are too alike one another
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
NUMBERING = re.compile(r"[(\[]?\s*(\d{1,3}|[a-z])\s*[)\].]?")
TOTALS = {"jumlah", "total", "subtotal", "sub total", "grand total", "rata rata", "jumlah l p"}
SIGNATURES = ("mengetahui", "nip", "kepala puskesmas", "kepala dinas", "penanggung jawab", "ttd")

Row = Sequence[Cell]


@dataclass(frozen=True)
class Header:
    """Where the header stands and what its columns are.

    `row_index` and `data_index` (first row below the header and a row of column numbers) count in
    the rows given; column numbers likewise, from 0. `guessed` are fields matched by likeness only
    and `duplicates` further columns that would also fit; both are for a person to confirm.
    `confidence` is the share of titled columns that were recognised for certain, 0 to 1.
    """

    row_index: int
    depth: int
    data_index: int
    columns: dict[str, int]
    unknown: list[tuple[int, str]]
    missing: list[str]
    guessed: dict[str, str]
    duplicates: dict[str, list[int]]
    confidence: float


def find_header(
    rows: Sequence[Row],
    aliases: Mapping[str, Collection[str]],
    required: Collection[str] = (),
    *,
    look_at: int = LOOK_AT,
) -> Header | None:
    """The best header that begins in the first `look_at` rows, one or two rows deep; None if there
    is none.

    `aliases` gives for each field the titles it may have, in any case, spacing and punctuation,
    with or without a unit in brackets. A header names at least two fields (one, if only one is
    asked for). `missing` in the answer lists the `required` fields not found.
    """
    words = _words(aliases)
    best: Header | None = None
    for index in range(min(look_at, len(rows))):
        for depth in (1, 2):
            if index + depth > len(rows):
                continue
            header = _read(rows, index, depth, words, required)
            if best is None or _worth(header) > _worth(best):
                best = header
        if best and _is_plain(best):
            break  # as in our own templates: no row below can be a better header
    return best if best and len(best.columns) >= min(2, len(aliases)) else None


def is_blank_row(row: Row) -> bool:
    """Whether nothing is written in a row."""
    return not any(cell not in ("", None) and clean_text(cell) for cell in row)


def is_total_row(row: Row) -> bool:
    """Whether a row sums others: its first word says "Jumlah", "Total" and the like."""
    first = next((cell for cell in row if type(cell) is str and clean_text(cell)), "")
    word = fold(first)
    return word in TOTALS or word.startswith(("jumlah ", "total ", "sub total "))


def is_signature_row(row: Row) -> bool:
    """Whether a row belongs to the signatures below a table: few cells, "Mengetahui" or "NIP"."""
    texts = [clean_text(cell) for cell in row if cell not in ("", None)]
    if not 0 < len(texts) <= 3:
        return False
    return any(fold(text).startswith(SIGNATURES) for text in texts)


def is_numbering_row(row: Row) -> bool:
    """Whether a row only counts the columns: 1 2 3, (1) (2) (3), a b c."""
    texts = [clean_text(cell).casefold() for cell in row if cell not in ("", None)]
    return len(texts) >= 2 and all(NUMBERING.fullmatch(text) for text in texts) and _rising(texts)


def _rising(texts: list[str]) -> bool:
    digits = [re.sub(r"\D", "", text) for text in texts]
    if not all(digits):
        return not any(digits) and texts == sorted(texts)
    numbers = [int(text) for text in digits]
    return numbers == sorted(set(numbers)) and numbers[0] <= 2


def title(cell: Cell) -> str:
    """A title for comparing: folded, units in brackets left out ("BB (kg)" is "bb")."""
    text = clean_text(cell)
    return fold(BRACKETS.sub(" ", text)) or fold(text)


def _words(aliases: Mapping[str, Collection[str]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for short in (False, True):  # a full title, unit included, beats a shortened one
        for field, names in aliases.items():
            for name in (field.replace("_", " "), *names):
                words.setdefault(title(name) if short else fold(name), field)
    return words


def _read(
    rows: Sequence[Row],
    index: int,
    depth: int,
    words: Mapping[str, str],
    required: Collection[str],
) -> Header:
    columns: dict[str, int] = {}
    guessed: dict[str, str] = {}
    duplicates: dict[str, list[int]] = {}
    unknown: list[tuple[int, str]] = []
    open_columns = []
    titles = _titles(rows, index, depth)
    for column, levels in titles:
        field = _match(levels, words)
        if field is None:
            open_columns.append((column, levels))
        elif field in columns:
            duplicates.setdefault(field, []).append(column)
        else:
            columns[field] = column
    certain = len(columns)
    for column, levels in open_columns:
        # Likeness is costly; a row without one known title is no header anyway.
        field = _guess(levels, words) if certain else None
        if field is None or field in columns:
            unknown.append((column, " > ".join(levels)))
        else:
            columns[field], guessed[field] = column, " > ".join(levels)
    below = index + depth
    if below < len(rows) and is_numbering_row(rows[below]):
        below += 1
    missing = [field for field in required if field not in columns]
    confidence = certain / len(titles) if titles else 0.0
    return Header(index, depth, below, columns, unknown, missing, guessed, duplicates, confidence)


def _titles(rows: Sequence[Row], index: int, depth: int) -> list[tuple[int, list[str]]]:
    """The titles of each titled column, top level first; a merged title reaches to the right."""
    upper = [clean_text(cell) for cell in rows[index]]
    if depth == 1:
        return [(column, [text]) for column, text in enumerate(upper) if text]
    lower = [clean_text(cell) for cell in rows[index + 1]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    found, reaching = [], ""
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        reaching = above or (reaching if below else "")
        levels = [text for text in (reaching, below) if text]
        if levels:
            found.append((column, levels))
    return found


def _match(levels: Sequence[str], words: Mapping[str, str]) -> str | None:
    joined = " ".join(levels)
    for text in (joined, levels[-1]):
        for word in (fold(text), title(text)):
            if word in words:
                return words[word]
    return None


def _guess(levels: Sequence[str], words: Mapping[str, str]) -> str | None:
    word = title(levels[-1])
    if len(word) < SHORTEST_GUESS:
        return None
    scores = {
        known: SequenceMatcher(None, word, known).ratio()
        for known in words
        if abs(len(known) - len(word)) <= 3 and known[0] == word[0]
    }
    best = max(scores, key=scores.__getitem__, default=None)
    return words[best] if best is not None and scores[best] >= ALIKE else None


def _is_plain(header: Header) -> bool:
    """Whether everything was found, and nothing had to be guessed."""
    whole = not header.missing and len(header.columns) >= 2
    return whole and not (header.unknown or header.guessed or header.duplicates)


def _worth(header: Header) -> tuple[int, int, int]:
    """More fields first, then fewer unknown titles and fewer rows; guesses count half."""
    fields = 2 * len(header.columns) - len(header.guessed)
    return fields, -len(header.unknown) - sum(map(len, header.duplicates.values())), -header.depth
