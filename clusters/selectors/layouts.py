"""Layouts whose columns somebody explained before."""

from __future__ import annotations

from collections.abc import Iterable

from clusters.models import RememberedLayout
from facilities.models import Ancestry, Facility


def remembered_layouts(
    facility: Facility, service: str | None = None
) -> Iterable[RememberedLayout]:
    """Those that were remembered for the place or what it belongs to, of one service or of all."""
    above = Ancestry.objects.filter(descendant=facility).values("ancestor")
    found = RememberedLayout.objects.filter(facility__in=above)
    return found if service is None else found.filter(service=service)


def remembers_for(facility: Facility) -> Facility:
    """For whom a layout is remembered: the Puskesmas of the place, or the place itself."""
    above = Ancestry.objects.filter(
        descendant=facility, ancestor__kind=Facility.Kind.PUSKESMAS
    ).order_by("-valid")
    found = above.select_related("ancestor").first()
    return found.ancestor if found else facility
