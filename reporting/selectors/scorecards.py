"""The heat table: places by indicators, and one indicator as a ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import cached_property

from ilp.core.months import Month
from reporting.catalogue import HEADLINES, SPM, Indicator, indicators_on
from reporting.catalogue.thresholds import Standing
from reporting.selectors.book import CATALOGUE, Book
from reporting.selectors.places import Place
from reporting.selectors.scores import Score, Scores, scores

SHORTEST_FIRST = ""
MOST_FIRST = "-"
BY_NAME = "nama"
# What a cell can show, and be sorted by: the value, or another number of it.
MODES: dict[str, Callable[[Score], float | None]] = {
    "": lambda score: score.value,
    "target": lambda score: score.of_target,
    "jumlah": lambda score: score.numerator,
    "kurang": lambda score: score.short_by,
}


def _shown(score: Score, mode: str) -> float | None:
    return MODES.get(mode, MODES[""])(score) if score.is_known else None


@dataclass(frozen=True)
class Row:
    """One place and its scores, in the order of the indicators."""

    place: Place
    scores: tuple[Score, ...]

    @cached_property
    def standings(self) -> list[Standing]:
        return [score.standing for score in self.scores]

    @property
    def met(self) -> int:
        return self.standings.count(Standing.MET)

    @property
    def behind(self) -> int:
        return self.standings.count(Standing.BEHIND)

    @property
    def rated(self) -> int:
        """Indicators that have a value and a target."""
        return self.met + self.behind + self.standings.count(Standing.NEAR)


@dataclass(frozen=True)
class Scorecard:
    indicators: tuple[Indicator, ...]
    total: Row
    rows: tuple[Row, ...]
    order: str = SHORTEST_FIRST

    def sorted_by(self, order: str, mode: str = "") -> Scorecard:
        """`order` is an indicator's code, with a minus for the highest first, or `nama`; `mode`
        says by which of its numbers.

        Otherwise those with the fewest targets met come first, with a minus alone the most. Ties
        stand by name; places without a number come last either way.
        """
        named = sorted(self.rows, key=lambda row: row.place.name)
        codes = [one.code for one in self.indicators]
        code = order.removeprefix("-")
        if code in codes:
            at = codes.index(code)
            sign = -1 if order.startswith("-") else 1
            known = [row for row in named if _shown(row.scores[at], mode) is not None]
            known.sort(key=lambda row: sign * (_shown(row.scores[at], mode) or 0))
            rows = known + [row for row in named if _shown(row.scores[at], mode) is None]
        elif order == BY_NAME:
            rows = named
        else:
            order = order if order == MOST_FIRST else SHORTEST_FIRST
            sign = -1 if order == MOST_FIRST else 1
            rows = sorted(
                named, key=lambda row: (not row.rated, sign * row.met, -sign * row.behind)
            )
        return replace(self, rows=tuple(rows), order=order)


def scorecard(
    *, of: Place, below: Sequence[Place], indicators: Iterable[Indicator], month: Month
) -> Scorecard:
    """Worked out anew. A query for each programme and one for the sasaran."""
    listed = tuple(indicators)
    everyone = [of.pk, *(one.pk for one in below)]
    found = scores(places=everyone, indicators=listed, month=month)
    return of_scores(found, of=of, below=below, indicators=listed)


def of_scores(
    found: Scores, *, of: Place, below: Sequence[Place], indicators: Sequence[Indicator]
) -> Scorecard:
    def row(place: Place) -> Row:
        return Row(place, tuple(found[place.pk, one.code] for one in indicators))

    return Scorecard(tuple(indicators), row(of), tuple(map(row, below))).sorted_by(SHORTEST_FIRST)


def sets_on(month: Month, book: Book = CATALOGUE) -> dict[str, tuple[Indicator, ...]]:
    """The sets of indicators that a scorecard can show: SPM first, headlines, each cluster."""
    held = book.on(month.last_day)
    spm = tuple(held[code] for code in SPM.values() if code in held)
    found = {"SPM": spm, "UTAMA": headlines_on(month)}
    for cluster in HEADLINES:
        listed = tuple(
            one
            for one in held.values()
            if (one.cluster == cluster or cluster in one.also) and one.spm is None
        )
        if listed:
            found[cluster] = listed
    return {name: indicators for name, indicators in found.items() if indicators}


def headlines_on(month: Month) -> tuple[Indicator, ...]:
    """SPM and what stands on the clusters' cards, each once."""
    held = indicators_on(month.last_day)
    codes = [*SPM.values(), *(code for cluster in HEADLINES.values() for code in cluster)]
    return tuple(held[code] for code in dict.fromkeys(codes) if code in held)
