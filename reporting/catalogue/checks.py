"""What must hold of the catalogue, told at start-up as Django system checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.checks import Error

from clusters.milestones import MILESTONES, STATE_CODES, STATES
from clusters.services import CLUSTERS, SERVICES, STAGES
from reporting.catalogue.cascades import Cascade
from reporting.catalogue.checks_forms import across_columns, of_apart, said_twice, split_alike
from reporting.catalogue.diseases import Listing, overlaps
from reporting.catalogue.form_language import COMPARISONS
from reporting.catalogue.formulas import OUTSIDE_TOTALS
from reporting.catalogue.language import (
    Breakdown,
    Children,
    Cohort,
    Element,
    Form,
    Formula,
    Indicator,
    Kind,
    Reached,
    Register,
    Reported,
    Sasaran,
    Summed,
    Visits,
)
from reporting.catalogue.slots import Key, missing

CODE_LENGTH, SASARAN_LENGTH = 24, 16  # what the tables hold
UNITS = {"%": 100, "n": 1}
MADE_OF_VISITS = (Visits, Summed, Reached, Cohort)
REACHABLE = {(m.code, m.service) for m in MILESTONES} | {(s.code, s.service) for s in STATES}


@dataclass(frozen=True)
class Contents:
    """All that is declared, before it is put into dictionaries that would hide a repetition."""

    elements: tuple[Element, ...]
    indicators: tuple[Indicator, ...]
    forms: tuple[Form, ...]
    sasaran: tuple[Sasaran, ...]
    slots: Mapping[Key, int]
    headlines: Mapping[str, Collection[str]]
    spm: Mapping[int, str]
    cascades: tuple[Cascade, ...] = ()
    registers: tuple[Register, ...] = ()
    apart: tuple[Element, ...] = ()  # kept in reports alone
    listings: tuple[Listing, ...] = ()

    @property
    def rows(self) -> tuple[Element, ...]:
        """Whatever a form may ask for."""
        return (*self.elements, *self.apart)


def problems(of: Contents) -> list[Error]:
    """Everything that is wrong with the catalogue; empty when it may be used."""
    found = [
        *_repeated(of),
        *(p for element in of.elements for p in _of_element(element)),
        *(p for one in of.indicators for p in _of_indicator(one, of)),
        *(p for form in of.forms for p in _of_form(form, of)),
        *of_apart(of.elements, of.apart, of.slots),
        *said_twice(of.forms),
        *(p for one in of.listings for p in overlaps(one)),
        *_of_lists(of),
        *(f"{programme} {code} {part}: no slot" for programme, code, part in _slotless(of)),
    ]
    return [Error(problem, id="reporting.E001") for problem in found]


def _slotless(of: Contents) -> list[Key]:
    return missing(of.elements, of.slots)


def _repeated(of: Contents) -> Iterator[str]:
    codes: Iterable[str] = (
        *(e.code for e in of.rows),
        *(s.code for s in of.sasaran),
        *(r.code for r in of.registers),
        *(f.code for f in of.forms),
    )
    yield from (f"{code}: declared {n} times" for code, n in Counter(codes).items() if n > 1)
    for i, one in enumerate(of.indicators):
        for other in of.indicators[i + 1 :]:
            if one.code == other.code and _overlap(one, other):
                yield f"{one.code}: two versions hold on the same day"


def _overlap(one: Indicator, other: Indicator) -> bool:
    starts_before_end = one.until is None or other.since < one.until
    return starts_before_end and (other.until is None or one.since < other.until)


def _of_element(element: Element) -> Iterator[str]:
    name, source = element.code, element.source
    if not name.isascii() or name != name.lower() or len(name) > CODE_LENGTH:
        yield f"{name}: not a short lower-case ASCII code"
    if element.programme not in SERVICES and not isinstance(source, Reported):
        yield f"{name}: no programme {element.programme}"
    if isinstance(source, Reached | Cohort) and (source.code, element.programme) not in REACHABLE:
        yield f"{name}: no milestone {source.code} of {element.programme}"
    if isinstance(source, Visits | Summed) and source.service != element.programme:
        yield f"{name}: counts visits of {source.service} but is kept with {element.programme}"
    if isinstance(source, Children) and element.programme != "growth":
        yield f"{name}: children are followed by the programme growth only"
    stands = isinstance(source, Reached) and source.code in STATE_CODES
    if isinstance(source, MADE_OF_VISITS) and (element.kind is Kind.STOCK) is not stands:
        yield f"{name}: visits and milestones happen; they are no stock, and only states are"
    if isinstance(source, Reached | Cohort) and element.breakdown is Breakdown.SEX_AGE_F1:
        yield f"{name}: a milestone has no age"


def _of_indicator(one: Indicator, of: Contents) -> Iterator[str]:
    yield from _of_fraction(one, of)
    if one.cluster not in CLUSTERS or one.stage not in STAGES:
        yield f"{one.code}: unknown cluster or stage"
    yield from (f"{one.code}: no cluster {c}" for c in one.also if c not in CLUSTERS)
    for name in ("label", "definition", "source", "why", "misread"):
        if not str(getattr(one, name)).strip():
            yield f"{one.code}: no {name}"
    if one.rounds and (one.accumulates or not set(one.rounds) <= set(range(1, 13))):
        yield f"{one.code}: rounds are months of the year, of a number of one month"
    for goal in one.goals:
        if not goal.source or (one.unit == "%" and not 0 <= goal.value <= 100):
            yield f"{one.code}: goal {goal.value} has no source or is no percentage"


def _of_fraction(one: Indicator, of: Contents) -> Iterator[str]:
    registers = {r.code for r in of.registers}
    known = {e.code for e in of.elements} | registers
    yield from _formula(one.code, one.numerator, known)
    if one.heard_by and one.heard_by not in known:
        yield f"{one.code}: unknown {one.heard_by}"
    if one.is_count != (one.unit == "n"):
        yield f"{one.code}: only a plain number, in n, has no denominator"
    elif not one.is_count:
        yield from _formula(one.code, one.denominator, known | {s.code for s in of.sasaran})
    if UNITS.get(one.unit, one.per) != one.per:
        yield f"{one.code}: {one.unit} is not per {one.per}"


def _formula(owner: str, text: str, known: Collection[str]) -> Iterator[str]:
    try:
        codes = Formula(text).codes
    except ValueError as error:
        yield f"{owner}: {error}"
        return
    yield from (f"{owner}: unknown {code}" for code in sorted(codes - set(known)))
    outside = [c.startswith(OUTSIDE_TOTALS) for c in codes]
    if any(outside) and not all(outside):
        yield f"{owner}: mixes elements and sasaran in {text!r}"


def _of_form(form: Form, of: Contents) -> Iterator[str]:
    elements = {e.code: e for e in of.rows}
    rows = {item.element for item in form.items}
    repeated = Counter(item.element for item in form.items)
    yield from (f"{form.code}: {code} stands twice" for code, n in repeated.items() if n > 1)
    yield from (f"{form.code}: unknown {code}" for code in sorted(rows - set(elements)))
    for item in form.items:
        if item.computed:
            yield from _sums(f"{form.code} {item.element}", item.element, item.computed, of, rows)
    for check in form.checks:
        owner = f"{form.code} {check.left} {check.operator} {check.right}"
        yield from _sums(owner, check.left, check.right, of, rows)
        if check.operator not in COMPARISONS:
            yield f"{owner}: no such comparison"
    yield from across_columns(form, elements)
    yield from split_alike(form, elements)


def _sums(owner: str, left: str, right: str, of: Contents, rows: Collection[str]) -> Iterator[str]:
    """Two sums that are compared part by part."""
    wrong = [*_formula(owner, left, rows), *_formula(owner, right, rows)]
    yield from wrong
    if not wrong:
        used = Formula(left).codes | Formula(right).codes
        if len({e.breakdown for e in of.rows if e.code in used}) > 1:
            yield f"{owner}: mixes breakdowns"


def _of_lists(of: Contents) -> Iterator[str]:
    codes = {one.code for one in of.indicators}
    for cluster, listed in of.headlines.items():
        if cluster not in CLUSTERS:
            yield f"headlines: no cluster {cluster}"
        yield from (f"headlines {cluster}: no indicator {c}" for c in listed if c not in codes)
    for cascade in of.cascades:
        if cascade.cluster not in CLUSTERS or len(cascade.steps) < 2:
            yield f"cascade {cascade.code}: no cluster, or no way to go"
        yield from (f"cascade {cascade.code}: no {c}" for c in cascade.steps if c not in codes)
    for number, code in of.spm.items():
        if not any(one.code == code and one.spm == number for one in of.indicators):
            yield f"SPM {number}: {code} is not its indicator"
    yield from (
        f"{s.code}: not a sasaran code"
        for s in of.sasaran
        if not s.code.startswith("S_") or len(s.code) > SASARAN_LENGTH
    )
