"""A report's sheet as one would write it first: a query for every cell and for every use of it.

What it says is what reporting/selectors/reports.py says; the benchmark asserts that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from facilities.access import require
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import User
from reporting import totals
from reporting.actions.entry import ChangedMeanwhile, Saved
from reporting.catalogue.form_language import COMPARISONS, Check
from reporting.catalogue.formulas import Formula
from reporting.catalogue.language import Item
from reporting.catalogue.quality import limits
from reporting.models import Report, ReportValue
from reporting.selectors.boxes import Box, Row
from reporting.selectors.checking import Finding, part_label, parts_of
from reporting.selectors.past import past_of
from reporting.selectors.reports import Part, Sheet
from reporting.selectors.typed import BLANK, Edit, Entry
from reporting.selectors.usual import Usual, usual

Cell = tuple[str, str]


def sheet(*, report: Report, **read: object) -> Sheet:
    """The whole form, cell after cell."""
    form = report.form
    rows = {item.element: _row(report, item) for item in form.items}
    sections = tuple(
        Part(str(section.label), tuple(rows[item.element] for item in section.items))
        for section in form.sections
    )
    broken = [found for check in form.checks if (found := _broken(report, check))]
    odd = [row.unusual for row in rows.values() if row.unusual]
    return Sheet(report, form, sections, (*broken, *odd))


def _row(report: Report, item: Item) -> Row:
    parts = parts_of(item)
    before = [_earlier(report, item.element, part) for part in parts]
    sums = tuple(_sum(column) for column in zip(*before, strict=True))
    boxes = tuple(_box(report, item.element, part) for part in parts)
    reasons = [_value(report, item.element, part) for part in parts]
    return Row(
        number=item.number,
        element=item.element,
        label=str(item.label),
        boxes=boxes,
        computed=item.computed,
        reason=next((one.reason for one in reasons if one and one.reason), ""),
        last_month=sums[-1],
        before=sums,
        usual=_usual(report, sums),
        unusual=_unusual(report, item.element, boxes, before, sums),
    )


def _value(report: Report, element: str, part: str) -> ReportValue | None:
    return ReportValue.objects.filter(report=report, element=element, part=part).first()


def _box(report: Report, element: str, part: str) -> Box:
    row = _value(report, element, part)
    counted = totals.visits_below(report.facility_id, report.month, [element]).get((element, part))
    entry = Entry.of(row) if row else BLANK
    shown = entry.number if row else counted
    version, was = (row.version, row.counted) if row else (0, None)
    return Box(element, part, entry, counted, shown, version, was=was)


def _earlier(report: Report, element: str, part: str) -> list[int | None]:
    """The year before, one cell."""
    held = ReportValue.objects.filter(
        report__facility=report.facility_id,
        report__form_code=report.form_code,
        report__month__lt=report.month,
        report__sent_at__isnull=False,
        element=element,
        part=part,
    ).select_related("report")
    by_month = {value.report.month: value.value for value in held}
    months = report.month.plus(-limits(report.month.last_day).months)
    return [by_month.get(one) for one in months.until(report.month.plus(-1))]


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _usual(report: Report, before: Sequence[int | None]) -> Usual:
    return usual(before, limits(report.month.last_day))


def _unusual(
    report: Report,
    element: str,
    boxes: Sequence[Box],
    before: Sequence[Sequence[int | None]],
    sums: Sequence[int | None],
) -> Finding | None:
    told = []
    for box, earlier in zip(boxes, before, strict=True):
        known = _usual(report, earlier)
        if box.value is not None and known.is_odd(box.value):
            told.append((box.part, f"{part_label(box.part)} {box.value}, {known.sentence}"))
    if not told and all(box.value is not None for box in boxes):
        total, known = sum(box.value for box in boxes), _usual(report, sums)
        if known.is_odd(total):
            told.append(("", f"Jumlah {total}, {known.sentence}"))
    if not told:
        return None
    words = "; ".join(words for _part, words in told)
    message = f"{words}. Periksa kembali; bila benar, tulis alasannya."
    return Finding(message, element, tuple(part for part, _words in told), True, asks=True)


def _broken(report: Report, check: Check) -> Finding | None:
    """A rule, with each of its cells asked for again."""
    left, right = Formula(check.left), Formula(check.right)
    parts = []
    for part in ("L", "P"):
        sides = []
        for formula in (left, right):
            rows = [(sign, _value(report, code, part)) for sign, code in formula.terms]
            blank = any(row is None or row.value is None for _sign, row in rows)
            sides.append(None if blank else sum(sign * row.value for sign, row in rows))
        if None not in sides and not COMPARISONS[check.operator](*sides):
            parts.append(part)
    if not parts:
        return None
    where = ", ".join(parts)
    text = f"{check.message} ({where})"
    return Finding(text, left.terms[0][1], tuple(parts), check.warning)


def save_cells(
    *, report: int, edits: Mapping[Cell, Edit], by: User | None, **other: object
) -> Saved:
    """Each cell looked for, changed and kept by itself; no history is read along."""
    with transaction.atomic():
        held = Report.objects.select_for_update().select_related("facility").get(pk=report)
        require(by, Permission.FILL, held.facility)
        for (element, part), edit in edits.items():
            row = _value(held, element, part)
            if row is None or row.version != edit.seen:
                raise ChangedMeanwhile
            held.version += 1
            row.value, row.version = edit.entry.number, held.version
            row.save()
        held.save(update_fields=["version"])
        audit.record("report.saved", by=by, subject=held, filled=len(edits), emptied=0)
    return Saved(held, {}, frozenset(), {}, past_of(held))


def assembled(*, report: Report, **read: object) -> Sheet:
    """The sheet again, in place of what was read along."""
    return sheet(report=report)
