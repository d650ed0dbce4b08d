#!/usr/bin/env python3
"""Satu perintah: menyiapkan lingkungan Python lalu menjalankan ILP (lihat ./start.py --help).

Standard library only, and readable by old Pythons so that they can say what is missing.
"""

import hashlib
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP_STEP = re.compile(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)")
WITHOUT_XDIST = ("-n", "--numprocesses", "--dist", "--pdb", "--collect-only", "--co")


def check_machine() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs an older one must be told
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.exit(
            f"Perlu Python 3.11 atau lebih baru; yang dipakai {found}. Coba: python3.11 start.py"
        )
    if os.name == "nt":
        sys.exit("Di Windows jalankan di dalam WSL, atau pakai docker compose (lihat README).")


@contextmanager
def alone():
    """Two starts at once must not install into the same folder."""
    import fcntl

    with open(ROOT / ".venv.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    works = (
        PYTHON.exists()
        and not subprocess.run(
            [PYTHON, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
    )
    if works:
        return
    print("Membuat lingkungan Python (.venv) …", file=sys.stderr, flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        sys.exit(
            f"{made.stdout}{made.stderr}\nLingkungan Python tidak dapat dibuat. "
            "Di Debian/Ubuntu pasang dulu: apt install python3-venv"
        )


def show_progress(done: int, total: int, *, name: str) -> None:
    """One moving bar on a terminal, a line now and then elsewhere; always on stderr."""
    filled = min(30, 30 * done // max(total, 1))
    line = f"Memasang pustaka [{'█' * filled}{'·' * (30 - filled)}] {done}/{total} {name}"
    if sys.stderr.isatty():
        print(f"\r\033[K{line[:100]}", end="", file=sys.stderr, flush=True)
    elif done % 20 == 0:
        print(line, file=sys.stderr, flush=True)


def install(requirements: Path) -> None:
    """Install the lock with its hashes; pip's last words are shown only when it fails."""
    pinned = [line for line in requirements.read_text().splitlines() if "==" in line]
    total = sum(1 for line in pinned if "platform_system == 'Windows'" not in line)
    command: list[str | Path] = [PYTHON, "-m", "pip", "install"]
    command += ["--disable-pip-version-check", "--no-color"]
    command += ["--progress-bar", "off", "--require-hashes", "-r", requirements]
    words: list[str] = []
    done = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            words.append(line.rstrip())
            found = PIP_STEP.match(line)
            if found:
                done += 1
                show_progress(min(done, total), total, name=found[1])
            elif line.startswith("Installing collected"):
                show_progress(total, total, name="menulis berkas …")
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if pip.returncode:
        sys.exit("\n".join(words[-15:]) + "\nPemasangan pustaka gagal; periksa sambungan internet.")


def ensure_installed(name: str) -> None:
    """Make .venv hold exactly what `name` locks; a later start only compares two hashes."""
    requirements = ROOT / name
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    marker = VENV / f".installed-{requirements.stem}"
    if PYTHON.exists() and marker.exists() and marker.read_text() == wanted:
        return
    with alone():
        make_environment()
        install(requirements)
        marker.write_text(wanted)


def ensure_compiled() -> None:
    """Compile each catalogue of translations that is newer than what was made of it."""
    for words in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        made = words.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime_ns > words.stat().st_mtime_ns:
            continue
        with alone():
            fresh = made.with_suffix(f".{os.getpid()}")
            command: list[str | Path] = [PYTHON, "-m", "babel.messages.frontend", "--quiet"]
            command += ["compile", "--input-file", words, "--output-file", fresh]
            if subprocess.run(command, check=False).returncode:
                sys.exit(f"Terjemahan tidak dapat disusun: {words}")
            fresh.replace(made)  # at once: somebody may be reading it


def with_workers(arguments: list) -> list:
    """Two pytest processes, unless the caller chose a number or names a single test file."""
    chosen = any(word.startswith(WITHOUT_XDIST) or "no:xdist" in word for word in arguments)
    paths = [word for word in arguments if word.split("::")[0].endswith(".py")]
    return arguments if chosen or len(paths) == 1 else ["-n", "2", *arguments]


def main(arguments: list) -> None:
    check_machine()
    what, rest = arguments[:1], arguments[1:]
    for_developers = what in (["test"], ["tool"])
    ensure_installed("requirements-dev.txt" if for_developers else "requirements.txt")
    ensure_compiled()
    os.environ["PYTHONPATH"] = str(ROOT)
    if for_developers:
        os.chdir(ROOT)
    if what == ["test"]:
        command = [PYTHON, "-m", "pytest", *with_workers(rest)]
    elif what == ["tool"]:
        command = [VENV / "bin" / "".join(rest[:1]), *rest[1:]]
    else:  # -P: the folder we are called from must not shadow our modules
        command = [PYTHON, "-P", "-m", "ilp.launch.main", *arguments]
    os.execv(command[0], [str(word) for word in command])  # noqa: S606 - Ctrl-C goes straight to it


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PermissionError as error:
        sys.exit(f"Tidak diizinkan: {error.filename}. Milik pengguna lain?")
    except KeyboardInterrupt:
        sys.exit(130)
