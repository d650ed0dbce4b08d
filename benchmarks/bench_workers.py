"""What a large workbook needs of memory, and what a second worker gains."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter

from django.conf import settings

from benchmarks import bench_ingest
from benchmarks.district import LAST
from benchmarks.measuring import Result, faster
from benchmarks.workbook import WIDTH, rows, workbook
from facilities.models import Facility
from ilp.launch.instance import ROOT

LARGE = 100_000  # rows
USUAL = 10_000
ROUNDS = 3
PAUSE = 0.02  # seconds between two looks at the memory


def run(
    folder: Path, url: str, *, large: int = LARGE, usual: int = USUAL, rounds: int = ROUNDS
) -> list[Result]:
    """On a database that holds places and no visits; processes of their own do the work."""
    bench_ingest.make_tables()
    places = list(Facility.objects.filter(kind="puskesmas").order_by("pk")[:2])
    return [
        memory(folder, url, places[0], large, rounds),
        *two_workers(folder, url, places, usual, rounds),
    ]


def memory(folder: Path, url: str, place: Facility, count: int, rounds: int) -> Result:
    """The most that each way takes at once, with all of its children."""
    file = _file(folder, place, count, seed=1)
    most: dict[str, list[int]] = {"ours": [], "copy": []}
    for _ in range(rounds):
        for way, found in most.items():
            bench_ingest.clear()
            with _taking(way, url, place, [file]) as process, _watched(process.pid) as peak:
                _begin(process)
                _end(process)
            found.append(max(peak))
    ours, copy = median(most["ours"]), median(most["copy"])
    return Result(
        f"memory for {count:,} x {WIDTH} / calamine + raw COPY",
        ratio=ours / copy,
        goal="<= 1",
        note=f"{ours / 2**20:.0f} MB beside {copy / 2**20:.0f} MB, proportional set size of the "
        "process and its children, Django included on both sides",
    )


def two_workers(
    folder: Path, url: str, places: Sequence[Facility], count: int, rounds: int
) -> list[Result]:
    """Two files of two Puskesmas, by one worker after the other and by two at once.

    The same with calamine and a COPY alone says what the processors have to give.
    """
    files = [_file(folder, place, count, seed=at) for at, place in enumerate(places, start=2)]
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "copy": []}
    for _ in range(rounds):
        for way, times in found.items():
            given = [(way, url, place, [file]) for place, file in zip(places, files, strict=True)]
            times.append((_in_turns(given), _at_once(given)))
    size = f"{count:,} rows each"
    one, two = (median(times) for times in zip(*found["ours"], strict=True))
    bare, both = (median(times) for times in zip(*found["copy"], strict=True))
    shared = f"on {os.cpu_count()} processors, which the database shares with them"
    return [
        faster(f"two workers / one, {size}", two, one, ">= 1.5", shared),
        faster(f"two of calamine + raw COPY / one, {size}", both, bare, "", shared),
    ]


def _in_turns(given: Sequence[tuple]) -> float:
    bench_ingest.clear()
    took = 0.0
    for one in given:
        with _taking(*one) as process:
            _begin(process)
            took += _end(process)
    return took


def _at_once(given: Sequence[tuple]) -> float:
    bench_ingest.clear()
    with ExitStack() as stack:
        processes = [stack.enter_context(_taking(*one)) for one in given]
        began = perf_counter()
        for process in processes:
            _begin(process)
        for process in processes:
            _end(process)
        return perf_counter() - began


def _file(folder: Path, place: Facility, count: int, *, seed: int) -> Path:
    path = folder / f"visits-{place.code}-{count}.xlsx"
    path.write_bytes(workbook(rows(count, puskesmas=place, month=LAST, seed=seed), place))
    return path


@contextmanager
def _taking(
    way: str, url: str, place: Facility, files: Sequence[Path]
) -> Iterator[subprocess.Popen[str]]:
    """A process that stands ready; it is gone at the end, whatever happened."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.taking", way, place.code, *map(str, files)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "MEDIA_ROOT": str(settings.MEDIA_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            raise AssertionError(f"{way}: it did not get ready")
        yield process
    finally:
        process.kill()
        process.wait()


def _begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _end(process: subprocess.Popen[str]) -> float:
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        raise AssertionError("it ended before its work was done")
    return float(said)


@contextmanager
def _watched(pid: int) -> Iterator[list[int]]:
    """Bytes that a process and all below it hold, looked at again and again."""
    found, over = [sum(map(_held, _family(pid)))], Event()

    def look() -> None:
        while not over.wait(PAUSE):
            found.append(sum(map(_held, _family(pid))))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def _family(pid: int) -> list[int]:
    """The process and what came of it."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        below = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:  # gone meanwhile
        return []
    return [pid, *(one for child in below for one in _family(child))]


def _held(pid: int) -> int:
    """What of the memory is its own share: pages of several count for each a part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in text.splitlines() if line[:4] == "Pss:")
