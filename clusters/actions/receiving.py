"""A file that comes in pieces, over a line that breaks: what has come stays, the rest follows."""

from __future__ import annotations

import shutil
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import PartialUpload
from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.crypto import seal, unseal
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User

FOLDER = "pieces"
KEPT = timedelta(days=1)
MOST_AT_ONCE = 5  # files on their way from one person


class TooLarge(DomainError):
    code = "upload-too-large"
    text = _("Berkas lebih besar dari %(size)s MB. Bagi menjadi beberapa berkas.")


class TooManyUnderWay(DomainError):
    code = "too-many-under-way"
    text = _("Masih ada beberapa berkas Anda yang belum selesai terkirim. Selesaikan satu dahulu.")


class NotWhole(DomainError):
    code = "not-whole"
    text = _("Berkas belum terkirim seluruhnya. Pilih berkas yang sama, lalu unggah lagi.")


class OutOfPlace(DomainError):
    """A piece that does not begin where the last one ended; `received` says where it should."""

    code = "piece-out-of-place"
    text = _(
        "Bagian berkas ini sudah diterima atau melompat. Pengiriman diteruskan dari tempatnya."
    )

    def __init__(self, received: int) -> None:
        super().__init__()
        self.received = received


@transaction.atomic
def receive_piece(
    *, key: str, size: int, begin: int, piece: bytes, file_name: str, by: User
) -> PartialUpload:
    """Keep a piece of a file, sealed; the first one begins it.

    `key` tells one file of a person from another. Raises OutOfPlace, TooLarge, TooManyUnderWay.
    """
    if not has_anywhere(by, Permission.RECORD):
        raise Forbidden(f"{by} records nowhere")
    if not 0 < size <= settings.UPLOAD_MAX_BYTES:
        raise TooLarge(size=settings.UPLOAD_MAX_BYTES // 2**20)
    found = PartialUpload.objects.select_for_update().filter(created_by=by, key=key).first()
    if found is None:
        found = _begin(key, size, file_name, by)
    if begin != found.received or begin + len(piece) > found.size:
        raise OutOfPlace(found.received)
    folder = _folder(found)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{begin:012d}").write_bytes(seal(piece))
    found.received += len(piece)
    found.save(update_fields=["received"])
    return found


def _begin(key: str, size: int, file_name: str, by: User) -> PartialUpload:
    if PartialUpload.objects.filter(created_by=by).count() >= MOST_AT_ONCE:
        raise TooManyUnderWay
    found = PartialUpload.objects.create(
        key=key, size=size, file_name=Path(file_name).name[:200], created_by=by
    )
    audit.record("upload.begun", by=by, subject=found, size=size)
    return found


@transaction.atomic
def take_whole(*, key: str, by: User) -> tuple[str, bytes]:
    """Name and content of a file of which every piece has come; its pieces are gone then.

    Raises NotWhole.
    """
    found = PartialUpload.objects.select_for_update().filter(created_by=by, key=key).first()
    if found is None or found.received != found.size:
        raise NotWhole
    pieces = sorted(path for path in _folder(found).iterdir() if int(path.name) < found.size)
    content = b"".join(unseal(path.read_bytes()) for path in pieces)
    if len(content) != found.size:
        raise NotWhole
    _drop(found)
    return found.file_name, content


@transaction.atomic
def drop_old_pieces(*, by: User | None) -> int:
    """Forget files that stopped coming a day ago; how many."""
    del by  # the schedule's work
    old = PartialUpload.objects.filter(created_at__lt=timezone.now() - KEPT)
    found = list(old.select_for_update(skip_locked=True))
    for one in found:
        _drop(one)
    return len(found)


def _drop(found: PartialUpload) -> None:
    folder = _folder(found)
    found.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _folder(found: PartialUpload) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / uuid.UUID(str(found.pk)).hex
