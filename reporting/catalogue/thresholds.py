"""How near to the target is near: dated, the same on every page, printed with every legend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONG_AGO = date(2000, 1, 1)


class Standing(StrEnum):
    """How a value stands against the target of its month."""

    MET = "tercapai"
    NEAR = "mendekati"
    BEHIND = "tertinggal"
    NOT_REPORTED = "bl"
    NOT_APPLICABLE = "ta"  # no denominator, so no percentage
    NOT_DUE = "tj"  # outside the indicator's rounds there is no number to have
    WATCHED = "pantau"  # no target, or neither direction is good
    MINUS = "minus"  # more was taken away than there was: neither good nor bad, to be looked at


LABELS = {
    Standing.MET: _("Tercapai"),
    Standing.NEAR: _("Mendekati"),
    Standing.BEHIND: _("Tertinggal"),
    Standing.NOT_REPORTED: _("Belum lapor"),
    Standing.NOT_APPLICABLE: _("Tidak ada penyebut"),
    Standing.NOT_DUE: _("Tidak jatuh tempo"),
    Standing.WATCHED: _("Dipantau"),
    Standing.MINUS: _("Minus, periksa"),
}


@dataclass(frozen=True)
class Threshold:
    """The least share of the target that still counts as near."""

    near_from: float
    since: date
    source: str


THRESHOLDS = (Threshold(0.8, LONG_AGO, "Kesepakatan Dinkes: capaian 80–<100 % dari target"),)
LAST_BIT = 1e-12  # two ways to the same number may differ in the last bit of a float
SMALL_DENOMINATOR = 20  # below it numbers are shown before percentages


@cache
def near_from(on: date) -> float:
    return [t for t in THRESHOLDS if t.since <= on][-1].near_from


def standing(
    value: float | None, target: float | None, *, higher_is_better: bool | None, on: date
) -> Standing:
    """Where an unrounded value stands; the ratio is turned round when lower is better."""
    if value is None:
        return Standing.NOT_APPLICABLE
    if target is None or higher_is_better is None:
        return Standing.WATCHED
    if value < 0:
        return Standing.MINUS
    if higher_is_better:
        ratio = 1.0 if target == 0 else value / target
    else:
        ratio = 1.0 if value <= target else target / value
    if ratio >= 1 - LAST_BIT:
        return Standing.MET
    return Standing.NEAR if ratio >= near_from(on) - LAST_BIT else Standing.BEHIND


def oddity(value: float | None, unit: str, top: int | None, bottom: int | None) -> str:
    """Below 0, over 100 %, or people counted where there is nobody, in words; else empty."""
    if value is not None and value < 0:
        return gettext("Angka minus: susulan atau salah catat")
    over = value is not None and unit == "%" and value > 100
    of_nobody = bool(top) and bottom == 0
    return gettext("Capaian melebihi sasaran") if over or of_nobody else ""
