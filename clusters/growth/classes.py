"""Classes of nutritional status by z-score: dated, with their source. Pure data and one look-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.growth.zscores import is_plausible

PERMENKES_2_2020 = "Permenkes 2/2020 tentang Standar Antropometri Anak"


@dataclass(frozen=True)
class Band:
    """One class; `code` is stored, `label` is shown. `limit` is the z-score that bounds it."""

    code: str
    label: Text
    limit: float = 0


@dataclass(frozen=True)
class Scale:
    """The classes of one index, in force from `since` to before `until`.

    `below` runs from the lowest: a class takes z < limit. `above` runs from the highest: a
    class takes z > limit. What lies between is `middle`, both its bounds included. `oedema` is
    the class of a child with oedema of both feet, whatever it weighs.
    """

    index: str
    name: Text
    below: tuple[Band, ...]
    middle: Band
    above: tuple[Band, ...]
    since: date
    source: str
    until: date | None = None
    oedema: str | None = None

    @property
    def bands(self) -> tuple[Band, ...]:
        """All classes, lowest first."""
        return (*self.below, self.middle, *reversed(self.above))

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def code_of(self, z: float) -> str:
        for band in self.below:
            if z < band.limit:
                return band.code
        for band in self.above:
            if z > band.limit:
                return band.code
        return self.middle.code


IN_FORCE = date(2020, 1, 8)
_WASTED = (Band("gizi_buruk", _("Gizi buruk"), -3), Band("gizi_kurang", _("Gizi kurang"), -2))
_WELL = Band("gizi_baik", _("Gizi baik"))
_HEAVY = (
    Band("obesitas", _("Obesitas"), 3),
    Band("gizi_lebih", _("Gizi lebih"), 2),
    Band("berisiko_lebih", _("Berisiko gizi lebih"), 1),
)

SCALES: tuple[Scale, ...] = (
    Scale(
        index="waz",
        name=_("BB/U"),
        below=(
            Band("sangat_kurang", _("Berat badan sangat kurang"), -3),
            Band("kurang", _("Berat badan kurang"), -2),
        ),
        middle=Band("normal", _("Berat badan normal")),
        above=(Band("risiko_lebih", _("Risiko berat badan lebih"), 1),),
        since=IN_FORCE,
        source=PERMENKES_2_2020,
    ),
    Scale(
        index="haz",
        name=_("PB/U atau TB/U"),
        below=(
            Band("sangat_pendek", _("Sangat pendek"), -3),
            Band("pendek", _("Pendek"), -2),
        ),
        middle=Band("normal", _("Normal")),
        above=(Band("tinggi", _("Tinggi"), 3),),
        since=IN_FORCE,
        source=PERMENKES_2_2020,
    ),
    Scale(
        index="whz",
        name=_("BB/PB atau BB/TB"),
        below=_WASTED,
        middle=_WELL,
        above=_HEAVY,
        since=IN_FORCE,
        source=PERMENKES_2_2020,
        oedema="gizi_buruk",
    ),
    Scale(
        index="bmiz",
        name=_("IMT/U"),
        below=_WASTED,
        middle=_WELL,
        above=_HEAVY,
        since=IN_FORCE,
        source=PERMENKES_2_2020,
        oedema="gizi_buruk",
    ),
    Scale(
        index="school_bmiz",
        name=_("IMT/U 5–18 tahun"),
        below=_WASTED,
        middle=_WELL,
        above=(Band("obesitas", _("Obesitas"), 2), Band("gizi_lebih", _("Gizi lebih"), 1)),
        since=IN_FORCE,
        source=PERMENKES_2_2020,
    ),
)


@lru_cache(maxsize=65_536)
def scale(index: str, on: date) -> Scale | None:
    """The classes of an index ("waz", "school_bmiz" …) on a day; None before the rule."""
    return next((one for one in SCALES if one.index == index and one.holds_on(on)), None)


def classify(index: str, z: float | None, on: date, *, oedema: bool = False) -> str | None:
    """The code of the class that counts in prevalences.

    None without a score, with an implausible one, and on days without a rule. Oedema makes
    weight for height and BMI for age "gizi_buruk" whatever the score.
    """
    rule = scale(index, on)
    if rule is None:
        return None
    if oedema and rule.oedema:
        return rule.oedema
    if z is None or not is_plausible(index, z):
        return None
    return rule.code_of(z)


def label(index: str, code: str, on: date) -> Text:
    """What a class is called; the code itself where no rule knows it."""
    rule = scale(index, on)
    return next((band.label for band in rule.bands if band.code == code), code) if rule else code
