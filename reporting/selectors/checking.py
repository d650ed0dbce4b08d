"""What follows from the numbers of a report, and which of its checks do not hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.catalogue import ROWS
from reporting.catalogue.breakdowns import computed_columns, part_label
from reporting.catalogue.language import Form, Formula, Item

__all__ = [
    "Finding",
    "Numbers",
    "computed",
    "findings",
    "part_label",
    "parts_of",
    "rows_concerned",
    "sum_of",
    "typed_cells",
    "typed_for",
]

# (element, part) -> number; None where there is no such service, no key where nothing was said
Numbers = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class Finding:
    """A check that does not hold, with the parts of the breakdown in which it does not.

    It is shown at the row of `element`; an error stops the sending, a warning does not. One that
    `asks` wants a reason before sending.
    """

    message: str
    element: str
    parts: tuple[str, ...]
    warning: bool
    asks: bool = False


def parts_of(item: Item) -> tuple[str, ...]:
    """The boxes of a row; a row that is only shown has those of what it is computed from."""
    known = item.element if item.element in ROWS else min(Formula(item.computed).codes)
    return ROWS[known].parts


def typed_cells(form: Form) -> list[tuple[str, str]]:
    """The cells that a person fills in, in order."""
    return [
        (item.element, part)
        for item in form.items
        if not item.computed
        for parts in [parts_of(item)]
        for part in parts
        if part not in computed_columns(parts)
    ]


def sum_of(formula: str, part: str, numbers: Numbers) -> int | None:
    """A sum in one part of the breakdown; None as soon as a cell says nothing."""
    parsed = Formula(formula)
    return parsed.of(_amounts(parsed.codes, part, numbers))


def _amounts(codes: Collection[str], part: str, numbers: Numbers) -> dict[str, int | None]:
    """What the cells hold. A service that is not there adds nothing to those that are, and where
    none of them is there, neither is their sum."""
    held = {code: numbers[code, part] for code in codes if (code, part) in numbers}
    if all(number is None for number in held.values()):
        return held
    return {code: number or 0 for code, number in held.items()}


def computed(form: Form, saved: Numbers) -> dict[tuple[str, str], int | None]:
    """What follows from the typed numbers; None where a part is missing or the sum is negative."""
    found: dict[tuple[str, str], int | None] = {}
    for item in form.items:
        if item.computed and item.element in ROWS:  # not a row that is only shown
            for part in parts_of(item):
                found[item.element, part] = _kept(sum_of(item.computed, part, saved))
        for part, formula in computed_columns(parts_of(item)).items():
            found[item.element, part] = _kept(across(formula, item.element, saved))
    return found


def _kept(value: int | None) -> int | None:
    return None if value is None or value < 0 else value


def across(formula: str, element: str, numbers: Numbers) -> int | None:
    """A sum of columns of one row; None as soon as a cell says nothing."""
    parsed = Formula(formula)
    held = {part: (element, part) for part in parsed.codes if (element, part) in numbers}
    row = {(part, ""): numbers[cell] for part, cell in held.items()}
    return parsed.of(_amounts(parsed.codes, "", row))


def findings(form: Form, saved: Numbers) -> list[Finding]:
    """Checks that do not hold, each part of the breakdown by itself."""
    found = []
    for check in form.checks:
        left, right = Formula(check.left), Formula(check.right)
        parts = tuple(
            part
            for part in ROWS[min(left.codes | right.codes)].parts
            if not check.holds(
                _amounts(left.codes, part, saved), _amounts(right.codes, part, saved)
            )
        )
        if parts:
            where = ", ".join(part_label(part) for part in parts if part)
            text = f"{check.message} ({where})" if where else str(check.message)
            found.append(Finding(text, left.terms[0][1], parts, check.warning))
    return found + _too_large(form, saved) + _across(form, saved)


def _too_large(form: Form, saved: Numbers) -> list[Finding]:
    """Rows that hold more than they may, such as 2 where 1 means yes."""
    found = []
    for item in form.items:
        if item.most is None:
            continue
        most = item.most
        parts = tuple(p for p in parts_of(item) if (saved.get((item.element, p)) or 0) > most)
        if parts:
            text = _("Baris %(number)s paling besar %(most)s.") % {
                "number": item.number,
                "most": most,
            }
            found.append(Finding(text, item.element, parts, warning=False))
    return found


def _across(form: Form, saved: Numbers) -> list[Finding]:
    """Checks between the columns of a row that do not hold, row by row."""
    return [
        Finding(f"{item.number} {item.label}: {check.message}", item.element, parts, check.warning)
        for check in form.across
        for item in form.items
        if not check.compares(
            across(check.left, item.element, saved), across(check.right, item.element, saved)
        )
        for parts in [tuple(sorted(Formula(check.left).codes))]
    ]


def rows_concerned(form: Form, elements: Collection[str]) -> frozenset[str]:
    """The rows that look different once numbers of `elements` have changed."""
    changed = set(elements)
    changed |= {i.element for i in form.items if i.computed and Formula(i.computed).codes & changed}
    at = {
        Formula(check.left).terms[0][1]
        for check in form.checks
        if (Formula(check.left).codes | Formula(check.right).codes) & changed
    }
    return frozenset(changed | at)


def typed_for(form: Form, rows: Collection[str]) -> list[str]:
    """What is typed in these rows and in those that they are made of."""
    parts = {c for i in form.items if i.computed and i.element in rows
             for c in Formula(i.computed).codes}  # fmt: skip
    return [code for code in form.typed if code in rows or code in parts]
