"""Which cells of a table of indicators rest on a number that looks wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import Indicator, quality
from reporting.catalogue.quality import Order
from reporting.selectors.parts import part
from reporting.selectors.places import Place
from reporting.selectors.quality import Finding, out_of_order, unconfirmed, unusual

Doubts = dict[tuple[int, str], list[Finding]]  # (place id, indicator code)


@part(
    lambda places, indicators, month: (
        frozenset(one.pk for one in places),  # in whatever order the table stands
        tuple(one.code for one in indicators),
        month,
    )
)
def doubts(*, places: Sequence[Place], indicators: Collection[Indicator], month: Month) -> Doubts:
    """What the page of data quality finds of the numbers of which these are made, and nobody has
    said to be right. Two queries; none where nothing of them is watched."""
    made = {one.code: one.counted for one in indicators if not one.lag}
    every = frozenset[str]().union(*made.values())
    watched = [code for code in quality.WATCHED if code in every]
    orders = [
        one
        for one in quality.orders_on(month.first_day, month.last_day)
        if {one.less, one.more} & every
    ]
    if not watched and not orders or not places:
        return {}
    found = unconfirmed(_found(places, month, watched, orders), places, month)
    held: Doubts = defaultdict(list)
    for finding in found:
        subject = set(finding.subject.split("<="))
        for code, counted in made.items():
            if subject & counted:
                held[finding.place.pk, code].append(finding)
    return dict(held)


def _found(
    places: Sequence[Place], month: Month, watched: Sequence[str], orders: Sequence[Order]
) -> list[Finding]:
    limits = quality.limits(month.last_day)
    months = {*month.plus(-limits.months).until(month), *month.of_year}
    codes = {*watched, *(code for one in orders for code in (one.less, one.more))}
    cells = totals.read([one.pk for one in places], sorted(months), sorted(codes))
    return [
        finding
        for place in places
        for finding in (
            *unusual(place, month, cells, limits, watched),
            *out_of_order(place, month, cells, orders),
        )
    ]
