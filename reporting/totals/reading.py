"""Read totals: only the slots that are asked for leave the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, SLOTS
from reporting.catalogue.language import Reported

Key = tuple[int, Month]  # place id, month


@dataclass(frozen=True)
class Cells:
    """Numbers by place and month. An element of a programme that has no row there is missing."""

    numbers: dict[Key, dict[str, int]] = field(default_factory=dict)

    def get(self, place: int, month: Month, code: str) -> int | None:
        return self.numbers.get((place, month), {}).get(code)

    def of(self, place: int, month: Month) -> dict[str, int]:
        return self.numbers.get((place, month), {})

    def sums(
        self, place: int, months: Iterable[Month], codes: Iterable[str]
    ) -> dict[str, int | None]:
        """Each element added up over the months that have it; None where none has."""
        found: dict[str, int | None] = {}
        cells = [self.of(place, month) for month in months]
        for code in codes:
            known = [cell[code] for cell in cells if code in cell]
            found[code] = sum(known) if known else None
        return found


def read(
    places: Collection[int],
    months: Collection[Month],
    codes: Collection[str],
    *,
    own: bool = False,
    by_part: bool = False,
) -> Cells:
    """The elements' totals at the places in the months; `own` without what lies below.

    With `by_part` the parts of a breakdown are kept apart under "code|part". One query for each
    programme.
    """
    cells: dict[Key, dict[str, int]] = defaultdict(dict)
    by_day = {month.first_day: month for month in months}
    for programme, wanted in _by_programme(codes).items():
        columns = _columns(programme, wanted, by_part)
        names = tuple(columns)
        for place, day, *values in _rows(programme, places, by_day, columns.values(), own):
            cells[place, by_day[day]].update(zip(names, values, strict=True))
    return Cells(dict(cells))


def _columns(programme: str, codes: Iterable[str], by_part: bool) -> dict[str, list[int]]:
    """The name of each number that is asked for, and the slots that add up to it."""
    columns: dict[str, list[int]] = defaultdict(list)
    for code in codes:
        for part in ELEMENTS[code].parts:
            name = f"{code}|{part}" if by_part and part else code
            columns[name].append(SLOTS[programme, code, part])
    return columns


def history(place: int, first: Month, last: Month, codes: Collection[str]) -> Cells:
    """One place's elements over a span of months."""
    return read([place], first.until(last), codes)


def _by_programme(codes: Iterable[str]) -> dict[str, list[str]]:
    sorted_out: dict[str, list[str]] = defaultdict(list)
    for code in dict.fromkeys(codes):
        sorted_out[ELEMENTS[code].programme].append(code)
    return sorted_out


def _rows(
    programme: str,
    places: Collection[int],
    days: Collection[date],
    columns: Iterable[list[int]],
    own: bool,
) -> list[tuple]:
    kept = "own" if own else "total"
    # A slot younger than the row is not there yet; added up here, fewer numbers travel.
    sums = [" + ".join(f"coalesce({kept}[{int(slot)}], 0)" for slot in slots) for slots in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place_id, month, {', '.join(sums)} "  # noqa: S608 integers only
            "FROM reporting_total "
            "WHERE programme = %s AND place_id = ANY(%s) AND month = ANY(%s)",
            [programme, list(places), list(days)],
        )
        return cursor.fetchall()


def visits_below(place: int, month: Month, codes: Collection[str]) -> dict[tuple[str, str], int]:
    """(element, part) -> what visits alone say of a place and all below it, reports left aside.

    Empty for programmes in which nothing was recorded there.
    """
    found: dict[tuple[str, str], int] = {}
    for programme, wanted in _by_programme(codes).items():
        cells = [(code, part) for code in wanted for part in ELEMENTS[code].parts]
        sums = ", ".join(f"sum(own[{int(SLOTS[programme, *cell])}])" for cell in cells)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {sums} FROM reporting_total AS kept "  # noqa: S608 integers only
                "JOIN facilities_ancestry AS link ON link.descendant_id = kept.place_id "
                "WHERE kept.programme = %s AND kept.month = %s AND link.ancestor_id = %s "
                "AND link.valid @> %s::date AND kept.own IS NOT NULL",
                [programme, month.first_day, place, month.last_day],
            )
            row = cursor.fetchone()
        counted = {c for c in wanted if not isinstance(ELEMENTS[c].source, Reported)}
        found |= {
            cell: value
            for cell, value in zip(cells, row, strict=True)
            if value is not None and cell[0] in counted
        }
    return found
