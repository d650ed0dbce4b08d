"""Nudges for the ingest queue. They carry ids only; what is to be done lies in the rows."""

from __future__ import annotations

import logging

from celery import current_app, shared_task
from django.core.cache import cache
from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from clusters.actions import originals, uploads
from clusters.actions.receiving import drop_old_pieces
from clusters.actions.telling import ask_about_upload
from clusters.excel.errors import NotUnderstood
from clusters.excel.imports import content, run_import
from clusters.models import Upload
from clusters.selectors.uploads import unfinished
from ilp.core import sql
from ilp.core.errors import DomainError, Forbidden
from ilp.core.languages import in_indonesian

log = logging.getLogger(__name__)
ROLL_UP_NUDGED = "roll-up-nudged"
ATTEMPTS = 5  # at a file that the database ended for the sake of another
NUDGE_LIVES = 20  # seconds; a nudge that is lost is made up for by the next, or by the schedule
NO_LONGER_ALLOWED = _(
    "Anda tidak lagi boleh mencatat kunjungan di faskes ini. Hubungi admin Dinkes."
)


@shared_task
def check_upload(upload_id: int) -> None:
    """Read a waiting upload and work out its preview."""
    _work(upload_id, Upload.Status.WAITING, keep=False)


@shared_task
def write_upload(upload_id: int) -> None:
    """Write the good rows of an accepted upload; the roll-up follows."""
    done = _work(upload_id, Upload.Status.ACCEPTED, keep=True)
    # One nudge that nobody has taken up yet is enough, however many uploads are written.
    if done and cache.add(ROLL_UP_NUDGED, 1, NUDGE_LIVES):
        current_app.send_task("reporting.tasks.roll_up")


@shared_task
def resume_uploads() -> None:
    """Nudge again whatever nobody works on: lost messages, workers that died."""
    for upload_id, status in unfinished(uploads.STALE):
        task = write_upload if status == Upload.Status.ACCEPTED else check_upload
        task.delay(upload_id)


@shared_task
def forget_pieces() -> None:
    """Drop what came of files that stopped coming."""
    drop_old_pieces(by=None)


@shared_task
def delete_old_files() -> None:
    """Originals are not kept longer than is said in the settings."""
    originals.delete_old_originals(by=None)


@in_indonesian
def _work(upload_id: int, status: Upload.Status, *, keep: bool) -> bool:
    upload = uploads.claim_upload(upload_id=upload_id, status=status, by=None)
    if upload is None:
        return False
    try:
        _import(upload, keep=keep)
    except uploads.Overtaken:
        return False
    except NotUnderstood as error:
        ask_about_upload(upload=upload, reason=error.sentence, service=error.service, by=None)
        return False
    except DomainError as error:
        uploads.fail_upload(upload=upload, reason=error.sentence, by=None)
        return False
    except Forbidden:
        uploads.fail_upload(upload=upload, reason=str(NO_LONGER_ALLOWED), by=None)
        return False
    return True


def _import(upload: Upload, *, keep: bool) -> None:
    """Again when the database ended it in favour of another file about the same people."""
    working = upload.status
    for left in reversed(range(ATTEMPTS)):
        try:
            run_import(
                path=content(upload),
                file_name=upload.file_name,
                service=upload.service or None,
                facility=upload.facility,
                by=upload.created_by,
                upload=upload,
                keep=keep,
                progress=lambda done: uploads.note_progress(upload=upload, percent=done),
            )
        except OperationalError as error:
            if not left or not sql.is_deadlock(error):
                raise
            log.info("upload %s: again after a deadlock", upload.pk)
            upload.refresh_from_db()  # the outcome may stand on it that was taken back
            if upload.status != working:
                raise uploads.Overtaken from error
        else:
            return
