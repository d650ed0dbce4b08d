"""Child processes that never outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Something that must run does not; the text says what, and what to do."""


def dies_with_parent(sig: signal.Signals) -> Callable[[], None] | None:
    """Runs in the child: the kernel sends `sig` when we end, even by kill -9 (Linux only)."""
    if not LINUX:
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, int(sig))
        if os.getppid() != parent:  # it ended between fork and here
            os._exit(1)

    return before_exec


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: dict[str, str],
    at_parents_end: signal.Signals = signal.SIGTERM,
    cwd: str | Path = "/",
    run_as: dict | None = None,
) -> subprocess.Popen:
    """Start a child in its own session, so that Ctrl-C reaches only us and we stop it in order.

    It writes to a file, never to a pipe: a pipe would keep our own parent waiting for it.
    """
    with open(log, "ab") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=dies_with_parent(at_parents_end),
            **(run_as or {}),
        )


def stop(process: subprocess.Popen | None, *, by: signal.Signals, grace: float) -> None:
    """Ask, wait `grace` seconds, then end it with everything it started."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def command_line(pid: int) -> str:
    """What a process was started as; empty when it is gone."""
    if LINUX:
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    asked = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout


def end_leftover(pidfile: Path, *, name: str, by: signal.Signals) -> None:
    """End the program of an earlier run that is still stopping, or was orphaned.

    Call it only while holding the folder's lock. A pid that now belongs to another program, seen
    by its command line, is left alone.
    """
    for tenth in range(150):
        try:
            pid = int(pidfile.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if name not in command_line(pid):
            return
        if tenth == 10:
            with suppress(OSError):
                os.kill(pid, by)
        time.sleep(0.1)
    raise CannotStart(f"{name} dari penjalanan sebelumnya (proses {pid}) tidak mau berhenti.")


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for the message that names it."""
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""
