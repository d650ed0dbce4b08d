"""One indicator at many places: now, the month before, and month by month for the PWS graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import Indicator
from reporting.catalogue.thresholds import Standing
from reporting.charts.dumbbell import Dumbbell, Pair, dumbbell
from reporting.charts.pws import PwsChart, Unit, pws
from reporting.selectors.numbers import Numbers
from reporting.selectors.places import Place
from reporting.selectors.scores import Score, cells_of, sasaran_codes, score
from reporting.selectors.targets import Sasaran, sasaran


@dataclass(frozen=True)
class Part:
    """One of the places. Ranks are None for places without a value; ties share a rank."""

    place: Place
    now: Score
    before: Score | None
    counts: tuple[int | None, ...]  # of the numerator, January to the month
    rank: int | None = None
    rank_before: int | None = None

    @property
    def arrow(self) -> str:
        """The month's own number against the month before's; the state where nothing adds up."""
        now: float | None
        last: float | None
        if self.now.indicator.target_runs:
            now, last = self.now.this_month, self.now.last_month
        else:
            now, last = self.now.value, self.before.value if self.before else None
        if now is None or last is None:
            return "·"
        return "–" if now == last else "↑" if now > last else "↓"

    @property
    def gap(self) -> int | None:
        """People above (or, negative, below) this month's target."""
        score = self.now
        if not score.is_known or score.target_now is None or score.numerator is None:
            return None
        due = score.target_now * (score.denominator or 0) / score.indicator.per
        apart = round(score.numerator - due, 9)  # a float's noise is nobody
        return floor(apart) if apart < 0 else ceil(apart)


def breakdown(
    *,
    indicator: Indicator,
    places: Sequence[Place],
    month: Month,
    numbers: Numbers | None = None,
) -> list[Part]:
    """Best first; places without a value last, by name. Two queries, three in January, none where
    the numbers have been read."""
    previous = month.plus(-1)
    if numbers is None:
        cells, people, earlier = _numbers(indicator, [one.pk for one in places], month)
    else:
        cells, people, earlier = numbers.cells, numbers.now, numbers.people[previous.year]
    compares = previous in indicator.months(month) or not indicator.accumulates
    parts = [
        Part(
            place=one,
            now=score(indicator, one.pk, month, cells, people),
            before=_score_if(compares, indicator, one, previous, (cells, earlier)),
            counts=tuple(indicator.top.of(cells.of(one.pk, m)) for m in month.of_year),
        )
        for one in places
    ]
    return _ranked(parts)


def _numbers(
    indicator: Indicator, pks: Sequence[int], month: Month
) -> tuple[totals.Cells, Sasaran, Sasaran]:
    """The totals, and the sasaran of the month and of the one before."""
    previous = month.plus(-1)
    cells = cells_of([indicator], pks, month)
    if indicator.lag and previous.year != month.year:
        cells = cells.beside(cells_of([indicator], pks, previous))
    codes = sasaran_codes([indicator])
    people = sasaran(places=pks, codes=codes, month=month)
    if previous.year == month.year:
        return cells, people, people
    return cells, people, sasaran(places=pks, codes=codes, month=previous)


def _score_if(
    compares: bool,
    indicator: Indicator,
    place: Place,
    month: Month,
    numbers: tuple[totals.Cells, Sasaran],
) -> Score | None:
    return score(indicator, place.pk, month, *numbers) if compares else None


def _ranked(parts: Sequence[Part]) -> list[Part]:
    now = _ranks({part.place.pk: part.now for part in parts})
    before = _ranks({part.place.pk: part.before for part in parts if part.before})
    found = [
        Part(p.place, p.now, p.before, p.counts, now.get(p.place.pk), before.get(p.place.pk))
        for p in parts
    ]
    return sorted(found, key=lambda part: (part.rank is None, part.rank or 0, part.place.name))


def _ranks(found: dict[int, Score]) -> dict[int, int]:
    """Place id -> 1 for the best; those that did not report or are below zero have none."""
    known = {
        pk: s.value
        for pk, s in found.items()
        if s.is_known and s.value is not None and s.standing is not Standing.MINUS
    }
    if not known:
        return {}
    lower = next(iter(found.values())).indicator.higher_is_better is False
    in_order = sorted(known.values(), reverse=not lower)
    return {pk: in_order.index(value) + 1 for pk, value in known.items()}


def has_pws(indicator: Indicator, month: Month) -> bool:
    """Whether months add up over a sasaran towards an annual target, as the graph needs."""
    goal = indicator.goal(month.last_day)
    return indicator.target_runs and indicator.bottom.is_sasaran and goal is not None


def pws_of(parts: Sequence[Part], *, of: Place, addresses: dict[int, str]) -> PwsChart:
    """The PWS graph of the places; `addresses` maps a place to where its bar leads."""
    first = parts[0].now
    goal = first.indicator.goal(first.month.last_day)
    assert goal is not None
    units = [
        Unit(p.place.code, p.place.name, p.now.denominator, p.counts, addresses[p.place.pk])
        for p in parts
    ]
    return pws(
        units,
        goal.value,
        first.month.number,
        higher_is_better=first.indicator.higher_is_better is not False,
        total_unit=Unit(of.code, of.title, None, ()),
    )


def drop_out_of(
    parts: Sequence[Part], *, of: Place, whole: Score, addresses: dict[int, str]
) -> Dumbbell | None:
    """The pairs of doses behind "(first - last) over first"; None of any other formula."""
    one = whole.indicator
    terms = one.top.terms
    lost = len(terms) == 2 and [sign for sign, _code in terms] == [1, -1]
    goal = one.goal(whole.month.last_day)
    if not lost or one.denominator != terms[0][1] or one.higher_is_better is not False or not goal:
        return None

    def pair(name: str, score: Score, url: str = "", *, is_total: bool = False) -> Pair:
        first = score.denominator if score.reported else None
        kept = None if first is None or score.numerator is None else first - score.numerator
        return Pair(name, first, kept, goal.value, url, is_total)

    return dumbbell(
        [pair(p.place.name, p.now, addresses[p.place.pk]) for p in parts],
        pair(of.title, whole, is_total=True),
    )
