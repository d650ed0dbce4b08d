"""What places have thought up, and who works with them."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Page
from django.db.models import Q

from facilities.models import Facility, Innovation, Partner
from facilities.selectors.pages import page_in


def efforts(
    *,
    kind: type[Innovation] | type[Partner],
    place: Facility,
    on: date,
    ended: bool,
    page: str | None,
) -> Page[Innovation | Partner]:
    """Those of a place and all below it, by place; on a day, or with what has ended. One query."""
    within = Facility.objects.within(place, on)
    found = kind._default_manager.filter(facility__in=within.values("pk"))
    if not ended:
        found = found.filter(Q(until=None) | Q(until__gt=on))
    rows = found.select_related("facility").order_by("facility__kind", "facility__name", "-since")
    return page_in(list(rows), page)
