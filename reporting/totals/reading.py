"""Read totals: only the slots that are asked for leave the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from django.db import connection
from django.db.models import Q

from ilp.core import sql
from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, SLOTS
from reporting.catalogue.language import Reported
from reporting.totals.shown import shown

Key = tuple[int, Month]  # place id, month
Numbers = Mapping[Key, Mapping[str, int]]
LEADING = 2  # columns of a query before the numbers


class Rows(Mapping[Key, dict[str, int]]):
    """Numbers as they came from the database; a cell is made of them when it is looked at."""

    def __init__(self, names: tuple[str, ...], rows: dict[Key, tuple[int | None, ...]]) -> None:
        self.names, self.rows = names, rows

    def __getitem__(self, key: Key) -> dict[str, int]:
        return _named(self.names, self.rows[key][LEADING:])

    def __iter__(self) -> Iterator[Key]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def sums(self, keys: Iterable[Key]) -> dict[str, int]:
        """Each number added up over the cells that have it."""
        held = [self.rows[key] for key in keys if key in self.rows]
        columns = list(zip(*held, strict=True))[LEADING:]
        return _named(self.names, [_sum(column) for column in columns])


class Layers(Mapping[Key, Mapping[str, int]]):
    """Numbers and, where there are others of a place and month, those as well."""

    def __init__(self, numbers: Numbers, others: Numbers) -> None:
        self.numbers, self.others = numbers, others

    def __getitem__(self, key: Key) -> Mapping[str, int]:
        if key not in self.others:
            return self.numbers[key]
        return {**self.others[key], **self.numbers.get(key, {})}

    def __iter__(self) -> Iterator[Key]:
        return iter({**dict.fromkeys(self.numbers), **dict.fromkeys(self.others)})

    def __len__(self) -> int:
        return len(self.numbers.keys() | self.others.keys())


def _sums(numbers: Numbers, keys: Collection[Key]) -> Mapping[str, int]:
    """Each number added up over the cells that have it."""
    if isinstance(numbers, Rows):
        return numbers.sums(keys)
    if isinstance(numbers, Layers) and numbers.others.keys().isdisjoint(keys):
        return _sums(numbers.numbers, keys)  # a cohort's months are others than the year's
    return _added(numbers[key] for key in keys if key in numbers)


def _sum(numbers: tuple[int | None, ...]) -> int | None:
    """None where no row has one."""
    try:
        return sum(numbers)  # type: ignore[arg-type]
    except TypeError:  # the programme has no row in some month
        known = [number for number in numbers if number is not None]
        return sum(known) if known else None


def _named(names: Iterable[str], row: Sequence[int | None]) -> dict[str, int]:
    cell = dict(zip(names, row, strict=True)) if row else {}
    if None in row:
        return {name: number for name, number in cell.items() if number is not None}
    return cast("dict[str, int]", cell)


def _added(cells: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        for name, number in cell.items():
            found[name] = found.get(name, 0) + number
    return found


@dataclass(frozen=True)
class Cells:
    """Numbers by place and month. An element of a programme that has no row there is missing."""

    numbers: Numbers = field(default_factory=dict)

    def get(self, place: int, month: Month, code: str) -> int | None:
        return self.of(place, month).get(code)

    def of(self, place: int, month: Month) -> Mapping[str, int]:
        return self.numbers.get((place, month), {})

    def beside(self, others: Cells) -> Cells:
        """These and, where they hold other numbers of a place and month, the others."""
        return Cells(Layers(self.numbers, others.numbers))

    def added(self, place: int, months: Iterable[Month]) -> Mapping[str, int]:
        """Each element added up over the months that have it; those that none has are missing."""
        return _sums(self.numbers, [(place, month) for month in months])

    def sums(
        self, place: int, months: Iterable[Month], codes: Iterable[str]
    ) -> dict[str, int | None]:
        """Each element added up over the months that have it; None where none has."""
        found = self.added(place, months)
        return {code: found.get(code) for code in codes}


def read(
    places: Collection[int],
    months: Collection[Month],
    codes: Collection[str],
    *,
    own: bool = False,
    by_part: bool = False,
) -> Cells:
    """The elements' totals at the places in the months; `own` without what lies below.

    With `by_part` the parts of a breakdown are kept apart under "code|part". One query. Months are
    read from their release where `shown` says so.
    """
    if not codes or not places or not months:
        return Cells()
    listed = sorted(codes) if isinstance(codes, Set) else codes  # one statement for equal sets
    releases = shown().of(months)
    query = _query(tuple(listed), own, by_part, bool(releases))
    asked = [list(places), [m.first_day for m in months], *([releases] if releases else [])]
    rows = sql.run_prepared(query.statement, asked)
    by_day = {month.first_day.toordinal(): month for month in months}
    return Cells(Rows(query.names, {(row[0], by_day[row[1]]): row for row in rows}))


@dataclass(frozen=True)
class Query:
    """A row for each place and month, its programmes beside each other.

    Columns: place, first day of the month as date.toordinal(), the numbers, each with its name;
    NULL where its programme has no row there.
    """

    statement: str
    names: tuple[str, ...]


# Which release speaks for which of the places, in the tree as it stood at the end of the month.
CHOSEN = (
    "WITH chosen AS MATERIALIZED (SELECT DISTINCT link.descendant_id AS place_id, release.month, "
    "release.id FROM reporting_release AS release JOIN facilities_ancestry AS link "
    "ON link.ancestor_id = release.district_id AND link.descendant_id = ANY($1::bigint[]) "
    "AND link.valid @> (release.month + interval '1 month' - interval '1 day')::date "
    "WHERE release.id = ANY($3::bigint[])) "
)
RELEASED = (
    "(SELECT frozen.place_id, chosen.month, frozen.programme, frozen.{kept} FROM chosen "
    "JOIN reporting_releasedtotal AS frozen "
    "ON frozen.release_id = chosen.id AND frozen.place_id = chosen.place_id "
    "WHERE frozen.programme = '{programme}' "
    "UNION ALL SELECT place_id, month, programme, {kept} FROM reporting_total AS now "
    "WHERE programme = '{programme}' AND NOT EXISTS (SELECT FROM chosen "
    "WHERE chosen.place_id = now.place_id AND chosen.month = now.month) "
    "AND place_id = ANY($1::bigint[]) AND month = ANY($2::date[])) AS shown"
)


@lru_cache(maxsize=256)
def _query(codes: tuple[str, ...], own: bool, by_part: bool, released: bool = False) -> Query:
    """Asked with $1, the places, $2, first days of the months, and if `released` $3, releases."""
    kept = "own" if own else "total"
    names: list[str] = []
    parts = []
    for one, wanted in _by_programme(codes).items():
        sums = []
        for name, slots in _columns(one, wanted, by_part).items():
            # A slot younger than the row is not there yet; added up here, fewer numbers travel.
            added = " + ".join(f"coalesce({kept}[{int(n)}], 0)" for n in slots)
            sums.append(f"{added} AS n{len(names)}")
            names.append(name)
        table = RELEASED.format(kept=kept, programme=one) if released else "reporting_total"
        parts.append(
            f"(SELECT place_id, month, {', '.join(sums)} "  # noqa: S608
            f"FROM {table} WHERE programme = '{one}' "
            f'AND place_id = ANY($1::bigint[]) AND month = ANY($2::date[])) AS "{one}"'
        )
    tables = parts[0] + "".join(f" FULL JOIN {part} USING (place_id, month)" for part in parts[1:])
    # A number is read in a tenth of the time of a date.
    day = "month - date '0001-01-01' + 1"
    numbers = ", ".join(f"n{n}" for n in range(len(names)))
    chosen = CHOSEN if released else ""
    statement = f"{chosen}SELECT place_id, {day}, {numbers} FROM {tables}"  # noqa: S608
    return Query(statement, tuple(names))


def _columns(programme: str, codes: Iterable[str], by_part: bool) -> dict[str, list[int]]:
    """The name of each number that is asked for, and the slots that add up to it."""
    columns: dict[str, list[int]] = defaultdict(list)
    for code in codes:
        for part in ELEMENTS[code].parts:
            name = f"{code}|{part}" if by_part and part else code
            columns[name].append(SLOTS[programme, code, part])
    return columns


def slots_of(codes: Collection[str]) -> list[tuple[str, str, int]]:
    """(element, programme, slot): for a statement that adds up totals itself."""
    return [
        (code, programme, int(SLOTS[programme, code, part]))
        for programme, listed in _by_programme(codes).items()
        for code in listed
        for part in ELEMENTS[code].parts
    ]


def attended(services: Iterable[str]) -> Q:
    """Of rows of totals: those that count a visit of these, by place of service or by home."""
    found = Q()
    for programme in sorted(services):
        for code in (f"{programme}_visits", f"{programme}_seen"):
            for slot in (SLOTS[programme, code, part] for part in ELEMENTS[code].parts):
                # Django counts from 0 where PostgreSQL counts from 1.
                found |= Q(programme=programme, **{f"total__{slot - 1}__gt": 0})
    return found


def history(place: int, first: Month, last: Month, codes: Collection[str]) -> Cells:
    """One place's elements over a span of months."""
    return read([place], first.until(last), codes)


def _by_programme(codes: Iterable[str]) -> dict[str, list[str]]:
    sorted_out: dict[str, list[str]] = defaultdict(list)
    for code in dict.fromkeys(codes):
        sorted_out[ELEMENTS[code].programme].append(code)
    return sorted_out


def visits_below(place: int, month: Month, codes: Collection[str]) -> dict[tuple[str, str], int]:
    """(element, part) -> what visits alone say of a place and all below it, reports left aside.

    Empty for programmes in which nothing was recorded there.
    """
    return visits_below_each([place], month, codes)[place]


def visits_below_each(
    places: Collection[int], month: Month, codes: Collection[str]
) -> dict[int, dict[tuple[str, str], int]]:
    """The same for each of several places. One query."""
    cells = cells_of([c for c in codes if not isinstance(ELEMENTS[c].source, Reported)])
    found: dict[int, dict[tuple[str, str], int]] = {place: {} for place in places}
    if not cells or not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sums_below(programme, cells[programme]) for programme in cells),
            {"places": list(found), "month": month.first_day, "last_day": month.last_day},
        )
        for place, programme, sums in cursor.fetchall():
            known = zip(cells[programme], sums, strict=True)
            found[place] |= {cell: value for cell, value in known if value is not None}
    return found


def cells_of(codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Programme -> the cells of these elements that it keeps."""
    return {
        programme: [(code, part) for code in wanted for part in ELEMENTS[code].parts]
        for programme, wanted in _by_programme(codes).items()
    }


def sums_below(programme: str, cells: Collection[tuple[str, str]]) -> str:
    """Of each of the places and all below it: (place, programme, numbers in this order)."""
    sums = ", ".join(f"sum(own[{int(SLOTS[programme, *cell])}])" for cell in cells)
    return (
        f"SELECT link.ancestor_id, '{programme}', ARRAY[{sums}] FROM reporting_total AS kept "  # noqa: S608 catalogue
        "JOIN facilities_ancestry AS link ON link.descendant_id = kept.place_id "
        f"WHERE kept.programme = '{programme}' AND kept.month = %(month)s "
        "AND link.ancestor_id = ANY(%(places)s) AND link.valid @> %(last_day)s::date "
        "AND kept.own IS NOT NULL GROUP BY link.ancestor_id"
    )
