"""GeoJSON as other programs write it: areas with their properties, or a plain refusal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from ilp.core import formats
from ilp.core.geo.errors import (
    BrokenArea,
    NoAreas,
    NotDegrees,
    NotFeatures,
    NotJson,
    TooBig,
    TooManyAreas,
    TooManyPoints,
)

MOST_BYTES = 12 * 1024 * 1024
MOST_AREAS = 3_000
MOST_POINTS = 400_000
LEAST_POINTS = 4  # of a ring: a triangle, closed
LONGEST_VALUE = 80

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Feature:
    """One area: its properties as text, its rings in degrees, closed or not."""

    properties: dict[str, str]
    rings: list[Ring]


def features_of(content: bytes) -> list[Feature]:
    """The areas of a file; features without a geometry are left out.

    Raises an error of ilp.core.geo.errors for what cannot be drawn.
    """
    check_size(len(content))
    listed = _listed(content)
    if len(listed) > MOST_AREAS:
        raise TooManyAreas(count=formats.whole(len(listed)), most=formats.whole(MOST_AREAS))
    found, points = [], 0
    for number, raw in enumerate(listed, 1):
        rings = [_ring(one, number) for one in _polygons(raw, number)]
        points += sum(map(len, rings))
        if points > MOST_POINTS:
            raise TooManyPoints(most=formats.whole(MOST_POINTS))
        if rings:
            found.append(Feature(_properties(raw), rings))
    if not found:
        raise NoAreas
    return found


def check_size(size: int) -> None:
    """Raise TooBig for a file of so many bytes, before it is read."""
    if size > MOST_BYTES:
        raise TooBig(size=formats.decimal(size / 1024 / 1024), most=MOST_BYTES // 1024 // 1024)


def _listed(content: bytes) -> list[Any]:
    try:
        read = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    listed = read.get("features") if isinstance(read, dict) else None
    if not isinstance(listed, list) or read.get("type") != "FeatureCollection":
        raise NotFeatures
    _check_crs(read.get("crs"))
    return listed


def _no_number(text: str) -> None:
    raise ValueError(text)


def _check_crs(crs: Any) -> None:
    """An older writer names the system; anything but degrees would be drawn somewhere else."""
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    if name and not name.upper().endswith(("CRS84", "4326")):
        raise NotDegrees


def _polygons(raw: Any, number: int) -> Iterable[Any]:
    """The rings of a feature, not yet looked into."""
    shape = raw.get("geometry") if isinstance(raw, dict) else None
    if not isinstance(shape, dict):
        return []
    parts = shape.get("coordinates")
    if shape.get("type") == "Polygon":
        parts = [parts]
    elif shape.get("type") != "MultiPolygon":
        return []
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise BrokenArea(number=number)
    return [ring for part in parts for ring in part]


def _ring(raw: Any, number: int) -> Ring:
    if not isinstance(raw, list) or len(raw) < LEAST_POINTS:
        raise BrokenArea(number=number)
    try:
        ring = [(float(point[0]), float(point[1])) for point in raw]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise BrokenArea(number=number) from error
    if not all(isfinite(x) and isfinite(y) for x, y in ring) or ring[0] != ring[-1]:
        raise BrokenArea(number=number)
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
        raise NotDegrees
    return ring


def _properties(raw: dict[str, Any]) -> dict[str, str]:
    held = raw.get("properties")
    if not isinstance(held, dict):
        return {}
    return {
        str(name): _text(value)
        for name, value in held.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def _text(value: str | float) -> str:
    """A code that was kept as a number comes without its ".0"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST_VALUE]
