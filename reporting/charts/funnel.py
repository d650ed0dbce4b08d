"""A fair comparison of small and large places: how far from the mean may chance carry each?

Limits after Wilson around the mean of all, as PHEindicatormethods and FunnelPlotR draw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from ilp.core import formats
from reporting.catalogue.comparing import FunnelRules
from reporting.charts.told import Told

PERCENT = 100


class Band(StrEnum):
    """Where a place lies; the words say which side."""

    INSIDE = "dalam"
    ABOVE = "atas"  # between the inner and the outer limit
    BELOW = "bawah"
    FAR_ABOVE = "jauh atas"
    FAR_BELOW = "jauh bawah"


BANDS: dict[Band, Text] = {
    Band.INSIDE: _("dalam batas 95%"),
    Band.ABOVE: _("di atas batas 95%"),
    Band.BELOW: _("di bawah batas 95%"),
    Band.FAR_ABOVE: _("di atas batas 99,8%"),
    Band.FAR_BELOW: _("di bawah batas 99,8%"),
}
FAR = (Band.FAR_ABOVE, Band.FAR_BELOW)
NO_SHARE = _(
    "Corong hanya untuk bagian dari keseluruhan (persen orang); indikator ini dihitung lain."
)
OVER = _(
    "Corong tidak digambar: capaian %(name)s %(value)s, di luar 0–100%%. Periksa sasaran atau "
    "datanya dahulu."
)
TOO_FEW = _("Corong memerlukan sedikitnya %(least)d tempat yang melapor; di sini %(found)d.")
TOO_RARE = _(
    "Corong tidak digambar: rata-ratanya %(mean)s dan ada tempat dengan penyebut di bawah "
    "%(least)d (%(name)s %(people)d), sehingga batasnya tidak dapat dipercaya."
)
TOO_WIDE = _(
    "%(outside)d dari %(all)d tempat di luar batas 99,8%%: sebaran lebih lebar dari kebetulan – "
    "jangan dipakai menilai satu unit."
)


@dataclass(frozen=True)
class Dot:
    """A place: how many of how many."""

    name: str
    top: int
    bottom: int
    url: str = ""
    band: Band = Band.INSIDE

    @property
    def percent(self) -> float:
        return PERCENT * self.top / self.bottom


@dataclass(frozen=True)
class Limits:
    """In percent, for one size of place."""

    people: float
    low_outer: float
    low_inner: float
    high_inner: float
    high_outer: float


@dataclass(frozen=True)
class Funnel:
    """Places by size with the limits of their size; `why` says why there is no such picture."""

    dots: tuple[Dot, ...]
    mean: float | None  # percent, of all places together
    rules: FunnelRules
    why: str = ""

    @property
    def outside(self) -> int:
        return sum(dot.band in FAR for dot in self.dots)

    @property
    def is_wide(self) -> bool:
        """Whether so many lie outside that chance is no measure of the places."""
        return self.outside > self.rules.most_outside * len(self.dots)

    def limits(self, people: float) -> Limits:
        assert self.mean is not None
        low, high = wilson(self.mean / PERCENT, people, self.rules.outer)
        near = wilson(self.mean / PERCENT, people, self.rules.inner)
        return Limits(people, *(PERCENT * share for share in (low, *near, high)))

    @property
    def told(self) -> Told:
        names = (_("Tempat"), _("Pembilang"), _("Penyebut"), _("%"))
        ends = (_("Batas bawah 99,8%"), _("Batas bawah 95%"), _("Batas atas 95%"))
        rows = []
        for dot in self.dots:
            at = self.limits(dot.bottom)
            rows.append(
                (
                    *(dot.name, dot.top, dot.bottom, dot.percent),
                    *(at.low_outer, at.low_inner, at.high_inner, at.high_outer),
                    str(BANDS[dot.band]),
                )
            )
        headings = (*names, *ends, _("Batas atas 99,8%"), _("Letak"))
        return Told(tuple(str(one) for one in headings), tuple(rows))


def wilson(share: float, people: float, z: float) -> tuple[float, float]:
    """Between which shares so many people lie by chance, if `share` is true of all."""
    middle = share + z * z / (2 * people)
    reach = z * sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    whole = 1 + z * z / people
    return (middle - reach) / whole, (middle + reach) / whole


def funnel(dots: Sequence[Dot], rules: FunnelRules, *, is_share: bool = True) -> Funnel:
    """The picture of places that have reported; those without a denominator are left out."""
    known = sorted((dot for dot in dots if dot.bottom > 0), key=lambda d: (-d.percent, d.name))
    why = _unfit(known, rules) if is_share else str(NO_SHARE)
    if why:
        return Funnel((), None, rules, why)
    mean = _mean(known)
    whole = Funnel((), PERCENT * mean, rules)
    placed = (Dot(d.name, d.top, d.bottom, d.url, _band(d, whole)) for d in known)
    return Funnel(tuple(placed), PERCENT * mean, rules)


def _mean(dots: Sequence[Dot]) -> float:
    return sum(dot.top for dot in dots) / sum(dot.bottom for dot in dots)


def _unfit(dots: Sequence[Dot], rules: FunnelRules) -> str:
    """Why no funnel may be drawn of these; empty where it may."""
    odd = next((dot for dot in dots if not 0 <= dot.top <= dot.bottom), None)
    if odd is not None:
        return str(OVER) % {"name": odd.name, "value": formats.percent(odd.percent)}
    if len(dots) < rules.least_places:
        return str(TOO_FEW) % {"least": rules.least_places, "found": len(dots)}
    mean = _mean(dots)
    if rules.least_share < mean < rules.most_share:
        return ""
    small = min(dots, key=lambda dot: dot.bottom)
    if small.bottom >= rules.least_people:
        return ""
    said = {"mean": formats.percent(PERCENT * mean), "least": rules.least_people}
    return str(TOO_RARE) % (said | {"name": small.name, "people": small.bottom})


def _band(dot: Dot, whole: Funnel) -> Band:
    at = whole.limits(dot.bottom)
    for limit, band in ((at.high_outer, Band.FAR_ABOVE), (at.high_inner, Band.ABOVE)):
        if dot.percent > limit:
            return band
    for limit, band in ((at.low_outer, Band.FAR_BELOW), (at.low_inner, Band.BELOW)):
        if dot.percent < limit:
            return band
    return Band.INSIDE
