"""The 12 SPM of a quarter: people served, quality, index and class."""

from __future__ import annotations

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise as Text

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import SPM, indicators_on
from reporting.catalogue.forms_spm import (
    SERVICES,
    class_of,
    index,
    quality,
    quality_codes,
)
from reporting.selectors.places import Place
from reporting.selectors.scores import Score, scores


@dataclass(frozen=True)
class Served:
    """One service: `people` is A, `quality` B, both in percent; the index needs both."""

    number: int
    name: Text
    score: Score | None
    quality: float | None
    month: Month

    @property
    def people(self) -> float | None:
        return self.score.value if self.score and self.score.reported else None

    @property
    def index(self) -> float | None:
        if self.people is None or self.quality is None:
            return None
        return index(self.people, self.quality, self.month.last_day)

    @property
    def label(self) -> Text:
        return "" if self.index is None else class_of(self.index, self.month.last_day).label

    @property
    def short_by(self) -> int | None:
        """People still to be served until everybody is, whatever the month."""
        if self.score is None or self.score.denominator is None or self.score.numerator is None:
            return None
        return max(0, self.score.denominator - self.score.numerator)


@dataclass(frozen=True)
class Report:
    place: Place
    month: Month
    quarter: Month  # the last month of the quarter whose quality report is used
    services: tuple[Served, ...]

    @property
    def index(self) -> float | None:
        """The mean over all twelve; None while one of them has none."""
        known = [one.index for one in self.services if one.index is not None]
        return sum(known) / len(known) if len(known) == len(self.services) else None

    @property
    def label(self) -> Text:
        return "" if self.index is None else class_of(self.index, self.month.last_day).label

    @property
    def incomplete(self) -> int:
        """How many services have no index yet."""
        return sum(one.index is None for one in self.services)


def spm_report(*, of: Place, month: Month) -> Report:
    """As far as the month is known: people since January, quality of the last quarter. Queries:
    those of `scores`, and one for the report."""
    listed = indicators_on(month.last_day)
    wanted = [listed[code] for code in SPM.values() if code in listed]
    found = scores(places=[of.pk], indicators=wanted, month=month)
    quarter = month
    while quarter.number % 3:
        quarter = quarter.plus(-1)
    codes = [code for n in SERVICES for pair in quality_codes(n) for code in pair]
    numbers = totals.read([of.pk], [quarter], codes).of(of.pk, quarter)
    return Report(
        of,
        month,
        quarter,
        tuple(
            Served(number, name, found.get((of.pk, SPM[number])), quality(numbers, number), month)
            for number, name in SERVICES.items()
        ),
    )
