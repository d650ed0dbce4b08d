"""pytest plugin: one throw-away PostgreSQL per run, and a Valkey for each of its xdist workers.

With DATABASE_URL set nothing is started and that server is used.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from ilp.launch.processes import CannotStart, command_line
from ilp.launch.servers import Postgres, Valkey

PREFIX = "ilp-test-"
FOLDER = "ILP_TEST_FOLDER"  # where xdist workers find what was started for them


def sweep() -> None:
    """Remove what runs that were killed left in the temporary folder."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError, ValueError):
            if not command_line(int((folder / "pid").read_text())):
                shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> None:
    """Start both and tell everyone through the environment, which xdist workers inherit."""
    postgres = Postgres(folder / "pg", durable=False)
    valkey = Valkey(folder / "valkey", durable=False)
    for server in (postgres, valkey):
        atexit.register(server.stop)
    os.environ |= {"DATABASE_URL": postgres.start(), "REDIS_URL": valkey.start()}
    os.environ[FOLDER] = str(folder)


# A wrapper, because it must come before pytest-django, which reads the settings in the same hook.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    asked = early_config.known_args_namespace
    if not (asked.help or asked.version):
        os.environ["ILP_MODE"] = "test"
        name = os.environ.get("PYTEST_XDIST_WORKER", "")
        if not name:
            provide()
        elif FOLDER in os.environ:
            start_queue(Path(os.environ[FOLDER]) / name)
    yield


def start_queue(base: Path) -> None:
    """A Valkey of an xdist worker's own: it has a database of its own too, and a task sent by one
    would find nothing in that of the other whose Celery worker took it."""
    base.mkdir()
    valkey = Valkey(base / "valkey", durable=False)
    atexit.register(valkey.stop)
    os.environ["REDIS_URL"] = valkey.start()


def provide() -> None:
    """A folder of our own for servers and uploads, gone when the run ends."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)
    (folder / "pid").write_text(str(os.getpid()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MEDIA_ROOT"] = str(folder / "media")
    if os.environ.get("DATABASE_URL"):
        return
    try:
        start(folder)
    except CannotStart as error:
        pytest.exit(str(error), returncode=3)
