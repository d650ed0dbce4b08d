"""What stands between and below the rows of persons: totals, titles once more, signatures.

Asked only of rows that do not read like a person's. What is not known for certain to be about
nobody stays a row, to be refused with a sentence: nothing is left out because it is odd.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from clusters.excel import columns
from clusters.excel.headers import (
    find_header,
    is_blank_row,
    is_numbering_row,
    is_signature_row,
    is_total_row,
)
from clusters.excel.hints import KINDS
from clusters.excel.layout import Layout
from clusters.excel.titles import Row, title
from ilp.core.cells import clean_text, fold

AT_FOOT = (
    *("mengetahui", "nip", "kepala", "penanggung jawab", "ttd", "bidan", "kader", "petugas"),
    *("pelaksana", "mengesahkan", "menyetujui", "dibuat oleh", "catatan", "keterangan", "sumber"),
    *("dicetak", "diperiksa oleh", "tanda tangan"),
)
FEW = 3  # cells in a row of signatures


@dataclass
class Between:
    """The rows of a sheet that may be about nobody, sorted out; indices count in the body.

    `persons` are about somebody after all, `totals` sum the rows above, `sections` only name a
    place, `misplaced` are rows below titles that stand in other columns than those of the header.
    """

    persons: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    misplaced: list[range] = field(default_factory=list)


def sort_out(
    layout: Layout, body: Sequence[Row], odd: Sequence[int], last: int, service: str
) -> Between:
    """Sort out the rows `odd`; the last row that reads like a person's is `last`."""
    found = Between()
    titles = _Titles(layout, service)
    foot = _foot(body, [index for index in odd if index > last])
    skipped: set[int] = set()
    for index in odd:
        row = body[index]
        if is_blank_row(row) or index in skipped or index in foot:
            continue
        if is_total_row(row):
            found.totals.append(index)
        elif titles.repeats(row, index, found):
            continue
        elif names_a_place(row):
            found.sections.append(index)
        elif titles.may_be_in(row):
            skipped.update(titles.rows_of_header(body, index, found))
        elif not is_signature_row(row):
            found.persons.append(index)
    _end(found, len(body))
    return found


class _Titles:
    """The titles of a sheet, to be known again further down."""

    def __init__(self, layout: Layout, service: str) -> None:
        header = layout.header
        self.columns, self.service = header.columns, service
        self.wide = max(3, len(header.titles) // 2)
        self.words = {title(name) for names in columns.titles(service).values() for name in names}
        rows = layout.sheet.rows[: header.data_index]
        self.above = [[clean_text(cell) for cell in row] for row in rows]
        self.last = self.above[header.row_index + header.depth - 1]

    def repeats(self, row: Row, index: int, found: Between) -> bool:
        """Whether a row says what one at the head of the sheet says, as at a page break."""
        texts = [clean_text(cell) for cell in row]
        if is_numbering_row(row):
            return sum(map(bool, texts)) >= self.wide
        if texts == self.last:
            _end(found, index)
        return texts in self.above

    def may_be_in(self, row: Row) -> bool:
        """Whether a row reads like one of titles."""
        texts = [clean_text(cell) for cell in row if cell not in ("", None)]
        known = sum(title(text) in self.words for text in texts)
        return known >= 3 and 2 * known >= len(texts)

    def rows_of_header(self, body: Sequence[Row], index: int, found: Between) -> Iterable[int]:
        """The rows of a header that begins there; where its columns are others, it is told."""
        again = find_header(body[index : index + 8], columns.titles(self.service))
        known = {n: at for n, at in (again.columns if again else {}).items() if n in self.columns}
        agrees = len(known) > 1 and known.items() <= self.columns.items()
        _end(found, index)
        if again is None or not agrees:
            found.misplaced.append(range(index + 1, len(body)))
        return range(index, index + (again.data_index if again else 1))


def names_a_place(row: Row) -> bool:
    """Whether nothing but the name of a place stands in a row: "POSYANDU MAWAR"."""
    texts = [fold(cell) for cell in row if cell not in ("", None)]
    texts = [text for text in texts if text]
    return len(texts) == 1 and texts[0].split()[0] in KINDS and len(texts[0].split()) > 1


def _end(found: Between, index: int) -> None:
    """Rows below other titles are misplaced only as far as the next titles."""
    if found.misplaced and found.misplaced[-1].stop > index:
        found.misplaced[-1] = range(found.misplaced[-1].start, index)


def _foot(body: Sequence[Row], below: Sequence[int]) -> Collection[int]:
    """The rows of signatures and remarks below the table: what comes after an empty row or a total,
    if somebody signs there, save rows that are numbered as persons are."""
    breaks = [i for i in below if is_blank_row(body[i]) or is_total_row(body[i])]
    after = [i for i in below if breaks and i > breaks[0] and not is_blank_row(body[i])]
    if not any(_signs(body[index]) for index in after):
        return ()
    return {index for index in after if _is_short(body[index])}


def _signs(row: Row) -> bool:
    texts = [fold(cell) for cell in row if cell not in ("", None)]
    return len(texts) <= FEW and any(text.startswith(AT_FOOT) for text in texts)


def _is_short(row: Row) -> bool:
    texts = [clean_text(cell) for cell in row if cell not in ("", None)]
    return len(texts) <= FEW and not any(text.isdecimal() for text in texts)
