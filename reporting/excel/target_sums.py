"""What a table of sasaran sums up itself, compared with what its rows come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from clusters.excel.headers import is_total_row
from facilities.models import Facility
from ilp.core import formats
from ilp.core.cells import CellError, clean_text, fold, read_integer
from reporting.catalogue import SASARAN
from reporting.excel.target_tables import Refusal, Table

Kind = Facility.Kind


def odd_sums(table: Table) -> Iterator[Refusal]:
    """Totals that no rows above make, and Puskesmas of which the villages make another number."""
    last = -1
    for index in table.totals:
        if not fold(_first(table, index)).startswith("rata"):
            yield from _odd_total(table, index, last)
        last = index
    yield from _odd_stated(table)
    for index, place in table.places.items():
        if place.kind == Kind.PUSKESMAS:
            yield from _odd_puskesmas(table, index, place.code)


def _first(table: Table, index: int) -> str:
    return next((text for cell in table.sheet.rows[index] if (text := clean_text(cell))), "")


def _odd_total(table: Table, index: int, last: int) -> Iterator[Refusal]:
    until = index if is_total_row(table.sheet.rows[index]) else len(table.sheet.rows)
    for code in SASARAN:
        at = table.header.columns.get(code)
        stated = None if at is None else _number(table, index, at)
        if at is None or stated is None:
            continue
        sums = [
            sum(some)
            for since in (last, -1)
            for kind in (Kind.DESA, Kind.PUSKESMAS)
            if (some := _values(table, code, kind, range(since + 1, until)))
        ]
        if sums and stated not in sums:
            yield _wrong_sum(table, index, at, (code, stated, sums[0]))


def _odd_stated(table: Table) -> Iterator[Refusal]:
    """Totals of a list: each of one sasaran, since the totals above it or of all rows."""
    kinds = {place.code: place.kind for place in table.places.values()}
    given: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (place, code), (index, _at) in table.given.items():
        given[code, kinds[place]].append((index, table.values[place, code]))
    totals = set(table.totals)
    for one in table.stated:
        block = one.index
        while block in totals:
            block -= 1
        begun = max((index for index in totals if index < block), default=-1)
        sums = [
            sum(some)
            for since in (begun, -1)
            for kind in (Kind.DESA, Kind.PUSKESMAS)
            if (some := [v for index, v in given[one.code, kind] if since < index < one.index])
        ]
        if sums and one.value not in sums:
            yield _wrong_sum(table, one.index, one.at, (one.code, one.value, sums[0]))


def _wrong_sum(table: Table, index: int, at: int, said: tuple[str, int, int]) -> Refusal:
    code, stated, found = said
    text = _(
        "Jumlah %(label)s tertulis %(stated)s, sedangkan baris-barisnya berjumlah %(sum)s. "
        "Periksa apakah ada baris yang hilang atau salah ketik."
    )
    told = {"label": SASARAN[code].label, "stated": formats.whole(stated)}
    return table.note(index, at, text % {**told, "sum": formats.whole(found)})


def _values(table: Table, code: str, kind: str, among: range) -> list[int]:
    """The numbers of the rows of a kind, of those that a total may be of."""
    return [
        table.values[place.code, code]
        for index, place in table.places.items()
        if place.kind == kind and index in among and (place.code, code) in table.values
    ]


def _odd_puskesmas(table: Table, index: int, code: str) -> Iterator[Refusal]:
    for sasaran in SASARAN:
        own = table.values.get((code, sasaran))
        villages = [
            value
            for one in table.places.values()
            if one.kind == Kind.DESA and code in one.above
            if (value := table.values.get((one.code, sasaran))) is not None
        ]
        if own is not None and villages and sum(villages) != own:
            text = _(
                "%(label)s Puskesmas tertulis %(own)s, sedangkan desanya berjumlah %(sum)s. Yang "
                "dipakai angka Puskesmas; kosongkan bila seharusnya jumlah desanya."
            )
            told = {"label": SASARAN[sasaran].label, "own": formats.whole(own)}
            at = table.given[code, sasaran][1]
            yield table.note(index, at, text % {**told, "sum": formats.whole(sum(villages))})


def _number(table: Table, index: int, at: int) -> int | None:
    try:
        return read_integer(table.sheet.rows[index][at])
    except CellError:
        return None
