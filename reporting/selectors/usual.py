"""What a place usually reports in a row, and which number lies outside of it. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.translation import gettext as _

from ilp.core import formats
from reporting.catalogue.quality import Limits
from reporting.selectors.spread import moments

NOISE = 9  # decimals beyond which a float only tells how it was worked out


@dataclass(frozen=True)
class Usual:
    """The whole numbers that need no explanation; `low` is None where nothing can be said."""

    mean: float | None = None
    low: int | None = None
    high: int | None = None
    varies: bool = True

    def is_odd(self, number: int) -> bool:
        """Whether the number lies outside. Of what is not known nothing is odd."""
        if self.low is None or self.high is None:
            return False
        return not self.low <= number <= self.high

    @property
    def sentence(self) -> str:
        if self.mean is None:
            return _("belum cukup data")
        if self.mean == 0:
            return _("biasanya 0")
        if self.low is None or self.high is None:
            return _("rata-rata %(mean)s, terlalu kecil untuk diperiksa") % {
                "mean": formats.decimal(self.mean, 1)
            }
        if not self.varies:
            return _("biasanya %(mean)s") % {"mean": formats.whole(round(self.mean))}
        said = {"low": formats.whole(self.low), "high": formats.whole(self.high)}
        return _("biasanya %(low)s–%(high)s") % said


def usual(before: Sequence[int | None], held: Limits) -> Usual:
    """What follows from the numbers of the periods before, the oldest first.

    The nearer of two limits holds: `extreme` standard deviations from the mean of all of them,
    and the share `jump` of the mean of the `recent` last. A number on a limit is beyond it, as in
    catalogue/quality.py. Too few or too small numbers say nothing.
    """
    known = [number for number in before if number is not None]
    if len(known) < held.least_months:
        return Usual()
    mean, deviation = moments(known)
    if mean < held.least_mean:
        return Usual(mean)
    bounds = []
    if deviation:
        bounds.append((mean - held.extreme * deviation, mean + held.extreme * deviation))
    late, _deviation = moments(known[-held.recent :])
    if late >= held.least_mean:
        bounds.append((late * (1 - held.jump), late * (1 + held.jump)))
    low = round(max(-1, *(low for low, _high in bounds)), NOISE)
    high = round(min(high for _low, high in bounds), NOISE)
    return Usual(mean, floor(low) + 1, ceil(high) - 1, varies=bool(deviation))
