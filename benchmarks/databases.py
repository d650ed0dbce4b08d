"""Throw-away servers, set as they are in production, and a database for each comparison."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ilp.launch.servers import Postgres, Valkey

APP = "benchmarks"  # an app too: one of the tables that we compare with is a model
EMPTY = "bench_empty"  # migrated, without rows


@contextmanager
def servers() -> Iterator[Path]:
    """PostgreSQL and Valkey in a folder of their own, gone at the end; Django set up on them.

    Commits wait for the disk, as in production: without that every ratio of writing would lie.
    """
    folder = Path(tempfile.mkdtemp(prefix="ilp-bench-"))
    folder.chmod(0o711)
    postgres, valkey = Postgres(folder / "pg"), Valkey(folder / "valkey")
    try:
        os.environ |= {
            "ILP_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "ilp.settings",
            "MEDIA_ROOT": str(folder / "media"),
            "CELERY_BEAT_FILE": str(folder / "beat"),
            "DATABASE_URL": postgres.start(),
            "REDIS_URL": valkey.start(),
        }
        prepare()
        yield folder
    finally:
        postgres.stop()
        valkey.stop()
        shutil.rmtree(folder, ignore_errors=True)


def prepare() -> None:
    """Set Django up and make the empty database that all others are copies of."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, APP]
    django.setup()
    _create(EMPTY, "template1")
    use(EMPTY)
    call_command("migrate", verbosity=0)


def use(name: str) -> str:
    """Let Django speak to this database from now on; its URL for other processes."""
    from django.db import connection

    connection.close()
    url = os.environ["DATABASE_URL"]
    connection.settings_dict["NAME"] = name
    head, options = url.split("?", 1)
    return f"{head.rsplit('/', 1)[0]}/{name}?{options}"


def copy(name: str, of: str = EMPTY) -> str:
    """A new database, equal to another, and in use; an older one of that name is gone."""
    _create(name, of)
    return use(name)


def _create(name: str, template: str) -> None:
    from django.db import connection

    use("postgres")
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
