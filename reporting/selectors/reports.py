"""A monthly report as a sheet: what is filled in, what the visits say, what does not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Sum
from django.utils.translation import gettext as _

from facilities.models import Facility
from ilp.core import sql
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS
from reporting.catalogue.language import F1_AGES, Form, Formula, Item
from reporting.models import Report, ReportValue
from reporting.selectors.deadlines import LastDay, due_on

Numbers = Mapping[tuple[str, str], int]  # (element, part) -> number


@dataclass(frozen=True)
class Box:
    """One cell: what was saved, what the visits say, and which of the two it shows first."""

    element: str
    part: str
    value: int | None
    counted: int | None
    proposed: int | None

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"{self.element}|{self.part}"

    @property
    def label(self) -> str:
        return part_label(self.part)

    @property
    def is_prefilled(self) -> bool:
        return self.value is None and self.proposed is not None


@dataclass(frozen=True)
class Row:
    number: str
    element: str
    label: str
    boxes: tuple[Box, ...]
    computed: str  # the sum that it is, "" where it is typed
    reason: str
    last_month: int | None

    @property
    def is_computed(self) -> bool:
        return bool(self.computed)

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
    """A check that does not hold, with the parts of the breakdown in which it does not.

    It is shown at the row of `element`; an error stops the sending, a warning does not.
    """

    message: str
    element: str
    parts: tuple[str, ...]
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

    @cached_property
    def due(self) -> LastDay:
        return due_on(self.form, self.report.facility, self.report.month)


@dataclass(frozen=True)
class _Numbers:
    """Where the numbers of a sheet come from."""

    saved: Numbers
    counted: Numbers
    shown: Numbers
    reasons: Mapping[str, str]
    last_month: Mapping[str, int]


def sheet(*, report: Report, proposing: bool = True) -> Sheet:
    """A report with what the visits say beside it. Six queries.

    `proposing` lets what the visits say stand in boxes that hold nothing yet: for those who fill
    it in, not for those who only read.
    """
    form = FORMS[report.form_code]
    kept = {(v.element, v.part): v for v in report.values.all()}
    saved = {cell: v.value for cell, v in kept.items()}
    counted = count_for(form=form, place=report.facility, month=report.month)
    numbers = _Numbers(
        saved=saved,
        counted=counted,
        shown={**counted, **saved} if proposing else saved,
        reasons={v.element: v.reason for v in kept.values() if v.reason},
        last_month=_last_month(report),
    )
    sections = tuple(
        Part(str(section.label), tuple(_row(item, numbers) for item in section.items))
        for section in form.sections
    )
    return Sheet(report, form, sections, tuple(findings(form, saved)))


def _last_month(report: Report) -> dict[str, int]:
    """Element -> what the same place reported the month before."""
    before = ReportValue.objects.filter(
        report__facility=report.facility_id,
        report__form_code=report.form_code,
        report__month=report.month.plus(-1),
    )
    return dict(before.values_list("element").annotate(Sum("value")))


def _row(item: Item, numbers: _Numbers) -> Row:
    cells = [(item.element, part) for part in _parts(item)]
    if item.computed:
        sums = [_sum(item.computed, part, numbers.shown) for _code, part in cells]
        boxes = tuple(
            Box(*cell, value, None, value) for cell, value in zip(cells, sums, strict=True)
        )
    else:
        boxes = tuple(
            Box(*cell, numbers.saved.get(cell), numbers.counted.get(cell), numbers.shown.get(cell))
            for cell in cells
        )
    return Row(
        number=item.number,
        element=item.element,
        label=str(item.label),
        boxes=boxes,
        computed=item.computed,
        reason=numbers.reasons.get(item.element, ""),
        last_month=numbers.last_month.get(item.element),
    )


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
        parts = tuple(
            part
            for part in ELEMENTS[min(codes)].parts
            if not check.holds({code: saved.get((code, part)) for code in codes})
        )
        if parts:
            where = ", ".join(part_label(part) for part in parts if part)
            text = f"{check.message} ({where})" if where else str(check.message)
            element = Formula(check.left).terms[0][1]
            found.append(Finding(text, element, parts, check.warning))
    return found + _too_large(form, saved)


def _too_large(form: Form, saved: Numbers) -> list[Finding]:
    """Rows that hold more than they may, such as 2 where 1 means yes."""
    found = []
    for item in form.items:
        if item.most is None:
            continue
        parts = tuple(p for p in _parts(item) if saved.get((item.element, p), 0) > item.most)
        if parts:
            text = _("Baris %(number)s paling besar %(most)s.") % {
                "number": item.number,
                "most": item.most,
            }
            found.append(Finding(text, item.element, parts, warning=False))
    return found


def part_label(part: str) -> str:
    """ "L:12-23" as people read it: "L 12–23 bulan"."""
    sex, _colon, age = part.partition(":")
    return f"{sex} {age.replace('-', '–')} bulan" if age else sex


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
