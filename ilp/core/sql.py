"""Run one of the .sql files that lie in an app's sql/ folder, and take locks."""

from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection


@cache
def text(path: str) -> str:
    """What "app/name" says, for a statement that is completed before it runs."""
    app_label, name = path.split("/")
    return (Path(apps.get_app_config(app_label).path) / "sql" / f"{name}.sql").read_text()


def run(path: str, **params: Any) -> list[tuple[Any, ...]]:
    """Run "app/name" with the parameters; the rows of its last statement, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(text(path), params)
        while cursor.nextset():  # a file may hold several statements
            pass
        return cursor.fetchall() if cursor.description else []


def lock(space: int, key: int) -> None:
    """Wait until no other transaction holds this pair; hold it until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [space, key])
