"""BMI for age of those from 61 to 228 months: the WHO reference of 2007, loaded once."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path

from clusters.growth.standards import DamagedStandards, Lms
from clusters.growth.zscores import weight_z

DATA = Path(__file__).with_name("who_school_lms.csv.gz")
INDEX = "school_bmiz"
FIRST_MONTH, LAST_MONTH = 61, 228


@cache
def reference() -> dict[str, tuple[Lms, ...]]:
    """The parameters of each sex by completed month from 61 on; read at the first call."""
    with gzip.open(DATA, "rt", encoding="ascii", newline="") as file:
        rows = list(csv.reader(file))[1:]
    found: dict[str, list[Lms]] = {"L": [], "P": []}
    for _index, sex, at, power, median, spread in rows:
        if int(at) != FIRST_MONTH + len(found[sex]):
            raise DamagedStandards(f"{INDEX} {sex}: {at} is not the next row")
        found[sex].append((float(power), float(median), float(spread)))
    if any(len(table) != LAST_MONTH - FIRST_MONTH + 1 for table in found.values()):
        raise DamagedStandards(f"{INDEX}: rows are missing")
    return {sex: tuple(table) for sex, table in found.items()}


def bmi_for_age(sex: str, age_months: int, bmi: float) -> float | None:
    """z-score with two decimals; None outside 61 to 228 completed months or beyond belief."""
    if not FIRST_MONTH <= age_months <= LAST_MONTH or not 5 <= bmi <= 90:
        return None
    return weight_z(bmi, *reference()[sex][age_months - FIRST_MONTH])
