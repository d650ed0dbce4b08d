"""From values to places on an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

MONTH_LETTERS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@dataclass(frozen=True)
class Scale:
    """A straight line from [low, high] to [start, end]; start may lie below end, as y does."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def nice_step(span: float, wanted: int = 5) -> float:
    """A step of 1, 2 or 5 times a power of ten that cuts the span into about so many parts."""
    if span <= 0:
        return 1.0
    rough = span / wanted
    power = 10.0 ** floor(log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def ticks(high: float, wanted: int = 5) -> list[float]:
    """Round values from 0 up to the highest that does not pass `high`."""
    step = nice_step(high, wanted)
    return [index * step for index in range(floor(high / step + 1e-9) + 1)]


def rounded_up(high: float, wanted: int = 5) -> float:
    """The first round value that is not below `high`."""
    step = nice_step(high, wanted)
    return max(ceil(high / step - 1e-9), 1) * step


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Neighbouring known values with their positions; a missing one ends a run."""
    found: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((index, value))
    return [run for run in found if run]


def around(low: float, high: float, wanted: int = 5) -> tuple[float, float]:
    """Round ends of an axis that need not begin at 0; never below it where no value is."""
    step = nice_step(high - low, wanted)
    return floor(low / step + 1e-9) * step, max(ceil(high / step - 1e-9), 1) * step


def ticks_between(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values from the low end, which is one, up to the highest that does not pass `high`."""
    step = nice_step(high - low, wanted)
    return [low + index * step for index in range(floor((high - low) / step + 1e-9) + 1)]
