"""Asking how a file is to be read, hearing the answer, and remembering it for the next one."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clusters.models import RememberedLayout, Upload
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User

Status = Upload.Status


class NoLongerAsked(DomainError):
    code = "no-longer-asked"
    text = _(
        "Unggahan ini sedang dikerjakan, sudah diterima atau dibatalkan, atau baru saja dijelaskan "
        "orang lain, jadi cara membacanya tidak dapat diubah lagi dari halaman ini. Muat ulang "
        "halaman, atau unggah berkasnya sekali lagi."
    )


@transaction.atomic
def ask_about_upload(*, upload: Upload, reason: str, by: User | None, service: str = "") -> None:
    """The columns of a file are not understood; `reason` says so to the person who sent it.

    `service` is what it was read as, where nobody had said it.
    """
    upload.service = upload.service or service
    upload.status, upload.failure, upload.claimed_at = Status.ASKING, reason[:300], None
    upload.save(update_fields=["service", "status", "failure", "claimed_at"])
    audit.record("upload.asked", by=by, subject=upload)


@transaction.atomic
def tell_upload(*, upload: Upload, told: bytes, by: User | None) -> Upload:
    """Say how a file is to be read, or what its cells should hold; it is then checked anew.

    `told` is what clusters.excel.told.sealed makes of what `upload` held when it was asked for, and
    of the answer. Raises NoLongerAsked, also where somebody answered in between.
    """
    before = upload.told_digest
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    require(by, Permission.RECORD, upload.facility)
    if upload.status not in (Status.ASKING, Status.PREVIEWED) or upload.told_digest != before:
        raise NoLongerAsked
    upload.told, upload.failure = told, ""
    upload.status, upload.claimed_at, upload.progress = Status.WAITING, None, 0
    upload.save(update_fields=["told", "failure", "status", "claimed_at", "progress"])
    audit.record("upload.told", by=by, subject=upload)
    return upload


@transaction.atomic
def name_service(*, upload: Upload, service: str, by: User | None, shown: str = "") -> Upload:
    """Say of which service a file is; what was said of its columns as another one is forgotten.

    It is then checked anew. `shown` is the `preview` of the upload that the person saw. Raises
    NoLongerAsked, also where somebody said more of the file in between.
    """
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    require(by, Permission.RECORD, upload.facility)
    if upload.status not in (Status.ASKING, Status.PREVIEWED) or shown not in ("", upload.preview):
        raise NoLongerAsked
    upload.told = upload.told if service == upload.service else None
    upload.service, upload.failure = service, ""
    upload.status, upload.claimed_at, upload.progress = Status.WAITING, None, 0
    upload.save(update_fields=["service", "told", "failure", "status", "claimed_at", "progress"])
    audit.record("upload.told", by=by, subject=upload, service=service)
    return upload


@transaction.atomic
def remember_layout(
    *,
    facility: Facility,
    service: str,
    titles: str,
    columns: Mapping[int, str],
    by: User | None,
) -> RememberedLayout:
    """Keep which column is what for the next file of the place whose titles are these."""
    require(by, Permission.RECORD, facility)
    layout, _is_new = RememberedLayout.objects.update_or_create(
        facility=facility,
        service=service,
        titles=titles,
        defaults={
            "columns": {str(at): name for at, name in columns.items()},
            "told_by": by,
        },
    )
    audit.record("layout.remembered", by=by, subject=layout, service=service)
    return layout
