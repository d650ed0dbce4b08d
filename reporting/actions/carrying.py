"""At the turn of the month: count those who stand somewhere by a visit of an earlier month."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clusters.milestones import STATE_CODES, STATES
from ilp.core import sql
from ilp.core.models import User
from ilp.core.months import Month

LOOK_BACK = 1  # months before this one, for a roll-up that slept over the turn


@transaction.atomic
def mark_carried(*, by: User | None) -> None:
    """Mark the cells of months that have begun in which nobody came but people stand so.

    It may be asked as often as one likes, before anything of a month is counted: what changes
    later is marked by who changes it.
    """
    del by  # nothing that anybody said changes; a month has begun
    today = timezone.localdate()
    now = Month.of(today)
    sql.run(
        "reporting/mark_carried",
        months=[month.first_day for month in now.plus(-LOOK_BACK).until(now)],
        turning=[today] if today == now.first_day else [],
        services=sorted({state.service for state in STATES}),
        states=sorted(STATE_CODES),
    )
