"""The private servers: they start, start again, and never outlive the one that started them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from django.core.cache import cache

from ilp.launch import testservers
from ilp.launch.processes import command_line, end_leftover
from ilp.launch.servers import LONGEST_SOCKET_DIR, Postgres, Valkey, socket_dir

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys, time
from pathlib import Path
from ilp.launch.servers import Postgres, Valkey
base = Path(sys.argv[1])
postgres, valkey = Postgres(base / "pg", durable=False), Valkey(base / "valkey", durable=False)
postgres.start(), valkey.start()
print(postgres.process.pid, valkey.process.pid, flush=True)
time.sleep(60)
"""
WORK = """
import sys, time
from pathlib import Path
from ilp.launch.supervisor import Program, Supervisor
logs = Path(sys.argv[1])
supervisor = Supervisor(root=logs, logs=logs, env={})
stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
supervisor.start("worker", Program([sys.executable, "-I", "-c", stubborn]))
print(supervisor.children["worker"][1].pid, supervisor.guard.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder that `nobody` may enter; pytest's own are closed to others."""
    folder = Path(mkdtemp(prefix="ilp-test-"))
    folder.chmod(0o711)
    (folder / "pid").write_text(str(os.getpid()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def eventually(true: Callable[[], bool], *, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def run_and_kill(code: str, folder: Path, *prefix: str) -> list[int]:
    """Start `code`, which prints the pids it started; kill it with -9; return those pids."""
    launcher = subprocess.Popen(
        [*prefix, sys.executable, "-c", code, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert launcher.stdout
    pids = [int(word) for word in launcher.stdout.readline().split()]
    assert pids
    assert all(command_line(pid) for pid in pids)
    launcher.kill()
    launcher.wait()
    launcher.stdout.close()
    return pids


def test_the_data_is_there_again_after_a_restart(base: Path) -> None:
    server = Postgres(base / "pg")
    with psycopg.connect(server.start()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()

    with psycopg.connect(server.start()) as connection:
        row = connection.execute("SELECT number, current_setting('listen_addresses') FROM kept")
        assert row.fetchone() == (7, "")
    server.stop()

    assert not (base / "pg" / "data" / "postmaster.pid").exists()


def test_a_cluster_broken_off_half_way_is_made_again(base: Path) -> None:
    unfinished = base / "pg" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    server = Postgres(base / "pg", durable=False)
    url = server.start()

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()


def test_queues_survive_a_restart_of_valkey(base: Path) -> None:
    def ask(command: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(base / "valkey" / "run" / "valkey.sock"))
            client.sendall(command + b"\r\n")
            return client.recv(100)

    server = Valkey(base / "valkey")
    server.start()
    assert ask(b"RPUSH queue a b") == b":2\r\n"
    server.stop()

    server.start()
    assert ask(b"LLEN queue") == b":2\r\n"
    server.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends them")
def test_kill_9_leaves_no_server(base: Path) -> None:
    pids = run_and_kill(SERVE, base)

    assert eventually(lambda: not any(command_line(pid) for pid in pids))


def test_kill_9_leaves_no_stubborn_worker(base: Path) -> None:
    pids = run_and_kill(WORK, base)

    assert eventually(lambda: not any(command_line(pid) for pid in pids))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_can_run_them(base: Path) -> None:
    if not os.access("/usr/bin/setpriv", os.X_OK):
        pytest.skip("setpriv (util-linux) is not installed")
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if subprocess.run([*user, sys.executable, "-c", ""], capture_output=True).returncode:
        pytest.skip("this Python lies in root's home, closed to other users")
    os.chown(base, 65534, 65534)

    pids = run_and_kill(SERVE, base, *user)

    assert eventually(lambda: not any(command_line(pid) for pid in pids))


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL refuses only root")
def test_root_hands_the_server_to_somebody_else(base: Path) -> None:
    closed = base / "closed"
    closed.mkdir(mode=0o700)  # as a checkout in root's home: `nobody` cannot enter

    server = Postgres(closed / "pg", durable=False)
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("app",)

    assert server.run_as.prefix, "a user namespace was expected"
    server.stop()


def test_a_long_path_gets_a_short_socket_folder(base: Path) -> None:
    deep = base / ("d" * LONGEST_SOCKET_DIR) / "pg"

    server = Postgres(deep, durable=False)
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    short = server.sockets
    server.stop()

    assert len(os.fsencode(short)) <= LONGEST_SOCKET_DIR
    assert not short.exists(), "it goes when the server does"


def test_a_short_path_keeps_its_sockets_at_home(base: Path) -> None:
    assert socket_dir(base / "run") == base / "run"
    assert (base / "run").stat().st_mode & 0o777 == 0o700


def test_a_pid_that_now_belongs_to_another_program_is_left_alone(base: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (base / "postmaster.pid").write_text(f"{other.pid}\n")

    end_leftover(base / "postmaster.pid", name="postgres", by=signal.SIGINT)

    assert other.poll() is None
    other.kill()
    other.wait()


def test_each_worker_of_a_run_has_a_queue_of_its_own():
    name = os.environ.get("PYTEST_XDIST_WORKER")
    if not name or testservers.FOLDER not in os.environ:
        pytest.skip("one process has one")
    pid = (Path(os.environ[testservers.FOLDER]) / name / "valkey/valkey.pid").read_text()
    assert cache._cache.get_client().info("server")["process_id"] == int(pid)
