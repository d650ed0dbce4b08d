"""What a map needs besides numbers: outlines of places, or where they stand in the grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilities.models import Boundary, BoundaryMap, Facility, MapTile
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from reporting.charts.areas import Shape, laid_out
from reporting.selectors.places import Place


@dataclass(frozen=True)
class Outlines:
    """Shapes by place, and who drew them; empty where the places have no common map."""

    shapes: Mapping[int, tuple[Shape, ...]]
    source: str = ""


def outlines(*, places: Sequence[Place], month: Month) -> Outlines:
    """The outlines of the places, else those of the villages below them. One query.

    The maps of two districts have nothing in common, so a province is not drawn.
    """
    rows = Boundary.objects.filter(
        facility__above__ancestor__in=[one.pk for one in places],
        facility__above__valid__contains=month.last_day,
    ).values_list(
        *("facility__above__ancestor", "facility", "map", "map__source", "path"),
        *("left", "top", "right", "bottom"),
    )
    by_map: dict[tuple[int, str], dict[int, list[Shape]]] = defaultdict(lambda: defaultdict(list))
    own: dict[tuple[int, str], int] = defaultdict(int)
    for place, facility, found, source, path, *box in rows:
        by_map[found, source][place].append(Shape(path, (box[0], box[1], box[2], box[3])))
        own[found, source] += place == facility
    if not by_map:
        return Outlines({})
    best = max(by_map, key=lambda key: (own[key], len(by_map[key]), key))
    return Outlines({pk: tuple(shapes) for pk, shapes in by_map[best].items()}, best[1])


def squares(*, places: Sequence[Place]) -> dict[int, tuple[int, int]]:
    """Column and row of each place: as they were laid out, the others where there is room.

    One query.
    """
    rows = MapTile.objects.filter(facility__in=[one.pk for one in places])
    held = {tile.facility_id: (tile.column, tile.row) for tile in rows}
    if len(set(held.values())) < len(held):  # those of two districts meet
        held = {}
    others = [one for one in places if one.pk not in held]
    free = laid_out(len(others), list(held.values()))
    return held | {one.pk: square for one, square in zip(others, free, strict=True)}


def map_districts(*, user: User) -> list[Facility]:
    """The districts whose maps the user takes care of, by code."""
    held = Facility.objects.visible_to(user, Permission.MANAGE_MAPS)
    return list(held.of_kind(Facility.Kind.DISTRICT).order_by("code"))


@dataclass(frozen=True)
class KeptMap:
    """A map as its keeper sees it: how much of the district it covers."""

    map: BoundaryMap
    matched: int
    missing: tuple[str, ...]  # places of the kind without an outline


def kept_maps(*, district: Facility, month: Month) -> list[KeptMap]:
    """The maps of a district. Two queries, one more for each map."""
    inside = Facility.objects.within(district, month.last_day).order_by("name")
    found = []
    held = BoundaryMap.objects.filter(district=district).select_related("uploaded_by")
    for one in held.order_by("kind"):
        drawn = set(one.boundaries.values_list("facility", flat=True))
        places = inside.of_kind(one.kind).values_list("pk", "name", "code")
        missing = tuple(f"{name} ({code})" for pk, name, code in places if pk not in drawn)
        found.append(KeptMap(one, len(drawn), missing))
    return found
