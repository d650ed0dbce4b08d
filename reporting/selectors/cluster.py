"""One cluster's situation: its indicators, who meets them, and where people are lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from clusters.services import STAGES
from ilp.core.counting import counted
from ilp.core.months import Month
from reporting.catalogue import Indicator, indicators_on
from reporting.catalogue.cascades import CASCADES, Cascade
from reporting.catalogue.thresholds import Standing
from reporting.selectors.book import CATALOGUE, Book
from reporting.selectors.places import Place
from reporting.selectors.scorecards import Scorecard, of_scores
from reporting.selectors.scores import Score, sasaran_codes, scores
from reporting.selectors.series import Series, series
from reporting.selectors.situation import RATED, Figure, figure, furthest_behind
from reporting.selectors.targets import sasaran

FALLS = 3  # months in a row that are worth a sentence
NAMED = 3


@dataclass(frozen=True)
class Line:
    """An indicator of the cluster: here, and in how many of the places below the target is met."""

    figure: Figure
    met: int
    rated: int

    @property
    def score(self) -> Score:
        return self.figure.score


@dataclass(frozen=True)
class Path:
    """A cascade with the scores of its steps."""

    cascade: Cascade
    scores: tuple[Score, ...]


@dataclass(frozen=True)
class Cluster:
    """`stages`: (code, how many indicators) of the whole cluster, in the order of life."""

    place: Place
    month: Month
    sentences: tuple[str, ...]
    stages: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    paths: tuple[Path, ...]
    scorecard: Scorecard

    @property
    def is_empty(self) -> bool:
        return not any(line.score.reported for line in self.lines)


def indicators_of(
    cluster: str, month: Month, stage: str = "", book: Book = CATALOGUE
) -> tuple[Indicator, ...]:
    """Those of a cluster in force, its own first, of one stage of life where it is named."""
    held = book.on(month.last_day).values()
    own = [one for one in held if one.cluster == cluster]
    borrowed = [one for one in held if cluster in one.also and one.cluster != cluster]
    return tuple(one for one in (*own, *borrowed) if stage in ("", one.stage))


def cluster_situation(
    *,
    cluster: str,
    stage: str,
    of: Place,
    below: Sequence[Place],
    month: Month,
    book: Book = CATALOGUE,
) -> Cluster:
    """Two queries for totals and at most three for sasaran."""
    everyone = indicators_of(cluster, month, book=book)
    listed = [one for one in everyone if stage in ("", one.stage)]
    paths = [one for one in CASCADES if one.cluster == cluster]
    stepped = _steps(paths, month)
    counted = list({one.code: one for one in (*listed, *stepped)}.values())
    places = [of.pk, *(p.pk for p in below)]
    people = sasaran(places=places, codes=sasaran_codes(counted), month=month)
    found = scores(places=places, indicators=counted, month=month, people=people)
    past = series(
        place=of.pk,
        codes=[one.code for one in listed],
        month=month,
        people=people,
        book=book,
    )
    card = of_scores(found, of=of, below=below, indicators=listed)
    lines = tuple(_line(one, found, past, of, below) for one in listed)
    return Cluster(
        place=of,
        month=month,
        sentences=tuple(sentences(lines)),
        stages=stages_of(everyone),
        lines=lines,
        paths=tuple(_path(one, found, of) for one in paths),
        scorecard=card,
    )


def path_of(*, code: str, cluster: str, of: Place, month: Month) -> Path | None:
    """One cascade of a cluster alone; None where there is none of that name. Two queries."""
    named = next((one for one in CASCADES if (one.code, one.cluster) == (code, cluster)), None)
    if named is None:
        return None
    found = scores(places=[of.pk], indicators=_steps([named], month), month=month)
    return _path(named, found, of)


def _steps(paths: Iterable[Cascade], month: Month) -> list[Indicator]:
    held = indicators_on(month.last_day)
    return [held[code] for path in paths for code in path.steps if code in held]


def _path(cascade: Cascade, found: dict[tuple[int, str], Score], of: Place) -> Path:
    keys = [(of.pk, code) for code in cascade.steps]
    return Path(cascade, tuple(found[key] for key in keys if key in found))


def _line(
    one: Indicator,
    found: dict[tuple[int, str], Score],
    past: Series,
    of: Place,
    below: Sequence[Place],
) -> Line:
    rated = [found[p.pk, one.code] for p in below]
    rated = [score for score in rated if score.standing in RATED]
    met = sum(score.standing is Standing.MET for score in rated)
    return Line(figure(found[of.pk, one.code], past), met, len(rated))


def stages_of(listed: Iterable[Indicator]) -> tuple[tuple[str, int], ...]:
    """(stage, how many of the indicators), in the order of life."""
    counts: dict[str, int] = {}
    for one in listed:
        counts[one.stage] = counts.get(one.stage, 0) + 1
    order = {code: number for number, code in enumerate(STAGES)}
    return tuple(sorted(counts.items(), key=lambda pair: order.get(pair[0], len(order))))


def sentences(lines: Sequence[Line]) -> list[str]:
    """How many meet the target, what lies furthest behind, and what has been getting worse."""
    rated = [line.score for line in lines if line.score.standing in RATED]
    said = []
    if rated:
        met = sum(score.standing is Standing.MET for score in rated)
        said.append(
            _("%(met)d dari %(all)d indikator bertarget mencapai target bulan ini.")
            % {"met": met, "all": len(rated)}
        )
    if worst := furthest_behind(rated):
        said.append(_("Paling tertinggal: %s.") % worst.indicator.label)
    worse = [line.score.indicator for line in lines if is_worsening(line.figure, FALLS)]
    if worse:
        names = ", ".join(str(one.label) for one in worse[:NAMED])
        more = counted(" dan %(count)s lainnya", len(worse) - NAMED) if len(worse) > NAMED else ""
        said.append(
            _("Perhatian, memburuk %(count)d bulan berturut-turut: %(names)s%(more)s.")
            % {"count": FALLS, "names": names, "more": more}
        )
    return said


def is_worsening(one: Figure, times: int) -> bool:
    """Whether each of the last months was worse than the one before it. Pure.

    Months without a number end the row; indicators without a good direction never worsen.
    """
    better = one.score.indicator.higher_is_better
    last = one.spark[-(times + 1) :]
    if better is None or len(last) <= times or None in last:
        return False
    known = [value for value in last if value is not None]
    return all((b < a) if better else (b > a) for a, b in pairwise(known))
