"""The file that was sent: taken out again, and deleted when its time to be kept is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Upload
from clusters.selectors.uploads import past_keeping
from facilities.access import require
from facilities.roles import Permission
from ilp.core import audit, formats
from ilp.core.crypto import unseal
from ilp.core.errors import DomainError
from ilp.core.models import User

Status = Upload.Status


class OriginalDeleted(DomainError):
    code = "original-deleted"
    text = _(
        "Berkas asli sudah dihapus %(at)s karena masa simpannya habis. Kunjungan yang diterima "
        "darinya tetap tersimpan; isinya dapat dilihat di daftar kunjungan."
    )


def original(upload: Upload) -> bytes:
    """The file as it was sent; OriginalDeleted when it is not kept any more."""
    if upload.file_deleted_at is not None:
        raise OriginalDeleted(at=formats.day(timezone.localdate(upload.file_deleted_at)))
    return unseal((Path(settings.MEDIA_ROOT) / upload.file).read_bytes())


@transaction.atomic
def take_original(*, upload: Upload, by: User) -> bytes:
    """The same for somebody who records there; it is on record who took it."""
    require(by, Permission.RECORD, upload.facility)
    content = original(upload)
    audit.record("upload.original-taken", by=by, subject=upload, size=len(content))
    return content


def delete_old_originals(*, by: User | None) -> int:
    """Delete the files that were kept long enough; their number.

    An upload that nobody accepted until then is dropped with its file. Done one by one, the file
    first: who is killed in between finds it gone and notes it the next time.
    """
    before = timezone.now() - timedelta(days=settings.UPLOAD_KEEP_DAYS)
    count = 0
    for pk in list(past_keeping(before).values_list("pk", flat=True)):
        with transaction.atomic():
            upload = past_keeping(before).select_for_update(of=("self",)).filter(pk=pk).first()
            if upload is not None:
                _delete(upload, by)
                count += 1
    return count


def _delete(upload: Upload, by: User | None) -> None:
    (Path(settings.MEDIA_ROOT) / upload.file).unlink(missing_ok=True)
    if upload.status not in (Status.DONE, Status.FAILED):
        upload.status = Status.CANCELLED
    upload.file, upload.told, upload.file_deleted_at = "", None, timezone.now()
    upload.save(update_fields=["status", "file", "told", "file_deleted_at"])
    audit.record("upload.original-deleted", by=by, subject=upload)
