"""Finds the header of a table in a sheet and tells which column holds which field."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from clusters.excel.titles import (
    LOOK_AT,
    Candidate,
    Candidates,
    Levels,
    Row,
    is_numbering_row,
    is_unit_row,
    says_aside,
    title,
    turned,
)
from ilp.core.cells import clean_text, fold

ALIKE = 0.86  # lets "pukesmas" be "puskesmas", keeps "tb lahir" from being "bb lahir"
SHORTEST_GUESS = 6  # shorter words are too alike one another
TOTALS = {"jumlah", "total", "subtotal", "sub total", "grand total", "rata rata", "jumlah l p"}
SIGNATURES = ("mengetahui", "nip", "kepala puskesmas", "kepala dinas", "penanggung jawab", "ttd")

__all__ = [
    "LOOK_AT",
    "Header",
    "find_header",
    "is_blank_row",
    "is_numbering_row",
    "is_signature_row",
    "is_total_row",
    "is_unit_row",
]


@dataclass(frozen=True)
class Header:
    """Where the header stands and what its columns are.

    `row_index` and `data_index` (first row below the header, a row of column numbers and one of
    units) count in the rows given; column numbers likewise, from 0. `guessed` are fields matched
    by likeness only and `duplicates` further columns that would also fit; both are for a person to
    confirm. `confidence` is the share of titled columns that were recognised for certain, 0 to 1.
    `titles` gives for each column its levels joined with " > ".
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
    titles: dict[int, str] = field(default_factory=dict)


def find_header(
    rows: Sequence[Row] | Candidates,
    aliases: Mapping[str, Collection[str]],
    required: Collection[str] = (),
    *,
    neutral: tuple[str, ...] = (),
    look_at: int = LOOK_AT,
) -> Header | None:
    """The best header that begins in the first `look_at` rows, one to six rows deep; None if there
    is none.

    `aliases` gives for each field the titles it may have, in any case, spacing and punctuation,
    with or without a unit in brackets. A header names at least two fields (one, if only one is
    asked for). `missing` in the answer lists the `required` fields not found. `neutral` are words
    that turn no title here, though elsewhere they would: "ibu" in a register of mothers.
    """
    candidates = rows if isinstance(rows, Candidates) else Candidates(rows, look_at)
    first = {name: title(next(iter(names))) for name, names in aliases.items() if names}
    search = _Search(candidates, _words(aliases), first, required, neutral)
    best: Header | None = None
    levels: Candidate | None = None
    for one in candidates:
        header = search.read(one)
        if best is None or _beats(header, best):
            best, levels = header, one
        if _is_plain(best) and not candidates.may_go_on(best.row_index + best.depth):
            break  # as in our own templates: no row below can be a better header
    if best is None or levels is None or not best.columns:
        return None
    best = search.guess(best, levels)
    return best if len(best.columns) >= min(2, len(aliases)) else None


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


def _words(aliases: Mapping[str, Collection[str]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for short in (False, True):  # a full title, unit included, beats a shortened one
        for key, names in aliases.items():
            for name in (key.replace("_", " "), *names):
                words.setdefault(title(name) if short else fold(name), key)
    return words


@dataclass(frozen=True)
class _Search:
    """How the candidates of a sheet are read."""

    candidates: Candidates
    words: Mapping[str, str]
    first: Mapping[str, str]  # the title that we would give each field
    required: Collection[str]
    neutral: tuple[str, ...]

    def read(self, one: Candidate) -> Header:
        """A candidate understood, without guesses: likeness is costly."""
        whole: dict[str, list[int]] = {}  # fields by columns whose titles say nothing else
        partly: dict[str, list[int]] = {}
        titles = {column: " > ".join(levels) for column, levels in one.columns}
        unknown = []
        for column, levels in one.columns:
            name, says_all = self._match(levels)
            if not name:
                unknown.append(column)
            else:
                (whole if says_all else partly).setdefault(name, []).append(column)
        for name in [name for name, found in partly.items() if len(found) > 1]:
            if name not in whole and len({titles[column] for column in partly[name]}) > 1:
                unknown += partly.pop(name)  # "BB" below each of two groups: which is meant?
        for name in [name for name, found in whole.items() if len(found) > 1]:
            ours = [at for at in whole[name] if title(titles[at]) == self.first.get(name)]
            if len(ours) == 1:  # "Tanggal kunjungan" beside another "Tanggal"
                unknown += [at for at in whole[name] if at not in ours]
                whole[name] = ours
        columns = {name: (whole.get(name) or partly[name])[0] for name in whole | partly}
        duplicates = {
            name: [column for column in sorted(found) if column != columns[name]]
            for name in columns
            if len(found := whole.get(name, []) + partly.get(name, [])) > 1
        }
        return Header(
            one.row_index,
            one.depth,
            self._first_below(one),
            dict(sorted(columns.items(), key=lambda item: item[1])),
            [(column, titles[column]) for column in sorted(unknown)],
            [name for name in self.required if name not in columns],
            {},
            duplicates,
            len(columns) / len(titles) if titles else 0.0,
            titles,
        )

    def _match(self, levels: Levels) -> tuple[str, bool]:
        for word, says_all in self.candidates.ways(levels, self.neutral):
            if word in self.words:
                return self.words[word], says_all
        return "", False

    def _first_below(self, one: Candidate) -> int:
        below, rows = one.row_index + one.depth, self.candidates.rows
        while below < len(rows) and (is_numbering_row(rows[below]) or is_unit_row(rows[below])):
            below += 1
        return below

    def guess(self, header: Header, one: Candidate) -> Header:
        """The same header with columns whose titles are like known ones."""
        levels = dict(one.columns)
        columns, guessed, unknown = dict(header.columns), dict(header.guessed), []
        for column, text in header.unknown:
            is_other = turned(levels[column], self.neutral) or says_aside(text, self.neutral)
            name = None if is_other else _guess(text, self.words)
            if name is None or name in columns:
                unknown.append((column, text))
            else:
                columns[name], guessed[name] = column, text
        missing = [name for name in self.required if name not in columns]
        return replace(header, columns=columns, guessed=guessed, unknown=unknown, missing=missing)


def _guess(text: str, words: Mapping[str, str]) -> str | None:
    word = title(text.rsplit(" > ", 1)[-1])
    if len(word) < SHORTEST_GUESS:
        return None
    scores = {
        known: SequenceMatcher(None, word, known).ratio()
        for known in words
        if abs(len(known) - len(word)) <= 3 and known[0] == word[0] and _same_digits(known, word)
    }
    best = max(scores, key=scores.__getitem__, default=None)
    return words[best] if best is not None and scores[best] >= ALIKE else None


def _same_digits(one: str, other: str) -> bool:
    """ "Rotavirus 4" is no misspelling of "Rotavirus 3"."""
    return [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]


def _is_plain(header: Header) -> bool:
    """Whether everything was found, and nothing had to be guessed."""
    whole = not header.missing and len(header.columns) >= 2
    return whole and not (header.unknown or header.guessed or header.duplicates)


def _beats(one: Header, other: Header) -> bool:
    """More fields first, then fewer unknown and double titles; then what says more of a column."""
    worth = [
        (len(h.columns), -len(h.unknown) - 2 * sum(map(len, h.duplicates.values())))
        for h in (one, other)
    ]
    if worth[0] != worth[1]:
        return worth[0] > worth[1]
    if one.columns == other.columns:
        return one.depth < other.depth
    return one.depth > other.depth
