"""What hangs below a place, as a tree: Puskesmas, Pustu, village, Posyandu, each with its state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django_stubs_ext import WithAnnotations

from facilities.models import Ancestry, Axis, Facility, IlpStatus, Placement
from ilp.core.months import Month
from reporting.catalogue import FORMS
from reporting.models import Report
from reporting.selectors.completeness import IN
from reporting.selectors.places import Place

K = Facility.Kind
WIDEST_TREE = 400  # of more places than this only the first step is shown


@dataclass(frozen=True)
class Node:
    """A place with what lies below it; `reports` in of `owed` for the month."""

    place: Place
    kind: str
    ilp: str = ""  # a state of IlpStatus
    reports: int = 0
    owed: int = 0
    children: tuple[Node, ...] = ()

    @property
    def ilp_label(self) -> str:
        return str(IlpStatus.State(self.ilp).label)

    @property
    def size(self) -> int:
        """How many places lie below it."""
        return sum(1 + child.size for child in self.children)


@dataclass
class _Branches:
    """Which places hang below which; villages stand below a Pustu as well as the Puskesmas."""

    below: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    villages: dict[int, dict[int, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )


def network(*, of: Place, counts: Mapping[str, int], month: Month, today: date) -> tuple[Node, ...]:
    """The tree as it stood at the end of the month. One query; counts: places below."""
    deep = sum(counts.values()) <= WIDEST_TREE and of.kind not in (K.DISTRICT, K.PROVINCE)
    day = month.last_day
    if deep:
        links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=day)
        found = Facility.objects.filter(pk__in=links.values("descendant")).exclude(pk=of.pk)
    else:
        first = Placement.objects.filter(parent=of.pk, axis=Axis.NETWORK, valid__contains=day)
        found = Facility.objects.filter(pk__in=first.values("facility"))
    rows = _told(found, month, today).order_by("kind", "name", "code")
    places = {one.pk: cast("WithAnnotations[Facility, _Told]", one) for one in rows}
    return _Maker(places, _branches(of.pk, places), _owed(month)).below(of.pk) if places else ()


class _Told(TypedDict):
    parents: list[dict[str, Any]]
    ilp: str | None
    came: int


def _told(found: QuerySet[Facility], month: Month, today: date) -> QuerySet[Facility]:
    """With what they hang below, how far they are with ILP, and how many reports are in."""
    placed = Placement.objects.filter(facility=OuterRef("pk"), valid__contains=month.last_day)
    held = IlpStatus.objects.filter(facility=OuterRef("pk"), cancelled_at=None, since__lte=today)
    came = Report.objects.filter(facility=OuterRef("pk"), month=month, status__in=IN)
    counted = came.order_by().values("facility").annotate(n=Count("pk")).values("n")
    return found.annotate(
        parents=ArraySubquery(placed.values(told=JSONObject(axis="axis", parent="parent"))),
        ilp=Subquery(held.order_by("-since").values("state")[:1]),
        came=Coalesce(Subquery(counted), 0),
    )


if TYPE_CHECKING:
    Places = Mapping[int, WithAnnotations[Facility, _Told]]


def _branches(root: int, places: Places) -> _Branches:
    made = _Branches()
    parents = {
        pk: {row["axis"]: row["parent"] for row in one.parents} for pk, one in places.items()
    }
    later = []
    for pk, one in places.items():
        if one.kind == K.DESA:
            later.append(pk)
            continue
        above: int = parents[pk].get(Axis.NETWORK, root)
        above = above if above in places else root
        village: int = parents[pk].get(Axis.AREA, 0)
        if one.kind == K.POSYANDU and village in places:
            made.villages[above][village].append(pk)
        else:
            made.below[above].append(pk)
    shown = {village for held in made.villages.values() for village in held}
    for pk in later:  # a village without a Posyandu is shown as well
        above = parents[pk].get(Axis.AREA, root)
        if pk not in shown:
            made.below[above if above in places else root].append(pk)
    return made


def _owed(month: Month) -> dict[str, int]:
    """How many reports a place of each kind owes for the month."""
    owed: dict[str, int] = defaultdict(int)
    for form in FORMS.values():
        if form.is_due(month) and not form.voluntary:
            for kind in form.kinds:
                owed[kind] += len(form.periods(month))
    return owed


@dataclass(frozen=True)
class _Maker:
    places: Places
    branches: _Branches
    owed: Mapping[str, int]  # by kind of place

    def below(self, pk: int) -> tuple[Node, ...]:
        villages = [
            self._node(village, self._nodes(inside))
            for village, inside in sorted(
                self.branches.villages[pk].items(), key=lambda row: self.places[row[0]].name
            )
        ]
        return (*self._nodes(self.branches.below[pk]), *villages)

    def _nodes(self, pks: Iterable[int]) -> tuple[Node, ...]:
        return tuple(self._node(pk, self.below(pk)) for pk in pks)

    def _node(self, pk: int, children: tuple[Node, ...]) -> Node:
        one = self.places[pk]
        return Node(
            Place(one.pk, one.code, one.name, one.kind),
            str(one.get_kind_display()),
            one.ilp or "",
            one.came,
            self.owed.get(one.kind, 0),
            children,
        )
