"""manage.py beside running services: for one command, and for the steps of a start."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ilp.launch.instance import ROOT, Instance, Running
from ilp.launch.processes import CannotStart, dies_with_parent

# They need no tables, or make them themselves.
WITHOUT_TABLES = {
    *("migrate", "makemigrations", "check", "test", "help", "--help", "-h", "--version"),
    *("assign_slots", "data_dictionary"),  # they read declarations only
}


def manage_py(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


def migrate(instance: Instance, env: dict[str, str]) -> None:
    """Bring the tables up to date; all that Django says goes to the log unless it fails."""
    done = subprocess.run(
        manage_py("migrate", "--noinput"), env=env, capture_output=True, text=True, check=False
    )
    (instance.logs / "migrate.log").write_text(done.stdout + done.stderr)
    if done.returncode:
        raise CannotStart(f"Tabel basis data tidak dapat dibuat:\n{done.stderr[-2000:]}")
    (instance.folder / "migrated").write_text(migrations_mark())


def migrations_mark() -> str:
    """Changes whenever a migration of ours, or a locked library, does."""
    files = sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("*/*/migrations/*.py"))
    files.append(ROOT / "requirements.txt")
    mark = hashlib.sha256()
    for path in files:
        mark.update(path.read_bytes())
    return mark.hexdigest()


def migrate_if_needed(instance: Instance, running: Running) -> None:
    """Only our own server's tables; a server named by DATABASE_URL is its owner's business."""
    if "DATABASE_URL" not in running.urls:
        return
    with suppress(FileNotFoundError):
        if (instance.folder / "migrated").read_text() == migrations_mark():
            return
    print("Menyiapkan tabel basis data …", file=sys.stderr, flush=True)
    migrate(instance, instance.environment(running.urls))


@contextmanager
def services_for_a_command(instance: Instance) -> Iterator[Running]:
    """The services that are up, or ours for the duration; never both at once."""
    while True:
        if instance.take():
            with instance.services() as running:
                yield running
                # whoever came meanwhile finishes first
                instance.note(None)
                instance.take("users", wait=True)
            return
        instance.take("users", shared=True, wait=True)
        borrowed = instance.running()
        if borrowed:
            yield borrowed
            return
        instance.release("users")  # they are just starting, or just stopping
        time.sleep(0.2)


def run_in_foreground(words: list[str], env: dict[str, str]) -> int:
    """Run it on our terminal; Ctrl-C is the command's to answer, SIGTERM is passed on."""
    # set before the child exists, so that no signal falls between; the child gets defaults back
    signal.signal(signal.SIGINT, lambda *_: None)
    before_exec = dies_with_parent(signal.SIGTERM)
    child = subprocess.Popen(words, env=env, preexec_fn=before_exec)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code


def run(words: list[str]) -> int:
    """`./start.py manage …`: its output and exit code are the command's own."""
    instance = Instance()
    with services_for_a_command(instance) as running:
        if words and words[0] not in WITHOUT_TABLES:
            migrate_if_needed(instance, running)
        env = instance.environment(running.urls)
        env.pop("PYTHONPATH", None)
        return run_in_foreground(manage_py(*words), env | {"PWD": os.getcwd()})
