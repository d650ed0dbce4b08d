"""One installation on this machine: its folder `.data/`, its lock, secrets and running services."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

from ilp.launch.servers import Postgres, Valkey

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Running:
    """What a start tells later ones: which services are up, and where the pages answer."""

    pid: int
    urls: dict[str, str] = field(default_factory=dict)  # DATABASE_URL, REDIS_URL
    address: str = ""  # empty: services only, for the duration of one command
    size: str = ""
    ready: bool = False  # the demo district is loaded


class Instance:
    """The folder and who may use it.

    Two locks, both let go by the kernel when a process ends: `lock` is held by the one that starts
    and stops services, `users` is shared by commands that lean on them meanwhile.
    """

    def __init__(self, folder: Path = ROOT / ".data") -> None:
        self.folder = folder
        self.logs = folder / "logs"
        self.accounts = folder / "accounts.json"
        self._note = folder / "running.json"
        self._locks: dict[str, IO[str]] = {}

    def prepare(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # PostgreSQL may run under another account; files are 600

    def take(self, name: str = "lock", *, shared: bool = False, wait: bool = False) -> bool:
        """Take a lock; False when someone else has it and we do not wait."""
        self.prepare()
        file = open(self.folder / name, "w")  # noqa: SIM115 - closing it lets the lock go
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(file, how if wait else how | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._locks[name] = file
        return True

    def release(self, name: str = "lock") -> None:
        if file := self._locks.pop(name, None):
            file.close()

    def wipe(self) -> None:
        """Forget everything but the locks, which we hold."""
        for path in self.folder.iterdir():
            if path.name in {"lock", "users"}:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        self.prepare()

    def note(self, running: Running | None) -> None:
        """Say what runs now; None when nothing does."""
        if running is None:
            self._note.unlink(missing_ok=True)
            return
        unfinished = self._note.with_suffix(".new")
        write_private(unfinished, json.dumps(asdict(running)))
        unfinished.rename(self._note)

    def running(self) -> Running | None:
        """What the holder of the lock last said; meaningless when nobody holds it."""
        try:
            return Running(**json.loads(self._note.read_text()))
        except (FileNotFoundError, json.JSONDecodeError, TypeError):
            return None

    def secrets(self) -> dict[str, str]:
        """Keys made at random the first time and kept: without NIK_KEY no NIK can be read again."""
        path = self.folder / "secrets.json"
        if not path.exists():
            made = {name: secrets.token_urlsafe(48) for name in ("SECRET_KEY", "NIK_KEY")}
            write_private(path, json.dumps(made))
        return json.loads(path.read_text())

    def environment(self, urls: dict[str, str]) -> dict[str, str]:
        """What Django's processes get: the caller's own variables win over ours."""
        ours = self.secrets() | {
            "ILP_MODE": "demo",
            "ILP_DEMO": "1",
            "MEDIA_ROOT": str(self.folder / "media"),
            "CELERY_BEAT_FILE": str(self.folder / "beat"),
            "DJANGO_SETTINGS_MODULE": "ilp.settings",
        }
        for name in [name for name in ours if f"{name}_FILE" in os.environ]:
            del ours[name]
        return ours | dict(os.environ) | urls

    @contextmanager
    def services(self) -> Iterator[Running]:
        """PostgreSQL and Valkey, unless the environment names others; stopped at the end."""
        chosen = {"DATABASE_URL": Postgres(self.folder / "pg")}
        chosen |= {"REDIS_URL": Valkey(self.folder / "valkey")}  # type: ignore[dict-item]
        running = Running(pid=os.getpid())
        with ExitStack() as at_end:
            for name, server in chosen.items():
                if os.environ.get(name) or os.environ.get(f"{name}_FILE"):
                    continue
                at_end.callback(server.stop)
                running = replace(running, urls=running.urls | {name: server.start()})
            at_end.callback(self.note, None)
            self.note(running)
            yield running


def write_private(path: Path, text: str) -> None:
    """A file only we may read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w") as file:
        file.write(text)
