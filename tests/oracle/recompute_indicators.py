"""Indicators from recomputed totals, by the formulas that the dictionary prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date

from tests.oracle import dictionary
from tests.oracle.dictionary import Indicator, within
from tests.oracle.recompute_registers import register
from tests.oracle.recompute_totals import Inputs, Result, Row
from tests.oracle.recompute_tree import Tree, as_of, month_end

TERM = re.compile(r"([+-]?)\s*(?:(\d+) \* )?([a-zA-Z]\w*)")
Answer = tuple[int | None, int | None, float | None, float | None, str]


def formula(text: str, value: Callable[[str], int | None]) -> int | None:
    """A signed sum; unknown as soon as one of its parts is."""
    parts = [(sign, int(times or 1), value(code)) for sign, times, code in TERM.findall(text)]
    if any(number is None for *_, number in parts):
        return None
    return sum((-times if sign == "-" else times) * number for sign, times, number in parts)


def _earlier(month: date, lag: int) -> date:
    number = month.year * 12 + month.month - 1 - lag
    return date(number // 12, number % 12 + 1, 1)


class Indicators:
    """Numerator, denominator, value, target of the month and status of each place and month."""

    def __init__(self, inputs: Inputs, result: Result):
        self.inputs, self.result = inputs, result
        self.trees = dict(result.trees)
        self.sasaran: dict[date, dict[str, dict[str, int]]] = {}
        self.sums: dict[Row, Counter[str]] = {}  # the parts of each element added up
        for row, numbers in result.total.items():
            counted = self.sums[row] = Counter()
            for (element, _), number in numbers.items():
                counted[element] += number
        self.served: dict[tuple[str, date], set[str]] = defaultdict(set)
        for (place, month, service), numbers in result.own.items():
            if numbers.get((f"{service}_visits", "")):
                self.served[place, month].add(service)

    def all(self, place: str, month: date) -> dict[str, Answer]:
        held = [one for one in dictionary.indicators() if within(one.holds, month_end(month))]
        return {one.code: self.one(one, place, month) for one in held}

    def one(self, asked: Indicator, place: str, month: date) -> Answer:
        if not self.applies(asked, place, month):
            return None, None, None, self.target(asked, month), "ta"
        then = _earlier(month, asked.lag)
        first = then
        if asked.since:
            first = date(then.year - (then.month < asked.since), asked.since, 1)
        known = self.is_known(asked, place, first, then)

        def counted(code: str) -> int | None:
            if code.startswith("S_"):
                return self.people(place, month, code)
            if code.startswith("F_"):
                return self.register(place, month, code)
            return self.over(place, first, then, code) if known else None

        top = formula(asked.top, counted)
        bottom = formula(asked.bottom, counted) if asked.bottom else None
        target = self.target(asked, month)
        if asked.rounds and month.month not in asked.rounds:
            return None, bottom, None, target, "tj"
        value = None if top is None or not bottom else asked.per * top / bottom
        if not asked.bottom and top is not None:
            value = float(top)
        codes = [code for *_, code in TERM.findall(asked.top)]
        reported = any(
            code.startswith("F_") or self.over(place, then, then, code) is not None
            for code in codes
        )
        heard = reported and self.is_known(asked, place, then, then)
        status = standing(value, target, asked.higher) if heard else "bl"
        return top, bottom, value, target, status

    def applies(self, asked: Indicator, place: str, month: date) -> bool:
        """In all provinces, where none is named; a place's is told by its Dinas' code."""
        kinds, above = self.inputs.kinds, self.tree(month).above[place]
        here = {one[:2] for one in above if kinds[one] in ("dinas", "provinsi")}
        held = {code for code, days in asked.provinces if within(days, month_end(month))}
        return not asked.provinces or bool(here & held)

    def is_known(self, asked: Indicator, place: str, first: date, last: date) -> bool:
        """Not where all is zero of what only forms can say: there was no form."""
        if asked.heard_by:
            return self.over(place, last, last, asked.heard_by) is not None
        codes = [code for *_, code in TERM.findall(f"{asked.top} {asked.bottom}")]
        codes = [code for code in codes if not code.startswith("S_")]
        if not all(c in dictionary.elements() and dictionary.elements()[c].only_on_form
                   and dictionary.elements()[c].programme in dictionary.services()
                   for c in codes):  # fmt: skip
            return True
        return any(self.over(place, first, last, code) for code in codes)

    def over(self, place: str, first: date, last: date, element: str) -> int | None:
        """The element added up over the months in which its programme has a row."""
        programme = dictionary.elements()[element].programme
        begin, end = first.year * 12 + first.month, last.year * 12 + last.month + 1
        rows: list[Row] = [
            (place, date((n - 1) // 12, (n - 1) % 12 + 1, 1), programme) for n in range(begin, end)
        ]
        known = [self.sums[row] for row in rows if row in self.sums]
        return sum(counted[element] for counted in known) if known else None

    def tree(self, month: date) -> Tree:
        if month not in self.trees:
            kinds, placements = self.inputs.kinds, self.inputs.placements
            self.trees[month] = as_of(month_end(month), kinds, placements)
        return self.trees[month]

    def is_uci(self, village: str, month: date) -> bool:
        """Whether its infants are immunised in step with the least share of a year."""
        infants = self.people(village, month, "S_SI")
        complete = self.over(village, date(month.year, 1, 1), month, "idl")
        least, _held = dictionary.cutoffs()["uci_complete_percent"][0]
        if not infants or complete is None:
            return False
        return complete / infants >= least / 100 * month.month / 12 - 1e-12

    def register(self, place: str, month: date, code: str) -> int | None:
        if code == "F_DESA_UCI":
            day, opened = month_end(month), self.inputs.registry.opened
            inside = [
                one for one in self.tree(month).below[place]
                if self.inputs.kinds[one] == "desa" and opened[one][0] <= day
                and (opened[one][1] is None or opened[one][1] > day)
            ]  # fmt: skip
            return sum(self.is_uci(one, month) for one in inside) if inside else None
        return register(
            code, place, month, self.tree(month), self.inputs.kinds, self.inputs.registry,
            self.served,
        )  # fmt: skip

    def people(self, place: str, month: date, code: str) -> int | None:
        """The place's own number in the newest version in force, else the sum of those below."""
        tree = self.tree(month)
        values = self.in_force(month).get(code, {})
        inside = [one for one in values if place in tree.above[one] and self.is_open(one, month)]
        highest = [one for one in inside if not any(
            other != one and other in tree.above[one] for other in inside
        )]  # fmt: skip
        return sum(values[one] for one in highest) if highest else None

    def in_force(self, month: date) -> dict[str, dict[str, int]]:
        """Code -> place -> people, in each district's newest version of the month."""
        if month in self.sasaran:
            return self.sasaran[month]
        held = [s for s in self.inputs.sasaran if s.year == month.year and s.since <= month]
        newest: dict[str, tuple[date, int]] = {}
        for s in held:
            newest[s.district] = max(newest.get(s.district, (date.min, 0)), (s.since, s.version))
        told = [s for s in held if (s.since, s.version) == newest[s.district]]
        above = self.tree(month).above
        # Two districts may name one place: its own comes last and speaks, else who spoke last.
        told.sort(key=lambda s: s.district, reverse=True)
        told.sort(key=lambda s: (s.district in above[s.place], s.since))
        found = self.sasaran[month] = defaultdict(dict)
        for s in told:
            found[s.code][s.place] = s.value
        return found

    def is_open(self, place: str, month: date) -> bool:
        """A closed place has no people."""
        opened, closed = self.inputs.registry.opened[place]
        return opened <= month_end(month) and (closed is None or closed > month_end(month))

    def target(self, asked: Indicator, month: date) -> float | None:
        goals = [value for value, held in asked.goals if within(held, month_end(month))]
        if not goals:
            return None
        return goals[-1] * month.month / 12 if asked.target_runs else goals[-1]


def standing(value: float | None, target: float | None, higher: bool | None) -> str:
    if value is None:
        return "ta"
    if target is None or higher is None:
        return "pantau"
    if value < 0:
        return "minus"
    if higher:
        share = value / target if target else 1.0
    else:
        share = 1.0 if value <= target else target / value
    if share >= 1 - 1e-12:
        return "tercapai"
    return "mendekati" if share >= dictionary.near_from() - 1e-12 else "tertinggal"
