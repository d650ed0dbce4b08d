"""What lies around a place: the way down to it, its neighbours, what it can be broken down into."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from facilities.models import Ancestry, Facility
from ilp.core.models import User
from ilp.core.months import Month
from reporting.selectors import places
from reporting.selectors.places import Place


@dataclass(frozen=True)
class Surroundings:
    """`crumbs` begin at the highest place that the user may see and end at the place itself.

    `counts`: how many places of each kind lie below it.
    """

    place: Place
    crumbs: tuple[Place, ...]
    neighbours: tuple[Place, ...]
    counts: dict[str, int]

    @property
    def below(self) -> dict[str, int]:
        """The kinds that it can be broken down into, the usual breakdown first."""
        return {k: self.counts[k] for k in self.place.child_kinds if k in self.counts}


def surroundings(*, of: Place, month: Month, user: User) -> Surroundings:
    """Four queries at most. At the top of the user's scope there are no neighbours."""
    crumbs = places.breadcrumbs(of=of, month=month, user=user)
    above = crumbs[-2] if len(crumbs) > 1 else None
    neighbours = places.children(of=above, kind=of.kind, month=month) if above else []
    return Surroundings(of, tuple(crumbs), tuple(neighbours), counts_below(of, month))


def usual_kind(of: Place, month: Month) -> str:
    """Into which kind of place a place is broken down unless asked otherwise; may be none."""
    counts = counts_below(of, month) if of.child_kinds else {}
    return next((kind for kind in of.child_kinds if kind in counts), "")


def counts_below(of: Place, month: Month) -> dict[str, int]:
    """Kind -> how many places, in the order of the kinds."""
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    below = Facility.objects.filter(pk__in=links.values("descendant")).exclude(pk=of.pk)
    counts = dict(below.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: counts[kind] for kind in Facility.Kind.values if kind in counts}
