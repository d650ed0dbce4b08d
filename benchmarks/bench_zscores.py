"""z-scores of a child: ours against pygrowup2 and against four bare LMS formulas.

`python benchmarks/bench_zscores.py [--full]` prints ratios of time per child; sides take turns
within each round, and the median of the rounds counts.
"""

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pygrowup import Observation

from clusters.growth import zscores
from clusters.growth.standards import FIRST_STANDING_DAY, LYING_FROM, STANDING_FROM, standards

Child = tuple[str, int, float, float, str]
SIDES = {"L": "male", "P": "female"}
GOAL_ORACLE = ">= 25"
GOAL_BOUND = "<= 12"


def children(count: int) -> list[Child]:
    """Plausible children of all ages, measured as their age asks; the same ones each time."""
    random = Random(20260105)
    found = []
    while len(found) < count:
        sex, day = random.choice("LP"), random.randrange(1, 1826)
        standard = standards()[sex]
        weight = round(standard.weight[day][1] * random.gauss(0.95, 0.1), 2)
        height = round(standard.height[day][1] * random.gauss(0.98, 0.035), 1)
        found.append((sex, day, weight, height, "l" if day < FIRST_STANDING_DAY else "h"))
    return found


def ours(sample: list[Child]) -> None:
    for sex, day, weight, height, measured in sample:
        zscores(sex, day, weight, height, measured, False)


def theirs(sample: list[Child]) -> None:
    for sex, day, weight, height, measured in sample:
        lying = measured == "l"
        kg, cm = Decimal(str(weight)), Decimal(str(height))
        child = Observation(SIDES[sex], age_in_days=day)
        child.wfa(kg)
        child.lhfa(cm, recumbent=lying)
        child.bmifa(kg * 10_000 / cm**2)
        (child.wfl if lying else child.wfh)(kg, cm)


def parameters(sample: list[Child]) -> list[tuple[float, ...]]:
    """What the bound is given for nothing: values and parameters, looked up beforehand."""
    rows = []
    for sex, day, kg, cm, measured in sample:
        standard = standards()[sex]
        lying = measured == "l"
        table, first = (standard.lying, LYING_FROM) if lying else (standard.standing, STANDING_FROM)
        row = min(max(round(cm * 10) - first, 0), len(table) - 1)
        by_age = (*standard.weight[day], *standard.height[day], *standard.bmi[day])
        rows.append((kg, cm, kg * 10_000 / cm**2, *by_age, *table[row]))
    return rows


def bound(rows: list[tuple[float, ...]]) -> None:
    for kg, cm, bmi, l1, m1, s1, l2, m2, s2, l3, m3, s3, l4, m4, s4 in rows:
        (
            ((kg / m1) ** l1 - 1) / (l1 * s1),
            ((cm / m2) ** l2 - 1) / (l2 * s2),
            ((bmi / m3) ** l3 - 1) / (l3 * s3),
            ((kg / m4) ** l4 - 1) / (l4 * s4),
        )


def seconds(work: Callable[[list], None], sample: list, size: int) -> float:
    """Seconds per child."""
    started = perf_counter()
    work(sample)
    return (perf_counter() - started) / size


def measure(full: bool) -> dict[str, float]:
    """Median seconds per child of each side, their rounds interleaved."""
    many = children(10_000)
    few = many[: 2_000 if full else 300]
    ready = parameters(many)
    times: dict[str, list[float]] = {"ours": [], "theirs": [], "bound": []}
    ours(few)
    theirs(few[:10])
    for _ in range(7 if full else 3):
        times["ours"].append(seconds(ours, many, len(many)))
        times["theirs"].append(seconds(theirs, few, len(few)))
        times["bound"].append(seconds(bound, ready, len(ready)))
    return {side: median(taken) for side, taken in times.items()}


def run(full: bool) -> list[tuple[str, float, str]]:
    """(name, ratio, goal): how often faster than pygrowup2, and how often slower than the bound."""
    return ratios(measure(full))


def ratios(per_child: dict[str, float]) -> list[tuple[str, float, str]]:
    return [
        ("z-scores: pygrowup2 / ours", per_child["theirs"] / per_child["ours"], GOAL_ORACLE),
        ("z-scores: ours / four LMS formulas", per_child["ours"] / per_child["bound"], GOAL_BOUND),
    ]


def main() -> None:
    per_child = measure(full="--full" in sys.argv)
    for name, ratio, goal in ratios(per_child):
        print(f"{name}: {ratio:.2f}x (goal {goal})")
    print(", ".join(f"{side} {taken * 1e6:.2f} us" for side, taken in per_child.items()))


if __name__ == "__main__":
    main()
