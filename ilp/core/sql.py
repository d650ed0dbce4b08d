"""Run one of the .sql files that lie in an app's sql/ folder, and take locks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, error_from_result
from psycopg.pq import ExecStatus

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
MOST_PREPARED = 200  # on one connection; each takes some memory of the server
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@cache
def text(path: str) -> str:
    """What "app/name" says, for a statement that is completed before it runs."""
    app_label, name = path.split("/")
    return (Path(apps.get_app_config(app_label).path) / "sql" / f"{name}.sql").read_text()


def run(path: str, **params: Any) -> list[tuple[Any, ...]]:
    """Run "app/name" with the parameters; the rows of its last statement, if it gives any."""
    return run_text(text(path), params)


def run_text(statement: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The same of a statement that was completed with `text`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        while cursor.nextset():  # a file may hold several statements
            pass
        return cursor.fetchall() if cursor.description else []


def run_prepared(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that PostgreSQL reads and plans once for each connection.

    `statement` names its parameters, of which there is at least one, $1, $2 … with their types.
    For what is asked again and again and takes long to plan.
    """
    text = f"EXECUTE {_prepare(statement)} ({', '.join(['%s'] * len(params))})"
    if connection.queries_logged:  # somebody counts
        with connection.cursor() as cursor:
            cursor.execute(text, params)
            return cursor.fetchall()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        return cursor.execute(text, params).fetchall()  # Django's cursor takes half as long again


def run_written(statement: str, params: Sequence[str]) -> list[tuple[bytes | None, ...]]:
    """As `run_prepared`, its rows as PostgreSQL writes them: for what is asked at every request,
    and mostly answered as before. What stands between takes twice as long as the answer."""
    ours = connections[DEFAULT_DB_ALIAS]  # to find it takes a while
    if ours.queries_logged:  # somebody counts
        ours.queries_log.append({"sql": statement, "time": "0.000"})
    name = _prepare(statement).encode()
    with ours.wrap_database_errors:
        answer = ours.connection.pgconn.exec_prepared(name, [p.encode() for p in params])
        if answer.status != ExecStatus.TUPLES_OK:
            if ours.connection.closed:
                raise psycopg.OperationalError("the connection is lost")
            raise error_from_result(answer)
    columns = range(answer.nfields)
    return [tuple(answer.get_value(n, at) for at in columns) for n in range(answer.ntuples)]


def _prepare(statement: str) -> str:
    """Its name on the connection in use. What a transaction prepared outlives its rollback."""
    ours = connections[DEFAULT_DB_ALIAS]
    ours.ensure_connection()
    held = _prepared.setdefault(ours.connection, set())
    name = _name(statement)
    if name not in held:
        with ours.wrap_database_errors:
            if len(held) >= MOST_PREPARED:
                ours.connection.execute("DEALLOCATE ALL")
                held.clear()
            ours.connection.execute(f"PREPARE {name} AS {statement}")
        held.add(name)
    return name


@lru_cache(maxsize=MOST_PREPARED)
def _name(statement: str) -> str:
    return f"kept_{sha256(statement.encode()).hexdigest()[:32]}"


@cache
def numbered(path: str) -> tuple[str, tuple[str, ...]]:
    """ "app/name" for `run_prepared`, and the names of its parameters in order."""
    names = tuple(dict.fromkeys(PLACEHOLDER.findall(_without_comments(text(path)))))
    places = {name: f"${n}" for n, name in enumerate(names, start=1)}
    return PLACEHOLDER.sub(lambda found: places[found[1]], _without_comments(text(path))), names


def _without_comments(statement: str) -> str:
    return re.sub(r"^--.*\n", "", statement, flags=re.MULTILINE).rstrip().removesuffix(";")


class InFlight:
    """Statements that are sent and not waited for: the database works while Python goes on.

    They run in order, inside the transaction, as psycopg's pipeline; one statement a `send`. What
    goes wrong is raised by `land`, at the latest when the block ends.
    """

    def __init__(self) -> None:
        self._pipeline = ExitStack()
        self._cursors: list[Any] = []
        self._is_open = False

    def __enter__(self) -> InFlight:
        return self

    def __exit__(self, *failure: object) -> None:
        self.land()

    def send(self, text: str, params: Mapping[str, Any] | Sequence[Any] | None = None) -> None:
        if not self._is_open:
            connection.ensure_connection()
            self._pipeline.enter_context(connection.connection.pipeline())
            self._is_open = True
        self._cursors.append(connection.connection.cursor())
        with connection.wrap_database_errors:
            self._cursors[-1].execute(text, params)

    def each(self) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of each statement in order, as soon as all that was sent has been answered:
        psycopg hands out nothing before. What is sent meanwhile is for the next time.
        """
        cursors, self._cursors = self._cursors, []
        for cursor in cursors:
            with connection.wrap_database_errors:
                rows = cursor.fetchall()
            yield rows

    def land(self) -> list[list[tuple[Any, ...]]]:
        """Wait for all that was sent; the rows of each statement."""
        sent, self._cursors = self._cursors, []
        self._is_open = False
        with connection.wrap_database_errors:
            self._pipeline.close()
        return [cursor.fetchall() if cursor.description else [] for cursor in sent]


def is_deadlock(error: Exception) -> bool:
    """Whether the database ended a transaction because two waited for each other: try again."""
    return isinstance(error.__cause__, DeadlockDetected)


def lock_shared(space: int, keys: Iterable[int]) -> None:
    """As `lock` for each of the keys, beside others who hold them so; who wants one alone waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, key) FROM unnest(%s::int[]) AS key",
            [space, sorted(keys)],
        )


def lock_within(space: int, key: int, seconds: float) -> bool:
    """As `lock`; False once that long has passed in vain, so that nobody queues behind for ever."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, true)", [f"{round(seconds * 1000)}ms"]
            )
            lock(space, key)
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        return False
    return True


def lock(space: int, key: int) -> None:
    """Wait until no other transaction holds this pair; hold it until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [space, key])
