"""What lies around a place: the way down to it, its neighbours, what it can be broken down into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django.utils.functional import cached_property

from facilities.models import Ancestry, Facility
from ilp.core.models import User
from ilp.core.months import Month
from reporting.selectors import places
from reporting.selectors.parts import part
from reporting.selectors.places import Place

# Stand in a kept statement for the place and the day that are asked for.
ANY_PLACE = -1
ANY_DAY = date(1900, 1, 31)


@dataclass(frozen=True)
class Surroundings:
    """`crumbs` begin at the highest place that the user may see and end at the place itself."""

    place: Place
    month: Month
    crumbs: tuple[Place, ...]
    neighbours: tuple[Place, ...]

    @cached_property
    def below(self) -> tuple[str, ...]:
        """The kinds that it can be broken down into, the usual breakdown first.

        One query; none where they have been counted.
        """
        counted = self.__dict__.get("counts")
        if counted is None:
            return kinds_below(self.place, self.month)
        return tuple(kind for kind in self.place.child_kinds if kind in counted)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many places of each kind lie below it. One query."""
        return counts_below(self.place, self.month)


def surroundings(*, of: Place, month: Month, user: User) -> Surroundings:
    """Three queries at most. At the top of the user's scope there are no neighbours."""
    crumbs = places.breadcrumbs(of=of, month=month, user=user)
    above = crumbs[-2] if len(crumbs) > 1 else None
    neighbours = places.children(of=above, kind=of.kind, month=month) if above else []
    return Surroundings(of, month, tuple(crumbs), tuple(neighbours))


def usual_kind(of: Place, month: Month) -> str:
    """Into which kind of place a place is broken down unless asked otherwise; may be none."""
    return next(iter(kinds_below(of, month)), "")


@part(lambda of, month: (of.pk, month))
def kinds_below(of: Place, month: Month) -> tuple[str, ...]:
    """The kinds of place that it can be broken down into and that lie below it."""
    if not of.child_kinds:
        return ()
    text, params = _kinds_statement(of.child_kinds)
    asked: dict[Any, Any] = {ANY_PLACE: of.pk, ANY_DAY: month.last_day}
    with connection.cursor() as cursor:
        cursor.execute(text, [asked.get(param, param) for param in params])
        found = cursor.fetchone()
    return tuple(kind for kind, is_there in zip(of.child_kinds, found, strict=True) if is_there)


@cache
def _kinds_statement(kinds: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """Made once: every page asks it, and to put it together takes longer than to answer it."""
    here = Ancestry.objects.filter(
        descendant=OuterRef("pk"), ancestor=ANY_PLACE, valid__contains=ANY_DAY
    )
    places_of = Facility.objects.filter(Exists(here)).exclude(pk=ANY_PLACE)
    # Whether there is any, kind by kind: to count them all takes ten times as long.
    asked = [Exists(places_of.filter(kind=kind)) for kind in kinds]
    found = Facility.objects.filter(pk=ANY_PLACE).values_list(*asked)
    return found.query.sql_with_params()


def counts_below(of: Place, month: Month) -> dict[str, int]:
    """Kind -> how many places, in the order of the kinds."""
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    below = Facility.objects.filter(pk__in=links.values("descendant")).exclude(pk=of.pk)
    counts = dict(below.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: counts[kind] for kind in Facility.Kind.values if kind in counts}
