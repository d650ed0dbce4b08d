"""Totals worked out once more from the source, in another way, and held against what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max, Min

from clusters.models import VISITS
from facilities.models import Ancestry, Facility
from ilp.core.months import Month
from reporting.catalogue import PROGRAMMES, SLOTS, WIDTH
from reporting.models import Report, Total
from reporting.selectors.form_book import refresh
from reporting.totals.own import count_own
from reporting.totals.reported import Reported, reported_numbers


@dataclass(frozen=True)
class Difference:
    place: str
    month: Month
    element: str
    part: str
    column: str  # own or total
    stored: int
    expected: int


def span() -> tuple[Month, Month] | None:
    """The first and the last month that any visit, report or total belongs to."""
    days = []
    for model in VISITS.values():
        found = model.objects.standing().aggregate(first=Min("seen_on"), last=Max("seen_on"))
        days += [Month.of(day) for day in found.values() if day]
    for rows in (Total.objects, Report.objects):
        found = rows.aggregate(first=Min("month"), last=Max("month"))
        days += [month for month in found.values() if month]
    return (min(days), max(days)) if days else None


def differences(*, first: Month, last: Month) -> Iterator[Difference]:
    """Every stored number that differs from what the visits and approved reports say."""
    refresh()
    codes = dict(Facility.objects.values_list("pk", "code"))
    for month in first.until(last):
        links = Ancestry.objects.filter(valid__contains=month.last_day)
        below: dict[int, set[int]] = defaultdict(set)
        for ancestor, descendant in links.values_list("ancestor", "descendant"):
            below[ancestor].add(descendant)
        reports = reported_numbers(month)
        for programme, own in count_own(PROGRAMMES, month, codes, only_changing=False).items():
            held, numbers = own.without_nothing().by_place, reports.get(programme, {})
            yield from _of_programme(programme, month, below, codes, held, numbers)


def _of_programme(
    programme: str,
    month: Month,
    below: dict[int, set[int]],
    codes: dict[int, str],
    own: Mapping[int, list[int]],
    reported: Reported,
) -> Iterator[Difference]:
    names = {slot: (e, part) for (p, e, part), slot in SLOTS.items() if p == programme}
    rows = Total.objects.filter(month=month, programme=programme)
    stored = {row[0]: row[1:] for row in rows.values_list("place_id", "own", "total")}
    zeros = [0] * WIDTH[programme]
    for place in sorted({*own, *stored, *reported, *below}):
        kept_own, kept_total = stored.get(place, (zeros, zeros))
        right = {
            "own": (kept_own, own.get(place, zeros)),
            "total": (kept_total, _total(place, own, reported, below, zeros)),
        }
        for column, (kept, expected) in right.items():
            for index, (one, other) in enumerate(zip(kept, expected, strict=True)):
                if one != other:
                    element, part = names[index + 1]
                    yield Difference(codes[place], month, element, part, column, one, other)


def _total(
    place: int,
    own: Mapping[int, list[int]],
    reported: Reported,
    below: dict[int, set[int]],
    zeros: list[int],
) -> list[int]:
    """Own numbers of all below; where a report at or below the place speaks, the report's.

    In each slot only the reports that no other above them gives, and what those cover.
    """
    subtree = below.get(place, set()) | {place}
    speaking = {r: numbers for r, numbers in reported.items() if r in subtree}
    covered: dict[int, set[int]] = defaultdict(set)
    total = zeros[:]
    for reporter, numbers in speaking.items():
        above = [speaking[r] for r in speaking if r != reporter and reporter in below.get(r, ())]
        counting = {slot: n for slot, n in numbers.items() if not any(slot in o for o in above)}
        for descendant in below.get(reporter, set()) | {reporter}:
            covered[descendant] |= counting.keys()
        for slot, number in counting.items():
            total[slot - 1] += number
    for descendant in subtree & own.keys():
        silent = covered.get(descendant, ())
        for index, number in enumerate(own[descendant]):
            if number and index + 1 not in silent:
                total[index] += number
    return total
