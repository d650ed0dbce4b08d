"""What the page of an indicator and its files read: each part once, and only when it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from ilp.core.months import Month
from reporting.catalogue import Indicator, NoIndicator
from reporting.catalogue.comparing import control_rules
from reporting.charts.spc import ControlChart, Sign
from reporting.models import Baseline
from reporting.selectors.baselines import baselines
from reporting.selectors.breakdown import Part, breakdown
from reporting.selectors.control import Controls, controls
from reporting.selectors.doubts import doubts
from reporting.selectors.explaining import Explanation, explanation
from reporting.selectors.numbers import Numbers, numbers
from reporting.selectors.quality import Finding
from reporting.selectors.series import Series, series
from reporting.selectors.situation import Figure, figure
from reporting.views import pictures
from reporting.views.context import Context
from reporting.views.pictures import Picture

MOST_SIGNED = 100  # places whose months are tested too: more take longer than a page may


def find(code: str, ctx: Context) -> Indicator:
    try:
        return ctx.book_for(code).find(code, ctx.month.last_day)
    except NoIndicator as error:
        raise Http404 from error


@dataclass
class Reading:
    """One indicator at one place in a month, and at the places below it."""

    ctx: Context
    one: Indicator

    @cached_property
    def numbers(self) -> Numbers:
        """Of the place and those below it, for every version that the indicator had."""
        ctx, code = self.ctx, self.one.code
        years = control_rules(ctx.month.last_day).years
        months = Month(ctx.month.year + 1 - years, 1).until(ctx.month)
        books = [ctx.book_for(code).on(month.last_day) for month in months]
        versions = {id(book[code]): book[code] for book in books if code in book}
        return numbers(
            places=[ctx.place.pk, *(one.pk for one in ctx.below)],
            indicators=list(versions.values()),
            month=ctx.month,
            years=years,
        )

    @cached_property
    def past(self) -> Series:
        ctx, code = self.ctx, self.one.code
        book = ctx.book_for(code)
        return series(
            place=ctx.place.pk, codes=[code], month=ctx.month, book=book, held=self.numbers
        )

    @cached_property
    def about(self) -> Explanation:
        ctx = self.ctx
        return explanation(indicator=self.one, of=ctx.place, month=ctx.month, numbers=self.numbers)

    @cached_property
    def parts(self) -> list[Part]:
        ctx = self.ctx
        if not ctx.below:
            return []
        return breakdown(
            indicator=self.one, places=ctx.below, month=ctx.month, numbers=self.numbers
        )

    @cached_property
    def now(self) -> Figure:
        return figure(self.past.scores[self.one.code, self.ctx.month], self.past)

    @cached_property
    def tested(self) -> Controls:
        """The place itself, and those below it where they are not too many."""
        below = self.ctx.below if len(self.ctx.below) <= MOST_SIGNED else []
        places = [self.ctx.place.pk, *(one.pk for one in below)]
        return controls(
            places=places, indicators=[self.one], month=self.ctx.month, held=self.numbers
        )

    @cached_property
    def baseline(self) -> Baseline | None:
        """From when the place's months are measured, where its district has said so."""
        place, code = self.ctx.place.pk, self.one.code
        found = baselines(places=[place], codes=[code], month=self.ctx.month)
        return found.get((place, code))

    @property
    def control(self) -> ControlChart:
        return self.tested[self.ctx.place.pk, self.one.code]

    @property
    def signs(self) -> dict[int, Sign]:
        """Place id -> what its last month comes to; without those of which nothing can be said."""
        return {place: chart.sign for (place, _code), chart in self.tested.items() if chart.sign}

    @cached_property
    def findings(self) -> dict[int, list[Finding]]:
        """Place id -> its numbers that look wrong."""
        everyone = [self.ctx.place, *self.ctx.below]
        found = doubts(places=everyone, indicators=[self.one], month=self.ctx.month)
        every = ((one.pk, found.get((one.pk, self.one.code))) for one in everyone)
        return {place: listed for place, listed in every if listed}

    def picture(self, kind: str) -> Picture | None:
        """What a tab draws; nothing where there is nothing to draw, or for a kind that is none."""
        made = {
            "pws": self._of_places,
            "tren": self._of_year,
            "bulan": lambda: pictures.of_months(self.ctx, self.control, self.label),
            "spc": lambda: pictures.of_past(self.ctx, self.control, self.label),
            "corong": lambda: pictures.of_sizes(self.ctx, self.about, self.parts),
        }
        return made[kind]() if kind in made else None

    @property
    def label(self) -> str:
        return str(self.one.label)

    def _of_year(self) -> Picture:
        return pictures.of_year(self.now.chart, self.label)

    def _of_places(self) -> Picture | None:
        if not (self.about.score.applies and self.about.score.is_due):
            return None
        if not self.parts:
            return self._of_year()
        return pictures.of_places(self.ctx, self.about, self.parts)
