"""Layouts whose columns somebody explained before."""

from __future__ import annotations

from collections.abc import Iterable

from clusters.models import RememberedLayout
from facilities.models import Ancestry, Facility


def remembered_layouts(facility: Facility, service: str | None) -> Iterable[RememberedLayout]:
    """Those of a service that were remembered for the place or what it belongs to."""
    if service is None:
        return ()
    above = Ancestry.objects.filter(descendant=facility).values("ancestor")
    return RememberedLayout.objects.filter(service=service, facility__in=above)


def remembers_for(facility: Facility) -> Facility:
    """For whom a layout is remembered: the Puskesmas of the place, or the place itself."""
    above = Ancestry.objects.filter(
        descendant=facility, ancestor__kind=Facility.Kind.PUSKESMAS
    ).order_by("-valid")
    found = above.select_related("ancestor").first()
    return found.ancestor if found else facility
