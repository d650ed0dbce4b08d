"""What is typed into a report is kept, cell by cell; nobody overwrites what he has not seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ilp.core import audit, sql
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User
from reporting.catalogue.language import Form
from reporting.models import Report, ReportValue
from reporting.models.reports import ReportQuerySet
from reporting.selectors.checking import Numbers, computed, rows_concerned, typed_cells, typed_for
from reporting.selectors.counted import count_for
from reporting.selectors.editing import Editing, editing
from reporting.selectors.past import Past, past_beside, told_before
from reporting.selectors.typed import ABSENT, BLANK, LONGEST_REASON, Edit, Entry

Cell = tuple[str, str]  # element, part
Rows = Mapping[Cell, ReportValue]


class ChangedMeanwhile(DomainError):
    code = "changed-meanwhile"
    text = _(
        "Laporan ini sudah disimpan orang lain sejak Anda membukanya. Isian Anda masih ada di "
        "layar: periksa, lalu simpan sekali lagi."
    )


@dataclass(frozen=True)
class Saved:
    """The report after a save; in `conflicts` what somebody else had changed, left as it is.

    `counted` is what the visits say in the rows concerned, `past` what was reported before.
    """

    report: Report
    rows: Rows
    conflicts: frozenset[Cell]
    counted: Numbers
    past: Past


@transaction.atomic
def save_cells(
    *,
    report: int,
    edits: Mapping[Cell, Edit],
    by: User | None,
    reasons: Mapping[str, str] | None = None,
    absents: Mapping[str, str] | None = None,
    concerned: Collection[str] = (),
) -> Saved:
    """Keep what was typed into cells, save where somebody else was there in the meantime.

    `reasons` tells by element why its numbers differ from the visits or from what is usual,
    `absents` why there is no such service; `concerned` are further elements that were sent. Five
    queries, one more where the register of children is asked.
    """
    held = Report.objects.select_for_update(of=("self",)).annotate(told=told_before())
    found = _claim(report, by, held)
    claimed = found.report
    named = {e for e, _part in edits} | {*(reasons or {}), *(absents or {}), *concerned}
    counted = _count(found, rows_concerned(claimed.form, named))
    kept = {(v.element, v.part): v for v in claimed.values.all()}
    known = _cells(claimed.form)
    wanted, conflicts = _settle({c: e for c, e in edits.items() if c in known}, kept)
    told = _reasons_for_absence(kept, wanted, absents or {})
    entries = {cell: _with_reason(entry, told.get(cell[0], "")) for cell, entry in wanted.items()}
    entries |= _of_rows(kept, entries, absents or {})
    rows = _write(claimed, kept, entries, reasons or {}, counted, by)
    return Saved(claimed, rows, frozenset(conflicts), counted, past_beside(claimed))


@transaction.atomic
def save_values(
    *,
    report: Report,
    values: Mapping[Cell, int | None],
    reasons: Mapping[str, str],
    version: int,
    by: User | None,
) -> Report:
    """Keep numbers, and None for a cell that is emptied, of a report nobody changed since.

    `version` is the one the writer saw; ChangedMeanwhile when somebody saved since.
    """
    found = _claim(report.pk, by, Report.objects.select_for_update(of=("self",)))
    claimed = found.report
    if claimed.version != version:
        raise ChangedMeanwhile
    kept = {(v.element, v.part): v for v in claimed.values.all()}
    known = _cells(claimed.form)
    entries = {cell: Entry(number) for cell, number in values.items() if cell in known}
    counted = _count(found, {element for element, _part in entries} | reasons.keys())
    _write(claimed, kept, entries, reasons, counted, by)
    return claimed


def _claim(report: int, by: User | None, held: ReportQuerySet) -> Editing:
    """The report, locked by `held`, if it can be changed by this person now."""
    found = editing(report=report, by=by, reports=held, holding=True)
    if not found.may_fill:
        raise Forbidden(f"{by} may not fill in report {report}")
    if found.refusal:
        raise found.refusal
    return found


def _count(found: Editing, rows: Collection[str]) -> Numbers:
    """What the visits say in these rows while they are saved: later they may say more."""
    report, form = found.report, found.report.form
    # Where a blank row says something, what the visits say of it decides whether it is blank.
    codes = form.typed if form.silence else typed_for(form, rows)
    place, month = report.facility, report.month
    return count_for(codes=codes, place=place, month=month, window=found.window)


def _settle(edits: Mapping[Cell, Edit], kept: Rows) -> tuple[dict[Cell, Entry], set[Cell]]:
    """What is to be kept, and where two people want different things."""
    wanted, conflicts = {}, set()
    for cell, edit in edits.items():
        row = kept.get(cell)
        if edit.seen == (row.version if row else 0):
            wanted[cell] = edit.entry
        elif edit.touched and edit.entry != (Entry.of(row) if row else BLANK):
            conflicts.add(cell)
    return wanted, conflicts


def _reasons_for_absence(
    kept: Rows, wanted: Mapping[Cell, Entry], absents: Mapping[str, str]
) -> dict[str, str]:
    """Element -> why it is not there: what was told now, else what was told of it before."""
    told = {element: row.absent for (element, _part), row in kept.items() if row.absent}
    told |= {element: entry.absent for (element, _part), entry in wanted.items() if entry.absent}
    return told | {element: why.strip()[:LONGEST_REASON] for element, why in absents.items()}


def _with_reason(entry: Entry, why: str) -> Entry:
    return Entry(absent=why) if entry.text == ABSENT and why else entry


def _of_rows(
    kept: Rows, entries: Mapping[Cell, Entry], absents: Mapping[str, str]
) -> dict[Cell, Entry]:
    """The cells of rows whose reason for absence was told, where they say that it is absent."""
    return {
        cell: Entry(absent=why[:LONGEST_REASON]) if why else Entry(text=ABSENT)
        for cell, row in kept.items()
        if cell not in entries and (row.absent or row.text == ABSENT) and cell[0] in absents
        for why in [absents[cell[0]].strip()]
    }


def _cells(form: Form) -> set[Cell]:
    return set(typed_cells(form))


def _write(
    report: Report,
    kept: Rows,
    entries: Mapping[Cell, Entry],
    reasons: Mapping[str, str],
    counted: Numbers,
    by: User | None,
) -> Rows:
    """The rows as they are to be: none for what is blank, and those that follow from others."""
    after = {cell: Entry.of(row) for cell, row in kept.items()} | dict(entries)
    saved = {c: e.number for c, e in after.items() if not (e.text or e.is_blank)}
    follows = computed(report.form, saved)
    after |= {cell: Entry(number) for cell, number in follows.items()}
    told = {row.element: row.reason for row in kept.values() if row.reason} | dict(reasons)
    rows = {
        cell: _row(report, cell, entry, kept.get(cell), told.get(cell[0], ""), counted.get(cell))
        for cell, entry in after.items()
        if not entry.is_blank
    }
    written = {c: row for c, row in rows.items() if _differs(row, kept.get(c))}
    gone = {cell: row.pk for cell, row in kept.items() if cell not in rows}
    if written or gone:
        report.version += 1
        _send(report, written.values(), gone.values(), {*written, *gone} - follows.keys())
        audit.record(
            "report.saved",
            by=by,
            subject=report,
            filled=sum(cell in entries and not row.text for cell, row in written.items()),
            emptied=sum(cell in entries for cell in gone),
            kept_as_text=sum(bool(row.text) for row in written.values()),
        )
    return rows


def _row(
    report: Report,
    cell: Cell,
    entry: Entry,
    before: ReportValue | None,
    reason: str,
    counted: int | None,
) -> ReportValue:
    same = before is not None and Entry.of(before) == entry
    untouched = same and before is not None and before.reason == reason
    return ReportValue(
        report=report,
        element=cell[0],
        part=cell[1],
        value=entry.number,
        absent=entry.absent,
        text=entry.text,
        version=before.version if same and before else report.version + 1,
        reason=reason[:LONGEST_REASON],
        counted=before.counted if untouched and before else counted,
    )


def _differs(row: ReportValue, before: ReportValue | None) -> bool:
    return before is None or Entry.of(row) != Entry.of(before) or row.reason != before.reason


def _send(
    report: Report, written: Collection[ReportValue], gone: Iterable[int], typed: Collection[Cell]
) -> None:
    sql.run(
        "reporting/save_cells",
        report=report.pk,
        version=report.version,
        gone=list(gone),
        elements=[row.element for row in written],
        parts=[row.part for row in written],
        values=[row.value for row in written],
        absents=[row.absent for row in written],
        texts=[row.text for row in written],
        versions=[row.version for row in written],
        reasons=[row.reason for row in written],
        counted=[row.counted for row in written],
        changed_elements=[element for element, _part in typed],
        changed_parts=[part for _element, part in typed],
    )
