"""How far a number lies from those before it. No database, no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt
from statistics import median

ROUND_DIGITS = 2  # of ten: 0 and 5
MAD_TO_SD = 0.6745  # the median deviation of a normal distribution, in standard deviations


@dataclass(frozen=True)
class Spread:
    """The months before, without those that have no number."""

    mean: float
    deviation: float  # of the population, not of a sample
    middle: float
    median_deviation: float
    count: int

    def z(self, value: float) -> float | None:
        """Standard deviations from the mean; None where the months before do not vary."""
        return (value - self.mean) / self.deviation if self.deviation else None

    def robust_z(self, value: float) -> float | None:
        """The same by medians, which one odd month before does not move."""
        if not self.median_deviation:
            return None
        return MAD_TO_SD * (value - self.middle) / self.median_deviation

    def change(self, value: float) -> float | None:
        """Share of the mean by which the value lies above (or, negative, below) it."""
        return (value - self.mean) / self.mean if self.mean else None


def spread(before: Sequence[int | None]) -> Spread | None:
    """None when no month has a number. A month without one is left out, not taken as 0."""
    known = [number for number in before if number is not None]
    if not known:
        return None
    middle = median(known)
    return Spread(
        *moments(known),
        middle,
        median(abs(number - middle) for number in known),
        len(known),
    )


def moments(known: Sequence[int]) -> tuple[float, float]:
    """Mean and population standard deviation; exact until the last step, as all are whole."""
    count, total = len(known), sum(known)
    return total / count, sqrt(count * sum(n * n for n in known) - total * total) / count


def chance_of_round(numbers: Sequence[int]) -> float:
    """How likely it is that as many of them, or more, end in 0 or 5 by chance."""
    total, found = len(numbers), sum(number % 5 == 0 for number in numbers)
    share = ROUND_DIGITS / 10
    return sum(
        comb(total, n) * share**n * (1 - share) ** (total - n) for n in range(found, total + 1)
    )
