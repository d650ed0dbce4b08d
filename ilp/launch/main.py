"""`./start.py`: from nothing to the dashboard of a demo district, and down again."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from urllib.error import HTTPError, URLError

from ilp.launch import commands
from ilp.launch.check import browser, check
from ilp.launch.instance import ROOT, Instance, Running
from ilp.launch.processes import CannotStart, dies_with_parent, stop, tail
from ilp.launch.supervisor import Supervisor, programs

FIRST_PORT, PORTS_TRIED = 8000, 20
BEGAN = time.monotonic()


def say(text: str) -> None:
    """A step, with the seconds since the start; on stderr, so that stdout stays for results."""
    print(f"[{time.monotonic() - BEGAN:5.1f} dtk] {text}", file=sys.stderr, flush=True)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./start.py",
        description="Menjalankan ILP dengan kabupaten contoh di komputer ini.",
        epilog="./start.py test [argumen pytest]   menjalankan pengujian.   "
        "./start.py manage PERINTAH …   menjalankan perintah manage.py pada layanan yang sama.",
    )
    parser.add_argument(
        "--size", choices=["small", "pandeglang"], default="small", help="besar kabupaten contoh"
    )
    parser.add_argument("--port", type=int, help="porta web (bawaan: yang bebas mulai 8000)")
    parser.add_argument("--fresh", action="store_true", help="hapus .data/ dan mulai dari kosong")
    parser.add_argument(
        "--check", action="store_true", help="jalankan, cocokkan angka dasbor, lalu berhenti"
    )
    return parser.parse_args(arguments)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    """The wanted port or none; without a wish the first free one."""
    candidates = [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for port in candidates:
        if is_free(port):
            return port
    raise CannotStart(f"Porta {candidates[0]} sudah dipakai. Pilih yang lain: --port 8123")


def wait_for_web(supervisor: Supervisor, address: str, patience: float = 60) -> None:
    """Until the server answers at all; an error page is the check's business, not ours."""
    client, end = browser(), time.monotonic() + patience
    while time.monotonic() < end:
        supervisor.watch()
        try:
            with client.open(f"{address}healthz", timeout=5):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
    log = supervisor.logs / "web.log"
    raise CannotStart(f"Web tidak menjawab; lihat {log}:\n{tail(log)}")


def load_demo(instance: Instance, supervisor: Supervisor, *, size: str) -> None:
    """Fill the district through the real upload door; the worker does the work meanwhile."""
    words = ["seed_demo", "--size", size, "--accounts", str(instance.accounts)]
    child = subprocess.Popen(
        commands.manage_py(*words),
        env=supervisor.env,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    try:
        while child.poll() is None:
            supervisor.watch()
            time.sleep(0.2)
    finally:
        stop(child, by=signal.SIGTERM, grace=10)
    if child.returncode:
        raise CannotStart(f"Data contoh tidak dapat dimuat (kode {child.returncode}).")


def summary(instance: Instance, running: Running) -> str:
    """The address, who can sign in, what runs, and how to stop it."""
    accounts = json.loads(instance.accounts.read_text())
    head = {"role": "peran", "username": "nama pengguna", "password": "kata sandi"}
    rows = [head | {"place": "tempat"}, *accounts]
    width = {key: max(len(str(row[key])) for row in rows) for key in rows[0]}
    table = ["  ".join(str(row[key]).ljust(width[key]) for key in width) for row in rows]
    ours = "PostgreSQL, Valkey, " if running.urls else ""
    return "\n".join(
        [
            "",
            f"ILP berjalan di  {running.address}",
            "",
            *(f"  {line.rstrip()}" for line in table),
            "",
            f"Berjalan: {ours}web, pekerja Celery, penjadwal. Catatan: {instance.logs}",
            "Berhenti: Ctrl-C. Data tetap ada; ./start.py --fresh memulai dari kosong.",
        ]
    )


def bring_up(instance: Instance, supervisor: Supervisor, running: Running) -> None:
    """Tables, then processes, then the demo district."""
    commands.migrate(instance, supervisor.env)
    say("Tabel basis data siap.")
    port = int(running.address.rstrip("/").rsplit(":", 1)[1])
    for name, program in programs(port=port, beat_file=supervisor.env["CELERY_BEAT_FILE"]).items():
        supervisor.start(name, program)
    wait_for_web(supervisor, running.address)
    say("Web, pekerja Celery dan penjadwal berjalan.")
    load_demo(instance, supervisor, size=running.size)
    say("Kabupaten contoh siap.")


def start(instance: Instance, args: argparse.Namespace) -> int:
    """We hold the lock: run everything until told to stop, or until the check is made."""
    if args.fresh:
        instance.wipe()
    address = f"http://127.0.0.1:{choose_port(args.port)}/"
    with instance.services() as services:
        say("PostgreSQL dan Valkey siap." if services.urls else "Memakai server yang disebutkan.")
        running = replace(services, address=address, size=args.size)
        instance.note(running)
        env = instance.environment(running.urls)
        supervisor = Supervisor(root=ROOT, logs=instance.logs, env=env)
        try:
            bring_up(instance, supervisor, running)
            instance.note(replace(running, ready=True))
            if args.check:
                print(check(instance, address=address, env=supervisor.env), flush=True)
                return 0
            print(summary(instance, running), flush=True)
            return serve(supervisor)
        finally:
            ignore_signals()
            say("Menghentikan …")
            instance.note(None)
            supervisor.stop()


def serve(supervisor: Supervisor) -> int:
    """Until Ctrl-C, which is how it is meant to end."""
    try:
        while True:
            supervisor.watch()
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0


def join(instance: Instance, args: argparse.Namespace) -> int | None:
    """Someone else holds the lock: say where it runs, or check that one. None: try again."""
    running = instance.running()
    if running is None or not running.address:
        time.sleep(0.3)  # starting, stopping, or up for one command only
        return None
    if args.fresh:
        raise CannotStart(f"Masih berjalan di {running.address}; hentikan dulu (Ctrl-C di sana).")
    if not args.check:
        state = "" if running.ready else " (masih disiapkan)"
        print(f"Sudah berjalan di {running.address}{state}, proses {running.pid}.")
        return 0
    if not running.ready:
        time.sleep(1)
        return None
    env = instance.environment(running.urls)
    print(check(instance, address=running.address, env=env), flush=True)
    return 0


def up(args: argparse.Namespace) -> int:
    instance = Instance()
    while True:
        if instance.take():
            return start(instance, args)
        code = join(instance, args)
        if code is not None:
            return code


def ignore_signals() -> None:
    """While stopping, a second Ctrl-C must not leave half of it running."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)


def answer_signals() -> None:
    """All mean: stop in order. Shells start background jobs with Ctrl-C ignored, nohup with HUP."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, interrupt)


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["manage"]:
            return commands.run(arguments[1:])
        args = parse(arguments)
        answer_signals()
        return up(args)
    except CannotStart as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"\nTidak diizinkan: {error.filename}. Milik pengguna lain?", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1:]))
