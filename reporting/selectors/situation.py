"""The district's dashboard: sentences made by rules, headline figures, who is behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise as Text

from ilp.core import formats
from ilp.core.counting import counted
from ilp.core.months import Month
from reporting.catalogue import HEADLINES, SPM
from reporting.catalogue.thresholds import Standing
from reporting.charts.trend import TrendChart
from reporting.selectors.periods import Freshness, freshness
from reporting.selectors.places import Place
from reporting.selectors.scorecards import Scorecard, headlines_on, of_scores
from reporting.selectors.scores import Score, sasaran_codes, scores
from reporting.selectors.series import Series, series
from reporting.selectors.targets import sasaran

CLUSTERS: dict[str, Text] = {
    "K1": gettext_lazy("Manajemen"),
    "K2": gettext_lazy("Ibu dan anak"),
    "K3": gettext_lazy("Dewasa dan lansia"),
    "K4": gettext_lazy("Penyakit menular"),
    "LK": gettext_lazy("Lintas klaster"),
}
# What an empty card says: from which source its numbers will come, never a made-up number.
AWAITED: dict[str, Text] = {
    "K1": gettext_lazy(
        "Belum ada indikator. Ketenagaan dan sarana akan dihitung dari laporan bulanan; "
        "penerapan ILP ada di Peta jalan."
    ),
    "LK": gettext_lazy(
        "Belum ada indikator. Obat, laboratorium, dan rujukan akan dihitung dari laporan bulanan."
    ),
}
RATED = (Standing.MET, Standing.NEAR, Standing.BEHIND)
NAMED_PLACES = 3


@dataclass(frozen=True)
class Figure:
    """One headline number with what it was before and its last months."""

    score: Score
    before: Score | None
    spark: tuple[float | None, ...]
    chart: TrendChart

    @property
    def arrow(self) -> str:
        """Against the month before: counts of the month, or the state; empty when unknown."""
        now: float | None
        before: float | None
        if self.score.indicator.target_runs:
            now, before = self.score.this_month, self.score.last_month
        else:
            now, before = self.score.value, self.before.value if self.before else None
        if now is None or before is None:
            return ""
        return "–" if now == before else "↑" if now > before else "↓"


@dataclass(frozen=True)
class Card:
    code: str
    name: Text
    figures: tuple[Figure, ...]
    awaited: Text


@dataclass(frozen=True)
class Situation:
    place: Place
    month: Month
    sentences: tuple[str, ...]
    spm: tuple[Figure, ...]
    cards: tuple[Card, ...]
    scorecard: Scorecard
    rapor: Scorecard  # the SPM alone: as wide as a sheet of paper
    freshness: Freshness

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted in the month."""
        return not any(score.reported for score in self.scorecard.total.scores)

    @property
    def figures(self) -> list[Figure]:
        """Every figure of the page once, SPM first."""
        listed = {f.score.indicator.code: f for card in self.cards for f in card.figures}
        return list(({f.score.indicator.code: f for f in self.spm} | listed).values())


def situation(
    *, of: Place, below: Sequence[Place], kind: str, month: Month, today: date
) -> Situation:
    """Everything on the page: 2 queries each for totals, sasaran and freshness."""
    listed = headlines_on(month)
    places = [of.pk, *(p.pk for p in below)]
    people = sasaran(places=places, codes=sasaran_codes(listed), month=month)
    found = scores(places=places, indicators=listed, month=month, people=people)
    card = of_scores(found, of=of, below=below, indicators=listed)
    of_law = [one for one in listed if one.spm is not None] or listed
    codes = [one.code for one in listed]
    past = series(place=of.pk, codes=codes, month=month, people=people)
    spm = figures(SPM.values(), card.total.scores, past)
    return Situation(
        place=of,
        month=month,
        sentences=tuple(sentences(card, spm)),
        spm=spm,
        cards=tuple(
            Card(
                code, CLUSTERS[code], figures(codes, card.total.scores, past), AWAITED.get(code, "")
            )
            for code, codes in HEADLINES.items()
        ),
        scorecard=card,
        rapor=of_scores(found, of=of, below=below, indicators=of_law),
        freshness=freshness(of=of, month=month, kind=kind, today=today),
    )


def figures(codes, found: Sequence[Score], past: Series) -> tuple[Figure, ...]:
    by_code = {score.indicator.code: score for score in found}
    return tuple(figure(by_code[code], past) for code in codes if code in by_code)


def figure(score: Score, past: Series) -> Figure:
    code = score.indicator.code
    before = past.at(code, score.month.plus(-1))
    return Figure(score, before, tuple(past.spark(code)), past.chart(code))


def sentences(card: Scorecard, spm: Sequence[Figure]) -> list[str]:
    """How many SPM meet the target, what lies furthest behind and where. Pure."""
    said = [of_spm([f.score for f in spm], [f.before for f in spm if f.before])]
    if worst := furthest_behind(card.total.scores):
        said.append(_of_worst(worst, card))
    elif any(score.standing in RATED for score in card.total.scores):
        said.append(_("Semua indikator utama yang bertarget mencapai target bulan ini."))
    return [sentence for sentence in said if sentence]


def of_spm(now: Sequence[Score], before: Sequence[Score] = ()) -> str:
    """ "2 dari 3 SPM … Bulan lalu juga 2."; empty when none can be rated. Pure."""
    rated = [score for score in now if score.standing in RATED]
    if not rated:
        return ""
    met = sum(score.standing is Standing.MET for score in rated)
    text = _("%(met)d dari %(all)d SPM yang dapat dihitung mencapai target bulan ini.") % {
        "met": met,
        "all": len(rated),
    }
    earlier = [score for score in before if score.standing in RATED]
    if len(earlier) != len(rated):
        return text
    then = sum(score.standing is Standing.MET for score in earlier)
    same = _("Bulan lalu juga %d.") if then == met else _("Bulan lalu %d.")
    return f"{text} {same % then}"


def furthest_behind(found: Sequence[Score]) -> Score | None:
    """The score that misses its target by the most people; by ratio where none counts people."""
    behind = [s for s in found if s.standing in (Standing.NEAR, Standing.BEHIND)]
    return max(behind, key=lambda s: (s.short_by or 0, s.distance), default=None)


def _of_worst(worst: Score, card: Scorecard) -> str:
    text = _("Paling tertinggal: %(name)s (%(value)s, target bulan ini %(target)s") % {
        "name": worst.indicator.label,
        "value": formats.amount(worst.value, worst.indicator.unit, worst.target_now),
        "target": formats.amount(worst.target_now, worst.indicator.unit),
    }
    if worst.short_by:
        text += counted("; kurang %(count)s orang", worst.short_by)
    names = _worst_places(worst, card)
    where = _(" – terutama %s") % ", ".join(names) if names else ""
    return f"{text}){where}."


def _worst_places(worst: Score, card: Scorecard) -> list[str]:
    """Up to three places that miss the most, by people, else by distance; ties by name."""
    at = [one.code for one in card.indicators].index(worst.indicator.code)
    missing = [
        (row.scores[at], row.place.name)
        for row in card.rows
        if row.scores[at].standing in (Standing.NEAR, Standing.BEHIND)
    ]
    missing.sort(key=lambda pair: (-(pair[0].short_by or 0), -pair[0].distance, pair[1]))
    return [name for _score, name in missing[:NAMED_PLACES]]
