"""A workbook on its way in: received, claimed, previewed, accepted, written - or failed.

Whoever does the work claims the upload first; a claim that grew old was left by a worker that
died, and is taken over. What was written is written together with the counts, so a worker killed
at any time leaves the upload as it was, and the work is simply done again.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.actions.issues import Issue
from clusters.actions.staging import Incoming, Mismatch
from clusters.actions.visits import Outcome, write_visits
from clusters.models import Upload, UploadIssue
from facilities.access import require
from facilities.models import Ancestry, Facility
from facilities.roles import Permission
from ilp.core import audit, sql
from ilp.core.crypto import seal
from ilp.core.errors import DomainError
from ilp.core.models import User

FILE_LOCK = 7003  # one file of a Puskesmas at a time
STALE = timedelta(minutes=10)
MOST_ISSUES = 50_000  # kept of one upload; a file with more is wrong as a whole
FOLDER = "uploads"
KEPT = ("sheet", "row", "column", "value", "code", "is_warning", "name")  # of an issue

Status = Upload.Status


class NotAcceptable(DomainError):
    code = "not-acceptable"
    text = _("Unggahan ini belum selesai diperiksa atau sudah diterima. Muat ulang halaman.")


class NotWhole(DomainError):
    code = "not-whole"
    text = _(
        "Tidak ada yang disimpan: %(count)s baris perlu diperbaiki dahulu, dan Anda memilih semua "
        "atau tidak sama sekali. Perbaiki baris itu, atau pilih terima yang baik."
    )


class ChangedMeanwhile(DomainError):
    code = "preview-changed"
    text = _(
        "Hasil pemeriksaan berkas ini berubah sejak Anda membukanya, karena ada yang memperbaiki "
        "isinya. Periksa sekali lagi, lalu terima."
    )


class Overtaken(Exception):  # noqa: N818 - nobody is told: another worker has done the work
    """Somebody said more of the file, or another worker took it over, while this one was at it."""


class Tally(Protocol):
    """What became of a file's rows; whole when the last one was asked for."""

    read: int
    same: int
    refused: set[tuple[str, int, int]]  # sheet, row, and which visit of the row
    issues: list[Issue]


@dataclass(frozen=True)
class Checked:
    """A file that was read: rows to write, made as they are asked for, and the tally of all."""

    service: str
    rows: Iterable[Incoming]
    tally: Tally
    explain: Callable[[Mismatch], Issue]
    headers: dict[str, Any] = field(default_factory=dict)
    told: bytes | None = None  # sealed: how it was read, what was remembered included


@dataclass(frozen=True)
class Counts:
    """read = new + changed + same + rejected; warned rows are among the accepted."""

    read: int
    new: int
    changed: int
    same: int
    rejected: int
    warned: int
    contradictions: tuple[Issue, ...] = ()


@transaction.atomic
def receive_upload(
    *, service: str, facility: Facility, file_name: str, content: bytes, by: User | None
) -> Upload:
    """Keep a file, sealed, and the row that says what shall become of it.

    `service` may be empty: it is then known once the file was read.
    """
    require(by, Permission.RECORD, facility)
    name = f"{FOLDER}/{timezone.localdate():%Y-%m}/{uuid.uuid4().hex}"
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(seal(content))
    upload = Upload.objects.create(
        facility=facility,
        service=service,
        file=name,
        file_name=Path(file_name).name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        created_by=by,
    )
    named = {"service": service} if service else {}
    audit.record("upload.received", by=by, subject=upload, size=len(content), **named)
    return upload


@transaction.atomic
def claim_upload(*, upload_id: int, status: str, by: User | None) -> Upload | None:
    """The upload, ours to work on; None when it is not in that state or someone works on it."""
    del by  # the work was asked for before; claiming it is the system's
    working = {Status.WAITING: Status.CHECKING, Status.ACCEPTED: Status.ACCEPTED}[Status(status)]
    waiting = Q(status=status, claimed_at=None)
    left = Q(status=working, claimed_at__lt=timezone.now() - STALE)
    upload = (
        Upload.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(waiting | left, pk=upload_id)
        .first()
    )
    if upload is None:
        return None
    upload.status, upload.claimed_at = working, timezone.now()
    upload.save(update_fields=["status", "claimed_at"])
    return upload


def note_progress(*, upload: Upload, percent: int, by: User | None = None) -> None:
    """Show how far the work is and renew the claim, unless it is another's or has been settled:
    a preview may be accepted before its worker says that it is done."""
    del by
    now, ours = timezone.now(), Upload.objects.filter(pk=upload.pk, claimed_at=upload.claimed_at)
    if upload.claimed_at and ours.update(progress=max(0, min(percent, 100)), claimed_at=now):
        upload.claimed_at = now


@transaction.atomic
def save_preview(*, upload: Upload, checked: Checked, by: User | None) -> Counts:
    """Work out what accepting would do, write nothing of it, and keep the answer."""
    outcome = _write(upload, checked, by, keep=False)
    held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if held.status != upload.status or held.said != upload.said:
        raise Overtaken
    return _settle(upload, checked, outcome, Status.PREVIEWED)


@transaction.atomic
def accept_upload(
    *, upload: Upload, by: User | None, shown: str = "", whole: bool = False
) -> Upload:
    """Say that the good rows of a preview shall be written or, with `whole`, all rows or none.

    `shown` is the `preview` of the upload that the person saw; ChangedMeanwhile if it is another
    by now. NotWhole while there are refused rows.
    """
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    require(by, Permission.RECORD, upload.facility)
    if upload.status != Status.PREVIEWED:
        raise NotAcceptable
    if shown and shown != upload.preview:
        raise ChangedMeanwhile
    if whole and upload.rejected:
        raise NotWhole(count=upload.rejected)
    upload.status, upload.claimed_at, upload.progress = Status.ACCEPTED, None, 0
    upload.whole = whole
    upload.save(update_fields=["status", "claimed_at", "progress", "whole"])
    way = {"whole": "ya"} if whole else {}
    rows = upload.new + upload.changed
    audit.record("upload.accepted", by=by, subject=upload, rows=rows, **way)
    return upload


@transaction.atomic
def finish_upload(*, upload: Upload, checked: Checked, by: User | None, seconds: float) -> Counts:
    """Write the good rows with the counts and issues of the upload: all of it or nothing.

    Where every row had to be good and one is refused by now, nothing is written, and it is a
    preview again.
    """
    held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if held.status != upload.status:
        raise Overtaken
    with transaction.atomic():
        outcome = _write(upload, checked, by, keep=True)
        lacking = held.whole and bool(checked.tally.refused or outcome.mismatches)
        if lacking:
            transaction.set_rollback(True)
    upload.seconds = seconds
    return _settle(upload, checked, outcome, Status.PREVIEWED if lacking else Status.DONE)


@transaction.atomic
def fail_upload(*, upload: Upload, reason: str, by: User | None) -> None:
    """The file cannot be used; the reason is a sentence for the person who sent it."""
    upload.status, upload.failure, upload.claimed_at = Status.FAILED, reason[:300], None
    upload.finished_at = timezone.now()
    upload.save(update_fields=["status", "failure", "claimed_at", "finished_at"])
    audit.record("upload.failed", by=by, subject=upload)


def preview_rows(*, checked: Checked, by: User | None) -> Counts:
    """What writing would do, without an upload: the dry run."""
    outcome = _write(None, checked, by, keep=False)
    return _counts(checked, outcome, [checked.explain(m) for m in outcome.mismatches])


def _write(upload: Upload | None, checked: Checked, by: User | None, *, keep: bool) -> Outcome:
    if upload is not None:
        wait_for_neighbours(upload.facility)
    return write_visits(
        service=checked.service,
        rows=checked.rows,
        upload=upload,
        by=by,
        keep=keep,
    )


def wait_for_neighbours(place: Facility) -> None:
    """Two files of one Puskesmas are largely about the same people: one after the other, or each
    would hold persons that the other waits for."""
    above = Ancestry.objects.filter(descendant=place, ancestor__kind=Facility.Kind.PUSKESMAS)
    sql.lock(FILE_LOCK, above.values_list("ancestor", flat=True).first() or place.pk)


def _counts(checked: Checked, outcome: Outcome, contradictions: list[Issue]) -> Counts:
    refused = {_visit(one) for one in contradictions}
    odd = (i for i in checked.tally.issues if i.is_warning and i.of_row)
    warned = {_visit(i) for i in odd} - refused
    return Counts(
        read=checked.tally.read,
        new=outcome.new,
        changed=outcome.changed,
        same=checked.tally.same + outcome.same,
        rejected=len(checked.tally.refused) + len(refused),
        warned=len(warned),
        contradictions=tuple(contradictions),
    )


def _visit(issue: Issue) -> tuple[str, int, int]:
    return issue.sheet, issue.row, issue.visit


def _settle(upload: Upload, checked: Checked, outcome: Outcome, status: Upload.Status) -> Counts:
    contradictions = [checked.explain(m) for m in outcome.mismatches]
    counts = _counts(checked, outcome, contradictions)
    for name in ("read", "new", "changed", "same", "rejected", "warned"):
        setattr(upload, name, getattr(counts, name))
    months = [[str(m.month), m.before, m.after, m.changed] for m in outcome.months]
    people = {str(m.month): [m.people_before, m.people_after] for m in outcome.months}
    if status == Status.PREVIEWED:
        upload.told = checked.told  # so that it is written as it was shown
    upload.service, upload.status, upload.progress = checked.service, status, 100
    upload.headers = checked.headers | ({"months": months, "people": people} if months else {})
    upload.claimed_at = None
    if status == Status.DONE:
        upload.finished_at = timezone.now()
    upload.save()
    refused = {_visit(one) for one in contradictions}
    _replace_issues(
        upload,
        [i for i in checked.tally.issues if not (i.is_warning and _visit(i) in refused)]
        + contradictions,
    )
    return counts


def _replace_issues(upload: Upload, issues: Sequence[Issue]) -> None:
    upload.issues.all().delete()
    first = sorted(issues, key=lambda i: i.is_warning)[:MOST_ISSUES]
    UploadIssue.objects.bulk_create(
        (
            UploadIssue(upload=upload, reason=i.reason[:300], **{n: getattr(i, n) for n in KEPT})
            for i in first
        ),
        batch_size=2000,
    )
