"""The demo district: that it has been built, written where nobody can take it back."""

from __future__ import annotations

from django.db import transaction

from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import AuditEvent, User
from ilp.core.months import Month


@transaction.atomic
def note_demo(
    *, district: Facility, size: str, seed: int, month: Month, by: User | None
) -> AuditEvent:
    """Note that the demo is complete, and up to which month."""
    require(by, Permission.MANAGE_PLACES, district)
    return audit.record(
        "demo.built", by=by, subject=district, size=size, seed=seed, month=str(month)
    )
