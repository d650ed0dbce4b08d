"""Web servers as in production, and how many requests a second they answer."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from ilp.launch.instance import ROOT
from ilp.launch.supervisor import Program, Supervisor, programs

CONNECTIONS = 8
OURS = "ilp.wsgi:application"
HELLOS = {
    "hello": "benchmarks.hello:application",
    "inside": "benchmarks.hello_inside:application",
}


@dataclass(frozen=True)
class Request:
    """One page on a port of this machine, asked for again and again over kept connections."""

    port: int
    path: str
    headers: Mapping[str, str]
    expect: int = 200

    @property
    def text(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(folder: Path, database_url: str, *names: str) -> Iterator[dict[str, int]]:
    """Processes as ./start.py runs them, and two hellos served like the web; their ports."""
    ports = {name: free_port() for name in (*HELLOS, "web")}
    known = programs(port=ports["web"], beat_file=str(folder / "beat"))
    for name, application in HELLOS.items():
        served = programs(port=ports[name], beat_file="")["web"]
        command = [application if word == OURS else word for word in served.command]
        known[name] = replace(served, command=command)
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    supervisor = Supervisor(
        root=ROOT, logs=logs, env=dict(os.environ) | {"DATABASE_URL": database_url}
    )
    try:
        for name in names:
            program: Program = known[name]
            supervisor.start(name, program)
        for name in ports.keys() & set(names):
            _wait(ports[name])
        yield ports
    finally:
        for name in names:
            _, process = supervisor.children[name]
            process.terminate()
            process.wait(30)
        supervisor.stop()


def _wait(port: int, patience: float = 60) -> None:
    end = monotonic() + patience
    while monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise AssertionError("a web server does not listen")


def fetch(request: Request) -> tuple[dict[str, str], bytes]:
    """One answer: its headers in small letters, and its body."""
    with socket.create_connection(("127.0.0.1", request.port), 60) as at:
        at.sendall(request.text)
        return _answer(at, request.expect)


def _answer(at: socket.socket, expect: int) -> tuple[dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(at)
    head, body = data.split(b"\r\n\r\n", 1)
    first, *lines = head.decode("latin-1").split("\r\n")
    if int(first.split()[1]) != expect:
        raise AssertionError(f"answered {first}")
    headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in lines)}
    length = 0 if expect == 304 else int(headers["content-length"])
    while len(body) < length:
        body += _some(at)
    return headers, body


def _some(at: socket.socket) -> bytes:
    data = at.recv(1 << 18)
    if not data:
        raise ConnectionResetError
    return data


def rate(request: Request, seconds: float = 2.0) -> float:
    """Answers a second over several connections at once."""
    end, done = monotonic() + seconds, [0] * CONNECTIONS

    def ask(number: int) -> None:
        at = socket.create_connection(("127.0.0.1", request.port), 60)
        while monotonic() < end:
            try:
                at.sendall(request.text)
                _answer(at, request.expect)
            except (ConnectionResetError, BrokenPipeError):  # the server keeps none for ever
                at.close()
                at = socket.create_connection(("127.0.0.1", request.port), 60)
                continue
            done[number] += 1
        at.close()

    threads = [Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not sum(done):
        raise AssertionError(f"port {request.port} answered nothing")
    return sum(done) / seconds
