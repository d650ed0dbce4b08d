"""The upload that a page is about, for those who may see it; and the way that an upload goes."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from clusters.models import Upload
from clusters.selectors import uploads as selectors
from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.http import Request

STEPS = (
    gettext_lazy("Pilih dan unggah"),
    gettext_lazy("Cocokkan kolom"),
    gettext_lazy("Periksa"),
    gettext_lazy("Selesai"),
)
Status = Upload.Status
STEP_OF = {Status.ASKING: 2, Status.DONE: 4, Status.FAILED: 2, Status.CANCELLED: 4}


def step_of(upload: Upload) -> int:
    """Where an upload stands among the steps."""
    return STEP_OF.get(Status(upload.status), 3)


def require_recorder(request: Request) -> None:
    if not has_anywhere(request.user, Permission.RECORD):
        raise Forbidden("uploads are for those who record visits")


def find_upload(request: Request, pk: int) -> Upload:
    """The upload; outside the user's places it does not exist."""
    require_recorder(request)
    return get_object_or_404(selectors.uploads_of(request.user), pk=pk)
