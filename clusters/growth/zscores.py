"""z-scores of a child's weight and height by the WHO standards (Permenkes 2/2020)."""

from __future__ import annotations

from typing import NamedTuple

from clusters.growth.standards import (
    FIRST_STANDING_DAY,
    LAST_DAY,
    LYING_FROM,
    LYING_MINUS_STANDING_CM,
    PLAUSIBLE,
    STANDING_FROM,
    Standard,
    standards,
)

INDICES = ("waz", "haz", "whz", "bmiz")

# Outside lies no child, only a slip of the pen, and powers that a float cannot hold.
_LEAST_KG, _MOST_KG = 0.1, 200.0
_LEAST_CM, _MOST_CM = 10.0, 250.0

_FLOAT_DUST = 1e-6  # in tenths of a centimetre: far under what is measured, far over rounding

# no score that near to the median is implausible in any index
_SURE = min(min(-limits.low, limits.high) for limits in PLAUSIBLE.values())


class Growth(NamedTuple):
    """z-scores with two decimals; None where the standard has no answer.

    `flags` names the biologically implausible ones, with commas between: "waz,whz".
    `assumed_measured` tells that lying or standing was unknown and taken from the age.
    """

    waz: float | None
    haz: float | None
    whz: float | None
    bmiz: float | None
    flags: str
    assumed_measured: bool


_NOTHING = Growth(None, None, None, None, "", False)


def zscores(
    sex: str,
    age_days: int,
    weight_kg: float | None,
    height_cm: float | None,
    measured: str | None = None,
    oedema: bool = False,
) -> Growth:
    """Weight for age, height for age, weight for height and BMI for age of one measurement.

    `sex` is "L" or "P" (KeyError otherwise), `age_days` counts from birth, `measured` is "l" for
    lying, "h" for standing. Weight tells nothing of a child with oedema, so the three indices
    with weight stay None. Outside 0 to 1856 days there is no score, and no weight for height
    outside 45 to 110 cm lying or 65 to 120 cm standing.
    Source: WHO Child Growth Standards (2006), Permenkes 2/2020.
    """
    standard = standards()[sex]
    if not 0 <= age_days <= LAST_DAY:
        return _NOTHING
    kg = None if oedema else _measurable(weight_kg, _LEAST_KG, _MOST_KG)
    waz = None if kg is None else weight_z(kg, *standard.weight[age_days])
    cm = _measurable(height_cm, _LEAST_CM, _MOST_CM)
    if cm is None:
        return Growth(waz, None, None, None, _flags(waz, None, None, None), False)
    under_two = age_days < FIRST_STANDING_DAY
    if under_two and measured == "h":
        cm += LYING_MINUS_STANDING_CM
    elif measured == "l" and not under_two:
        cm -= LYING_MINUS_STANDING_CM
    whz = bmiz = None
    if kg is not None:
        whz = _weight_for_size(kg, cm, standard, under_two)
        bmiz = weight_z(kg * 10_000 / (cm * cm), *standard.bmi[age_days])
    _, median, spread = standard.height[age_days]  # heights are not skewed: their power is 1
    haz = _rounded((cm / median - 1) / spread)
    return Growth(waz, haz, whz, bmiz, _flags(waz, haz, whz, bmiz), measured not in ("l", "h"))


def _measurable(value: float | None, least: float, most: float) -> float | None:
    return value if value is not None and least <= value <= most else None


def _weight_for_size(kg: float, cm: float, standard: Standard, lying: bool) -> float | None:
    """Weight for length or height, between two rows in proportion; None off the table."""
    table, first = (standard.lying, LYING_FROM) if lying else (standard.standing, STANDING_FROM)
    place = cm * 10 - first + _FLOAT_DUST  # 109.3 + 0.7 is the last row and not beside it
    row = int(place)
    if place < 0 or row >= len(table):
        return None
    power, median, spread = table[row]
    part = place - row
    if part > 2 * _FLOAT_DUST:
        if row + 1 == len(table):
            return None
        _, next_median, next_spread = table[row + 1]  # the power is the same for all sizes
        median += part * (next_median - median)
        spread += part * (next_spread - spread)
    return weight_z(kg, power, median, spread)


def weight_z(value: float, power: float, median: float, spread: float) -> float:
    """z of an index with weight: beyond 3 SD straight on by the distance between 2 and 3 SD.

    Weights are skewed, so the formula alone would make far values too extreme. No power of the
    standards is nought, where the formula would turn into a logarithm.
    """
    z = ((value / median) ** power - 1) / (power * spread)
    if not -3 <= z <= 3:
        side = 1 if z > 0 else -1
        two, three = (median * (1 + power * spread * side * sd) ** (1 / power) for sd in (2, 3))
        z = side * 3 + (value - three) / abs(three - two)
    return _rounded(z)


def _rounded(z: float) -> float:
    """Two decimals, halves away from zero, as WHO Anthro prints them."""
    return int(z * 100 + (0.5 if z > 0 else -0.5)) / 100


def _flags(waz: float | None, haz: float | None, whz: float | None, bmiz: float | None) -> str:
    # no score is the same as nought here, and the common case needs no list
    by_age = -_SURE <= (waz or 0) <= _SURE and -_SURE <= (haz or 0) <= _SURE
    if by_age and -_SURE <= (whz or 0) <= _SURE and -_SURE <= (bmiz or 0) <= _SURE:
        return ""
    scores = zip(INDICES, (waz, haz, whz, bmiz), strict=True)
    return ",".join(index for index, z in scores if z is not None and not is_plausible(index, z))


def is_plausible(index: str, z: float) -> bool:
    """Whether a living child can have that score; the index is one of INDICES."""
    limits = PLAUSIBLE[index]
    return limits.low <= z <= limits.high
