"""When a month differs from chance, and when places may be held against each other. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django_stubs_ext import StrOrPromise as Text

from reporting.catalogue.thresholds import LONG_AGO

XMR = "NHS England, Making data count: grafik XmR, batas rata-rata ± 2,66 × rentang bergerak"
FOUR = "empat tanda saja, sebab lebih banyak tanda lebih banyak salah sangka"
WILSON = "Batas Wilson di sekitar rata-rata, 95 % dan 99,8 % (z = 1,96 dan 3,0902)"


@dataclass(frozen=True)
class ControlRules:
    """How a run of months is told from chance (XmR). A month that breaks none is usual."""

    baseline: int = 12  # the first months with a number make mean and limits
    years: int = 3  # looked at: this one and those before it, each from January on
    width: float = 2.66  # mean moving ranges from the mean to a limit
    run: int = 7  # months on one side, or each higher (or lower) than the one before
    near: int = 2  # of `among` months in the outer third
    among: int = 3
    since: date = LONG_AGO
    source: Text = f"{XMR}; {FOUR}"


@dataclass(frozen=True)
class FunnelRules:
    """How far a place may lie from the mean by chance, for its size."""

    inner: float = 1.96
    outer: float = 3.0902
    least_places: int = 3
    least_share: float = 0.05  # a mean beyond these needs places of at least `least_people`
    most_share: float = 0.95
    least_people: int = 30
    most_outside: float = 0.3  # of the places beyond the outer limits: not chance but kind
    since: date = LONG_AGO
    source: Text = WILSON


CONTROL: tuple[ControlRules, ...] = (ControlRules(),)
FUNNEL: tuple[FunnelRules, ...] = (FunnelRules(),)


def control_rules(on: date) -> ControlRules:
    """Those in force on the day."""
    return [one for one in CONTROL if one.since <= on][-1]


def funnel_rules(on: date) -> FunnelRules:
    """Those in force on the day."""
    return [one for one in FUNNEL if one.since <= on][-1]
