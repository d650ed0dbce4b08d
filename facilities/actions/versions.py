"""Telling districts that their numbers changed without a visit or an approved report."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Now

from facilities.models import Ancestry, DataVersion, Facility
from ilp.core.models import User


def raise_versions(*, place: Facility, by: User | None) -> None:
    """No page that was kept for a district that the place has ever belonged to is served again."""
    del by  # what changed is on record where it was changed
    above = Ancestry.objects.filter(descendant=place, ancestor__kind=Facility.Kind.DISTRICT)
    districts = set(above.values_list("ancestor", flat=True))
    DataVersion.objects.bulk_create(
        (DataVersion(district_id=district) for district in districts), ignore_conflicts=True
    )
    DataVersion.objects.filter(district__in=districts).update(
        number=F("number") + 1, changed_at=Now()
    )
