"""Whether what an indicator did lately is more than chance: each place against its own months."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ilp.core.months import Month
from reporting.catalogue import Indicator
from reporting.catalogue.comparing import control_rules, funnel_rules
from reporting.catalogue.language import Aggregation
from reporting.charts.funnel import Dot, Funnel, funnel
from reporting.charts.spc import ADDS_UP, OF_REGISTERS, ControlChart, Sign, undrawn, xmr
from reporting.models import Baseline
from reporting.selectors.baselines import baselines
from reporting.selectors.breakdown import Part
from reporting.selectors.numbers import Numbers, heard, numbers

PERCENT = 100
Controls = dict[tuple[int, str], ControlChart]  # (place id, indicator code)


def value(one: Indicator, place: int, month: Month, held: Numbers) -> float | None:
    """What a month alone comes to, in the indicator's unit; None where it has no number.

    Over a sasaran it is the share of the year's people, else of the month's own.
    """
    if not one.is_due(month):
        return None
    now = heard(one, held.cells.of(place, month.plus(-one.lag)))
    top = None if one.top.codes.isdisjoint(now) else one.top.of(now)
    if top is None or one.is_count:
        return top
    people = held.people.get(month.year, {})
    known = {code: people.get((place, code)) for code in one.bottom.codes}
    bottom = one.bottom.of(known if one.bottom.is_sasaran else now)
    return one.per * top / bottom if bottom else None


def controls(
    *,
    places: Collection[int],
    indicators: Iterable[Indicator],
    month: Month,
    held: Numbers | None = None,
) -> Controls:
    """The chart of each indicator at each place, all months by the indicator as it is now.

    One query, and those of `numbers` unless these were read before; none where nothing is tested.
    """
    wanted = list(indicators)
    tested = [one for one in wanted if not untested(one)]
    found: Controls = {
        (place, one.code): undrawn(untested(one))
        for one in wanted
        if untested(one)
        for place in places
    }
    if not tested or not places:
        return found
    years = control_rules(month.last_day).years
    held = held or numbers(places=places, indicators=tested, month=month, years=years)
    began = baselines(places=places, codes=[one.code for one in tested], month=month)
    return found | {
        (place, one.code): _chart(one, place, held, began.get((place, one.code)))
        for one in tested
        for place in places
    }


def untested(one: Indicator) -> str:
    """Why the months of an indicator are not tested; empty where they are."""
    if one.top.is_sasaran:
        return str(OF_REGISTERS)
    return str(ADDS_UP) if one.aggregation is Aggregation.SNAPSHOT else ""


def _chart(one: Indicator, place: int, held: Numbers, began: Baseline | None) -> ControlChart:
    months = [month for month in held.months if began is None or month >= began.since]
    return xmr(
        months,
        [value(one, place, month, held) for month in months],
        control_rules(held.month.last_day),
        higher_is_better=one.higher_is_better,
        unit=one.unit,
    )


def signs(
    *, places: Collection[int], indicators: Iterable[Indicator], month: Month
) -> dict[tuple[int, str], Sign]:
    """Only what the last month comes to, for tables and files."""
    found = controls(places=places, indicators=indicators, month=month)
    return {key: chart.sign for key, chart in found.items()}


def funnel_of(parts: Sequence[Part], *, addresses: Mapping[int, str]) -> Funnel:
    """The funnel of the places that have reported; `addresses` maps a place to where it leads."""
    one, month = parts[0].now.indicator, parts[0].now.month
    dots = [
        Dot(p.place.name, p.now.numerator, p.now.denominator, addresses.get(p.place.pk, ""))
        for p in parts
        if p.now.is_known and p.now.numerator is not None and p.now.denominator
    ]
    is_share = one.unit == "%" and one.per == PERCENT and not one.top.is_sasaran
    return funnel(dots, funnel_rules(month.last_day), is_share=is_share)
