"""What follows from the numbers of a report, and which of its checks do not hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from reporting.catalogue import ELEMENTS
from reporting.catalogue.language import Form, Formula, Item

# (element, part) -> number; None where there is no such service, no key where nothing was said
Numbers = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class Finding:
    """A check that does not hold, with the parts of the breakdown in which it does not.

    It is shown at the row of `element`; an error stops the sending, a warning does not.
    """

    message: str
    element: str
    parts: tuple[str, ...]
    warning: bool


def parts_of(item: Item) -> tuple[str, ...]:
    """The boxes of a row; a row that is only shown has those of what it is computed from."""
    known = item.element if item.element in ELEMENTS else min(Formula(item.computed).codes)
    return ELEMENTS[known].parts


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
        if not item.computed or item.element not in ELEMENTS:
            continue  # a row that is only shown
        for part in parts_of(item):
            value = sum_of(item.computed, part, saved)
            found[item.element, part] = None if value is None or value < 0 else value
    return found


def findings(form: Form, saved: Numbers) -> list[Finding]:
    """Checks that do not hold, each part of the breakdown by itself."""
    found = []
    for check in form.checks:
        left, right = Formula(check.left), Formula(check.right)
        parts = tuple(
            part
            for part in ELEMENTS[min(left.codes | right.codes)].parts
            if not check.holds(
                _amounts(left.codes, part, saved), _amounts(right.codes, part, saved)
            )
        )
        if parts:
            where = ", ".join(part_label(part) for part in parts if part)
            text = f"{check.message} ({where})" if where else str(check.message)
            found.append(Finding(text, left.terms[0][1], parts, check.warning))
    return found + _too_large(form, saved)


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


SEXES = {"L": _lazy("Laki-laki"), "P": _lazy("Perempuan")}


def part_path(part: str) -> tuple[str, ...]:
    """What stands above its column on paper, the widest heading first: "Laki-laki", "12–23 bln".

    A breakdown of other or more levels than sex and age needs nothing here but its words.
    """
    steps = part.split(":") if part else []
    return tuple(str(SEXES.get(step) or _step_label(step)) for step in steps)


def _step_label(step: str) -> str:
    """An age of F1 in months, or a word as it stands."""
    first, dash, last = step.partition("-")
    if dash and first.isdigit() and last.isdigit():
        return _("%(first)s–%(last)s bln") % {"first": first, "last": last}
    return step


def part_label(part: str) -> str:
    """ "L:12-23" as people read it: "L 12–23 bulan"."""
    sex, _colon, age = part.partition(":")
    return f"{sex} {age.replace('-', '–')} bulan" if age else sex
