"""Taking an upload of visits back, and putting it back again. ADR 0030.

Visits that it brought no longer stand, those that it changed are again what they were; what others
changed since stays. Persons stay registered, but live where they did before. Numbers follow by the
roll-up, from the marks written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.actions.locks import check_unlocked
from clusters.actions.planning import Plan
from clusters.actions.taking_back import Effect, effect_of_plan, settle
from clusters.models import Upload
from facilities.access import require
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.errors import DomainError
from ilp.core.models import User

EXAMPLES = 50  # of the visits that stay, named on the page
Status = Upload.Status
DROPPABLE = (Status.PREVIEWED, Status.ASKING)


class NotUndoable(DomainError):
    code = "not-undoable"
    text = _(
        "Unggahan ini sedang dikerjakan atau sudah dibatalkan. Tunggu sampai selesai, lalu muat "
        "ulang halaman."
    )


class TooLateToUndo(DomainError):
    code = "too-late-to-undo"
    text = _(
        "Unggahan hanya dapat dibatalkan dalam %(days)s hari; unggahan ini selesai %(at)s. "
        "Perbaiki dengan mengunggah baris yang benar, atau batalkan kunjungannya satu per satu."
    )


class NotRedoable(DomainError):
    code = "not-redoable"
    text = _("Unggahan ini tidak sedang dibatalkan. Muat ulang halaman untuk melihat keadaannya.")


class TooLateToRedo(DomainError):
    code = "too-late-to-redo"
    text = _(
        "Pembatalan hanya dapat ditarik kembali dalam %(days)s hari; unggahan ini dibatalkan "
        "%(at)s. Unggah berkasnya sekali lagi."
    )


class OthersAreWriting(DomainError):
    code = "others-are-writing"
    text = _("Kunjungan yang sama sedang disimpan orang lain. Tunggu sebentar, lalu coba lagi.")


class WordMissing(DomainError):
    code = "word-missing"
    text = _("Ketik %(word)s untuk melanjutkan. Belum ada yang diubah.")


@transaction.atomic
def drop_upload(*, upload: Upload, by: User | None) -> None:
    """Forget an upload that was only read: nothing of it was written."""
    upload = _held(upload, by)
    if upload.status not in (*DROPPABLE, Status.CANCELLED) or upload.finished_at:
        raise NotUndoable
    if upload.status in DROPPABLE:
        upload.status = Status.CANCELLED
        upload.save(update_fields=["status"])
        audit.record("upload.cancelled", by=by, subject=upload, visits=0)


def undo_upload(*, upload: Upload, by: User | None) -> Effect:
    """Take back what an upload wrote, save what others changed since.

    Raises TooLateToUndo, MonthLocked, and OthersAreWriting when it is to be tried again.
    """
    with _alone():
        upload = _held(upload, by)
        _check_undoable(upload)
        effect = settle(upload, stands=False)
        upload.status, upload.redone_at, upload.redone_by = Status.CANCELLED, None, None
        upload.undone_at, upload.undone_by = timezone.now(), by
        _save(upload)
        audit.record("upload.undone", by=by, subject=upload, **_noted(effect))
    return effect


def redo_upload(*, upload: Upload, by: User | None) -> Effect:
    """Put back what `undo_upload` took, save what others changed or recorded anew since."""
    with _alone():
        upload = _held(upload, by)
        _check_redoable(upload)
        effect = settle(upload, stands=True)
        upload.status = Status.DONE
        upload.redone_at, upload.redone_by = timezone.now(), by
        _save(upload)
        audit.record("upload.redone", by=by, subject=upload, **_noted(effect))
    return effect


def effect_of_undo(*, upload: Upload, by: User | None) -> Effect:
    """What undoing would do now, worked out by the same plan; raises what undoing would raise."""
    upload = Upload.objects.select_related("facility").get(pk=upload.pk)
    require(by, Permission.RECORD, upload.facility)
    _check_undoable(upload)
    return _tried(upload, stands=False)


def effect_of_redo(*, upload: Upload, by: User | None) -> Effect:
    """The same of redoing."""
    upload = Upload.objects.select_related("facility").get(pk=upload.pk)
    require(by, Permission.RECORD, upload.facility)
    _check_redoable(upload)
    return _tried(upload, stands=True)


@transaction.atomic
def _tried(upload: Upload, *, stands: bool) -> Effect:
    plan = Plan(upload, stands=stands)
    plan.work_out(hold=False)
    check_unlocked(plan.cells())
    effect = effect_of_plan(plan, cells=True, examples=EXAMPLES)
    plan.drop()
    return effect


@contextmanager
def _alone() -> Iterator[None]:
    """A transaction; what others were quicker at is a sentence, and nothing is changed."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise OthersAreWriting from error
    except OperationalError as error:
        if not sql.is_deadlock(error):
            raise
        raise OthersAreWriting from error


def _held(upload: Upload, by: User | None) -> Upload:
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    require(by, Permission.RECORD, upload.facility)
    return upload


def _check_undoable(upload: Upload) -> None:
    if upload.status != Status.DONE or upload.finished_at is None:
        raise NotUndoable
    days = settings.UPLOAD_UNDO_DAYS
    if timezone.now() - upload.finished_at > timedelta(days=days):
        raise TooLateToUndo(days=days, at=formats.moment(upload.finished_at))


def _check_redoable(upload: Upload) -> None:
    if upload.status != Status.CANCELLED or upload.undone_at is None:
        raise NotRedoable
    days = settings.UPLOAD_REDO_DAYS
    if timezone.now() - upload.undone_at > timedelta(days=days):
        raise TooLateToRedo(days=days, at=formats.moment(upload.undone_at))


def _save(upload: Upload) -> None:
    names = ("status", "undone_at", "undone_by", "redone_at", "redone_by")
    upload.save(update_fields=names)


def _noted(effect: Effect) -> dict[str, int]:
    return {
        "cancelled": effect.cancelled,
        "restored": effect.restored,
        "standing": effect.standing,
        "kept": effect.kept,
    }
