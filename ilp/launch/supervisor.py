"""Keeps web, worker and beat running beside each other until told to stop."""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from ilp.launch.processes import CannotStart, end_leftover, spawn, stop, tail

GUARD = Path(__file__).with_name("guard.py")
MOST_RESTARTS = 4  # within RESTARTS_WINDOW seconds; beyond, something is wrong for good
RESTARTS_WINDOW = 60.0
STOP_ORDER = ("web", "beat", "worker")  # nobody new comes in, nothing new is due, work ends


# Without query and referrer: what somebody typed into a search is nobody's to keep.
ACCESS_LOG = '%(h)s %(l)s %(u)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s "%(a)s"'


@dataclass(frozen=True)
class Program:
    """One of our processes: how it starts and how long it may take to end."""

    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    grace: float = 10.0


def programs(*, port: int, beat_file: str) -> dict[str, Program]:
    """What a running system consists of besides PostgreSQL and Valkey."""
    celery = [sys.executable, "-P", "-m", "celery", "-A", "ilp"]
    web = [sys.executable, "-P", "-m", "gunicorn", "ilp.wsgi:application"]
    web += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--worker-class", "gthread"]
    web += ["--threads", "4", "--access-logfile", "-", "--log-level", "warning"]
    web += ["--access-logformat", ACCESS_LOG]
    worker = [*celery, "worker", "--queues", "ingest,rollup,default", "--concurrency", "2"]
    worker += ["--hostname", "ilp@localhost", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--schedule", beat_file, "--pidfile", ""]
    return {
        "web": Program(web, {"ILP_DB_POOL": "1"}),
        "worker": Program(worker, grace=30.0),
        "beat": Program(beat),
    }


class Supervisor:
    """Starts programs, starts them again when they end, stops them in order."""

    def __init__(self, *, root: Path, logs: Path, env: dict[str, str]) -> None:
        self.root, self.logs = root, logs
        self.env = env | {"PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"}
        self.guard = subprocess.Popen(
            [sys.executable, "-I", str(GUARD)],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.children: dict[str, tuple[Program, subprocess.Popen]] = {}
        self.restarts: list[float] = []

    def start(self, name: str, program: Program) -> None:
        """Run it, ending first what an earlier, killed start may have left."""
        pidfile = self.logs / f"{name}.pid"
        end_leftover(pidfile, name=program.command[3], by=signal.SIGTERM)
        process = spawn(
            program.command,
            log=self.logs / f"{name}.log",
            env=self.env | program.env,
            cwd=self.root,
        )
        self._tell_guard(f"+{process.pid}")
        pidfile.write_text(str(process.pid))
        self.children[name] = (program, process)

    def watch(self) -> None:
        """Start again whatever ended; raises CannotStart when that happens too often."""
        for name, (program, process) in list(self.children.items()):
            if process.poll() is None:
                continue
            self._tell_guard(f"-{process.pid}")
            now = time.monotonic()
            self.restarts = [at for at in self.restarts if now - at < RESTARTS_WINDOW] + [now]
            log = self.logs / f"{name}.log"
            if len(self.restarts) > MOST_RESTARTS:
                raise CannotStart(f"{name} berulang kali berhenti; lihat {log}:\n{tail(log)}")
            self.start(name, program)

    def stop(self) -> None:
        for name in STOP_ORDER:
            if name in self.children:
                program, process = self.children[name]
                stop(process, by=signal.SIGTERM, grace=program.grace)
                self._tell_guard(f"-{process.pid}")
                (self.logs / f"{name}.pid").unlink(missing_ok=True)
        self.guard.communicate()

    def _tell_guard(self, line: str) -> None:
        if self.guard.stdin:
            self.guard.stdin.write(f"{line}\n")
            self.guard.stdin.flush()
