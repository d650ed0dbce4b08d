"""Every number of every place and month, own and with all below, from visits and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from tests.oracle import (
    conditions,
    dictionary,
    recompute_across,
    recompute_disease,
    recompute_doses,
)
from tests.oracle import recompute_lives as lives
from tests.oracle.recompute_growth import age_part, months, predicates, visit_predicates
from tests.oracle.recompute_milestones import reached
from tests.oracle.recompute_mothers import with_pregnancies
from tests.oracle.recompute_registers import Registry
from tests.oracle.recompute_tree import Placed, Tree, as_of, month_end
from tests.oracle.recompute_visits import DERIVE, read

c = pl.col
Row = tuple[str, date, str]  # place, first day of the month, programme
Box = tuple[str, str]  # element, part
Numbers = dict[Box, int]


@dataclass(frozen=True)
class Reported:
    """One number of an approved report."""

    place: str
    month: date
    element: str
    part: str
    value: int


@dataclass(frozen=True)
class Sasaran:
    """A target population, in force from a month on in one version of its year."""

    place: str
    district: str
    year: int
    since: date
    version: int
    code: str
    value: int


@dataclass(frozen=True)
class Inputs:
    """All that the recomputation may know: exports and plain rows, nothing derived of totals."""

    visits: Mapping[str, str]  # service -> CSV
    kinds: dict[str, str]  # place -> kind
    placements: list[Placed]
    reported: list[Reported]
    sasaran: list[Sasaran]
    registry: Registry
    last: date  # first day of the last month that is compared


@dataclass
class Result:
    """Numbers by row; a row that is not here has no number at all, not zero."""

    own: dict[Row, Numbers] = field(default_factory=lambda: defaultdict(dict))
    total: dict[Row, Numbers] = field(default_factory=lambda: defaultdict(dict))
    trees: dict[date, Tree] = field(default_factory=dict)
    derived: dict[str, pl.DataFrame] = field(default_factory=dict)


def totals(inputs: Inputs) -> Result:
    result = Result()
    present: set[Row] = set()
    for service, text in inputs.visits.items():
        visits = (DERIVE | lives.DERIVE).get(service, by_year)(read(service, text))
        if service == "delivery":
            visits = with_pregnancies(visits, result.derived["antenatal"])
        result.derived[service] = visits
    for service in inputs.visits:
        visits = recompute_doses.with_others(service, result.derived[service], result.derived)
        for place in ("facility", "home"):
            seen = visits.drop_nulls(place).select(place, "month").unique()
            present |= {(*row, service) for row in seen.iter_rows()}
        numbers = own_numbers(service, visits, inputs.last, result.derived)
        for place, month, element, part, number in numbers.iter_rows():
            result.own[place, month, service][element, part] = number
            present.add((place, month, service))  # also where people stand so, and nobody came
    given = _by_month(inputs.reported)
    for month in {row[1] for row in present} | set(given):
        result.trees[month] = as_of(month_end(month), inputs.kinds, inputs.placements)
        rows = [row for row in present if row[1] == month]
        _add_up(result, month, rows, given.get(month, {}))
    return result


def by_year(visits: pl.DataFrame) -> pl.DataFrame:
    """Of a service that no rule is told of: nothing follows from a visit but its year."""
    return visits.with_columns(scope=c("year"))


def own_numbers(
    service: str, visits: pl.DataFrame, last: date, derived: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Columns place, month, element, part, number."""
    frames = [_split(one) for one in _counted(service, visits, last)]
    frames += [_split(_at_home(one)) for one in recompute_across.reached(service, derived)]
    keys = ["place", "month", "element", "part"]
    whole = pl.concat(frames, how="diagonal").drop_nulls("place")
    return whole.group_by(keys).agg(number=c("number").sum())


def _counted(service: str, visits: pl.DataFrame, last: date) -> Iterable[pl.DataFrame]:
    """One row for each thing counted: element, place, month, sex and, for children, aged.

    A sum has the number in its row; all else counts one.
    """
    bare = ["place", "month", "sex", "aged"]
    visits = visits.with_columns(place=c("home"), aged=age_part())
    by_home = visits.select(bare)
    at_service = visits.select(c("facility").alias("place"), *bare[1:])
    yield at_service.with_columns(element=pl.lit(f"{service}_visits"))
    yield by_home.with_columns(element=pl.lit(f"{service}_seen"))
    yield from _of_disease(service, visits, bare)
    yield from _as_told(service, visits, bare)
    done = lives.followed(service, visits, last)
    done = reached(service, visits) if done is None else done
    if done is None:
        return
    yield _at_home(done)
    if service == "growth":
        states = months(visits)
        for source, rules in ((states, predicates()), (visits, visit_predicates())):
            for element, when in rules.items():
                yield source.filter(when).select(bare).with_columns(element=pl.lit(element))


def _at_home(done: pl.DataFrame) -> pl.DataFrame:
    return done.select(
        c("home").alias("place"), "month", "sex", pl.lit("").alias("aged"), "element"
    )


def _of_disease(service: str, visits: pl.DataFrame, bare: list[str]) -> Iterable[pl.DataFrame]:
    for place, rules in (
        ("home", recompute_disease.BY_HOME),
        ("facility", recompute_disease.AT_SERVICE),
    ):
        there = visits.with_columns(place=c(place))
        for element, when in rules.get(service, {}).items():
            yield there.filter(when).select(bare).with_columns(element=pl.lit(element))
    for element, (place, name) in recompute_disease.SUMS.get(service, {}).items():
        there = visits.with_columns(place=c(place), number=c(name).fill_null(0))
        yield (
            there.filter(c("number") > 0)
            .select(*bare, "number")
            .with_columns(element=pl.lit(element))
        )


def _as_told(service: str, visits: pl.DataFrame, bare: list[str]) -> Iterable[pl.DataFrame]:
    """Of a service that nothing is recomputed of by hand: what the dictionary says in words."""
    if service in DERIVE | lives.DERIVE:
        return
    for element, at_service, when in conditions.elements_of(service):
        there = visits.with_columns(place=c("facility") if at_service else c("home"))
        yield there.filter(when).select(bare).with_columns(element=pl.lit(element))


def _split(counted: pl.DataFrame) -> pl.DataFrame:
    """The part of the element's breakdown that each row belongs to."""
    kinds = {code: one.breakdown for code, one in dictionary.elements().items()}
    kind = c("element").replace_strict(kinds, return_dtype=pl.String)
    part = pl.when(kind == "L/P").then(c("sex")).when(kind == "").then(pl.lit(""))
    if "number" not in counted.columns:
        counted = counted.with_columns(number=pl.lit(1, dtype=pl.Int64))
    return counted.select("place", "month", "element", "number", part=part.otherwise(c("aged")))


def _by_month(reported: list[Reported]) -> dict[date, dict[Box, dict[str, int]]]:
    found: dict[date, dict[Box, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in reported:
        held = found[one.month][one.element, one.part]  # a place reports some things every week
        held[one.place] = held.get(one.place, 0) + one.value
    return found


def _add_up(result: Result, month: date, rows: list[Row], given: dict[Box, dict[str, int]]) -> None:
    tree = result.trees[month]
    for place, _, service in rows:
        for ancestor in tree.above[place]:
            into = result.total[ancestor, month, service]
            for box, number in result.own.get((place, month, service), {}).items():
                into[box] = into.get(box, 0) + number
    for box, values in given.items():
        service = dictionary.elements()[box[0]].programme
        for place in {above for reporter in values for above in tree.above[reporter]}:
            number = _with_reports(result, (place, month, service), box, values)
            result.total[place, month, service][box] = number


def _with_reports(result: Result, row: Row, box: Box, values: dict[str, int]) -> int:
    """Reports that no other report below the place speaks for, and visits none of them covers."""
    place, month, service = row
    tree = result.trees[month]
    inside = [reporter for reporter in values if place in tree.above[reporter]]
    highest = [one for one in inside if not any(
        other != one and other in tree.above[one] for other in inside
    )]  # fmt: skip
    covered = set().union(*(tree.below[one] for one in highest))
    visits = sum(
        result.own.get((below, month, service), {}).get(box, 0)
        for below in tree.below[place] - covered
    )
    return visits + sum(values[one] for one in highest)
