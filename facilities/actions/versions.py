"""Telling districts that what is shown of them changed without being counted anew."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from facilities.models import Ancestry, DataVersion, Facility
from ilp.core.models import User


def raise_versions(*, place: Facility, by: User | None) -> None:
    """No page that was kept for a district that the place has ever belonged to is served again."""
    del by  # what changed is on record where it was changed
    above = Ancestry.objects.filter(descendant=place, ancestor__kind=Facility.Kind.DISTRICT)
    _raise(sorted(set(above.values_list("ancestor", flat=True))))


def raise_every_version(*, by: User | None) -> None:
    """The same for all districts: where a place belongs, and belonged, is another matter now."""
    del by
    _raise(sorted(Facility.objects.of_kind(Facility.Kind.DISTRICT).values_list("pk", flat=True)))


def _raise(districts: Sequence[int]) -> None:
    """In one order, as others raise several at once. When it was last counted stays as it is."""
    DataVersion.objects.bulk_create(
        (DataVersion(district_id=district, changed_at=None) for district in districts),
        ignore_conflicts=True,
    )
    versions = DataVersion.objects.filter(district__in=districts)
    held = versions.select_for_update().order_by("district").values_list("pk", flat=True)
    DataVersion.objects.filter(pk__in=list(held)).update(number=F("number") + 1)
