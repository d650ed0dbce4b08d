"""What must hold of forms beside each other, and of what is kept in reports alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from reporting.catalogue.breakdowns import COLUMNS
from reporting.catalogue.language import APART, Breakdown, Cases, Element, Form, Formula, Ledger
from reporting.catalogue.slots import Key

SPLIT = {Cases: Breakdown.LB1, Ledger: Breakdown.STOCK}


def of_apart(
    elements: Iterable[Element], apart: Iterable[Element], slots: Mapping[Key, int]
) -> Iterator[str]:
    """What stands in totals and what does not are told apart by their sources."""
    for element in elements:
        if isinstance(element.source, APART) or element.breakdown in SPLIT.values():
            yield f"{element.code}: kept in reports alone, and among what stands in totals"
    placed = {code for _programme, code, _part in slots}
    for element in apart:
        if not isinstance(element.source, APART):
            yield f"{element.code}: stands in totals, and among what is kept in reports alone"
        elif element.breakdown is not SPLIT[type(element.source)]:
            yield f"{element.code}: not split as its source is"
        if element.code in placed:
            yield f"{element.code}: kept in reports alone, but has a slot"


def said_twice(forms: Collection[Form]) -> Iterator[str]:
    """Elements that one place would fill in twice for the same month."""
    held = list(forms)
    for number, one in enumerate(held):
        for other in held[number + 1 :]:
            if one.code != other.code and _meet(one, other):
                for code in sorted(set(one.typed) & set(other.typed)):
                    yield f"{code}: filled in on {one.code} and on {other.code}"


def _meet(one: Form, other: Form) -> bool:
    months = set(range(1, 13))
    return bool(
        set(one.kinds) & set(other.kinds)
        and set(one.rounds or months) & set(other.rounds or months)
        and (one.until is None or other.since < one.until)
        and (other.until is None or one.since < other.until)
    )


def across_columns(form: Form, elements: Mapping[str, Element]) -> Iterator[str]:
    """Checks between columns name columns that every row of the form has."""
    if not form.across and form.carried is None:
        return
    sides = [side for check in form.across for side in (check.left, check.right)]
    named = {one for side in sides for one in Formula(side).codes} | set(form.carried or ())
    for code in form.typed:
        held = COLUMNS.get(elements[code].breakdown, {}) if code in elements else {}
        yield from (f"{form.code} {code}: no column {one}" for one in sorted(named - set(held)))


def split_alike(form: Form, elements: Mapping[str, Element]) -> Iterator[str]:
    """Rows of a section stand under the same heads, so they are broken down alike."""
    for section in form.sections:
        known = [i.element for i in section.items if i.element in elements]
        first = elements[known[0]].breakdown if known else Breakdown.NONE
        for code in known:
            if elements[code].breakdown is not first:
                yield f"{form.code} {code}: broken down otherwise than the rows above it"
