"""S24: the packet for the monthly meeting: one sentence, rapor, chosen PWS, completeness."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from ilp.core.months import Month
from reporting.catalogue import FORMS, Indicator
from reporting.selectors.book import Book
from reporting.selectors.breakdown import Part
from reporting.selectors.completeness import NONE, Rate, rates
from reporting.selectors.places import Place
from reporting.selectors.scorecards import sets_on
from reporting.selectors.scores import cells_of, sasaran_codes, score
from reporting.selectors.situation import RATED, Situation, situation
from reporting.selectors.targets import sasaran

MOST_GRAPHS = 6
USUAL_GRAPHS = 3


@dataclass(frozen=True)
class Complete:
    """A place with its months: how many reports were expected, came, and came in time."""

    place: Place
    months: tuple[Rate, ...]

    @property
    def whole(self) -> Rate:
        return sum(self.months, NONE)


@dataclass(frozen=True)
class Bulletin:
    situation: Situation
    graphs: tuple[tuple[Indicator, list[Part]], ...]
    months: tuple[Month, ...]
    complete: tuple[Complete, ...]

    @property
    def sentence(self) -> str:
        """What the cover says."""
        return next(iter(self.situation.sentences), "")


def choosable(month: Month, book: Book) -> dict[str, Indicator]:
    """The indicators that a packet may show, by code: SPM and headlines."""
    sets = sets_on(month, book)
    listed = [one for name in ("SPM", "UTAMA") for one in sets.get(name, ())]
    return {one.code: one for one in listed}


def bulletin(
    *, of: Place, below: Sequence[Place], kind: str, month: Month, today: date,
    chosen: Collection[str], book: Book,
) -> Bulletin:  # fmt: skip
    """What is chosen, or else the SPM that miss their target by most people.

    As many queries as the situation, and six.
    """
    found = situation(of=of, below=below, kind=kind, month=month, today=today)
    known = choosable(month, book)
    codes = [code for code in chosen if code in known][:MOST_GRAPHS] or _worst(found)
    listed = [known[code] for code in codes if code in known]
    months = tuple(month.of_year)
    forms = tuple(FORMS.values())
    each = rates(places=[one.pk for one in below], months=months, forms=forms) if below else {}
    return Bulletin(
        situation=found,
        graphs=tuple(zip(listed, _parts(listed, below, month), strict=True)) if below else (),
        months=months,
        complete=tuple(
            Complete(one, tuple(each.get((one.pk, m), NONE) for m in months)) for one in below
        ),
    )


def _worst(found: Situation) -> list[str]:
    rated = [f.score for f in found.spm if f.score.standing in RATED]
    rated.sort(key=lambda one: (-(one.short_by or 0), one.indicator.code))
    return [one.indicator.code for one in rated[:USUAL_GRAPHS]]


def _parts(listed: Sequence[Indicator], below: Sequence[Place], month: Month) -> list[list[Part]]:
    """The places by each indicator, read for all of them at once. Two queries and those of lags."""
    pks = [one.pk for one in below]
    cells = cells_of(listed, pks, month)
    people = sasaran(places=pks, codes=sasaran_codes(listed), month=month)
    return [
        [
            Part(
                place=place,
                now=score(one, place.pk, month, cells, people),
                before=None,
                counts=tuple(one.top.of(cells.of(place.pk, m)) for m in month.of_year),
            )
            for place in below
        ]
        for one in listed
    ]
