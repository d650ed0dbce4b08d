"""A monthly report as a sheet: what is filled in, what the visits say, what does not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from facilities.models import Ancestry, Facility
from ilp.core import sql
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS
from reporting.catalogue.language import F1_AGES, Check, Form, Formula, Item
from reporting.models import Report

Numbers = Mapping[tuple[str, str], int]  # (element, part) -> number


@dataclass(frozen=True)
class Box:
    """One cell: `value` is what was saved, `counted` what the visits say."""

    element: str
    part: str
    value: int | None
    counted: int | None

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"{self.element}|{self.part}"

    @property
    def proposed(self) -> int | None:
        """What the input shows first: what was saved, else what the visits say."""
        return self.counted if self.value is None else self.value

    @property
    def is_prefilled(self) -> bool:
        return self.value is None and self.counted is not None


@dataclass(frozen=True)
class Row:
    number: str
    element: str
    label: str
    boxes: tuple[Box, ...]
    is_computed: bool
    reason: str

    @property
    def total(self) -> int | None:
        known = [b.proposed for b in self.boxes if b.proposed is not None]
        return sum(known) if known else None

    @property
    def counted(self) -> int | None:
        known = [b.counted for b in self.boxes if b.counted is not None]
        return sum(known) if known else None

    @property
    def differs(self) -> bool:
        """Whether something was saved that the visits do not say."""
        return not self.is_computed and any(
            b.value is not None and b.counted is not None and b.value != b.counted
            for b in self.boxes
        )


@dataclass(frozen=True)
class Finding:
    message: str
    part: str
    warning: bool


@dataclass(frozen=True)
class Part:
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole form. `findings` are the checks that do not hold for what is saved."""

    report: Report
    form: Form
    sections: tuple[Part, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @property
    def blanks(self) -> int:
        return sum(b.value is None for r in self.rows if not r.is_computed for b in r.boxes)

    @property
    def boxes(self) -> int:
        return sum(len(r.boxes) for r in self.rows if not r.is_computed)

    @property
    def filled(self) -> int:
        return self.boxes - self.blanks

    @property
    def due_on(self) -> date:
        return due_on(self.form, self.report.month)


def due_on(form: Form, month: Month) -> date:
    """The last day on which the month's report is in time."""
    return month.plus(1).first_day.replace(day=form.due_day)


def sheet(*, report: Report) -> Sheet:
    """A report with what the visits say beside it. Five queries."""
    form = FORMS[report.form_code]
    kept = {(v.element, v.part): v for v in report.values.all()}
    saved = {cell: v.value for cell, v in kept.items()}
    reasons = {v.element: v.reason for v in kept.values() if v.reason}
    counted = count_for(form=form, place=report.facility, month=report.month)
    shown = {**counted, **saved}
    sections = tuple(
        Part(
            str(section.label),
            tuple(_row(item, saved, counted, shown, reasons) for item in section.items),
        )
        for section in form.sections
    )
    return Sheet(report, form, sections, tuple(findings(form, saved)))


def _row(
    item: Item, saved: Numbers, counted: Numbers, shown: Numbers, reasons: Mapping[str, str]
) -> Row:
    parts = _parts(item)
    if item.computed:
        boxes = tuple(
            Box(item.element, part, _sum(item.computed, part, shown), None) for part in parts
        )
    else:
        cells = [(item.element, part) for part in parts]
        boxes = tuple(Box(*cell, saved.get(cell), counted.get(cell)) for cell in cells)
    reason = reasons.get(item.element, "")
    return Row(item.number, item.element, str(item.label), boxes, bool(item.computed), reason)


def _parts(item: Item) -> tuple[str, ...]:
    """The boxes of a row; a row that is only shown has those of what it is computed from."""
    known = item.element if item.element in ELEMENTS else min(Formula(item.computed).codes)
    return ELEMENTS[known].parts


def _sum(formula: str, part: str, numbers: Numbers) -> int | None:
    parsed = Formula(formula)
    return parsed.of({code: numbers.get((code, part)) for code in parsed.codes})


def computed(form: Form, saved: Numbers) -> dict[tuple[str, str], int | None]:
    """What follows from the typed numbers; None where a part is missing or the sum is negative."""
    found: dict[tuple[str, str], int | None] = {}
    for item in form.items:
        if not item.computed or item.element not in ELEMENTS:
            continue  # a row that is only shown
        for part in _parts(item):
            value = _sum(item.computed, part, saved)
            found[item.element, part] = None if value is None or value < 0 else value
    return found


def findings(form: Form, saved: Numbers) -> list[Finding]:
    """Checks that do not hold, each part of the breakdown by itself."""
    found = []
    for check in form.checks:
        codes = Formula(check.left).codes | Formula(check.right).codes
        for part in ELEMENTS[sorted(codes)[0]].parts:
            if not check.holds({code: saved.get((code, part)) for code in codes}):
                found.append(_finding(check, part))
    return found


def _finding(check: Check, part: str) -> Finding:
    sex, _, age = part.partition(":")
    where = f" ({sex} {age} bulan)" if age else f" ({sex})" if sex else ""
    return Finding(f"{check.message}{where}", part, check.warning)


def count_for(*, form: Form, place: Facility, month: Month) -> dict[tuple[str, str], int]:
    """What visits and the register of people say for each cell of a form.

    Elements that visits feed are 0 where the place has visits in the month, and missing where it
    has none: a place that recorded nothing is not a place where nothing happened.
    """
    counted = totals.visits_below(place.pk, month, form.typed)
    counted |= _people(form, place, month)
    return counted


def _people(form: Form, place: Facility, month: Month) -> dict[tuple[str, str], int]:
    """Children of the register (S) and those with a growth card (K), by sex and age."""
    wanted = {"skdn_s": False, "skdn_k": True}
    if not wanted.keys() & set(form.typed):
        return {}
    rows = sql.run("reporting/children_registered", place=place.pk, last_day=month.last_day)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for sex, age_months, children, with_card in rows:
        band = next((name for name, low, high in F1_AGES if low <= age_months < high), None)
        if band:
            found["skdn_s", f"{sex}:{band}"] += children
            found["skdn_k", f"{sex}:{band}"] += with_card
    if not found:
        return {}
    parts = ELEMENTS["skdn_s"].parts
    return {(code, part): found.get((code, part), 0) for code in wanted for part in parts}


@dataclass(frozen=True)
class Due:
    """One place's report of one month, or that there is none yet."""

    place: Facility
    month: Month
    report: Report | None
    due_on: date

    @property
    def is_late(self) -> bool:
        """Sent after the last day, by the date it was sent."""
        sent = self.report and self.report.sent_at
        return bool(sent and sent.date() > self.due_on)


def matrix(
    *, places: Collection[Facility], form: Form, months: Collection[Month]
) -> dict[int, list[Due]]:
    """For each place its reports of the months, in order. One query."""
    held = Report.objects.filter(
        facility__in=[p.pk for p in places], form_code=form.code, month__in=list(months)
    )
    by_cell = {(r.facility_id, r.month): r for r in held}
    return {
        place.pk: [
            Due(place, month, by_cell.get((place.pk, month)), due_on(form, month))
            for month in months
        ]
        for place in places
    }


def reporting_places(*, form: Form, within: Q, on: date) -> list[Facility]:
    """Places that fill in the form and are open on the day, by name."""
    rows = Facility.objects.filter(within).open_on(on).of_kind(*form.kinds)
    return list(rows.order_by("name"))


def subtree(place: Facility, on: date) -> list[int]:
    links = Ancestry.objects.filter(ancestor=place, valid__contains=on)
    return list(links.values_list("descendant", flat=True))
