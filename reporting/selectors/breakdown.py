"""One indicator at many places: now, the month before, and month by month for the PWS graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import Indicator
from reporting.charts.pws import PwsChart, Unit, pws
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


def breakdown(*, indicator: Indicator, places: Sequence[Place], month: Month) -> list[Part]:
    """Best first; places without a value last, by name. Two queries, three in January."""
    pks = [one.pk for one in places]
    previous = month.plus(-1)
    cells = cells_of([indicator], pks, month)
    if indicator.lag and previous.year != month.year:
        cells = cells.beside(cells_of([indicator], pks, previous))
    codes = sasaran_codes([indicator])
    people = sasaran(places=pks, codes=codes, month=month)
    earlier = people
    if previous.year != month.year:
        earlier = sasaran(places=pks, codes=codes, month=previous)
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
    """Place id -> 1 for the best; those that did not report have none."""
    known = {pk: s.value for pk, s in found.items() if s.is_known and s.value is not None}
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
