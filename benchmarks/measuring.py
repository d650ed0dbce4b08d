"""Times of several ways to do the same, taken in turns, and the lines of the table."""

from __future__ import annotations

import gc
import operator
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Way = Callable[[], object]
ROUNDS = 3
COMPARE = {">=": operator.ge, "<=": operator.le, "=": operator.eq}
GOAL = re.compile(r"(>=|<=|=)\s*([\d.]+)")
HEAD = ("what", "ours", "other", "ratio", "goal", "ok")


@dataclass(frozen=True)
class Result:
    """A line of the table: two times in seconds, and the ratio that the goal is about.

    Goals read ">= 40", "<= 2.5", "= 0", or "5 - 14" as ">= 5, <= 14"; without a goal the line only
    informs. `note` says what a reader needs to know to compare fairly.
    """

    name: str
    ours: float | None = None
    other: float | None = None
    ratio: float | None = None
    goal: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether every part of the goal holds; None without a goal."""
        parts = GOAL.findall(self.goal)
        if not parts or self.ratio is None:
            return None
        return all(COMPARE[sign](self.ratio, float(limit)) for sign, limit in parts)


def faster(name: str, ours: float, other: float, goal: str, note: str = "") -> Result:
    """How many times longer the other takes."""
    return Result(name, ours, other, other / ours, goal, note)


def slower(name: str, ours: float, other: float, goal: str, note: str = "") -> Result:
    """How many times longer ours takes."""
    return Result(name, ours, other, ours / other, goal, note)


def interleaved(
    ways: Mapping[str, Way],
    *,
    rounds: int = ROUNDS,
    before: Callable[[str], object] = lambda name: None,
) -> dict[str, float]:
    """Median seconds of each way; they take turns, so that a busy machine slows all alike.

    Ahead of each, off the clock, garbage is looked for, and then `before(name)` runs: the other way
    round, going through everything that is imported would empty the processor's caches of what
    `before` has put there.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            before(name)
            started = perf_counter()
            way()
            taken[name].append(perf_counter() - started)
    return {name: median(times) for name, times in taken.items()}


def same(name: str, one: object, other: object) -> None:
    """Two ways of counting must agree, or their times mean nothing."""
    if one != other:
        raise AssertionError(f"{name}: the two sides differ")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def table(results: Iterable[Result]) -> str:
    """All lines, aligned, with notes below."""
    listed = list(results)
    rows = [HEAD, *(_cells(result) for result in listed)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    notes = dict.fromkeys(f"- {r.name}: {r.note}" for r in listed if r.note)
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", *notes])


def _cells(result: Result) -> tuple[str, ...]:
    ok = {True: "yes", False: "NO", None: ""}[result.met]
    ratio = "" if result.ratio is None else f"{result.ratio:.3g}x"
    times = (_seconds(result.ours), _seconds(result.other))
    return (result.name, *times, ratio, result.goal, ok)


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 100:
        return f"{value:,.0f} s"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1000:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} us"
