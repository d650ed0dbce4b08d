"""`make bench`, or `./start.py tool python -m benchmarks [--full] [--only NAME …]`.

Prints one table: ours, the other way, their ratio and the goal. Servers are started for the run and
thrown away. Exit 1 when a part fails, and with --gate when a goal is missed.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks import databases
from benchmarks.measuring import Result, say, table

SMALL, LARGE, INGEST = "bench_short", "bench_long_history", "bench_ingest"
MONTH, REPORTS, FORM = "bench_month", "bench_reports", "bench_form"
ANNOTATE, WORKERS, TARGETS = "bench_annotate", "bench_workers", "bench_targets"


@dataclass(frozen=True)
class Scale:
    """How many visits a month, and months of history in the short and in the long database."""

    visits: int
    short: int
    long: int


DEFAULT = Scale(visits=50_000, short=5, long=20)  # 0.25 and 1 million visits
FULL = Scale(visits=332_000, short=12, long=60)  # 4 and 20 million


def ingest(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_ingest, district

    databases.copy(INGEST)
    district.open_places(district.Size())
    return bench_ingest.run(sample=bench_ingest.ROWS if scale is FULL else bench_ingest.SAMPLE)


def workers(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_workers, district

    databases.copy(WORKERS)
    url = databases.use(WORKERS)
    district.open_places(district.Size())
    return bench_workers.run(folder, url)


def annotate(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_annotate, district

    databases.copy(ANNOTATE)
    district.open_places(district.Size())
    return bench_annotate.run()


def build(scale: Scale) -> None:
    """Two districts with the same last months; one has more months before them."""
    from benchmarks import district

    size = district.Size(visits=scale.visits)
    begin = district.LAST.plus(1 - scale.short)
    databases.copy(SMALL)
    district.open_places(size)
    district.fill(size, first=begin, last=district.LAST)
    databases.copy(LARGE, of=SMALL)
    district.fill(size, first=district.LAST.plus(1 - scale.long), last=begin.plus(-1))


def roll_up(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_roll_up

    databases.use(LARGE)
    return bench_roll_up.run()


def catalogue(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_catalogue, bench_roll_up, district

    size = district.Size(visits=FULL.visits)  # a month as long as a large district's
    databases.copy(MONTH)
    district.open_places(size)
    district.fill(size, first=district.LAST, last=district.LAST)
    whole = bench_catalogue.whole_month(visits=size.visits)
    databases.use(LARGE)
    bench_roll_up.ready()
    return [whole, bench_catalogue.changed_cells()]


def changes(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_changes

    return bench_changes.run(SMALL, LARGE)


def overview(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_overview

    databases.use(LARGE)
    return bench_overview.run()


def completeness(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_completeness, district

    databases.copy(REPORTS)
    district.open_places(district.Size())
    return bench_completeness.run()


def targets(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_targets, district

    databases.copy(TARGETS)
    district.open_places(district.Size())
    return bench_targets.run()


def form(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_form, district

    databases.copy(FORM)
    district.open_places(district.Size())
    return bench_form.run()


def pages(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_pages, bench_roll_up

    url = databases.use(LARGE)
    bench_roll_up.ready()
    return bench_pages.run(folder, url)


def phone(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_phone, bench_roll_up

    url = databases.use(LARGE)
    bench_roll_up.ready()
    return bench_phone.run(folder, url)


def journey(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_journey

    return bench_journey.run(folder, databases.use(LARGE))


def small_parts(scale: Scale, folder: Path) -> list[Result]:
    from benchmarks import bench_cells, bench_zscores

    scores = [Result(n, ratio=r, goal=g) for n, r, g in bench_zscores.run(scale is FULL)]
    cells = [Result(n, ratio=v) for n, v, unit in bench_cells.run(scale is FULL) if unit == "x"]
    return [*scores, *cells]


PARTS: dict[str, Callable[[Scale, Path], list[Result]]] = {
    "ingest": ingest,
    "workers": workers,
    "annotate": annotate,
    "roll-up": roll_up,
    "catalogue": catalogue,
    "changes": changes,
    "overview": overview,
    "completeness": completeness,
    "targets": targets,
    "form": form,
    "pages": pages,
    "phone": phone,
    "journey": journey,
    "parts": small_parts,
}
NEED_HISTORY = {"roll-up", "catalogue", "changes", "overview", "pages", "phone", "journey"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="20 million visits; takes an hour")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a goal is missed")
    args = parser.parse_args(arguments)
    scale, began, results = FULL if args.full else DEFAULT, monotonic(), []
    failed: list[str] = []
    with databases.servers() as folder:
        if NEED_HISTORY & set(args.only):
            build(scale)
            say(f"[{monotonic() - began:4.0f} s] two districts filled")
        for name in args.only:
            try:
                results += PARTS[name](scale, folder)
            except Exception:  # the others still tell something
                failed.append(name)
                traceback.print_exc()
            say(f"[{monotonic() - began:4.0f} s] {name}")
    print(table(results))
    missed = any(result.met is False for result in results)
    return int(bool(failed) or (args.gate and missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
