"""What was written and is not yet counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from clusters.models import TouchedPerson
from facilities.models import ChangedCell


@dataclass(frozen=True)
class Pending:
    """Rows of both to-do lists of the roll-up, and when the oldest was written."""

    count: int
    oldest: datetime | None


def pending() -> Pending:
    """Changed cells and touched persons that wait for the roll-up."""
    found = [
        rows.aggregate(n=Count("pk"), oldest=Min("at"))
        for rows in (ChangedCell.objects, TouchedPerson.objects)
    ]
    oldest = [one["oldest"] for one in found if one["oldest"]]
    return Pending(sum(one["n"] for one in found), min(oldest, default=None))
