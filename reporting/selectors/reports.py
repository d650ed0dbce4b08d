"""A monthly report as a sheet: what is filled in, what the visits say, what does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ilp.core.windows import Window
from reporting.catalogue.breakdowns import computed_columns
from reporting.catalogue.language import Form, Item
from reporting.models import Report, ReportComment, ReportEvent, ReportValue
from reporting.selectors.boxes import Box, Row
from reporting.selectors.checking import (
    Finding,
    Numbers,
    across,
    findings,
    part_label,
    parts_of,
    sum_of,
)
from reporting.selectors.counted import count_for, is_by_day
from reporting.selectors.deadlines import LastDay, due_on
from reporting.selectors.past import Past, past_of, unusual
from reporting.selectors.running import Running, beyond, running
from reporting.selectors.typed import BLANK, Entry
from reporting.selectors.usual import usual
from reporting.workflow import EDITABLE, Status

__all__ = ["Box", "Finding", "Part", "Row", "Sheet", "due_on", "findings", "part_label", "sheet"]

Year = Mapping[str, Running]  # by element


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
    last_day: LastDay | None = None  # where it has been read

    @cached_property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @cached_property
    def typed(self) -> list[Box]:
        """The boxes that people fill in, save those of rows that say something by being blank."""
        return [box for row in self.rows if row not in self.silent for box in row.typed]

    @cached_property
    def silent(self) -> list[Row]:
        """Rows that were left blank in all their boxes, where the form says what that means."""
        return [row for row in self.rows if row.is_blank] if self.form.silence else []

    @property
    def blanks(self) -> int:
        return sum(box.entry.is_blank for box in self.typed)

    @property
    def unread(self) -> int:
        """Boxes with a text that has to be put right."""
        return sum(bool(box.entry.text) for box in self.typed)

    @property
    def boxes(self) -> int:
        return len(self.typed)

    @property
    def filled(self) -> int:
        return self.boxes - self.blanks - self.unread

    @property
    def errors(self) -> int:
        return self.unread + sum(not found.warning for found in self.findings)

    @property
    def warnings(self) -> int:
        return sum(found.warning for found in self.findings)

    @cached_property
    def due(self) -> LastDay:
        return self.last_day or due_on(self.form, self.report.facility, self.report.period)


@dataclass(frozen=True)
class _Numbers:
    """Where the content of a sheet comes from."""

    kept: Mapping[tuple[str, str], ReportValue]
    counted: Numbers
    shown: Numbers
    saved: Numbers
    past: Past | None
    comments: Mapping[tuple[str, str], str]
    unsaid: int | None = None  # what a blank box says once the report was sent
    year: Year = field(default_factory=dict)

    def column(self, cell: tuple[str, str], formula: str) -> Box:
        """A box that follows from others of its row."""
        number = across(formula, cell[0], self.shown)
        return Box(*cell, Entry(number), None, number, computed=True)

    def box(self, cell: tuple[str, str]) -> Box:
        row = self.kept.get(cell)
        entry, version = (Entry.of(row), row.version) if row else (BLANK, 0)
        comment = self.comments.get(cell, "") if cell[1] else ""
        was = row.counted if row else None
        said, shown = self.counted.get(cell), self._shown(cell)
        return Box(*cell, entry, said, shown, version, comment, was=was)

    def _shown(self, cell: tuple[str, str]) -> int | None:
        return self.shown.get(cell, None if cell in self.kept else self.unsaid)


def sheet(
    *,
    report: Report,
    proposing: bool = True,
    past: Past | None = None,
    year: Year | None = None,
) -> Sheet:
    """A report with what the visits to its days say beside it. Six queries, five where no row
    is counted by days.

    `proposing` lets what the visits say stand in boxes that hold nothing yet: for those who fill
    it in, not for those who only read. `past`: what was reported before, where it has been read;
    `year`: how far its rows have come, likewise.
    """
    form = report.form
    kept = {(v.element, v.part): v for v in report.values.all()}
    place, period = report.facility, report.period
    last_day = due_on(form, place, period) if is_by_day(form.typed) else None
    window = last_day.window if last_day else Window.of(period)
    counted = count_for(codes=form.typed, place=place, month=report.month, window=window)
    found = assemble(
        report=report,
        kept=kept,
        counted=counted,
        proposing=proposing,
        past=past or past_of(report),
        comments=comments_on(report),
        year=running(report, summed=True) if year is None else year,
    )
    return replace(found, last_day=last_day)


def assemble(
    *,
    report: Report,
    kept: Mapping[tuple[str, str], ReportValue],
    counted: Numbers,
    proposing: bool = True,
    past: Past | None = None,
    comments: Mapping[tuple[str, str], str] | None = None,
    year: Year | None = None,
) -> Sheet:
    """The sheet of what was read before."""
    form = report.form
    saved = {cell: row.value for cell, row in kept.items() if not row.text}
    proposed = {cell: number for cell, number in counted.items() if cell not in kept}
    shown = {**proposed, **saved} if proposing else saved
    unsaid = 0 if form.silence and report.status not in EDITABLE else None
    content = _Numbers(kept, counted, shown, saved, past, comments or {}, unsaid, year or {})
    sections = tuple(
        Part(str(section.label), tuple(_row(item, content) for item in section.items))
        for section in form.sections
    )
    rows = (row for section in sections for row in section.rows)
    odd = (found for row in rows for found in (row.unusual, row.over) if found)
    return Sheet(report, form, sections, (*findings(form, saved), *odd))


def comments_on(report: Report) -> dict[tuple[str, str], str]:
    """Cell -> what is still to be put right there."""
    if report.status != Status.RETURNED:
        return {}
    still = ReportComment.objects.filter(event__report=report, is_open=True)
    return {(c.element, c.part): c.text for c in still}


def history(sheet: Sheet) -> list[tuple[ReportEvent, list[tuple[str, str]]]]:
    """The steps that a report took, the last first, each with what was asked where."""
    rows = {row.element: row for row in sheet.rows}
    events = (
        sheet.report.events.select_related("by", "on_behalf_of")
        .prefetch_related("comments")
        .order_by("-at")
    )
    return [
        (event, [(_where(rows.get(c.element), c.part), c.text) for c in event.comments.all()])
        for event in events
    ]


def _where(row: Row | None, part: str) -> str:
    """A row that the form no longer has is named by nothing but its cell."""
    return " ".join(filter(None, (row.label if row else "", part_label(part))))


def _row(item: Item, content: _Numbers) -> Row:
    parts = parts_of(item)
    if item.computed:
        sums = [(part, sum_of(item.computed, part, content.shown)) for part in parts]
        boxes = tuple(Box(item.element, part, Entry(n), None, n) for part, n in sums)
    else:
        columns = computed_columns(parts)
        boxes = tuple(
            content.column(cell, columns[cell[1]]) if cell[1] in columns else content.box(cell)
            for cell in ((item.element, part) for part in parts)
        )
    reasons = (content.kept.get((item.element, part)) for part in parts)
    row = Row(
        number=item.number,
        element=item.element,
        label=str(item.label),
        boxes=boxes,
        computed=item.computed,
        reason=next((row.reason for row in reasons if row and row.reason), ""),
        last_month=None,
        comment=content.comments.get((item.element, ""), ""),
    )
    return _with_year(_with_past(row, parts, content), parts, content)


def _with_year(row: Row, parts: tuple[str, ...], content: _Numbers) -> Row:
    """The row with a warning where what was saved lifts its year above its sasaran: R-FORM 7."""
    saved = [content.saved.get((row.element, part)) for part in parts]
    said = beyond(content.year.get(row.element), sum(filter(None, saved)))
    if not said:
        return row
    return replace(row, over=Finding(said, row.element, (), True, asks=not row.is_computed))


def _with_past(row: Row, parts: tuple[str, ...], content: _Numbers) -> Row:
    """The row with what was said in it before.

    Nothing is usual in columns of their own, such as stocks; what follows from others needs no
    reason.
    """
    past = content.past
    if past is None:
        return row
    last = past.last_of(row.element, parts)
    if not row.adds_up:
        return replace(row, last_month=last)
    earlier = past.of_row(row.element, parts)
    odd = None if row.is_computed else unusual(row.element, parts, content.saved, past)
    known = usual(earlier, past.held)
    return replace(row, last_month=last, before=tuple(earlier), usual=known, unusual=odd)
