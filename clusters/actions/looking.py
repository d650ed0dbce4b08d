"""Who looked at people: every opening of rows with names leaves a line in the audit trail."""

from __future__ import annotations

from django.db import transaction

from clusters.models import Visit
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import User
from ilp.core.months import Month


@transaction.atomic
def open_visits(*, place: Facility, service: str, month: Month, by: User) -> None:
    """The list of a place's visits in a month is shown."""
    require(by, Permission.VIEW_PEOPLE, place)
    audit.record("visits.opened", by=by, subject=place, service=service, month=str(month))


@transaction.atomic
def open_visit(*, visit: Visit, by: User) -> None:
    """One visit is shown, with its person."""
    audit.record("visit.opened", by=by, subject=visit, service=visit.service.code)
