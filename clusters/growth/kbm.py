"""Monthly weighing on the growth card (KMS): least gain (KBM), N/T/O/B, red and orange line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

KMS = "KMS balita: Permenkes 155/2010 dan Buku KIA"
KMS_2021 = "Petunjuk teknis penggunaan KMS balita 2021, sesuai Permenkes 2/2020"
_KMS_SINCE = date(2010, 1, 1)


@dataclass(frozen=True)
class MinimumGain:
    """Grams that a child has to gain since last month, by sex and completed months now.

    Each step holds from its month until the next one; `last_month` is the last of the card.
    """

    steps: Mapping[str, Mapping[int, int]]
    last_month: int
    since: date
    source: str
    until: date | None = None

    def grams(self, sex: str, age_months: int) -> int | None:
        if age_months > self.last_month:
            return None
        reached = [gain for month, gain in self.steps[sex].items() if month <= age_months]
        return reached[-1] if reached else None


_BOTH = {1: 800, 2: 900, 3: 800, 4: 600, 5: 500, 6: 400}
MINIMUM_GAINS: tuple[MinimumGain, ...] = (
    MinimumGain(
        steps={"L": {**_BOTH, 8: 300, 12: 200}, "P": {**_BOTH, 7: 300, 11: 200}},
        last_month=60,
        since=_KMS_SINCE,
        source=KMS,
    ),
)


@dataclass(frozen=True)
class CardLine:
    """A coloured line of the card, as a z-score of weight for age."""

    code: str
    z: float
    since: date
    source: str
    until: date | None = None


CARD_LINES: tuple[CardLine, ...] = (
    CardLine("red", -3, _KMS_SINCE, KMS),
    CardLine("orange", 1, date(2021, 4, 1), KMS_2021),
)


@lru_cache(maxsize=65_536)
def minimum_gain(sex: str, age_months: int, on: date) -> int | None:
    """The least gain in grams (KBM) at a weighing; None at birth, after 60 months, without a rule.

    `sex` is "L" or "P" (KeyError otherwise), `age_months` are completed months at this weighing.
    """
    rule = next((one for one in MINIMUM_GAINS if _holds(one, on)), None)
    return rule.grams(sex, age_months) if rule else None


def gained(before_kg: float, now_kg: float) -> int:
    """Grams gained, a loss negative. Whole grams: 5.6 kg less 5.0 kg is 600 g, not 599.99."""
    return round((now_kg - before_kg) * 1000)


def weighing(
    sex: str,
    age_months: int,
    now_kg: float,
    last_month_kg: float | None,
    first_time: bool,
    on: date,
) -> str:
    """One letter for each child weighed in a month, so that D = N + T + O + B.

    "B" weighed here for the first time or not yet a month old, "O" not weighed last month (or
    without a least gain to judge by), "N" gained the least gain or more, "T" did not.
    Source: F1 Gizi; KMS balita.
    """
    if first_time or age_months < 1:
        return "B"
    least = minimum_gain(sex, age_months, on)
    if last_month_kg is None or least is None:
        return "O"
    return "N" if gained(last_month_kg, now_kg) >= least else "T"


def below_red_line(waz: float | None, on: date) -> bool | None:
    """Under the red line of the card (BGM); None without a score or a line."""
    line = _line("red", on)
    return None if waz is None or line is None else waz < line


def above_orange_line(waz: float | None, on: date) -> bool | None:
    """Over the orange line of the card; None without a score or a line."""
    line = _line("orange", on)
    return None if waz is None or line is None else waz > line


@lru_cache(maxsize=65_536)
def _line(code: str, on: date) -> float | None:
    return next((one.z for one in CARD_LINES if one.code == code and _holds(one, on)), None)


def _holds(rule: MinimumGain | CardLine, day: date) -> bool:
    return rule.since <= day and (rule.until is None or day < rule.until)
