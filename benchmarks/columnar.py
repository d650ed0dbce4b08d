"""The same month counted by DuckDB, from its own tables: the column store one might use instead."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.db import connection
from django.db.models import Count
from psycopg import ClientCursor

from benchmarks.district import LAST
from ilp.core.windows import Window
from reporting.catalogue import PROGRAMMES
from reporting.catalogue.language import F1_AGES, Breakdown, Element
from reporting.totals.counting import (
    AXIS_FIELD,
    MILESTONES,
    Group,
    Statement,
    dated,
    rows_of,
    statement,
)
from reporting.totals.own import groups_alone, reached

THREADS = 2
COLUMN = re.compile(r'"(clusters_\w+)"\."(\w+)"')
# Types that cannot be guessed of a table without rows, by PostgreSQL's numbers for them.
TYPES = {16: "BOOLEAN", 20: "BIGINT", 21: "BIGINT", 23: "BIGINT", 1082: "DATE"}
AGES = {name for name, _, _ in F1_AGES}


@dataclass(frozen=True)
class Duck:
    """A DuckDB in memory, and for each group of elements its statement with all values in it."""

    database: duckdb.DuckDBPyConnection
    statements: tuple[tuple[Group, str], ...]


def load() -> Duck:
    """Copy every column that a statement asks for, of all months, and the tree."""
    database = duckdb.connect(config={"threads": THREADS})
    statements = tuple(_statements())
    columns: dict[str, set[str]] = defaultdict(set)
    for _, text in statements:
        for table, column in COLUMN.findall(text):
            columns[table].add(column)
    for table, names in columns.items():
        listed = ", ".join(f'"{name}"' for name in sorted(names))
        _copy(database, table, f"SELECT {listed} FROM {table}")
    tree = "SELECT ancestor_id, descendant_id, lower(valid) AS since FROM facilities_ancestry"
    _copy(database, "tree", tree)
    return Duck(database, statements)


def _statements() -> Iterator[tuple[Group, str]]:
    """As ours are: what people reached in all programmes together."""
    for programme in PROGRAMMES:
        for group in groups_alone(programme, LAST):
            yield group, _literal(_grouped((programme,), group))
    programmes = tuple(PROGRAMMES)
    for group in reached(programmes, LAST):
        yield group, _literal(_grouped(programmes, group))


def _grouped(programmes: tuple[str, ...], group: Group) -> Statement:
    """Ours, but of milestones a row for each place too: what a column store is good at."""
    if group.source not in MILESTONES:
        return statement(programmes, group)
    place = AXIS_FIELD[group.axis]
    rows = rows_of(programmes, group).exclude(**{place: None})
    counted = rows.values_list(place, "code", "sex").annotate(n=Count("*"))
    return counted.order_by().query.sql_with_params()


def _literal(made: Statement) -> str:
    text, params = made
    connection.ensure_connection()
    client = ClientCursor(connection.connection)
    return client.mogrify(text, [dated(p, Window.of(LAST)) for p in params])


def _copy(database: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        with connection.cursor() as cursor:
            cursor.execute(f"{query} LIMIT 0")
            told = {c.name: TYPES[c.type_code] for c in cursor.description if c.type_code in TYPES}
        with (
            file.open("wb") as out,
            connection.cursor() as cursor,
            cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy,
        ):
            out.writelines(copy)
        database.execute(
            f"CREATE TABLE {table} AS SELECT * "
            f"FROM read_csv('{file}', sample_size=-1, types={told})"
        )


def roll_up(duck: Duck) -> None:
    """Own numbers of every place, and the sums over all that lies below each place."""
    for number, (group, text) in enumerate(duck.statements):
        place = "facility_id" if '"facility_id" AS' in text else "home_id"
        keys = "code, sex" if group.source in MILESTONES else "sex, age"
        sums = "sum(n) AS n" if group.source in MILESTONES else _sums(len(group.elements))
        duck.database.execute(f"CREATE OR REPLACE TABLE own{number} AS {text}")
        duck.database.execute(
            f"CREATE OR REPLACE TABLE total{number} AS SELECT ancestor_id, {keys}, {sums} "
            f"FROM own{number} JOIN tree ON descendant_id = {place} "
            f"WHERE since <= DATE '{LAST.last_day}' GROUP BY ancestor_id, {keys}"
        )


def _sums(count: int) -> str:
    return ", ".join(f"sum(n{n}) AS n{n}" for n in range(count))


def of_place(duck: Duck, place: int) -> dict[str, int]:
    """Each element's total at a place, all parts together."""
    found: dict[str, int] = defaultdict(int)
    for number, (group, _) in enumerate(duck.statements):
        rows = duck.database.execute(
            f"SELECT * FROM total{number} WHERE ancestor_id = {place}"
        ).fetchall()
        for _, first, second, *counts in rows:
            if group.source in MILESTONES:
                for element in group.elements:
                    if element.source.code == first:
                        found[element.code] += counts[0]
                continue
            for element, count in zip(group.elements, counts, strict=True):
                if counts_in(element, second):
                    found[element.code] += count or 0
    return dict(found)


def counts_in(element: Element, age: str) -> bool:
    """Whether rows of that band of age belong to a part of the element."""
    return element.breakdown is not Breakdown.SEX_AGE_F1 or age in AGES
