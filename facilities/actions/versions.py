"""Telling districts that what is shown of them changed without a visit or an approved report."""

from __future__ import annotations

from facilities.models import Facility
from ilp.core import sql
from ilp.core.models import User


def raise_versions(*, place: Facility, by: User | None, numbers: bool = True) -> None:
    """No page that was kept for a district that the place has ever belonged to is served again.

    `numbers`: whether they are others than before; names and maps change without them.
    """
    del by  # what changed is on record where it was changed
    sql.run("facilities/raise_versions", place=place.pk, every=False, numbers=numbers)


def raise_every_version(*, by: User | None) -> None:
    """The same for all districts: where a place belongs, and belonged, is another matter now."""
    del by
    sql.run("facilities/raise_versions", place=None, every=True, numbers=False)
