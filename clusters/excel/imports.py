"""From a file to visits: the one way in for pages, tasks and commands."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusters.actions import uploads
from clusters.actions.incoming import by_name
from clusters.actions.issues import Issue
from clusters.actions.originals import original
from clusters.actions.staging import Incoming, Mismatch
from clusters.actions.uploads import Checked, Counts
from clusters.excel import layout
from clusters.excel.dated import of_the_file
from clusters.excel.errors import FileEmpty, NotUnderstood
from clusters.excel.gathering import Gathering
from clusters.excel.hints import hints_of
from clusters.excel.masking import shown_value
from clusters.excel.readers import Bad
from clusters.excel.reading import Sheet, read_sheets
from clusters.excel.refusals import MISMATCHES, SHOWN_AT
from clusters.excel.remembered import recall, service_remembered
from clusters.excel.rows import SheetCheck
from clusters.excel.spreading import dated_names
from clusters.excel.told import Told, sealed, told_of
from clusters.models import Upload
from facilities.access import can
from facilities.models import Ancestry, Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian
from ilp.core.models import User

Progress = Callable[[int], None]
READ, CHECKED = 15, 60  # percent when the file is read, and when its rows are checked


class TemplateOfOther(DomainError):
    code = "template-of-other"
    text = _(
        "Templat ini milik %(owner)s, sedangkan Anda mengunggah untuk %(facility)s. Unduh "
        "templat untuk %(facility)s, lalu salin datanya ke sana."
    )


class NotYourFacility(DomainError):
    code = "not-your-facility"
    text = _(
        "Anda tidak boleh mencatat kunjungan untuk %(facility)s. Pilih faskes Anda sendiri, atau "
        "minta admin Dinkes memberi Anda peran di sana."
    )


@dataclass(frozen=True)
class ImportResult:
    """What an import did or would do; read = new + changed + same + rejected."""

    service: str
    read: int
    new: int
    changed: int
    same: int
    rejected: int
    warned: int
    seconds: float
    issues: tuple[Issue, ...]
    headers: dict[str, Any]
    upload: Upload | None = None


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Do not look for cycles while a file is worked on: there are none, and looking costs a
    seventh."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@collector_at_rest()
@in_indonesian
def run_import(  # noqa: PLR0913 what every way in has to tell
    *,
    path: str | Path | bytes,
    file_name: str,
    service: str | None,
    facility: Facility,
    by: User | None,
    upload: Upload | None = None,
    keep: bool,
    progress: Progress = lambda percent: None,
) -> ImportResult:
    """Read a workbook of visits and write its good rows; with `keep` false only work it out.

    `path` may be the bytes themselves. Without a `service` it is known from the template or the
    titles. `facility` is where rows without a place were seen, and bounds where one may record.
    An upload is made when none is given and rows are kept; one that was previewed is written as
    it was shown. Raises DomainError for a file that cannot be used; then nothing is written.
    """
    started = perf_counter()
    told = told_of(upload) if upload and (keep or upload.told is not None) else None
    checked = check_file(
        path=path, service=service, facility=facility, by=by, file_name=file_name,
        told=told, progress=progress,
    )  # fmt: skip
    if keep:
        upload = upload or uploads.receive_upload(
            service=checked.service,
            facility=facility,
            file_name=file_name,
            content=path if isinstance(path, bytes) else Path(path).read_bytes(),
            by=by,
        )
        seconds = perf_counter() - started
        counts = uploads.finish_upload(upload=upload, checked=checked, by=by, seconds=seconds)
    elif upload is not None:
        counts = uploads.save_preview(upload=upload, checked=checked, by=by)
    else:
        counts = uploads.preview_rows(checked=checked, by=by)
    progress(100)
    return _result(checked, counts, perf_counter() - started, upload)


def check_file(  # noqa: PLR0913 as above
    *,
    path: str | Path | bytes,
    service: str | None,
    facility: Facility,
    by: User | None,
    file_name: str = "",
    told: Told | None = None,
    progress: Progress = lambda percent: None,
) -> Checked:
    """Read a file; its rows are checked as they are asked for. Of the database only places and
    locks are needed. The name of the file only hints at its month and place.

    Where nothing is told (None) what was remembered of such a layout holds."""
    if by is not None and not can(by, Permission.RECORD, facility):
        raise NotYourFacility(facility=facility)
    sheets = sheets_in(path)
    progress(READ)
    service = service or layout.recognised(sheets, lambda: service_remembered(sheets, facility))
    told = recall(layout.NOTHING, sheets, facility, service) if told is None else told
    plan = _planned(sheets, service, told)
    _check_owner(plan.meta.get("facility", ""), facility)
    found = Gathering(plan.service, facility, by, told)
    found.roster = plan.roster
    found.hints = hints_of(plan.layouts, file_name, found.where)
    sheets_read = []
    for number, one in enumerate(plan.layouts, start=1):
        sheets_read.append(SheetCheck(found, found.by_visits(one)))
        sheets_read[-1].read()
        progress(READ + (CHECKED - READ) * number // len(plan.layouts))
    if not (found.read or found.unserved):
        raise FileEmpty
    return Checked(
        service=plan.service,
        rows=chain.from_iterable(sheet.rows() for sheet in sheets_read),
        tally=found,
        explain=lambda mismatch: contradiction(found, mismatch),
        headers=plan.report | found.report,
        told=None if told == layout.NOTHING else sealed(told),
    )


def _planned(sheets: Sequence[Sheet], service: str, told: Told) -> layout.Plan:
    try:
        return layout.plan(sheets, service, told)
    except NotUnderstood as error:
        error.service = service
        raise


def sheets_of(upload: Upload) -> list[Sheet]:
    """The sheets of an upload's file as it was sent."""
    return sheets_in(content(upload))


def sheets_in(path: str | Path | bytes) -> list[Sheet]:
    """The sheets of a file, within the limits of an upload."""
    return read_sheets(path, max_bytes=settings.UPLOAD_MAX_BYTES, max_rows=settings.UPLOAD_MAX_ROWS)


def content(upload: Upload) -> bytes:
    """The file of an upload as it was sent; OriginalDeleted when it is not kept any more."""
    return original(upload)


def _check_owner(code: str, facility: Facility) -> None:
    """A template says whose it is: one of another Puskesmas is not ours to fill."""
    owner = Facility.objects.filter(code=code).first() if code else None
    if owner is None or owner.pk == facility.pk:
        return
    related = Ancestry.objects.filter(ancestor__in=[owner, facility])
    if (
        not related.filter(descendant__in=[owner, facility])
        .exclude(ancestor=owner, descendant=owner)
        .exclude(ancestor=facility, descendant=facility)
        .exists()
    ):
        raise TemplateOfOther(owner=owner.name, facility=facility.name)


def contradiction(found: Gathering, mismatch: Mismatch) -> Issue:
    """Why a row was left out when it was written: it contradicts what is known already."""
    row, apart = found.rows[mismatch.ordinal], found.service.apart
    bad = MISMATCHES.get(mismatch.field) or (apart and Bad(apart.code, apart.message))
    assert bad, mismatch.field
    one, field = found.layouts[row.sheet], SHOWN_AT.get(mismatch.field, mismatch.field)
    at = one.columns.get(field)
    value = getattr(row, field, None) or by_name(found.service.code, row)[field]
    shown = shown_value(found.service, field, value)
    visit = 0
    if one.spots:
        below = _index_of(one, row)
        field = of_the_file(one.spots, below, field, dated_names(one))
        visit = one.spots[below].visit
    title = one.title(field) if at is not None else ""
    reason = str(bad.sentence)
    return Issue(row.sheet, row.row, title, shown, bad.code, reason, name=field, visit=visit)


def _index_of(layout: layout.Layout, row: Incoming) -> int:
    """Which of the rows below the header a visit was spread to."""
    first = layout.header.data_index
    at = bisect_left(layout.sheet.numbers, row.row, lo=first) - first
    return next(i for i in range(at, len(layout.spots)) if layout.spots[i].day == row.seen_on)


def _result(
    checked: Checked, counts: Counts, seconds: float, upload: Upload | None
) -> ImportResult:
    issues: Sequence[Issue] = (*checked.tally.issues, *counts.contradictions)
    return ImportResult(
        service=checked.service,
        read=counts.read,
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        rejected=counts.rejected,
        warned=counts.warned,
        seconds=round(seconds, 3),
        issues=tuple(issues),
        headers=checked.headers,
        upload=upload,
    )
